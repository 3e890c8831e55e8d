"""Names of towns for the offline map: the largest ones in a box."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.foundation.geo import Box
from tracker.geocoding.gazetteer import Gazetteer
from tracker.geocoding.store import Place

# Below this many inhabitants towns are found by nearness alone; see `Store.towns_within`.
_LARGE = 20_000
_NEAREST = 200


@dataclass(frozen=True, slots=True)
class Town:
    """A town's name at its point; people in whole numbers."""

    name: str
    lat: float
    lon: float
    population: int


def towns_in(gazetteer: Gazetteer, box: Box, *, least_population: int, limit: int) -> list[Town]:
    """Answer the towns of a box with at least so many people, the largest first.

    Towns of fewer than 20,000 are only looked for around the middle of the box.
    """
    east = box.east if box.west <= box.east else box.east + 360
    found = {
        place.number: place
        for place in gazetteer.store.towns_within(box.west, box.south, east, box.north, limit)
    }
    if least_population < _LARGE and len(found) < limit:
        middle = ((box.south + box.north) / 2, _wrapped((box.west + east) / 2))
        for place in gazetteer.store.nearest(*middle, "town", _NEAREST):
            if _is_inside(place, box, east):
                found[place.number] = place
    large = [place for place in found.values() if place.population >= least_population]
    large.sort(key=lambda place: (-place.population, place.number))
    return [Town(place.name, place.lat, place.lon, place.population) for place in large[:limit]]


def _is_inside(place: Place, box: Box, east: float) -> bool:
    across = box.west <= place.lon <= east or box.west <= place.lon + 360 <= east
    return across and box.south <= place.lat <= box.north


def _wrapped(lon: float) -> float:
    return lon - 360 if lon > 180 else lon
