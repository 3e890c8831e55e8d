"""Read a built gazetteer file: names, beginnings of names, mistyped names, and what lies near a point."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.foundation.errors import DataFileError
from tracker.geocoding import schema
from tracker.geocoding.folding import fold, spellings
from tracker.geocoding.sphere import METRES_PER_DEGREE, distance_m

_COLUMNS = (
    "p.id, p.ref, p.kind, p.name, p.country, p.region, p.municipality, p.lat, p.lon, p.uncertainty_m, "
    "p.population, p.standing, p.fame"
)
_MENDED_COSTS = 1.0
_MMAP_BYTES = 268_435_456
_NEAREST_WITHIN_M = 220_000.0
_FIRST_REACH_M = 20_000.0
_WIDER = 3.0


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the gazetteer; `region` and `municipality` are numbers of places."""

    number: int
    ref: str | None
    kind: str
    name: str
    country: str
    region: int | None
    municipality: int | None
    lat: float
    lon: float
    uncertainty_m: float
    population: int
    standing: float
    fame: float

    @property
    def id(self) -> str:
        """Return the stable id by which the place may be stored elsewhere."""
        return self.ref or f"geonames:{self.number}"

    @property
    def is_landmark(self) -> bool:
        """Tell whether the place is of our own table; its region there is no more than the nearest town's."""
        return self.number >= schema.FIRST_IDS["landmark"]

    @property
    def prominence(self) -> float:
        """Return the people who live there, or for a landmark those of a town that is as well known."""
        return 10**self.standing if self.is_landmark else self.population

    def distance_to(self, other: Place) -> float:
        """Return the distance between the two points in metres."""
        return distance_m(self.lat, self.lon, other.lat, other.lon)


@dataclass(frozen=True, slots=True)
class Hit:
    """A place found by a name: by its own or another name, read plainly or with one or two slips mended."""

    place: Place
    own: bool
    slips: int = 0

    @property
    def mended(self) -> bool:
        return self.slips > 0

    @property
    def score(self) -> float:
        """Return the prominence of the place under this name."""
        place = self.place
        score = schema.score_of(place.kind, place.standing, place.fame, own=self.own)
        return score - _MENDED_COSTS * self.slips


class Store:
    """Read one gazetteer file. Threads may share it: each has a connection of its own."""

    def __init__(self, path: Path) -> None:
        """Open the file; raise `DataFileError` with the remedy when it is missing or of another build."""
        self.path = path
        # Taken before the file is read: one that is replaced meanwhile is noticed at the next look.
        self._stamp = _stamp_of(path)
        self._local = threading.local()
        remedy = "Run `flask --app wsgi gazetteer build`."
        if not path.is_file():
            raise DataFileError(f"There is no gazetteer at {path}. {remedy}")
        try:
            self.meta = dict(self._connection().execute("SELECT key, value FROM meta"))
        except sqlite3.DatabaseError as error:
            raise DataFileError(f"{path} is not a gazetteer ({error}). {remedy}") from error
        if self.meta.get("schema") != str(schema.SCHEMA_VERSION):
            raise DataFileError(f"{path} was built by another version. {remedy}")

    def is_replaced(self) -> bool:
        """Tell whether another file lies in the place of the one that was opened."""
        stamp = _stamp_of(self.path)
        return stamp is not None and stamp != self._stamp

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            # A rebuilt gazetteer is a new file under the old name, so an open one never changes: immutable.
            uri = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            connection.execute(f"PRAGMA mmap_size = {_MMAP_BYTES}")
            self._local.connection = connection
        return connection

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a SELECT on the tables of `schema`."""
        return self._connection().execute(sql, parameters)

    def country_names(self) -> list[str]:
        """Return the names of all countries that are long enough to be mistyped; read once."""
        if not hasattr(self._local, "country_names"):
            first, end = schema.FIRST_IDS["country"], schema.FIRST_IDS["landmark"]
            shortest = schema.SHORTEST_COUNTRY_MISTYPED - 2
            rows = self.rows(
                "SELECT DISTINCT folded FROM name WHERE own AND place >= ? AND place < ?", (first, end)
            )
            self._local.country_names = [name for (name,) in rows if name.isascii() and len(name) >= shortest]
        names: list[str] = self._local.country_names
        return names

    def exact(self, folded: str) -> list[Hit]:
        """Return the places that bear this folded name, most prominent first."""
        rows = self._connection().execute(
            f"SELECT n.own, {_COLUMNS} FROM name n JOIN place p ON p.id = n.place "  # noqa: S608
            "WHERE n.folded = ? ORDER BY n.weight DESC",
            (folded,),
        )
        return [Hit(Place(*row[1:]), bool(row[0])) for row in rows]

    def named(self, text: str) -> list[Hit]:
        """Return the places that bear this name in one of its usual spellings."""
        found: dict[int, Hit] = {}
        for form in spellings(fold(text)):
            for hit in self.exact(form):
                known = found.get(hit.place.number)
                if known is None or hit.score > known.score:
                    found[hit.place.number] = hit
        return sorted(found.values(), key=lambda hit: -hit.score)

    def beginning(self, folded: str, limit: int, country: str | None = None) -> list[tuple[Place, float]]:
        """Return the most prominent places with a name that begins so, with their score under that name.

        `country` leaves only those of one country.
        """
        rows = self._openings(folded, limit, country)
        if rows is None:
            only = "" if country is None else "AND (SELECT country FROM place WHERE id = name.place) = ? "
            cursor = self._connection().execute(
                f"SELECT place, max({schema.OPENING_WEIGHT}) AS best FROM name "  # noqa: S608
                f"WHERE folded >= ? AND folded < ? {only} GROUP BY place ORDER BY best DESC LIMIT ?",
                (folded, folded + "\U0010ffff", *([country] if country else []), limit),
            )
            rows = cursor.fetchall()
        places = {place.number: place for place in self.places(number for number, _ in rows)}
        return [(places[number], weight / 1000) for number, weight in rows if number in places]

    def _openings(self, folded: str, limit: int, country: str | None) -> list[tuple[int, int]] | None:
        """Return (place, weight) as worked out with the file; None where few enough names begin so."""
        if len(folded) > schema.LONGEST_OPENING:
            return None
        connection = self._connection()
        if country is None:
            rows = connection.execute(
                "SELECT place, weight FROM opening WHERE prefix = ? ORDER BY weight DESC LIMIT ?",
                (folded, limit),
            ).fetchall()
            return rows or None
        rows = connection.execute(
            "SELECT place, weight FROM opening_in WHERE prefix = ? AND country = ? "
            "ORDER BY weight DESC LIMIT ?",
            (folded, country, limit),
        ).fetchall()
        crowded = "SELECT 1 FROM opening_in WHERE prefix = ? LIMIT 1"
        return rows if rows or connection.execute(crowded, (folded,)).fetchone() else None

    def places(self, numbers: Iterable[int]) -> list[Place]:
        """Return the places of these numbers, in their order."""
        wanted = list(dict.fromkeys(numbers))
        marks = ",".join("?" * len(wanted))
        rows = self._connection().execute(f"SELECT {_COLUMNS} FROM place p WHERE p.id IN ({marks})", wanted)  # noqa: S608
        found = {row[0]: Place(*row) for row in rows}
        return [found[number] for number in wanted if number in found]

    def country(self, code: str) -> Place | None:
        """Return a country by its ISO 3166-1 alpha-2 code."""
        row = (
            self._connection()
            .execute(
                f"SELECT {_COLUMNS} FROM place p WHERE p.id >= ? AND p.ref = ?",  # noqa: S608
                (schema.FIRST_IDS["country"], f"country:{code.upper()}"),
            )
            .fetchone()
        )
        return Place(*row) if row else None

    def countries_of_zone(self, zone: str) -> frozenset[str]:
        """Return the countries of a time zone by their codes; more than one where they share it."""
        rows = self._connection().execute("SELECT country FROM zone WHERE name = ?", (zone,))
        return frozenset(country for (country,) in rows)

    def nearest(
        self,
        lat: float,
        lon: float,
        kind: str,
        limit: int,
        *,
        within_m: float = _NEAREST_WITHIN_M,
        countries: Collection[str] = (),
    ) -> list[Place]:
        """Return the nearest places of a kind, nearest first; in these countries alone, if given."""
        reach = min(_FIRST_REACH_M, within_m)
        while True:
            measured = (
                (distance_m(lat, lon, place.lat, place.lon), place)
                for place in self._window(lat, lon, reach, kind)
                if not countries or place.country in countries
            )
            # A window is square: what lies in its corners is farther than something just outside.
            found = sorted((pair for pair in measured if pair[0] <= reach), key=lambda pair: pair[0])
            if len(found) >= limit or reach >= within_m:
                return [place for _, place in found[:limit]]
            reach = min(reach * _WIDER, within_m)

    def _window(self, lat: float, lon: float, reach_m: float, kind: str) -> Iterable[Place]:
        """Yield the places of a kind in a window that holds the circle, over the poles and 180° too."""
        cells: list[int] = []
        for first, last in schema.cell_ranges(lat, lon, reach_m / METRES_PER_DEGREE):
            cells += [first, last]
        spans = " OR ".join(["p.cell BETWEEN ? AND ?"] * (len(cells) // 2))
        rows = self._connection().execute(
            f"SELECT {_COLUMNS} FROM place p WHERE ({spans}) AND p.kind = ?",  # noqa: S608
            (*cells, kind),
        )
        return (Place(*row) for row in rows)

    def towns_within(self, west: float, south: float, east: float, north: float, limit: int) -> list[Place]:
        """Return the most populous towns of 20,000 and more in a box of degrees (east may pass 180)."""
        rows = self._connection().execute(
            f"SELECT {_COLUMNS} FROM place p WHERE kind = 'town' AND population >= 20000 "  # noqa: S608
            "AND lat BETWEEN ? AND ? AND (lon BETWEEN ? AND ? OR lon + 360 BETWEEN ? AND ?) "
            "ORDER BY population DESC LIMIT ?",
            (south, north, west, east, west, east, limit),
        )
        return [Place(*row) for row in rows]


def _stamp_of(path: Path) -> tuple[int, int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size
