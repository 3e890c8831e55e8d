"""Contradictions in words: the question, the answers side by side with their sources, what can be done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from tracker.foundation.dates import Period, describe_short
from tracker.places.privacy import public_name, tells_words
from tracker.productions.claims import Claim
from tracker.productions.evidence import OrderCitation
from tracker.productions.grades import alone
from tracker.routes.contradictions import Conflict, Kind, Side
from tracker.routes.film import FilmRoute, KnownShoot
from tracker.web.places.page import Link
from tracker.web.productions.shoot_words import evidence_url_in, is_secret_in

_MOST_SOURCES = 6
_QUESTIONS = {
    Kind.DISPUTE: "{}: was it shot here?",
    Kind.START: "{}: when did it begin?",
    Kind.END: "{}: when did it end?",
    Kind.STATUS: "{}: what became of it?",
    Kind.PLAYS: "{}: what does it play?",
    Kind.IN_FILM: "{}: is it in the film?",
    Kind.PLACE: "{}: is this the place?",
    Kind.ORDER: "Did {} come before {}?",
    Kind.CYCLE: "Which came first: {}?",
    Kind.HOP: "Could one unit travel so fast: {}?",
}
_NOTES = {
    Kind.DISPUTE: "Disputed until a moderator decides which side is right.",
    Kind.START: "The best-graded source decides; the other value stays here, and in the record.",
    Kind.END: "The best-graded source decides; the other value stays here, and in the record.",
    Kind.STATUS: "The best-graded source decides; the other value stays here, and in the record.",
    Kind.PLAYS: "The best-graded source is shown first.",
    Kind.IN_FILM: "The best-graded source is shown first.",
    Kind.PLACE: "A source given for this stop names another place.",
    Kind.SCENE: "Both are told of the same scene and the same days.",
    Kind.ORDER: "While sources disagree, the route does not follow either.",
    Kind.CYCLE: "No line is drawn through them until it is settled.",
    Kind.HOP: "No line is drawn between them until it is settled: a date or the unit may be wrong.",
}
_STAND = {Kind.HOP: "It was so: draw the line"}
_STANDS = {Kind.HOP: "It was so"}
# What either side's button says where that does not depend on the values.
_FIXED = {
    Kind.DISPUTE: ("It was shot here", "It was not: fold it as refuted"),
    Kind.ORDER: ("The order is right", "The order is wrong"),
}
_KEPT_BACK = "Kept back until the film is out"


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source on one side; `grade` is what it would give alone, "" where that says nothing."""

    text: str
    url: str
    kind: str
    grade: str


@dataclass(frozen=True, slots=True)
class SideWords:
    """One answer with its sources; `more` is how many are not listed.

    `dispute_url` leads to where a source against it can be added, "" where there is no such form.
    """

    role: str
    value: str
    sources: tuple[SourceLine, ...]
    more: int
    dispute_url: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a moderator may decide: the value of the button and its words."""

    action: str
    words: str


@dataclass(frozen=True, slots=True)
class ConflictWords:
    """One contradiction as pages show it. `settled` is the reason why both stand, "" while it is open.

    `stands` says in a word what was decided then.
    """

    key: str
    question: str
    words: str
    sides: tuple[SideWords, ...]
    note: str
    stops: tuple[Link, ...]
    settled: str
    choices: tuple[Choice, ...]
    stands: str = "Both stand"


def conflict_words(film: FilmRoute, conflicts: Iterable[Conflict]) -> list[ConflictWords]:
    """Put a film's contradictions into words."""
    return [_conflict(film, conflict) for conflict in conflicts]


def _conflict(film: FilmRoute, conflict: Conflict) -> ConflictWords:
    return ConflictWords(
        key=conflict.key,
        question=_question(conflict),
        words=conflict.words,
        sides=tuple(_side(film, conflict, side, at) for at, side in enumerate(conflict.sides)),
        note="" if conflict.settled and conflict.kind is Kind.HOP else _NOTES[conflict.kind],
        stops=tuple(
            Link(public_name(known.place), evidence_url_in(film.production.slug, known.shoot.id))
            for known in conflict.shoots
        ),
        settled=_KEPT_BACK if conflict.settled and _is_secret(film, conflict) else conflict.settled,
        choices=_choices(film, conflict),
        stands=_STANDS.get(conflict.kind, "Both stand"),
    )


def _spoils(film: FilmRoute, conflict: Conflict) -> bool:
    return any(is_secret_in(film.production, known.shoot) for known in conflict.shoots)


def _is_secret(film: FilmRoute, conflict: Conflict) -> bool:
    return any(
        not tells_words(known.place) or is_secret_in(film.production, known.shoot)
        for known in conflict.shoots
    )


def _question(conflict: Conflict) -> str:
    names = [public_name(known.place) for known in conflict.shoots]
    if conflict.kind is Kind.SCENE:
        return f"One scene: was it shot at {names[0]} or {names[1]}?"
    if conflict.kind in (Kind.CYCLE, Kind.HOP):
        return _QUESTIONS[conflict.kind].format(f"{', '.join(names[:-1])} or {names[-1]}")
    return _QUESTIONS[conflict.kind].format(*names)


def _side(film: FilmRoute, conflict: Conflict, side: Side, at: int) -> SideWords:
    lines = [
        *(_claim(claim, conflict.shoots[0]) for claim in side.claims),
        *(_order(order) for order in side.orders),
    ]
    return SideWords(
        role=_role(conflict, at),
        value=_value(film, conflict, side),
        sources=tuple(lines[:_MOST_SOURCES]),
        more=max(0, len(lines) - _MOST_SOURCES),
        dispute_url=_dispute_url(side.orders[0]) if conflict.kind is Kind.CYCLE else "",
    )


def _dispute_url(order: OrderCitation) -> str:
    return url_for(
        "orders.new",
        shoot_id=order.shoot_id,
        relation=order.relation.value,
        other=order.other_id,
        stance="refutes",
    )


def _role(conflict: Conflict, at: int) -> str:
    if conflict.kind in (Kind.DISPUTE, Kind.ORDER):
        return ("For", "Against")[at]
    if conflict.kind in (Kind.CYCLE, Kind.HOP):
        return "A source says"
    if conflict.kind is Kind.SCENE:
        return "Recorded at"
    return "Shown" if at == 0 else "Other value"


def _value(film: FilmRoute, conflict: Conflict, side: Side) -> str:
    if side.shoot is not None:
        return public_name(side.shoot.place)
    if side.place is not None:
        return public_name(side.place)
    if conflict.kind in (Kind.PLAYS, Kind.IN_FILM, Kind.CYCLE, Kind.HOP) and _spoils(film, conflict):
        return _KEPT_BACK
    value = side.value
    words = value.replace("_", " ") if isinstance(value, str) else describe_short(Period(value, value))
    return words[:1].upper() + words[1:]


def _claim(claim: Claim, known: KnownShoot) -> SourceLine:
    grade = alone(claim, known.knowledge.status).value if claim.counts else ""
    url = url_for("sources.show", source_id=claim.source_id)
    return SourceLine(claim.title, url, claim.kind.word, grade)


def _order(order: OrderCitation) -> SourceLine:
    source = order.source
    return SourceLine(source.title, url_for("sources.show", source_id=source.id), source.kind.word, "")


def _choices(film: FilmRoute, conflict: Conflict) -> tuple[Choice, ...]:
    return tuple(Choice(action, _choice(film, conflict, action)) for action in conflict.actions)


def _choice(film: FilmRoute, conflict: Conflict, action: str) -> str:
    """Answer the words of a button."""
    if action == "reopen":
        return "Open it again"
    if action == "stand":
        return _STAND.get(conflict.kind, "Both stand")
    at = int(action.partition("-")[2])
    if conflict.kind in _FIXED:
        return _FIXED[conflict.kind][at]
    return _choice_of(film, conflict, at)


def _choice_of(film: FilmRoute, conflict: Conflict, at: int) -> str:
    values = [_value(film, conflict, side) for side in conflict.sides]
    if conflict.kind is Kind.CYCLE:
        return f"Wrong: “{values[at][:80]}”, {conflict.sides[at].orders[0].source.title[:60]}"
    if conflict.kind is Kind.SCENE or (conflict.kind is Kind.PLACE and at):
        folded = values[1 - at] if conflict.kind is Kind.SCENE else values[0]
        return f"It was {values[at]}: fold {folded} as refuted"
    return f"It is {values[at]}" if conflict.kind is Kind.PLACE else f"Keep “{values[at]}”"
