"""The tables of a gazetteer file, and the numbers that both its writer and its readers rely on."""

from __future__ import annotations

import math
import zlib

SCHEMA_VERSION = 5

# A place is a row of its own; names point at it. `weight` is 1000 x its score under that name, so that
# a search by prefix can be answered best first from the index alone.
TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
    id INTEGER PRIMARY KEY, ref TEXT, kind TEXT NOT NULL, name TEXT NOT NULL, country TEXT NOT NULL,
    region INTEGER, municipality INTEGER, lat REAL NOT NULL, lon REAL NOT NULL,
    uncertainty_m INTEGER NOT NULL, population INTEGER NOT NULL, standing REAL NOT NULL, fame REAL NOT NULL,
    cell INTEGER NOT NULL
);
CREATE TABLE name (
    folded TEXT NOT NULL, place INTEGER NOT NULL, weight INTEGER NOT NULL, own INTEGER NOT NULL,
    PRIMARY KEY (folded, place)
) WITHOUT ROWID;
CREATE TABLE opening (
    prefix TEXT NOT NULL, weight INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (prefix, weight, place)
) WITHOUT ROWID;
CREATE TABLE opening_in (
    prefix TEXT NOT NULL, country TEXT NOT NULL, weight INTEGER NOT NULL, place INTEGER NOT NULL,
    PRIMARY KEY (prefix, country, weight, place)
) WITHOUT ROWID;
CREATE TABLE slip (hash INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (hash, place)) WITHOUT ROWID;
CREATE TABLE zone (name TEXT NOT NULL, country TEXT NOT NULL, PRIMARY KEY (name, country)) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX place_cell ON place (cell);
CREATE INDEX name_of_area ON name (place) WHERE own AND place >= 20000000;
CREATE INDEX place_large ON place (population DESC) WHERE kind = 'town' AND population >= 20000;
"""

INSERT_PLACE = f"INSERT INTO place VALUES ({', '.join('?' * 14)})"  # noqa: S608

# Towns keep their GeoNames numbers (13 million at most); the others are numbered beyond them.
FIRST_IDS = {
    "municipality": 20_000_000,
    "region": 30_000_000,
    "country": 40_000_000,
    "landmark": 50_000_000,
    "terminal": 60_000_000,
}
FIRST_OTHER_THAN_TOWN = 20_000_000
# `name.own`: 0 somebody's other name for it, 1 its own, 2 its own and the one that is shown.
SHOWN = 2
OWN_NAME_BONUS = 0.8
COUNTRY_BONUS = 1.2
LONGEST_OPENING = 6
CROWDED_OPENING = 400
OPENING_DEPTH = 40
# Within a country the names that begin so are gone through, unless more than these would have to be.
CROWDED_IN_COUNTRY = 3_000
DEPTH_IN_COUNTRY = 20
# Half a word is as a rule the beginning of a place's own name: Venice before Russia, to Finns Venäjä.
# A country's name is its own in every language, but shown in one.
OTHER_NAME_COST = 4_000
# The order of a place under the beginning of a name, in thousandths as `weight` is: SQL on a row of `name`.
OPENING_WEIGHT = (
    f"weight - iif(own = {SHOWN} OR (own AND place NOT BETWEEN {FIRST_IDS['country']} "
    f"AND {FIRST_IDS['landmark'] - 1}), 0, {OTHER_NAME_COST})"
)
SLIP_LENGTHS = range(5, 25)
SMALLEST_MISTYPED = 1_000
SHORTEST_TWICE_MISTYPED = 7
SHORTEST_COUNTRY_MISTYPED = 9
LEAST_MISTYPED_STANDING = 3.5
CELLS_PER_DEGREE = 2
_CELLS_AROUND = 360 * CELLS_PER_DEGREE


def standing_of(population: int) -> float:
    """Return the prominence that people give a place: log10 of their number."""
    return math.log10(max(population, 100))


def fame_of(names: int) -> float:
    """Return the prominence that names give a place, when many languages have one for it.

    A place that is named in more than twenty ways is known beyond its country (Venice, with fewer people than
    many a suburb); each tripling beyond that counts like a thirtyfold population.
    """
    return 3.0 * max(0.0, math.log10(max(names, 1) / 20))


def score_of(kind: str, standing: float, fame: float, *, own: bool) -> float:
    """Return the order of a place under a name; it is famous by its own, not by one that history left it.

    Standing plus a bonus for its own name keeps Venice in Ohio, which is somebody's other name, below Venice.
    A country's name means the country first.
    """
    return standing + (OWN_NAME_BONUS + fame if own else 0.0) + (COUNTRY_BONUS if kind == "country" else 0.0)


def cell_of(lat: float, lon: float) -> int:
    """Return the half-degree cell of a point; rows from the south pole, columns from 180° west."""
    row = min(int((lat + 90) * CELLS_PER_DEGREE), 180 * CELLS_PER_DEGREE - 1)
    column = int((lon + 180) * CELLS_PER_DEGREE) % _CELLS_AROUND
    return row * _CELLS_AROUND + column


def cell_ranges(lat: float, lon: float, reach: float) -> list[tuple[int, int]]:
    """Return ranges of cells, first and last, that cover all within `reach` degrees of arc of a point."""
    south, north = max(lat - reach, -90.0), min(lat + reach, 90.0)
    # The circle is widest nearer to the pole than its middle is; over the pole it holds all longitudes.
    cosine = math.cos(math.radians(min(abs(lat) + reach, 90.0)))
    across = reach / cosine if cosine > reach / 180 else 180.0
    rows = range(cell_of(south, -180.0) // _CELLS_AROUND, cell_of(north, -180.0) // _CELLS_AROUND + 1)
    if across >= 180 - 1 / CELLS_PER_DEGREE:
        columns = [(0, _CELLS_AROUND - 1)]
    else:
        first, last = (cell_of(-90.0, edge) for edge in (lon - across, lon + across))
        columns = [(first, last)] if first <= last else [(0, last), (first, _CELLS_AROUND - 1)]
    return [
        (row * _CELLS_AROUND + west, row * _CELLS_AROUND + east) for row in rows for west, east in columns
    ]


def slip_hashes(folded: str) -> set[int]:
    """Return the 32-bit hashes of a name and of the name with any one letter left out.

    Two names that differ by one slip (a letter missing, added, changed or swapped) share one of them.
    """
    forms = {folded, *(folded[:at] + folded[at + 1 :] for at in range(len(folded)))}
    return {zlib.crc32(form.encode()) for form in forms}
