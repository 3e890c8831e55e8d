"""The scout's question on the map: where the places are that fit, counted by squares or one by one."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from tracker.foundation.geo import Box
from tracker.places.grid import FINEST, cover, finest_range, level_for
from tracker.places.models import Place
from tracker.places.queries import MOST_ROWS, CellView
from tracker.productions.place_search import PlaceFilter, terms_of_place


def count_fitting_in_view(
    session: Session, asked: PlaceFilter, box: Box, zoom: int
) -> tuple[int, list[CellView]]:
    """Answer how many places that fit the view holds, and the squares that count them at that zoom.

    The squares of `count_in_view` count everything; these are counted when asked.
    """
    level = level_for(box, zoom)
    inside = _inside(box, level)
    if inside is None:
        return 0, []
    square = Place.cell.op(">>")(2 * (FINEST - level))
    rows = session.execute(
        select(
            func.count(Place.id).label("n"),
            func.sum(Place.public_lat).label("lat"),
            func.sum(Place.public_lon).label("lon"),
            func.min(Place.id).label("member"),
        )
        .where(inside, *terms_of_place(asked))
        .group_by(square)
        .order_by(func.count(Place.id).desc(), func.min(Place.id))
    )
    cells = [
        CellView(n=r.n, lat=r.lat / r.n, lon=r.lon / r.n, member_id=r.member if r.n == 1 else None)
        for r in rows
    ]
    return sum(cell.n for cell in cells), cells


def fitting_in_view(
    session: Session, asked: PlaceFilter, box: Box, zoom: int, *, limit: int = MOST_ROWS
) -> list[Place]:
    """Answer the places inside the view that fit, for views that hold few enough to show one by one."""
    inside = _inside(box, level_for(box, zoom))
    if inside is None:
        return []
    spans = or_(*(Place.public_lon.between(west, east) for west, east in box.spans()))
    found = select(Place).where(
        inside, spans, Place.public_lat.between(box.south, box.north), *terms_of_place(asked)
    )
    return list(session.scalars(found.order_by(Place.id).limit(limit)))


def _inside(box: Box, level: int) -> ColumnElement[bool] | None:
    ranges = [finest_range(first, last, level) for first, last in cover(box, level)]
    return or_(*(Place.cell.between(first, last) for first, last in ranges)) if ranges else None
