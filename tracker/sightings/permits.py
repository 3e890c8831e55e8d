"""Filming that nobody has named yet, as the map and its list show it: permits without a title, as a rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.foundation.geo import Box
from tracker.places.grid import FINEST, cover, finest_range, level_for
from tracker.places.models import Place, Privacy
from tracker.sightings.unattributed import UnattributedPlace, UnattributedSighting

# What is known less exactly than this is an area, never a spot.
EXACT_WITHIN_M = 2_000
MOST_SPOTS = 1_000
PAGE = 50
_SIGHTING: Any = UnattributedSighting.__table__.c


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day asked for; None asks nothing. What may lie between them fits."""

    first: date | None = None
    last: date | None = None

    def terms(self) -> list[ColumnElement[bool]]:
        """Answer the conditions on sightings."""
        terms = []
        if self.first is not None:
            terms.append(or_(_SIGHTING.end_latest.is_(None), _SIGHTING.end_latest >= self.first))
        if self.last is not None:
            terms.append(or_(_SIGHTING.start_earliest.is_(None), _SIGHTING.start_earliest <= self.last))
        return terms


@dataclass(frozen=True, slots=True)
class PermitSpot:
    """A place with permits, or with `place_id` None the middle of several; `within_m` is None for a spot."""

    n: int
    lat: float
    lon: float
    place_id: int | None = None
    name: str = ""
    within_m: int | None = None


@dataclass(frozen=True, slots=True)
class PermitView:
    """What a view of the map holds: how many permits, of these known to a spot, and where they are."""

    total: int
    exact: int
    spots: tuple[PermitSpot, ...]


def any_permits(session: Session) -> bool:
    """Tell whether there is filming that nobody has named."""
    found = select(UnattributedSighting.id).where(UnattributedSighting.production_id.is_(None))
    return session.scalar(found.limit(1)) is not None


def permits_in_view(session: Session, box: Box, zoom: int, days: Days) -> PermitView:
    """Answer the permits at open places in a view."""
    level = level_for(box, zoom)
    ranges = [finest_range(first, last, level) for first, last in cover(box, level)]
    if not ranges:
        return PermitView(0, 0, ())
    inside = and_(
        or_(*(Place.cell.between(first, last) for first, last in ranges)),
        Place.public_lat.between(box.south, box.north),
        or_(*(Place.public_lon.between(west, east) for west, east in box.spans())),
    )
    n = func.count(UnattributedSighting.id.distinct())
    total = session.scalar(_there(select(n), days).where(inside)) or 0
    exact = session.scalar(_there(select(n), days).where(inside, _is_spot())) or 0
    spots = _by_place(session, inside, days)
    if len(spots) > MOST_SPOTS:
        spots = _by_square(session, inside, days, level)
    return PermitView(total, exact, tuple(spots))


def page_of_permits(
    session: Session,
    days: Days,
    *,
    place_id: int | None = None,
    after: tuple[date | None, int] | None = None,
    limit: int = PAGE,
) -> list[UnattributedSighting]:
    """Answer a page of permits with their sources, latest first, behind the (start, id) `after`."""
    of = UnattributedSighting
    found = select(of).where(of.production_id.is_(None), *days.terms()).options(joinedload(of.source))
    if place_id is not None:
        there = select(UnattributedPlace.sighting_id).where(UnattributedPlace.place_id == place_id)
        found = found.where(of.id.in_(there))
    begins = func.coalesce(_SIGHTING.start_earliest, date.min)
    if after is not None:
        day, last = after[0] or date.min, after[1]
        found = found.where(or_(begins < day, and_(begins == day, of.id < last)))
    return list(session.scalars(found.order_by(begins.desc(), of.id.desc()).limit(limit)))


def count_permits(session: Session, days: Days, *, place_id: int | None = None) -> int:
    """Answer how many permits there are."""
    of = UnattributedSighting
    found = select(func.count(of.id)).where(of.production_id.is_(None), *days.terms())
    if place_id is not None:
        there = select(UnattributedPlace.sighting_id).where(UnattributedPlace.place_id == place_id)
        found = found.where(of.id.in_(there))
    return session.scalar(found) or 0


def open_places_of(session: Session, sighting_ids: Sequence[int]) -> dict[int, list[Place]]:
    """Answer the open places of permits, by permit."""
    found: dict[int, list[Place]] = defaultdict(list)
    if not sighting_ids:
        return found
    rows = session.execute(
        select(UnattributedPlace.sighting_id, Place)
        .join(Place, Place.id == UnattributedPlace.place_id)
        .where(UnattributedPlace.sighting_id.in_(sighting_ids), Place.privacy == Privacy.OPEN)
        .order_by(UnattributedPlace.id)
    )
    for number, place in rows:
        found[number].append(place)
    return found


def _there(what: Any, days: Days) -> Any:
    return (
        what.select_from(UnattributedSighting)
        .join(UnattributedPlace, UnattributedPlace.sighting_id == UnattributedSighting.id)
        .join(Place, Place.id == UnattributedPlace.place_id)
        .where(UnattributedSighting.production_id.is_(None), Place.privacy == Privacy.OPEN, *days.terms())
    )


def _is_spot() -> ColumnElement[bool]:
    return func.coalesce(Place.public_uncertainty_m, EXACT_WITHIN_M + 1) <= EXACT_WITHIN_M


def _by_place(session: Session, inside: ColumnElement[bool], days: Days) -> list[PermitSpot]:
    n = func.count(UnattributedSighting.id.distinct()).label("n")
    columns = (Place.id, Place.name, Place.public_lat, Place.public_lon, Place.public_uncertainty_m)
    rows = session.execute(
        _there(select(n, *columns), days)
        .where(inside)
        .group_by(*columns)
        .order_by(n.desc(), Place.id)
        .limit(MOST_SPOTS + 1)
    )
    return [
        PermitSpot(
            row.n,
            row.public_lat,
            row.public_lon,
            row.id,
            row.name,
            None if (row.public_uncertainty_m or EXACT_WITHIN_M + 1) <= EXACT_WITHIN_M else _reach(row),
        )
        for row in rows
    ]


def _reach(row: Any) -> int:
    return int(row.public_uncertainty_m or 0)


def _by_square(session: Session, inside: ColumnElement[bool], days: Days, level: int) -> list[PermitSpot]:
    square = Place.cell.op(">>")(2 * (FINEST - level))
    n = func.count(UnattributedSighting.id.distinct()).label("n")
    middle = (func.avg(Place.public_lat).label("lat"), func.avg(Place.public_lon).label("lon"))
    rows = session.execute(
        _there(select(n, *middle), days)
        .where(inside)
        .group_by(square)
        .order_by(n.desc(), square)
        .limit(MOST_SPOTS)
    )
    return [PermitSpot(row.n, float(row.lat), float(row.lon)) for row in rows]
