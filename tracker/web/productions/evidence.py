"""Why each shoot is on the page: its grade in words, the citations, and where they disagree."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from flask import url_for

from tracker.foundation.dates import DateBound, Period, describe_short
from tracker.places.privacy import public_name
from tracker.productions.claims import Claim, Scope
from tracker.productions.evidence import Citation, Manner, Stance
from tracker.productions.grades import Assessment, alone, is_intent
from tracker.productions.knowledge import Answer, Contradiction
from tracker.productions.models import Status
from tracker.routes.film import FilmRoute, KnownShoot
from tracker.sources.models import Source
from tracker.web.productions.scene import Scene, in_film_word, is_released, note_of, scene_of

_GRADE_WORD = re.compile(r"^(Official|Corroborated|First-hand|Reported|Rumour|Disputed|Refuted)[:,] ")
_TO_RAISE = re.compile(r"^To reach (\w): (.*)$", re.DOTALL)
_SCOPES = {
    Scope.HERE: "this shoot",
    Scope.NARROWER: "a part of it",
    Scope.WIDER: "wider place",
    Scope.ELSEWHERE: "another place",
}


@dataclass(frozen=True, slots=True)
class CitationEntry:
    """One citation as the page shows it. `link` leads outside and is http(s), or there is none."""

    title: str
    url: str
    text: str
    quote: str
    kind: str
    stance: str
    scope: str
    date: str
    link: str | None
    link_text: str


@dataclass(frozen=True, slots=True)
class Action:
    """A link from the evidence of a shoot."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence of one shoot; `why` follows the grade, `to_raise` is (grade, what it takes)."""

    id: str
    shoot: int
    name: str
    grade: str
    why: str
    to_raise: tuple[str, str] | None
    citations: tuple[CitationEntry, ...]
    scene: Scene | None
    note: str
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values that sources disagree on."""

    value: str
    text: str
    source: str
    url: str
    grade: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A question that sources answer differently: the value shown, and the others."""

    question: str
    shown: Value
    others: tuple[Value, ...]
    note: str


def evidence_of(film: FilmRoute, known: KnownShoot, today: date) -> Evidence:
    """Answer the evidence of one shoot, the claims that decide first."""
    assessment = known.knowledge.assessment
    claims = {claim.id: claim for claim in known.knowledge.claims}
    citations = {citation.id: citation for citation in known.citations}
    raised = _TO_RAISE.match(assessment.to_raise)
    secret = is_untold(film, known, today)
    return Evidence(
        id=f"why-{known.shoot.id}",
        shoot=known.shoot.id,
        name=public_name(known.place),
        grade=assessment.grade.value,
        why=after_grade(assessment),
        to_raise=(raised[1], raised[2]) if raised else None,
        citations=tuple(
            _entry(citations[claim_id], claim, secret)
            for claim_id, claim in claims.items()
            if claim_id in citations
        ),
        scene=scene_of(film, known, today),
        note="" if known in film.ghosts else note_of(film, known.shoot),
        actions=(
            Action("Edit this stop", url_for("shoots.edit", shoot_id=known.shoot.id)),
            Action("History of this stop", url_for("changes.index", shoot=known.shoot.id)),
        ),
    )


def after_grade(assessment: Assessment) -> str:
    """Answer the reason as it goes on after "B, corroborated,"."""
    rest = _GRADE_WORD.sub("", assessment.why)
    return f"{rest[:1].lower()}{rest[1:]}" if rest.startswith("Nothing ") else rest


def is_untold(film: FilmRoute, known: KnownShoot, today: date) -> bool:
    """Say whether words about the shoot would give away the story of a film that is not out."""
    return bool(known.shoot.spoiler) and not is_released(film.production, today)


def disagreements_of(film: FilmRoute, shoots: Iterable[KnownShoot], today: date) -> list[Disagreement]:
    """Answer what sources disagree on, one entry for each date, story place and end of each shoot."""
    found: list[Disagreement] = []
    for known in shoots:
        secret = is_untold(film, known, today)
        by_field: dict[str, list[Contradiction]] = {}
        for contradiction in known.knowledge.contradictions:
            by_field.setdefault(contradiction.field, []).append(contradiction)
        for field, contradictions in by_field.items():
            first = contradictions[0]
            found.append(
                Disagreement(
                    question=question_of(known, field),
                    shown=_value(known, bound_words(first.shown), first.shown_by, secret),
                    others=tuple(
                        _value(known, bound_words(c.other), c.other_by, secret) for c in contradictions
                    ),
                    note="The best-graded source decides; the other value stays here, and in the record.",
                )
            )
        if not secret:
            found += _told_differently(known)
    return found


def _told_differently(known: KnownShoot) -> list[Disagreement]:
    """Answer what sources say differently of a place's part in the film."""
    name = public_name(known.place)
    asked = (
        (f"{name}: what does it play?", known.knowledge.plays),
        (f"{name}: is it in the film?", known.knowledge.in_film),
    )
    return [
        Disagreement(
            question=question,
            shown=_value(known, _answer_words(answers[0]), answers[0].by),
            others=tuple(_value(known, _answer_words(answer), answer.by) for answer in answers[1:]),
            note="The best-graded source decides, the latest on a tie; the other value stays here.",
        )
        for question, answers in asked
        if len(answers) > 1
    ]


def _answer_words(answer: Answer) -> str:
    return answer.value.replace("_", " ")


def question_of(known: KnownShoot, field: str) -> str:
    """Answer "Venice: when did it end?"; what was only meant to be "was to end"."""
    did = "was it to" if is_intent(known.knowledge.status) else "did it"
    return f"{public_name(known.place)}: when {did} {'begin' if field == 'start' else 'end'}?"


def bound_words(bound: DateBound) -> str:
    """Answer one date in words."""
    return describe_short(Period(bound, bound))


def published_words(source: Source) -> str:
    """Say when a source was published; where that is unknown, when it was captured."""
    if source.published.is_known:
        return bound_words(source.published)
    return f"captured {source.captured_on:%-d %b %Y}" if source.captured_on else "undated"


def _entry(citation: Citation, claim: Claim, secret: bool) -> CitationEntry:
    source = citation.source
    return CitationEntry(
        title=source.title,
        url=url_for("sources.show", source_id=source.id),
        text=_text(citation, claim, secret),
        quote="" if secret else citation.quote,
        kind=_kind(source),
        stance=_stance(citation),
        scope="repeat" if claim.is_repeat else _SCOPES[claim.scope],
        date=published_words(source),
        link=_web_address(source.address),
        link_text=urlsplit(source.address or "").hostname or "",
    )


def _kind(source: Source) -> str:
    kind = source.kind.word.capitalize()
    author = source.author if source.author not in source.title else ""
    who = f"{kind} by {author}" if author else kind
    return f"{who}, cast" if source.by_cast and "cast" not in author else who


def _stance(citation: Citation) -> str:
    if not citation.is_live:
        return "withdrawn"
    if citation.stance is Stance.MENTIONS:
        return "mentions"
    return f"{citation.stance.value}, {'states' if citation.manner is Manner.STATES else 'implies'}"


def _text(citation: Citation, claim: Claim, secret: bool) -> str:
    """Answer what the source says in one paragraph: the note, what it asserts, where in it."""
    parts = ["" if secret else citation.note, _asserted(citation, secret)]
    if citation.speaks_of is not None and claim.scope is not Scope.HERE:
        parts.append(f"Speaks of {public_name(citation.speaks_of)}.")
    if claim.attested:
        parts.append(f"Proves work on {_listed([f'{day:%-d %b %Y}' for day in claim.attested])}.")
    if citation.locator:
        parts.append(f"Found at {citation.locator}.")
    if citation.closed_reason:
        parts.append(f"Withdrawn: {citation.closed_reason}")
    return " ".join(part for part in parts if part)


def _asserted(citation: Citation, secret: bool) -> str:
    status = citation.status
    said = {None: "", Status.CONFIRMED: "work done"}.get(status, status.word if status else "")
    dated = citation.start.is_known or citation.end.is_known
    when = describe_short(Period(citation.start, citation.end)) if dated else ""
    plays = f"plays {citation.story_place}" if citation.story_place and not secret else ""
    in_film = in_film_word(citation.in_film).lower() if citation.in_film else ""
    says = "; ".join(part for part in (said, when, plays, in_film) if part)
    return f"Says: {says}." if says else ""


def _value(known: KnownShoot, words: str, claim: Claim, secret: bool = False) -> Value:
    citation = next((c for c in known.citations if c.id == claim.id), None)
    return Value(
        value=words,
        text=citation.note if citation and not secret else "",
        source=f"{claim.title}, {claim.kind.word}",
        url=url_for("sources.show", source_id=claim.source_id),
        grade=alone(claim, known.knowledge.status).value,
    )


def _web_address(address: str | None) -> str | None:
    return address if address and urlsplit(address).scheme in ("http", "https") else None


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
