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
    """One field on which claims disagree: the value that is shown, and another that cannot also be true."""

    field: str
    shown: DateBound
    shown_by: Claim
    other: DateBound
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
        plays=_answers((claim.story_place, claim) for claim in _telling(known)),
        in_film=_answers((claim.in_film or "", claim) for claim in _telling(known)),
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


def _telling(claims: Sequence[Claim]) -> list[Claim]:
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
