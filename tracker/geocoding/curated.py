"""Our own tables of facts: landmarks, the middle of each country, usual short names of areas."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

from tracker.foundation.errors import DataFileError

LANDMARK_KINDS = frozenset(
    [
        "point",
        "building",
        "street",
        "square",
        "bridge",
        "railway",
        "station",
        "airport",
        "studio",
        "museum",
        "quarry",
        "park",
        "water",
        "mountain",
        "island",
        "area",
        "town",
    ]
)
# How a curated place ranks among towns: known nearby, in its country, all over the world.
_STANDING = {"1": 2.5, "2": 4.0, "3": 5.5}


@dataclass(frozen=True, slots=True)
class Landmark:
    """One curated place; `town` is the nearest place of note, by which it is checked."""

    name: str
    aliases: tuple[str, ...]
    kind: str
    country: str
    town: str
    lat: float
    lon: float
    uncertainty_m: int
    standing: float


@dataclass(frozen=True, slots=True)
class CountryPoint:
    """The middle of a country as atlases give it, and the short names that people use."""

    lat: float
    lon: float
    aliases: tuple[str, ...]


def read_landmarks(lines: Iterable[str] | None = None) -> list[Landmark]:
    """Read landmarks from CSV lines, by default from our own table."""
    return [_landmark(row, number) for number, row in enumerate(_rows("landmarks.csv", lines), start=2)]


def read_country_points(lines: Iterable[str] | None = None) -> dict[str, CountryPoint]:
    """Read the middles of countries from CSV lines, by default from our own table."""
    return {
        row["code"]: CountryPoint(float(row["lat"]), float(row["lon"]), _aliases(row))
        for row in _rows("countries.csv", lines)
    }


def read_area_aliases(lines: Iterable[str] | None = None) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """Read what people call regions and municipalities, by (kind, ISO country code, GeoNames' name)."""
    return {
        (row["kind"], row["country"], row["name"]): _aliases(row) for row in _rows("area_aliases.csv", lines)
    }


def _landmark(row: dict[str, str], number: int) -> Landmark:
    try:
        landmark = Landmark(
            name=row["name"],
            aliases=_aliases(row),
            kind=row["kind"],
            country=row["country"],
            town=row["town"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            uncertainty_m=int(row["uncertainty_m"]),
            standing=_STANDING[row["standing"]],
        )
    except (KeyError, ValueError, TypeError) as error:
        raise DataFileError(
            f"Landmark in line {number} cannot be read ({error!r}). Correct the line."
        ) from error
    if landmark.kind not in LANDMARK_KINDS:
        raise DataFileError(
            f"Landmark in line {number} has the kind {landmark.kind!r}. Use one of {sorted(LANDMARK_KINDS)}."
        )
    return landmark


def _aliases(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(alias for alias in (row["aliases"] or "").split("|") if alias)


def _rows(file_name: str, lines: Iterable[str] | None) -> Iterator[dict[str, str]]:
    if lines is None:
        text = files("tracker.geocoding").joinpath("data", file_name).read_text(encoding="utf-8")
        lines = text.splitlines()
    return csv.DictReader(lines)
