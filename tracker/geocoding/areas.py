"""Give areas a point on them, and an uncertainty that contains their settlements."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tracker.geocoding.folding import fold
from tracker.geocoding.kindwords import bare_names
from tracker.geocoding.sourcefiles import Sources, Town
from tracker.geocoding.sphere import EARTH_RADIUS_M, distance_m, middle

# Settlements below the list's 500 inhabitants lie farther out than the last one listed.
_SPREAD_MARGIN = 1.15
_SMALLEST_MUNICIPALITY_M = 5_000
_SMALLEST_AREA_M = 10_000
# A municipality has about six neighbours: it ends before the seats of most of them, if not of the nearest.
_NEIGHBOURS_WITHIN_REACH = 4
_WIDEST_GUESS_M = 30_000


@dataclass(frozen=True, slots=True)
class Area:
    """One municipality, region or country, as prominent as a town of `seat_population`.

    `code` is "NO.08.1539", "NO.08" or "NO".
    """

    code: str
    name: str
    lat: float
    lon: float
    uncertainty_m: int
    population: int
    seat_population: int


def municipalities(sources: Sources) -> list[Area]:
    """Return the municipalities that hold at least one listed settlement."""
    members = _grouped(sources.towns, {town.id: municipality_of(town, sources) for town in sources.towns})
    areas = [
        _municipality(code, name, members[code])
        for code, name in sources.municipalities.items()
        if code in members
    ]
    reach = _reaches(areas)
    return [_widened(area, reach[area.code]) for area in areas]


def regions(sources: Sources) -> list[Area]:
    """Return the regions that hold at least one listed settlement."""
    members = _grouped(sources.towns, {town.id: region_of(town) for town in sources.towns})
    return [
        _wide_area(code, name, members[code]) for code, name in sources.regions.items() if code in members
    ]


def countries(sources: Sources) -> list[Area]:
    """Return the countries; their points are those of atlases where our table has one."""
    members = _grouped(sources.towns, {town.id: town.country for town in sources.towns})
    areas = []
    for country in sources.countries:
        point = sources.country_points.get(country.code)
        inside = members.get(country.code, [])
        if not inside:
            continue
        fixed = (point.lat, point.lon) if point else None
        area = _wide_area(country.code, country.name, inside, fixed)
        people = max(country.population, area.population)
        areas.append(replace(area, population=people, seat_population=people))
    return areas


def region_of(town: Town) -> str:
    """Return the region's code with its country, as in "NO.08"."""
    return f"{town.country}.{town.region}"


def municipality_of(town: Town, sources: Sources) -> str | None:
    """Return the municipality's code, where the second package knows this very town."""
    return sources.seats.get((town.name, town.lat, town.lon))


def _grouped(towns: Sequence[Town], code_of: Mapping[int, str | None]) -> dict[str, list[Town]]:
    groups: dict[str, list[Town]] = defaultdict(list)
    for town in towns:
        code = code_of[town.id]
        if code is not None:
            groups[code].append(town)
    return groups


def _municipality(code: str, name: str, towns: Sequence[Town]) -> Area:
    """Place it at its seat: the settlement of its name, else the one of most people, else the middle one."""
    names = {fold(name), *bare_names(fold(name))}
    people = sum(town.population for town in towns)
    largest = max(towns, key=lambda town: town.population)
    namesakes = [town for town in towns if fold(town.name) in names]
    if namesakes:
        seat = max(namesakes, key=lambda town: town.population)
    elif largest.population * 2 >= people:
        seat = largest
    else:
        seat = _nearest_to(middle(_points(towns), [town.population + 1.0 for town in towns]), towns)
    prominent = seat.population if namesakes else people
    return Area(code, name, seat.lat, seat.lon, _spread_m(seat.lat, seat.lon, towns), people, prominent)


def _wide_area(code: str, name: str, towns: Sequence[Town], fixed: tuple[float, float] | None = None) -> Area:
    if fixed is None:
        on_it = _nearest_to(middle(_points(towns), [1.0] * len(towns)), towns)
        fixed = (on_it.lat, on_it.lon)
    spread = max(_SMALLEST_AREA_M, _spread_m(*fixed, towns))
    people = sum(town.population for town in towns)
    return Area(code, name, *fixed, spread, people, people)


def _points(towns: Sequence[Town]) -> list[tuple[float, float]]:
    return [(town.lat, town.lon) for town in towns]


def _nearest_to(point: tuple[float, float], towns: Sequence[Town]) -> Town:
    return min(towns, key=lambda town: distance_m(*point, town.lat, town.lon))


def _spread_m(lat: float, lon: float, towns: Sequence[Town]) -> int:
    """Return how far the settlements reach; of hundreds, the farthest half percent are errors."""
    distances = sorted(distance_m(lat, lon, town.lat, town.lon) for town in towns)
    last = len(distances) - 1 - len(distances) // 200
    return round(_SPREAD_MARGIN * distances[last])


def _reaches(areas: Sequence[Area]) -> dict[str, float]:
    """Return how far the fourth nearest other seat is, in metres, or the widest guess when it is farther."""
    cells: dict[tuple[int, int], list[Area]] = defaultdict(list)
    for area in areas:
        cells[math.floor(area.lat), math.floor(area.lon)].append(area)
    widest_degrees = math.degrees(_WIDEST_GUESS_M / EARTH_RADIUS_M)
    reach = {}
    for area in areas:
        row, column = math.floor(area.lat), math.floor(area.lon)
        across = widest_degrees / max(math.cos(math.radians(area.lat)), 0.1)
        distances = [
            distance_m(area.lat, area.lon, other.lat, other.lon)
            for near_row in range(row - 1, row + 2)
            for near_column in range(column - 1, column + 2)
            for other in cells.get((near_row, near_column), ())
            if abs(other.lat - area.lat) < widest_degrees and abs(other.lon - area.lon) < across
        ]
        # The nearest of all is the seat itself.
        nearest = heapq.nsmallest(_NEIGHBOURS_WITHIN_REACH + 1, distances)
        reach[area.code] = nearest[-1] if len(nearest) > _NEIGHBOURS_WITHIN_REACH else _WIDEST_GUESS_M
    return reach


def _widened(area: Area, reach_m: float) -> Area:
    guess = min(reach_m, _WIDEST_GUESS_M)
    uncertainty = round(max(area.uncertainty_m, guess, _SMALLEST_MUNICIPALITY_M))
    return replace(area, uncertainty_m=uncertainty)
