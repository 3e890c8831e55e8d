"""The listed towns around a point, for what is placed in their midst: landmarks, airports, stations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Protocol

from tracker.geocoding import schema
from tracker.geocoding.areas import region_of
from tracker.geocoding.curated import Landmark
from tracker.geocoding.folding import fold
from tracker.geocoding.sourcefiles import Town
from tracker.geocoding.sphere import distance_m
from tracker.geocoding.terminals import Terminal

_STEP = 1 / schema.CELLS_PER_DEGREE
_SAME_PLACE_M = 5_000.0


class Placed(Protocol):
    """Anything with a point in a country."""

    @property
    def country(self) -> str: ...
    @property
    def lat(self) -> float: ...
    @property
    def lon(self) -> float: ...


class Neighbours:
    """Towns by country and cell."""

    def __init__(self, towns: Iterable[Town]) -> None:
        self._cells: dict[tuple[str, int], list[Town]] = defaultdict(list)
        for town in towns:
            self._cells[town.country, schema.cell_of(town.lat, town.lon)].append(town)

    def region_of(self, place: Placed, numbers: Mapping[str, int]) -> int | None:
        """Return the number of the region of the nearest town in the place's country, within about 100 km."""
        nearest = min(self._around(place), key=lambda pair: pair[0], default=None)
        return numbers.get(region_of(nearest[1])) if nearest else None

    def town_called(self, name: str, place: Placed) -> Town | None:
        """Return the largest town near the place that bears the name or one of its other names."""
        folded = fold(name)
        named = (town for _, town in self._around(place) if fold(town.name) == folded or name in town.names)
        return max(named, key=lambda town: town.population, default=None)

    def _around(self, place: Placed) -> Iterator[tuple[float, Town]]:
        cells = {
            schema.cell_of(max(-90.0, min(90.0, place.lat + up * _STEP)), place.lon + right * _STEP)
            for up, right in product((-1, 0, 1), (-2, -1, 0, 1, 2))
        }
        for cell in cells:
            for town in self._cells.get((place.country, cell), ()):
                yield distance_m(place.lat, place.lon, town.lat, town.lon), town


def is_listed(terminal: Terminal, landmarks: Sequence[Landmark]) -> bool:
    """Tell whether one of our own landmarks is this very airport or station."""
    names = {fold(name) for name in (*terminal.names, *terminal.aliases)}
    return any(
        landmark.kind == terminal.kind
        and distance_m(landmark.lat, landmark.lon, terminal.lat, terminal.lon) <= _SAME_PLACE_M
        and not names.isdisjoint(fold(name) for name in (landmark.name, *landmark.aliases))
        for landmark in landmarks
    )
