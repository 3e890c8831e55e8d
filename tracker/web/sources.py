"""The page of a source: what it is, what it passes on, and what it is cited for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.dates import Period, describe
from tracker.foundation.errors import NotFoundError
from tracker.history.merging import survivor_of
from tracker.history.queries import rows_added_by
from tracker.places.privacy import public_name
from tracker.productions.by_source import citations_from, order_citations_from, shoots_by_ids
from tracker.productions.claims import FIRST_HAND, OFFICIAL
from tracker.productions.evidence import Citation, OrderCitation, Stance
from tracker.productions.models import Production, Shoot
from tracker.sources.authors import authors_in_words
from tracker.sources.models import Source
from tracker.sources.queries import repeats_of, source_by_id
from tracker.web.changes.page import row_history
from tracker.web.frame.access import allow
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.sessions import signed_in_user
from tracker.web.places.page import Link
from tracker.web.places.public import place_url
from tracker.web.productions.shoot_words import film_url, is_secret, stop_url
from tracker.web.productions.stops import date_phrases

_CHANGES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Cited:
    """What a source says of one shoot; `edit_url` is where the reader may change that, "" where not."""

    film: Link
    place: Link
    stance: str
    when: tuple[str, ...]
    status: str
    quote: str
    note: str
    closed: str
    edit_url: str


@dataclass(frozen=True, slots=True)
class Ordered:
    """What a source says of the order of two stops: "Rome after Rauma", and in whose words."""

    stops: str
    words: str
    film: Link


@dataclass(frozen=True, slots=True)
class SourceWords:
    """A source in words. `host` is the site of its address, "" without one."""

    title: str
    kind: str
    weight: str
    author: str
    outlet: str
    published: str
    read_on: str
    language: str
    address: str
    host: str
    archive_address: str
    archive_host: str
    note: str
    id: int


@allow(Permission.READ)
def show(source_id: int) -> ResponseReturnValue:
    """Show a source with its citations, its repeats and its history."""
    source = source_by_id(db.session, source_id) if source_id <= LARGEST_ID else None
    if source is None and source_id <= LARGEST_ID:
        survivor = survivor_of(db.session, Source, source_id)
        if survivor is not None:
            return redirect(url_for("sources.show", source_id=survivor.id), 301)
    if source is None:
        raise NotFoundError(f"No source has the number {source_id}.")
    orders = order_citations_from(db.session, source.id)
    citations = citations_from(db.session, source.id)
    own = _changeable([citation.id for citation in citations])
    cited = [_cited(citation, may_change=citation.id in own) for citation in citations]
    return render_template(
        "sources/show.html",
        source=source_words(source),
        number=source.id,
        repeats=_link(source.repeats) if source.repeats else None,
        repeated_by=[_link(other) for other in repeats_of(db.session, source.id)],
        # What it speaks against and what it speaks for, apart: nobody has to look for a refutation.
        groups=[
            (heading, [one for one in cited if one.stance.startswith(stance)])
            for stance, heading in (
                ("supports", "Supports"),
                ("refutes", "Refutes"),
                ("mentions", "Mentions"),
            )
        ],
        orders=_order_lines(orders, shoots_by_ids(db.session, _shoots_ordered(orders))),
        changes=row_history(db.session, "source", source.id, limit=_CHANGES_SHOWN),
    )


def source_words(source: Source) -> SourceWords:
    """Put a source into words."""
    published = source.published
    known = published.is_known
    return SourceWords(
        title=source.title,
        kind=source.kind.word.capitalize(),
        weight=_weight(source),
        author=authors_in_words(source.author),
        outlet=source.outlet,
        published=describe(Period(published, published)) if known else "date not known",
        read_on=f"{source.captured_on.day} {source.captured_on:%b %Y}" if source.captured_on else "",
        language=source.language or "",
        address=source.address or "",
        host=urlsplit(source.address or "").hostname or "",
        archive_address=source.archive_address or "",
        archive_host=urlsplit(source.archive_address or "").hostname or "",
        note=source.note,
        id=source.id,
    )


def _weight(source: Source) -> str:
    """Say what the source counts as when shoots are graded."""
    if source.repeats_id is not None:
        return "Repeats another source, and counts as that one."
    if source.kind in OFFICIAL and not source.by_cast:
        return "Official: it speaks for those who made or allowed the film."
    if source.kind in FIRST_HAND:
        return "First-hand: whoever made it was there."
    return "Second-hand: it reports what others saw or said."


def _changeable(ids: Sequence[int]) -> set[int]:
    """Answer which citations the reader may change: a moderator all, others what they added."""
    user = signed_in_user()
    if user is None:
        return set()
    return set(ids) if user.is_moderator else rows_added_by(db.session, user.id, "citation", ids)


def _cited(citation: Citation, *, may_change: bool) -> Cited:
    shoot = citation.shoot
    says = f"{citation.stance.value}; {citation.manner.value} it"
    secret = is_secret(shoot)
    period = Period(citation.start, citation.end)
    has_dates = not (citation.start.is_unknown and citation.end.is_unknown)
    return Cited(
        film=Link(shoot.production.title, stop_url(shoot)),
        place=Link(public_name(shoot.place), place_url(shoot.place)),
        stance=says,
        when=date_phrases(period) if has_dates else (),
        status=citation.status.word if citation.status else "",
        quote="" if secret else citation.quote,
        note="" if secret else citation.note,
        closed="" if secret or not citation.closed_reason else citation.closed_reason,
        edit_url=url_for("citing.edit", citation_id=citation.id) if may_change else "",
    )


def _shoots_ordered(orders: Sequence[tuple[OrderCitation, Production]]) -> list[int]:
    return sorted({number for order, _ in orders for number in (order.shoot_id, order.other_id)})


def _order_lines(
    orders: Sequence[tuple[OrderCitation, Production]], shoots: Mapping[int, Shoot]
) -> list[Ordered]:
    found: list[Ordered] = []
    for order, film in orders:
        both = [shoots[number] for number in (order.later_id, order.earlier_id) if number in shoots]
        names = " after ".join(public_name(shoot.place) for shoot in both)
        refuted = "Not so: " if order.stance is Stance.REFUTES else ""
        words = "" if any(is_secret(shoot) for shoot in both) else order.words
        found.append(Ordered(f"{refuted}{names}", words, Link(film.title, film_url(film))))
    return found


def _link(source: Source) -> Link:
    return Link(source.title, url_for("sources.show", source_id=source.id))
