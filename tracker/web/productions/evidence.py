"""Why each shoot is on the page: its grade in words, the citations, and where they disagree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from flask import url_for

from tracker.foundation.dates import DateBound, Period, describe_short
from tracker.places.privacy import public_name, tells_words
from tracker.productions.claims import Claim, Scope
from tracker.productions.evidence import Citation, Manner, OrderCitation, Stance
from tracker.productions.grades import Assessment, is_intent
from tracker.productions.models import Status
from tracker.productions.release import is_released
from tracker.routes.film import FilmRoute, KnownShoot, disputed_pairs
from tracker.sources.models import Source
from tracker.web.productions.scene import Scene, in_film_word, is_order_untold, note_of, order_words, scene_of

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
    edit_url: str


@dataclass(frozen=True, slots=True)
class OrderEntry:
    """What a source says of the order; `state` is "", "disputed", "against it" or why it counts no more."""

    words: str
    source: str
    url: str
    state: str
    dispute_url: str
    removal_url: str


@dataclass(frozen=True, slots=True)
class Action:
    """A link from the evidence of a shoot."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence of one shoot; `why` follows the grade, `to_raise` is (grade, what it takes).

    `closed` are the citations that count no more, with their reasons.
    """

    id: str
    shoot: int
    name: str
    grade: str
    why: str
    to_raise: tuple[str, str] | None
    citations: tuple[CitationEntry, ...]
    closed: tuple[CitationEntry, ...]
    orders: tuple[OrderEntry, ...]
    scene: Scene | None
    note: str
    actions: tuple[Action, ...] = ()


def evidence_of(film: FilmRoute, known: KnownShoot, today: date) -> Evidence:
    """Answer the evidence of one shoot, the claims that decide first."""
    assessment = known.knowledge.assessment
    claims = {claim.id: claim for claim in known.knowledge.claims}
    citations = {citation.id: citation for citation in known.citations}
    cited = [(citations[number], claim) for number, claim in claims.items() if number in citations]
    raised = _TO_RAISE.match(assessment.to_raise)
    secret, private = is_untold(film, known, today), not tells_words(known.place)
    return Evidence(
        id=f"why-{known.shoot.id}",
        shoot=known.shoot.id,
        name=public_name(known.place),
        grade=assessment.grade.value,
        why=after_grade(assessment),
        to_raise=(raised[1], raised[2]) if raised else None,
        citations=tuple(
            _entry(citation, claim, secret, private) for citation, claim in cited if citation.is_live
        ),
        closed=tuple(
            _entry(citation, claim, secret, private) for citation, claim in cited if not citation.is_live
        ),
        orders=_orders_of(film, known.shoot.id, today),
        scene=scene_of(film, known, today),
        note="" if known in film.ghosts else note_of(film, known.shoot),
        actions=(
            Action("Add a source", url_for("citing.new", shoot_id=known.shoot.id)),
            Action("This is wrong", url_for("citing.new", shoot_id=known.shoot.id, stance="refutes")),
            Action("Say in which order", url_for("orders.new", shoot_id=known.shoot.id)),
            Action("Edit this stop", url_for("shoots.edit", shoot_id=known.shoot.id)),
            Action("History of this stop", url_for("changes.index", shoot=known.shoot.id)),
        ),
    )


def _orders_of(film: FilmRoute, shoot_id: int, today: date) -> tuple[OrderEntry, ...]:
    disputed = disputed_pairs(film.orders)
    return tuple(
        OrderEntry(
            words=order_words(film, order, today),
            source=order.source.title,
            url=url_for("sources.show", source_id=order.source_id),
            state=_order_state(
                order,
                disputed=(order.earlier_id, order.later_id) in disputed,
                secret=is_order_untold(film, order, today),
            ),
            dispute_url=url_for(
                "orders.new",
                shoot_id=order.shoot_id,
                other=order.other_id,
                relation=order.relation.value,
                stance="refutes",
            ),
            removal_url=url_for("orders.remove", order_id=order.id),
        )
        for order in film.orders
        if shoot_id in (order.shoot_id, order.other_id)
    )


def _order_state(order: OrderCitation, *, disputed: bool, secret: bool) -> str:
    if order.closed_reason:
        return "does not count" if secret else f"does not count: {order.closed_reason}"
    if order.stance is Stance.REFUTES:
        return "against it"
    return "disputed, so not used" if disputed else ""


def after_grade(assessment: Assessment) -> str:
    """Answer the reason as it goes on after "B, corroborated,"."""
    rest = _GRADE_WORD.sub("", assessment.why)
    return f"{rest[:1].lower()}{rest[1:]}" if rest.startswith("Nothing ") else rest


def is_untold(film: FilmRoute, known: KnownShoot, today: date) -> bool:
    """Say whether words about the shoot would give away the story of a film that is not out."""
    return bool(known.shoot.spoiler) and not is_released(film.production, today)


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


def _entry(citation: Citation, claim: Claim, secret: bool, private: bool) -> CitationEntry:
    source = citation.source
    return CitationEntry(
        title=source.title,
        url=url_for("sources.show", source_id=source.id),
        text=_text(citation, claim, secret, private),
        quote="" if secret or private else citation.quote,
        kind=_kind(source),
        stance=_stance(citation),
        scope="repeat" if claim.is_repeat else _SCOPES[claim.scope],
        date=published_words(source),
        link=_web_address(source.address),
        link_text=urlsplit(source.address or "").hostname or "",
        edit_url=url_for("citing.edit", citation_id=citation.id),
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


def _text(citation: Citation, claim: Claim, secret: bool, private: bool) -> str:
    """Answer what the source says in one paragraph: the note, what it asserts, where in it."""
    parts = ["" if secret or private else citation.note, _asserted(citation, secret)]
    if citation.speaks_of is not None and claim.scope is not Scope.HERE:
        parts.append(f"Speaks of {public_name(citation.speaks_of)}.")
    if claim.attested:
        parts.append(f"Proves work on {_listed([f'{day:%-d %b %Y}' for day in claim.attested])}.")
    if citation.locator and not (secret or private):
        parts.append(f"Found at {citation.locator}.")
    if citation.closed_reason:
        parts.append("Counts no more." if secret or private else f"Counts no more: {citation.closed_reason}")
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


def _web_address(address: str | None) -> str | None:
    return address if address and urlsplit(address).scheme in ("http", "https") else None


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
