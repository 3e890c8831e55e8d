"""Permits without a title: what the map draws of them, and their list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission, may
from tracker.extensions import db
from tracker.foundation.dates import describe_short
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.places.models import Place, Privacy
from tracker.places.queries import place_by_id
from tracker.sightings.permits import (
    PAGE,
    PermitSpot,
    count_permits,
    open_places_of,
    page_of_permits,
    permits_in_view,
)
from tracker.sightings.unattributed import UnattributedSighting
from tracker.web.frame.access import allow
from tracker.web.frame.conditional import json_answer, problem
from tracker.web.frame.numbers import number_in
from tracker.web.frame.sessions import signed_in_user
from tracker.web.permits.asked import day_in, days_asked
from tracker.web.places.page import Link
from tracker.web.places.public import place_url
from tracker.web.world.question import view_asked


@dataclass(frozen=True, slots=True)
class PermitLine:
    """A permit as a row to read."""

    id: int
    label: str
    number: str
    when: str
    status: str
    words: str
    places: tuple[Link, ...]
    source: Link


@allow(Permission.READ)
def in_view() -> ResponseReturnValue:
    """Answer the permits in a view of the map: how many, of these known to a spot, and where they are."""
    try:
        box, zoom = view_asked(request.args)
        days = days_asked(request.args)
    except InvalidValueError as error:
        return problem(400, "This view of the map cannot be read", str(error))
    view = permits_in_view(db.session, box, zoom, days)
    return json_answer(
        {
            "total": view.total,
            "exact": view.exact,
            "approximate": view.total - view.exact,
            "spots": [_spot(spot) for spot in view.spots],
        }
    )


@allow(Permission.READ)
def index() -> ResponseReturnValue:
    """List permits without a title, latest first; those of a place, or of some days."""
    days = days_asked(request.args)
    place = _place(request.args.get("place", ""))
    place_id = place.id if place else None
    found = page_of_permits(db.session, days, place_id=place_id, after=_after(), limit=PAGE + 1)
    asked = {name: value for name in ("from", "to", "place") if (value := request.args.get(name, ""))}
    more = found[PAGE - 1] if len(found) > PAGE else None
    return render_template(
        "permits/index.html",
        permits=permit_lines(found[:PAGE]),
        total=count_permits(db.session, days, place_id=place_id),
        place=Link(place.name, place_url(place)) if place else None,
        asked=asked,
        older=_page_behind(asked, more) if more else None,
        may_attribute=may(signed_in_user(), Permission.CITE),
    )


def permit_lines(permits: list[UnattributedSighting]) -> list[PermitLine]:
    """Answer permits as rows to read; only open places are named."""
    places = open_places_of(db.session, [one.id for one in permits])
    return [
        PermitLine(
            id=one.id,
            label=one.category or "Filming",
            number=one.number,
            when=describe_short(one.period),
            status=one.status.value,
            words=one.place_text,
            places=tuple(Link(place.name, place_url(place)) for place in places.get(one.id, ())),
            source=Link(one.source.title, url_for("sources.show", source_id=one.source_id)),
        )
        for one in permits
    ]


def _spot(spot: PermitSpot) -> dict[str, object]:
    told: dict[str, object] = {"n": spot.n, "lat": round(spot.lat, 5), "lon": round(spot.lon, 5)}
    if spot.place_id is not None:
        told |= {"name": spot.name, "url": url_for("permits.index", place=spot.place_id)}
    if spot.within_m is not None:
        told["within_m"] = spot.within_m
    return told


def _place(text: str) -> Place | None:
    if not text:
        return None
    place = place_by_id(db.session, number_in(text, "The place"))
    if place is None or place.privacy is not Privacy.OPEN:
        raise NotFoundError(f"There is no place {text} on the map.")
    return place


def _page_behind(asked: dict[str, str], last: UnattributedSighting) -> str:
    values: dict[str, Any] = {**asked, "after": _mark(last)}
    return url_for("permits.index", **values)


def _mark(last: UnattributedSighting) -> str:
    begins = last.start.earliest
    return f"{begins.isoformat() if begins else ''}~{last.id}"


def _after() -> tuple[date | None, int] | None:
    text = request.args.get("after", "")
    if not text:
        return None
    day, _, number = text.partition("~")
    return day_in(day, "after"), number_in(number, "after")
