"""Turn towns, areas and landmarks into the rows of the gazetteer: places, and the names that lead to them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from tracker.geocoding import areas, schema
from tracker.geocoding.areas import Area
from tracker.geocoding.bearers import Bearers
from tracker.geocoding.curated import Landmark
from tracker.geocoding.folding import fold, is_abbreviation, is_transliteration
from tracker.geocoding.kindwords import bare_names
from tracker.geocoding.neighbours import Neighbours, is_listed
from tracker.geocoding.sourcefiles import Sources, Town
from tracker.geocoding.terminals import Terminal

_PEOPLE_KNOWN_BY_CODE = 1_000_000
_REPORT_EVERY = 20_000


class PlaceRow(NamedTuple):
    """One row of the table `place`, in its order of columns."""

    id: int
    ref: str | None
    kind: str
    name: str
    country: str
    region: int | None
    municipality: int | None
    lat: float
    lon: float
    uncertainty_m: int
    population: int
    standing: float
    fame: float
    cell: int


class NameRow(NamedTuple):
    """One row of the table `name`."""

    folded: str
    place: int
    weight: int
    own: int


def gather(sources: Sources, report: Callable[[float], None]) -> tuple[list[PlaceRow], list[NameRow]]:
    """Return all places and their names; `report` hears the share that is done (0..1)."""
    collected = _Collection()
    wide = {
        "country": areas.countries(sources),
        "region": areas.regions(sources),
        "municipality": areas.municipalities(sources),
    }
    numbers = {
        area.code: schema.FIRST_IDS[kind] + at
        for kind, group in wide.items()
        for at, area in enumerate(group, start=1)
    }
    country_names = {country.code: country.names for country in sources.countries}
    for kind, group in wide.items():
        for area in group:
            names = country_names[area.code] if kind == "country" else sources.region_names.get(area.code, ())
            called = sources.area_aliases.get((kind, area.code.partition(".")[0], area.name), ())
            collected.add_area(kind, area, numbers, names, called)
    for at, town in enumerate(sources.towns):
        if at % _REPORT_EVERY == 0:
            report(at / len(sources.towns))
        municipality = areas.municipality_of(town, sources)
        collected.add_town(town, numbers.get(areas.region_of(town)), numbers.get(municipality or ""))
    near = Neighbours(sources.towns)
    for at, landmark in enumerate(sources.landmarks, start=1):
        collected.add_landmark(schema.FIRST_IDS["landmark"] + at, landmark, near.region_of(landmark, numbers))
    known = {country.code for country in sources.countries}
    bearers = Bearers(sources.terminals, collected.places, collected.names)
    for at, terminal in enumerate(sources.terminals, start=1):
        if terminal.country in known and not is_listed(terminal, sources.landmarks):
            region = near.region_of(terminal, numbers)
            served = near.town_called(terminal.city, terminal) if terminal.city else None
            standing = terminal.lift + (schema.standing_of(served.population) / 2 if served else 1.0)
            collected.add_terminal(schema.FIRST_IDS["terminal"] + at, terminal, region, standing, bearers)
    return collected.places, collected.names


def town_uncertainty_m(population: int) -> int:
    """Return a radius that holds a town and the ways to take its middle: 1.5 km, or 13 km for a million."""
    return round(max(1_500.0, 1_000 + 12 * math.sqrt(population)))


def landmark_names(landmark: Landmark) -> list[str]:
    """Return the names of a landmark; a studio is one Studio or many Studios as people like."""
    names = [landmark.name, *landmark.aliases]
    if landmark.kind != "studio":
        return names
    singular = [name[:-1] for name in names if name.endswith("Studios")]
    return [*names, *singular, *(f"{name}s" for name in names if name.endswith("Studio"))]


class _Collection:
    def __init__(self) -> None:
        self.places: list[PlaceRow] = []
        self.names: list[NameRow] = []

    def add_area(
        self, kind: str, area: Area, numbers: dict[str, int], names: Sequence[str], called: Sequence[str]
    ) -> None:
        country, _, rest = area.code.partition(".")
        region = f"{country}.{rest.partition('.')[0]}" if kind == "municipality" else ""
        folded = fold(area.name)
        bare = bare_names(folded)
        # Kent in England is called so; Kent County in Michigan is not called Kent.
        known_so = not folded.endswith(" county")
        row = PlaceRow(
            id=numbers[area.code],
            ref=f"{kind}:{area.code}",
            kind=kind,
            name=area.name,
            country=country,
            region=numbers.get(region),
            municipality=None,
            lat=area.lat,
            lon=area.lon,
            uncertainty_m=area.uncertainty_m,
            population=area.population,
            standing=schema.standing_of(area.seat_population),
            fame=0.0,
            cell=schema.cell_of(area.lat, area.lon),
        )
        own = [area.name, *called, *(bare if known_so else ()), *(names if kind == "country" else ())]
        self._add(row, own=own, others=[*names, *bare])

    def add_town(self, town: Town, region: int | None, municipality: int | None) -> None:
        row = PlaceRow(
            id=town.id,
            ref=None,
            kind="town",
            name=town.name,
            country=town.country,
            region=region,
            municipality=municipality,
            lat=town.lat,
            lon=town.lon,
            uncertainty_m=town_uncertainty_m(town.population),
            population=town.population,
            standing=schema.standing_of(town.population),
            fame=schema.fame_of(len(town.names)),
            cell=schema.cell_of(town.lat, town.lon),
        )
        self._add(row, own=[town.name], others=other_names(town.names, town.population))

    def add_landmark(self, number: int, landmark: Landmark, region: int | None) -> None:
        row = PlaceRow(
            id=number,
            ref=f"landmark:{re.sub(r'[^a-z0-9]+', '-', fold(landmark.name))}",
            kind=landmark.kind,
            name=landmark.name,
            country=landmark.country,
            region=region,
            municipality=None,
            lat=landmark.lat,
            lon=landmark.lon,
            uncertainty_m=landmark.uncertainty_m,
            population=0,
            standing=landmark.standing,
            fame=0.0,
            cell=schema.cell_of(landmark.lat, landmark.lon),
        )
        self._add(row, own=landmark_names(landmark), others=())

    def add_terminal(
        self, number: int, terminal: Terminal, region: int | None, standing: float, bearers: Bearers
    ) -> None:
        row = PlaceRow(
            id=number,
            ref=terminal.ref,
            kind=terminal.kind,
            name=terminal.name,
            country=terminal.country,
            region=region,
            municipality=None,
            lat=terminal.lat,
            lon=terminal.lon,
            uncertainty_m=terminal.uncertainty_m,
            population=0,
            standing=standing,
            fame=0.0,
            cell=schema.cell_of(terminal.lat, terminal.lon),
        )
        own = bearers.grant(terminal, terminal.names, standing)
        others = bearers.grant(terminal, (*terminal.aliases, *terminal.bare), standing)
        self._add(row, own=own, others=others)

    def _add(self, row: PlaceRow, own: Iterable[str], others: Iterable[str]) -> None:
        self.places.append(row)
        self.names.extend(names_of(row, own, others))


def names_of(row: PlaceRow, own: Iterable[str], others: Iterable[str]) -> list[NameRow]:
    """Return the rows of a place's names, folded; its own names prevail over others that fold alike."""
    folded_names: dict[str, bool] = {}
    for names, is_own in ((own, True), (others, False)):
        for name in names:
            folded_names.setdefault(fold(name), is_own)
    folded_names.pop("", None)
    shown = fold(row.name)
    return [
        NameRow(
            folded,
            row.id,
            round(1000 * schema.score_of(row.kind, row.standing, row.fame, own=is_own)),
            schema.SHOWN if folded == shown else int(is_own),
        )
        for folded, is_own in folded_names.items()
    ]


def other_names(names: Iterable[str], population: int) -> list[str]:
    """Return the alternate names that people use: no machine's romanizations, codes of the largest only."""
    known_by_code = population >= _PEOPLE_KNOWN_BY_CODE
    return [
        name
        for name in names
        if not is_transliteration(name) and (known_by_code or not is_abbreviation(name))
    ]
