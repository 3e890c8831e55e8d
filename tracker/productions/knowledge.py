"""What is known of a shoot on a day: status, dates and grade, worked out from its claims.

Field by field the best-graded live claim decides, the latest published on a tie. A plan is not at odds
with work that followed it: once a claim of work is known, claims of intent no longer decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.foundation.dates import UNKNOWN, DateBound, Period
from tracker.foundation.text import fold
from tracker.productions.claims import Claim, known_by
from tracker.productions.evidence import Stance
from tracker.productions.grades import Assessment, alone, assess, is_intent
from tracker.productions.models import Grade, Status

_ARTICLES = frozenset({"a", "an", "the"})


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One date on which claims disagree: the value that is shown, and another that cannot also be true."""

    field: str
    shown: DateBound
    shown_by: Claim
    other: DateBound
    other_by: Claim


@dataclass(frozen=True, slots=True)
class Clash:
    """Status or story place, on which claims disagree: the one that is shown and another, in words."""

    field: str
    shown: str
    shown_by: Claim
    other: str
    other_by: Claim


@dataclass(frozen=True, slots=True)
class Answer:
    """What a claim says in a word: a story place, or whether the shoot is in the film."""

    value: str
    by: Claim


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The state of a shoot as known on a day. `claims` are those known by then, best first.

    `plays` and `in_film` hold the answer of the best claim, then those that cannot be true beside it.
    `is_play_cited` says that some source, perhaps a later one, tells what the place plays.
    """

    status: Status
    period: Period
    assessment: Assessment
    attested: tuple[date, ...]
    claims: tuple[Claim, ...]
    contradictions: tuple[Contradiction, ...]
    clashes: tuple[Clash, ...] = ()
    plays: tuple[Answer, ...] = ()
    in_film: tuple[Answer, ...] = ()
    is_play_cited: bool = False

    @property
    def grade(self) -> Grade:
        return self.assessment.grade

    @property
    def source_count(self) -> int:
        return len({claim.source_id for claim in self.claims})

    @property
    def root_count(self) -> int:
        return len({claim.root_id for claim in self.claims if claim.counts})


def knowledge_of(
    claims: Sequence[Claim],
    *,
    on: date,
    as_known: bool,
    released: DateBound = UNKNOWN,
    refuted_reason: str | None = None,
) -> Knowledge | None:
    """Work out what is known on a day.

    With `as_known` only sources published by `on` count (the past state of knowledge), and None is
    answered where nothing was known by then; without it all of them count, and `on` is today.
    """
    known = known_by(claims, on if as_known else None)
    if not known and as_known:
        return None
    deciding = _deciding(known)
    asserted = [c for c in deciding if c.status is not None]
    start, start_by = _value(deciding, "start")
    end, end_by = _value(deciding, "end")
    status = _resolve(asserted[0].status if asserted else None, end=end, on=on, released=released)
    assessment = assess(known, status=status, refuted_reason=refuted_reason)
    plays = _answers((claim.story_place, claim) for claim in telling(known))
    in_film = _answers((claim.in_film or "", claim) for claim in telling(known))
    return Knowledge(
        status=status,
        period=Period(start, end),
        assessment=assessment,
        attested=tuple(sorted({day for claim in known if claim.counts for day in claim.attested})),
        claims=(*deciding, *(c for c in known if c not in deciding)),
        contradictions=(
            *_contradictions("start", start, start_by, deciding),
            *_contradictions("end", end, end_by, deciding),
        ),
        clashes=(
            *_status_clashes(known, deciding),
            *_told_differently("plays", plays),
            *_told_differently("in_film", in_film),
        ),
        plays=plays,
        in_film=in_film,
        is_play_cited=any(claim.story_place for claim in claims),
    )


def _deciding(claims: Sequence[Claim]) -> list[Claim]:
    counting = [c for c in claims if c.counts]
    if any(c.status is not None and not is_intent(c.status) for c in counting):
        counting = [c for c in counting if not is_intent(c.status)]
    return sorted(counting, key=_precedence)


def _precedence(claim: Claim) -> tuple[object, ...]:
    grade = alone(claim, claim.status or Status.CONFIRMED)
    newest_first = -(claim.known_from.toordinal()) if claim.known_from else 0
    # The last parts only make the answer the same on every run where the evidence weighs the same.
    return (grade, newest_first, claim.start.edtf, claim.end.edtf, claim.title, claim.source_id)


def _value(deciding: Sequence[Claim], field: str) -> tuple[DateBound, Claim | None]:
    for claim in deciding:
        bound: DateBound = getattr(claim, field)
        if not bound.is_unknown:
            return bound, claim
    return UNKNOWN, None


def _contradictions(
    field: str, shown: DateBound, shown_by: Claim | None, deciding: Sequence[Claim]
) -> list[Contradiction]:
    if shown_by is None:
        return []
    found: dict[str, Contradiction] = {}
    for claim in deciding:
        other: DateBound = getattr(claim, field)
        if other.is_known and shown.is_known and _apart(shown, other):
            found.setdefault(other.edtf, Contradiction(field, shown, shown_by, other, claim))
    return list(found.values())


# Statuses that can all be true of one shoot, one after the other.
_GOING_AHEAD = frozenset(
    {
        Status.RUMOURED,
        Status.PLANNED,
        Status.PERMITTED,
        Status.UNDER_WAY,
        Status.WRAPPED,
        Status.CONFIRMED,
    }
)


def _status_clashes(known: Sequence[Claim], deciding: Sequence[Claim]) -> list[Clash]:
    """Answer statuses that the shown one does not follow from: told no earlier, by a source that weighs less.

    What was told before it has been overtaken: a shoot is planned, then postponed, then under way.
    """
    found: dict[Status, Clash] = {}
    shown = next((c for c in deciding if c.status is not None), None)
    if shown is None or shown.status is None:
        return []
    for claim in sorted((c for c in known if c.counts), key=_precedence):
        if claim.status is None or _course(claim.status) == _course(shown.status):
            continue
        if claim.known_from and shown.known_from and claim.known_from < shown.known_from:
            continue
        if is_intent(claim.status) and not (claim.known_from and shown.known_from):
            continue  # a plan is as a rule told before what became of it
        clash = Clash("status", told_status(shown.status), shown, told_status(claim.status), claim)
        found.setdefault(claim.status, clash)
    return list(found.values())


def told_status(status: Status) -> str:
    """Answer a status that a source gives, in words."""
    return "work done" if status is Status.CONFIRMED else status.word


def _course(status: Status) -> str:
    return "going ahead" if status in _GOING_AHEAD else status.value


def telling(claims: Sequence[Claim]) -> list[Claim]:
    """Answer the claims that may tell what a place plays: a mention says that as well as a proof does."""
    return sorted((c for c in claims if c.live and c.stance is not Stance.REFUTES), key=_precedence)


def _answers(said: Iterable[tuple[str, Claim]]) -> tuple[Answer, ...]:
    """Answer the values said, the best first; what is only wider ("the Alps") gives way to the narrower."""
    found: dict[frozenset[str], Answer] = {}
    for value, claim in said:
        words = frozenset(fold(value).split()) - _ARTICLES
        if words:
            found.setdefault(words, Answer(value, claim))
    return tuple(answer for words, answer in found.items() if not any(words < other for other in found))


def _told_differently(field: str, answers: Sequence[Answer]) -> list[Clash]:
    """Answer how the other answers differ from the one that is shown."""
    return [Clash(field, answers[0].value, answers[0].by, other.value, other.by) for other in answers[1:]]


def _apart(a: DateBound, b: DateBound) -> bool:
    """Say that no day fits both; a difference in precision alone is no contradiction."""
    return bool(
        (a.latest and b.earliest and a.latest < b.earliest)
        or (b.latest and a.earliest and b.latest < a.earliest)
    )


def _resolve(status: Status | None, *, end: DateBound, on: date, released: DateBound) -> Status:
    """Say whether work reported as done or going on is wrapped by a day: its end or the release is past."""
    if status is None:
        return Status.RUMOURED
    if status not in (Status.CONFIRMED, Status.UNDER_WAY):
        return status
    if end.is_known and end.latest is not None:
        return Status.WRAPPED if end.latest < on else Status.UNDER_WAY
    is_released = released.is_known and released.latest is not None and released.latest < on
    return Status.WRAPPED if is_released else Status.UNDER_WAY
