"""Places, and the world map's cells."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tracker.accounts.access import allow
from tracker.accounts.permissions import Permission
from tracker.api import shapes
from tracker.api.answering import next_address, site
from tracker.api.asking import LARGEST_ID, After, Bbox, Country, Limit, Query, Words, cleaned
from tracker.api.shaping import place_of, place_with_outline
from tracker.exchange.exporting.rows import public_place
from tracker.extensions import db
from tracker.foundation.errors import NotFoundError
from tracker.foundation.geo import Box
from tracker.places.pages import page_of_places
from tracker.places.queries import count_in_view, place_by_id


class PlacesQuery(Query):
    bbox: Bbox | None = None
    country: Country | None = None
    q: Words | None = None
    after: After = 0
    limit: Limit = 50


class ViewQuery(Query):
    bbox: Bbox
    zoom: Annotated[int, Field(ge=0, le=24)] = 3


@allow(Permission.READ)
def places(query: PlacesQuery) -> shapes.Page[shapes.Place]:
    """List places by id; in a box the open ones, whose point is exact."""
    found = page_of_places(
        db.session,
        box=Box.parse(query.bbox) if query.bbox else None,
        country=(query.country or "").upper(),
        words=cleaned(query.q),
        after=query.after,
        limit=query.limit + 1,
    )
    shown = [place_of(public_place(one), site()) for one in found[: query.limit]]
    more = next_address(after=shown[-1].id) if len(found) > query.limit else None
    return shapes.Page[shapes.Place](items=shown, next=more)


@allow(Permission.READ)
def place(place_id: int) -> shapes.PlaceWithOutline:
    """One place, with its outline where it is open."""
    found = place_by_id(db.session, place_id) if place_id <= LARGEST_ID else None
    if found is None:
        raise NotFoundError(f"No place has the number {place_id}.")
    return place_with_outline(found, site())


@allow(Permission.READ)
def cells(query: ViewQuery) -> shapes.MapView:
    """Count the open places of a view of the map by squares of about 64 pixels at that zoom."""
    total, found = count_in_view(db.session, Box.parse(query.bbox), query.zoom)
    squares = [shapes.MapCell(n=one.n, lat=round(one.lat, 5), lon=round(one.lon, 5)) for one in found]
    return shapes.MapView(total=total, cells=squares)
