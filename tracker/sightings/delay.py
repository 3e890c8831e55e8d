"""The live delay: what is happening now is told no more exactly than the area around it, until it is over.

The exact place of such a sighting is nowhere in the record while it is held back: its shoot stands at the
wider area, so that no output can give away what it does not have.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from tracker.foundation.clock import now
from tracker.foundation.errors import ConflictError
from tracker.foundation.geo import Point
from tracker.geocoding import Gazetteer
from tracker.places.models import PlaceKind
from tracker.places.operations import PlaceDraft
from tracker.productions.models import Status
from tracker.sightings.models import Sighting

_AREAS = frozenset({PlaceKind.MUNICIPALITY, PlaceKind.REGION, PlaceKind.COUNTRY})
# A town is no exact place, a hamlet is.
_TOWN_M = 3_000
# A day is over everywhere when it is over at UTC-12.
_WEST_OF_ALL = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Until when a sighting's exact place is held back, and the area that stands for it, if one is known."""

    until: datetime
    area: PlaceDraft | None


def held_back(
    sighting: Sighting, *, delay_hours: int, gazetteer: Gazetteer | None, at: datetime | None = None
) -> HeldBack | None:
    """Answer how a sighting is to be held back at a moment; None where it may be told as it is."""
    until = exact_from(sighting, delay_hours=delay_hours)
    if until is None or until <= (at or now()):
        return None
    return HeldBack(until, _area_around(sighting, gazetteer))


def exact_from(sighting: Sighting, *, delay_hours: int) -> datetime | None:
    """Answer the moment from which the exact place may be told; None of a plan, a rumour and a wide area.

    It was seen when it was sent in at the latest, and on the last day that its date allows.
    """
    if sighting.status is not Status.CONFIRMED or _is_wide(sighting):
        return None
    seen, last = sighting.submitted_at, sighting.end.latest
    if last is not None:
        over = datetime.combine(last + timedelta(days=1), time(), UTC) + _WEST_OF_ALL
        seen = min(seen, over)
    return seen + timedelta(hours=delay_hours)


def area_of(held: HeldBack) -> PlaceDraft:
    """Answer the area that stands for the exact place. Raises ConflictError where none is known."""
    if held.area is None:
        raise ConflictError(
            "This is happening now, and no municipality around its place is known that could stand for it. "
            f"Accept it after {held.until:%-d %B, %H:%M} UTC."
        )
    return held.area


def _is_wide(sighting: Sighting) -> bool:
    if sighting.place_kind is PlaceKind.TOWN:
        return (sighting.place_uncertainty_m or 0) >= _TOWN_M
    return sighting.place_kind in _AREAS


def area_around(sighting: Sighting, gazetteer: Gazetteer) -> PlaceDraft | None:
    """Answer the area as wide as a sighting's place, at least its municipality, at the gazetteer's point."""
    if sighting.place_lat is None or sighting.place_lon is None:
        return None
    here = gazetteer.locate(sighting.place_lat, sighting.place_lon)
    widths = [here.municipality, here.region, here.country]
    if sighting.place_kind in (PlaceKind.REGION, PlaceKind.COUNTRY):
        widths = widths[1 if sighting.place_kind is PlaceKind.REGION else 2 :]
    near = next((one for one in widths if one is not None), None)
    if near is None:
        return None
    around = near.place
    region = here.region.place.name if here.region and here.region.place.id != around.id else ""
    return PlaceDraft(
        name=around.name,
        kind=PlaceKind(around.kind),
        country=around.country or None,
        region=region,
        point=Point(around.lat, around.lon),
        uncertainty_m=round(around.uncertainty_m),
        gazetteer_id=around.id,
        provider="gazetteer",
    )


def _area_around(sighting: Sighting, gazetteer: Gazetteer | None) -> PlaceDraft | None:
    """Answer municipality or region of the sighting's point, else the one that its sender chose with it."""
    around = area_around(sighting, gazetteer) if gazetteer else None
    if around is not None:
        return around
    if sighting.place_municipality:
        return PlaceDraft(
            name=sighting.place_municipality,
            kind=PlaceKind.MUNICIPALITY,
            country=sighting.place_country,
            region=sighting.place_region,
        )
    if sighting.place_region:
        return PlaceDraft(name=sighting.place_region, kind=PlaceKind.REGION, country=sighting.place_country)
    return None
