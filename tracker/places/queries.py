"""Reads of places: one, by name, near, and what the world map shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, literal, or_, select
from sqlalchemy.orm import Session

from tracker.foundation.geo import Box, Point, distance_m
from tracker.foundation.text import fold
from tracker.places.grid import cover, finest_range, level_for
from tracker.places.models import Cell, Place, Privacy
from tracker.places.privacy import tells_name

MOST_ROWS = 500
# A place lies in a street, town, municipality, region, country; a ring made by mistake must not hang a page.
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class CellView:
    """A square of the world map: how many places, the middle of their points, and the one place if single."""

    n: int
    lat: float
    lon: float
    member_id: int | None


def place_by_id(session: Session, place_id: int) -> Place | None:
    """Answer the place of that id."""
    return session.get(Place, place_id)


def places_by_ids(session: Session, ids: Sequence[int], *, merged: bool = False) -> dict[int, Place]:
    """Answer the places of those ids, by id; merged ones if asked for."""
    if not ids:
        return {}
    found = select(Place).where(Place.id.in_(ids)).execution_options(with_merged=merged)
    return {place.id: place for place in session.scalars(found)}


def places_named(session: Session, text: str, *, limit: int = 20) -> list[Place]:
    """Answer places whose name holds the folded text, those that begin with it first.

    None whose name is not public: that it is found by it would tell the name.
    """
    key = fold(text)
    if not key:
        return []
    starts = Place.name_key.startswith(key, autoescape=True)
    found = session.scalars(
        select(Place)
        .where(or_(starts, Place.name_key.contains(f" {key}", autoescape=True)))
        .where(Place.privacy != Privacy.PRIVATE)
        .order_by(starts.desc(), func.length(Place.name_key), Place.id)
        .limit(limit)
    )
    return [place for place in found if tells_name(place)]


def places_beginning(session: Session, text: str, *, limit: int) -> list[Place]:
    """Answer located places whose name begins with the folded text, shortest first; no private ones."""
    key = fold(text)[:300]
    if not key:
        return []
    begins = Place.name_key.startswith(key, autoescape=True)
    if session.get_bind().dialect.name == "sqlite":
        # SQLite reads no index for LIKE; in its order, by code point, what begins so lies between these two.
        begins = and_(Place.name_key >= key, Place.name_key < key + "\U0010ffff")
    found = session.scalars(
        select(Place)
        .where(begins, Place.privacy != Privacy.PRIVATE, Place.public_lat.is_not(None))
        .order_by(func.length(Place.name_key), Place.id)
        .limit(limit)
    )
    return [place for place in found if tells_name(place)]


def places_near(
    session: Session, place: Place, *, within_m: float = 300_000, limit: int = 8
) -> list[tuple[Place, float]]:
    """Answer open places around another and their distances in metres, nearest first."""
    if place.public_lat is None or place.public_lon is None:
        return []
    here = Point(place.public_lat, place.public_lon)
    reach = within_m / 111_000
    candidates = session.scalars(
        select(Place).where(
            Place.id != place.id,
            Place.cell.is_not(None),
            Place.public_lat.between(here.lat - reach, here.lat + reach),
        )
    )
    measured = [
        (other, distance_m(here, Point(other.public_lat or 0, other.public_lon or 0))) for other in candidates
    ]
    return sorted((pair for pair in measured if pair[1] <= within_m), key=lambda pair: (pair[1], pair[0].id))[
        :limit
    ]


def count_in_view(session: Session, box: Box, zoom: int) -> tuple[int, list[CellView]]:
    """Answer how many open places the view holds, and the squares that count them at that zoom."""
    level = level_for(box, zoom)
    ranges = cover(box, level)
    if not ranges:
        return 0, []
    rows = session.execute(
        select(Cell.n, Cell.sum_lat, Cell.sum_lon, Cell.member_id)
        .where(Cell.level == level, or_(*(Cell.code.between(first, last) for first, last in ranges)))
        .order_by(Cell.n.desc(), Cell.code)
    ).all()
    cells = [
        CellView(n=n, lat=lat / n, lon=lon / n, member_id=member if n == 1 else None)
        for n, lat, lon, member in rows
    ]
    return sum(cell.n for cell in cells), cells


def places_in_view(session: Session, box: Box, zoom: int, *, limit: int = MOST_ROWS) -> list[Place]:
    """Answer the open places inside the view, for views that hold few enough to show one by one."""
    level = level_for(box, zoom)
    ranges = [finest_range(first, last, level) for first, last in cover(box, level)]
    if not ranges:
        return []
    inside = [Place.public_lon.between(west, east) for west, east in box.spans()]
    # Ordered here and not in the statement, where it would tempt SQLite to read the table in that order.
    found = session.scalars(
        select(Place)
        .where(
            or_(*(Place.cell.between(first, last) for first, last in ranges)),
            Place.public_lat.between(box.south, box.north),
            or_(*inside),
        )
        .limit(limit)
    )
    return sorted(found, key=lambda place: place.id)


def surroundings(session: Session, ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Answer for each place the ids of the places that it lies in, nearest first."""
    ids = list(ids)
    if not ids:
        return {}
    start = (
        select(Place.id.label("inner"), Place.within_id.label("outer"), literal(1).label("depth"))
        .where(Place.id.in_(ids), Place.within_id.is_not(None))
        .cte("around", recursive=True)
    )
    around = start.union_all(
        select(start.c.inner, Place.within_id, start.c.depth + 1)
        .join(Place, Place.id == start.c.outer)
        .where(Place.within_id.is_not(None), start.c.depth < _DEEPEST)
    )
    found: dict[int, list[int]] = {}
    for inner, outer in session.execute(
        select(around.c.inner, around.c.outer).order_by(around.c.inner, around.c.depth)
    ):
        found.setdefault(inner, []).append(outer)
    return {inner: tuple(outers) for inner, outers in found.items()}


def places_inside(session: Session, ids: Iterable[int]) -> set[int]:
    """Answer the ids given and those of all places that lie in them, however deep."""
    ids = set(ids)
    if not ids:
        return set()
    start = (
        select(Place.id.label("inner"), literal(0).label("depth"))
        .where(Place.id.in_(ids))
        .cte("inside", recursive=True)
    )
    inside = start.union_all(
        select(Place.id, start.c.depth + 1)
        .join(start, Place.within_id == start.c.inner)
        .where(start.c.depth < _DEEPEST)
    )
    return set(session.scalars(select(inside.c.inner).distinct()))
