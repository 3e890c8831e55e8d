"""The desk's page: the queue with its filters, and beside it the sighting that is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import abort, render_template, request, url_for
from sqlalchemy import func, select

from tracker.accounts.models import User
from tracker.extensions import db
from tracker.foundation.clock import now
from tracker.foundation.dates import meaning
from tracker.productions.models import Production
from tracker.sightings.desk import (
    Filters,
    Mark,
    count_waiting,
    countries_waiting,
    oldest_since,
    productions_waiting,
    waiting_page,
)
from tracker.sightings.models import Sighting, State
from tracker.sightings.photos import count_waiting_photos
from tracker.sightings.presence import others_at
from tracker.sightings.publishing import published_unreviewed
from tracker.sightings.queries import sighting_by_id
from tracker.sightings.thread import last_decider_id, thread_of
from tracker.sightings.undoing import UNDO_SECONDS, may_undo
from tracker.sightings.what_waits import Kind
from tracker.web.frame.ages import age_in_words
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.signed_in import current_user
from tracker.web.moderation.entries import Part, parts_of
from tracker.web.moderation.form import DecisionForm, decision_form
from tracker.web.moderation.item import item_of
from tracker.web.moderation.rules import alone, on_land
from tracker.web.photos.with_sightings import photos_with
from tracker.web.places.words import country_name, sighting_line
from tracker.web.sightings.said import said_by

_PAGE = 50


@dataclass(frozen=True, slots=True)
class QueueView:
    """One page of the queue, with what it can be narrowed to."""

    parts: list[Part]
    count: int
    shown: int
    oldest: str
    next_page: str
    first_page: str
    first_open: str
    filters: Filters
    films: list[tuple[int, str]]
    countries: list[tuple[str, str]]
    query: dict[str, Any]


def desk_page(
    sighting_id: int | None,
    form: DecisionForm | None = None,
    note: str = "",
    refused_photo: tuple[int, str, str] = (0, "", ""),
) -> str:
    """Render the desk; `form` is a decision that was refused, `note` says what became of its words.

    `refused_photo` is a photo whose decision was refused: its number, why, and the words for its sender.
    """
    user = current_user()
    sighting = sighting_by_id(db.session, sighting_id) if sighting_id is not None else None
    if sighting is None and sighting_id is not None:
        abort(404)
    item = item_of(db.session, sighting, on_land=on_land()) if sighting is not None else None
    if item is not None and form is None:
        form = decision_form(item.sighting, item.duplicates, item.shoots)
    return render_template(
        "moderation/desk.html",
        queue=_queue(user),
        unreviewed=len(published_unreviewed(db.session)),
        photos_waiting=count_waiting_photos(db.session),
        said=said_by(db.session, sighting) if sighting else None,
        photos=photos_with(db.session, sighting) if sighting else [],
        refused_photo=refused_photo,
        item=item,
        form=form,
        user=user,
        age=age_in_words,
        last_decision=_last_decision(),
        meaning=meaning(sighting.period) if sighting else "",
        where=sighting_line(sighting) if sighting else "",
        note=note,
        Kind=Kind,
        country_name=country_name,
        **_around(sighting, user),
    )


def _around(sighting: Sighting | None, user: User) -> dict[str, object]:
    """Answer what stands around an open sighting: who else is there, what was said, what can be undone."""
    if sighting is None:
        return {"present": [], "thread": [], "turned_down": False, "can_undo": False, "own": False}
    return {
        "present": others_at(db.session, sighting.id, but=user) if sighting.is_pending else [],
        "thread": thread_of(db.session, sighting.id, with_notes=True),
        "turned_down": sighting.is_pending and last_decider_id(db.session, sighting.id) == user.id,
        "can_undo": may_undo(sighting, user),
        "undo_seconds": UNDO_SECONDS,
        "own": sighting.submitted_by_id == user.id and not alone(),
    }


def queue_query() -> dict[str, Any]:
    """Answer the filters and the page of the queue that are asked for, as they stand in the address."""
    names = ("kind", "film", "country", "after")
    return {name: request.args[name] for name in names if request.args.get(name)}


def _queue(user: User) -> QueueView:
    query, at = queue_query(), now()
    filters, mark = _filters(query), _mark(query.get("after", ""))
    found = waiting_page(db.session, filters=filters, after=mark, limit=_PAGE + 1, at=at)
    shown = found[:_PAGE]
    parts = parts_of(db.session, shown, user=user, query=query, alone=alone())
    narrowed = {name: value for name, value in query.items() if name != "after"}
    more = _written(Mark.after(shown[-1], mark.at if mark else at)) if len(found) > _PAGE else ""
    oldest = oldest_since(db.session)
    return QueueView(
        parts=parts,
        count=count_waiting(db.session, filters),
        shown=len(shown),
        oldest=age_in_words(oldest) if oldest else "",
        next_page=url_for("moderation.queue", **narrowed, after=more) if more else "",
        first_page=url_for("moderation.queue", **narrowed) if mark else "",
        first_open=next((e.url for part in parts for e in part.entries if not e.own), ""),
        filters=filters,
        films=_films(),
        countries=[(code, country_name(code)) for code in countries_waiting(db.session)],
        query=query,
    )


def _films() -> list[tuple[int, str]]:
    rows = db.session.execute(
        select(Production.id, Production.title)
        .where(Production.id.in_(productions_waiting(db.session)))
        .order_by(Production.title)
    )
    return [(number, title) for number, title in rows]


def _filters(query: dict[str, Any]) -> Filters:
    """Answer the filters; what cannot be one asks for all."""
    kind, film, country = query.get("kind", ""), query.get("film", ""), query.get("country", "")
    number = int(film) if film.isascii() and film.isdigit() and len(film) < 11 else 0
    return Filters(
        kind=Kind(kind) if kind in list(Kind) else None,
        production_id=number if 0 < number <= LARGEST_ID else None,
        country=country.upper() if len(country) == 2 and country.isascii() else None,
    )


def _written(mark: Mark) -> str:
    return "_".join(
        (
            mark.at.isoformat(),
            str(mark.section),
            mark.since.isoformat(),
            mark.kind.replace("_", "-"),
            str(mark.id),
        )
    )


def _mark(text: str) -> Mark | None:
    """Answer where a page begins; None for the first one, and for what is no such mark."""
    try:
        at, section, since, kind, number = text.split("_")
        mark = Mark(
            datetime.fromisoformat(at),
            int(section),
            datetime.fromisoformat(since),
            kind.replace("-", "_"),
            int(number),
        )
    except ValueError:
        return None
    sound = mark.at.tzinfo and mark.since.tzinfo and 0 <= mark.id <= LARGEST_ID and 0 <= mark.section < 10
    return mark if sound else None


def _last_decision() -> str:
    moment = db.session.scalar(
        select(func.max(Sighting.decided_at)).where(
            Sighting.state.in_((State.ACCEPTED, State.MERGED, State.REJECTED))
        )
    )
    return age_in_words(moment) if moment else ""
