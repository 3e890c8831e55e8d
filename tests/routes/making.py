"""Stops for tests, written the way a timeline writes them."""

from __future__ import annotations

from datetime import date

from tracker.foundation.dates import DateBound
from tracker.foundation.geo import Point
from tracker.routes.plan import Route
from tracker.routes.stops import Stop


def stop(
    id: int,
    name: str,
    start: str = "",
    end: str = "",
    *,
    unit: str = "unknown",
    planned: bool = False,
    at: tuple[float, float] | None = None,
    attested: tuple[date, ...] = (),
) -> Stop:
    return Stop(
        id=id,
        name=name,
        unit=unit,
        start=DateBound.from_edtf(start),
        end=DateBound.from_edtf(end),
        attested=attested,
        planned=planned,
        point=Point(*at) if at else None,
    )


def sequence(route: Route, lane: int = 0) -> list[list[str]]:
    """The names on the line, one list for each cluster."""
    if not route.lanes:
        return []
    return [[s.name for s in cluster.stops] for cluster in route.lanes[lane].clusters]
