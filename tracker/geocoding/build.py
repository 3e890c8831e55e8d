"""Build the gazetteer file: read, work out the areas, fold the names, write beside, rename."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tracker.geocoding import schema
from tracker.geocoding.added import Added
from tracker.geocoding.merging import Merger, with_updates
from tracker.geocoding.places import gather
from tracker.geocoding.sourcefiles import Sources, Town, read_sources

# Told how many of how many thousandths are done, and what is being done now.
Progress = Callable[[int, int, str], None]
_WHOLE = 1000
_CACHE_KIB = 65_536
# Of the towns of a time zone so many lie in one country when they do not all: the others are errors.
_STRAYS = 0.02
# Each place with the weight of the best of its names that begin so.
_BEGUN = (
    f"SELECT place, max({schema.OPENING_WEIGHT}) AS best FROM name "  # noqa: S608
    "WHERE folded >= ? AND folded < ? GROUP BY place"
)
_INSERT_OPENING = (
    "INSERT INTO opening (prefix, weight, place) "  # noqa: S608
    f"SELECT ?, best, place FROM ({_BEGUN}) ORDER BY best DESC, place LIMIT ?"
)
_INSERT_OPENING_IN = (
    f"WITH begun AS ({_BEGUN}), ranked AS ("  # noqa: S608
    "SELECT b.place, b.best, p.country, "
    "row_number() OVER (PARTITION BY p.country ORDER BY b.best DESC, b.place) AS rank "
    "FROM begun b JOIN place p ON p.id = b.place) "
    "INSERT INTO opening_in (prefix, country, weight, place) "
    "SELECT ?, country, best, place FROM ranked WHERE rank <= ?"
)


def build_gazetteer(destination: Path, *, cities_dir: Path, progress: Progress) -> None:
    """Build the gazetteer from the installed packages and what an operator added.

    An interrupted build leaves the old file in place.
    """
    progress(0, _WHOLE, "reading GeoNames")
    write_gazetteer(destination, read_sources(cities_dir), progress, Added.beside(destination))


def write_gazetteer(
    destination: Path, sources: Sources, progress: Progress, added: Added | None = None
) -> None:
    """Write the gazetteer of these sources to `destination`, replacing it only when the new one is whole."""
    destination.parent.mkdir(parents=True, exist_ok=True)
    with _alone(destination.parent):
        partial = destination.with_name(f"{destination.name}.partial")
        partial.unlink(missing_ok=True)
        with closing(sqlite3.connect(partial)) as connection:
            _write(connection, sources, progress, added)
            counts = dict(connection.execute("SELECT key, CAST(value AS INTEGER) FROM meta"))
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.replace(destination)
    progress(_WHOLE, _WHOLE, f"{counts['places']:,} places, {counts['names']:,} names")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait for another build in this folder; the lock falls with the process that holds it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write(connection: sqlite3.Connection, sources: Sources, progress: Progress, added: Added | None) -> None:
    # The file is thrown away when anything fails, so there is nothing to roll back to.
    connection.executescript(
        f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=4096; "
        f"PRAGMA cache_size=-{_CACHE_KIB};"
    )
    connection.executescript(schema.TABLES)
    # Read before the rows: what is added meanwhile belongs to the next build.
    revision = added.revision() if added else ""
    if added and revision:
        sources = replace(sources, towns=with_updates(sources.towns, added))
    _write_sources(connection, sources, progress)
    if added and revision:
        merger = Merger(connection, sources.landmarks)
        merger.merge(added, lambda share: progress(660 + round(60 * share), _WHOLE, "adding your dumps"))
    progress(740, _WHOLE, "indexing what names begin with")
    _write_openings(connection)
    progress(860, _WHOLE, "indexing slips of the pen")
    _write_slips(connection)
    connection.executescript(schema.INDEXES)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", _meta(connection, sources, revision).items())
    connection.commit()
    connection.execute("ANALYZE")
    connection.commit()


def _write_sources(connection: sqlite3.Connection, sources: Sources, progress: Progress) -> None:
    progress(150, _WHOLE, "finding municipalities, regions and countries")
    places, names = gather(sources, lambda share: progress(150 + round(350 * share), _WHOLE, "folding names"))
    progress(500, _WHOLE, "writing places")
    connection.executemany(schema.INSERT_PLACE, places)
    connection.executemany("INSERT INTO zone VALUES (?, ?)", _zones(sources.towns))
    progress(580, _WHOLE, "writing names")
    names.sort()
    connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?)", names)


def _zones(towns: Iterable[Town]) -> Iterator[tuple[str, str]]:
    """Yield each time zone with its country, or with its countries where it has several."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for town in towns:
        if town.zone:
            found[town.zone][town.country] += 1
    for zone, countries in found.items():
        enough = _STRAYS * countries.total()
        yield from ((zone, country) for country, count in countries.items() if count > enough)


def _write_openings(connection: sqlite3.Connection) -> None:
    """Write the most prominent places for each beginning that too many names share, in all and by country."""
    for length in range(1, schema.LONGEST_OPENING + 1):
        shared = connection.execute(
            "SELECT substr(folded, 1, ?) AS prefix, count(*) FROM name WHERE length(folded) >= ? "
            "GROUP BY prefix HAVING count(*) > ?",
            (length, length, 0 if length == 1 else schema.CROWDED_OPENING),
        ).fetchall()
        for prefix, count in shared:
            span = (prefix, prefix + "\U0010ffff")
            connection.execute(_INSERT_OPENING, (prefix, *span, schema.OPENING_DEPTH))
            if count > schema.CROWDED_IN_COUNTRY:
                connection.execute(_INSERT_OPENING_IN, (*span, prefix, schema.DEPTH_IN_COUNTRY))


def _write_slips(connection: sqlite3.Connection) -> None:
    """Write (hash, place): one place for each of the own names that are long enough to mistype.

    The place only leads back to the name, so the smallest towns and stops are left out.
    """
    connection.execute("CREATE TEMP TABLE slipped (hash INTEGER, place INTEGER)")
    bearers = connection.execute(
        "SELECT n.folded, max(n.place) FROM name n JOIN place p ON p.id = n.place "
        "WHERE n.own AND length(n.folded) BETWEEN ? AND ? "
        "AND NOT (p.kind = 'town' AND p.population < ?) AND NOT (p.id >= ? AND p.standing < ?) "
        "GROUP BY n.folded",
        (
            schema.SLIP_LENGTHS.start,
            schema.SLIP_LENGTHS.stop - 1,
            schema.SMALLEST_MISTYPED,
            schema.FIRST_IDS["terminal"],
            schema.LEAST_MISTYPED_STANDING,
        ),
    )
    connection.executemany(
        "INSERT INTO slipped VALUES (?, ?)",
        (
            (hash_, place)
            for folded, place in bearers
            if folded.isascii()
            for hash_ in schema.slip_hashes(folded)
        ),
    )
    connection.execute("INSERT INTO slip SELECT DISTINCT hash, place FROM slipped ORDER BY hash, place")
    connection.execute("DROP TABLE slipped")


def _meta(connection: sqlite3.Connection, sources: Sources, revision: str) -> dict[str, str]:
    places, names = (
        str(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
        for table in ("place", "name")
    )
    return {
        "schema": str(schema.SCHEMA_VERSION),
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "places": places,
        "names": names,
        "added": revision,
        "licence": "GeoNames, CC BY 4.0 (https://www.geonames.org); names of countries and regions: "
        "iso-codes, LGPL 2.1; airports: airportsdata, MIT; German stations: Deutsche Bahn, CC BY 4.0, "
        "through db-stations, ISC; landmarks: this project, CC0",
        **{f"version {name}": number for name, number in sources.versions.items()},
    }
