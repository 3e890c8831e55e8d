"""Build the gazetteer file: read, work out the areas, fold the names, write beside, rename."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from tracker.geocoding import schema
from tracker.geocoding.places import NameRow, gather
from tracker.geocoding.sourcefiles import Sources, read_sources

# Told how many of how many thousandths are done, and what is being done now.
Progress = Callable[[int, int, str], None]
_WHOLE = 1000


def build_gazetteer(destination: Path, *, cities_dir: Path, progress: Progress) -> None:
    """Build the gazetteer from the installed packages; an interrupted build leaves the old file in place."""
    progress(0, _WHOLE, "reading GeoNames")
    write_gazetteer(destination, read_sources(cities_dir), progress)


def write_gazetteer(destination: Path, sources: Sources, progress: Progress) -> None:
    """Write the gazetteer of these sources to `destination`, replacing it only when the new one is whole."""
    destination.parent.mkdir(parents=True, exist_ok=True)
    partial = destination.with_name(f"{destination.name}.partial")
    partial.unlink(missing_ok=True)
    progress(150, _WHOLE, "finding municipalities, regions and countries")
    places, names = gather(sources, lambda share: progress(150 + round(350 * share), _WHOLE, "folding names"))
    with closing(sqlite3.connect(partial)) as connection:
        # The file is thrown away when anything fails, so there is nothing to roll back to.
        connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=4096;")
        connection.executescript(schema.TABLES)
        progress(500, _WHOLE, "writing places")
        connection.executemany(schema.INSERT_PLACE, places)
        progress(580, _WHOLE, "writing names")
        names.sort()
        connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?)", names)
        progress(740, _WHOLE, "indexing what names begin with")
        connection.executemany("INSERT INTO opening VALUES (?, ?, ?)", _openings(names))
        countries = {row.id: row.country for row in places}
        connection.executemany("INSERT INTO opening_in VALUES (?, ?, ?, ?)", _openings_in(names, countries))
        progress(860, _WHOLE, "indexing slips of the pen")
        hidden = {
            row[0] for row in places if row.kind == "town" and row.population < schema.SMALLEST_MISTYPED
        }
        connection.executemany("INSERT OR IGNORE INTO slip VALUES (?, ?)", _slips(names, hidden))
        connection.executescript(schema.INDEXES)
        connection.executemany(
            "INSERT INTO meta VALUES (?, ?)", _meta(sources, len(places), len(names)).items()
        )
        connection.commit()
        connection.execute("ANALYZE")
        connection.commit()
    partial.replace(destination)
    progress(_WHOLE, _WHOLE, f"{len(places):,} places, {len(names):,} names")


def _openings(names: list[NameRow]) -> Iterator[tuple[str, int, int]]:
    """Yield the most prominent places for each beginning that too many sorted names share."""
    for length in range(1, schema.LONGEST_OPENING + 1):
        for prefix, group in groupby(names, key=lambda row: row[0][:length]):
            rows = list(group)
            if len(prefix) < length or (length > 1 and len(rows) <= schema.CROWDED_OPENING):
                continue
            best = _best(rows, schema.OPENING_DEPTH)
            yield from ((prefix, weight, place) for place, weight in best.items())


def _openings_in(names: list[NameRow], countries: dict[int, str]) -> Iterator[tuple[str, str, int, int]]:
    """Yield the most prominent places of each country for each beginning that very many names share."""
    for length in range(1, schema.LONGEST_OPENING + 1):
        for prefix, group in groupby(names, key=lambda row: row[0][:length]):
            rows = list(group)
            if len(prefix) < length or len(rows) <= schema.CROWDED_IN_COUNTRY:
                continue
            by_country = defaultdict(list)
            for row in rows:
                by_country[countries[row[1]]].append(row)
            for country, those in by_country.items():
                best = _best(those, schema.DEPTH_IN_COUNTRY)
                yield from ((prefix, country, weight, place) for place, weight in best.items())


def _best(rows: list[NameRow], depth: int) -> dict[int, int]:
    """Return that many places with the weight of their best name among these, best first."""
    weighed = [(schema.opening_weight(place, weight, own), place) for _, place, weight, own in rows]
    best: dict[int, int] = {}
    for weight, place in sorted(weighed, key=itemgetter(0), reverse=True):
        best.setdefault(place, weight)
        if len(best) == depth:
            break
    return best


def _slips(names: list[NameRow], hidden: set[int]) -> Iterator[tuple[int, int]]:
    """Yield (hash, place) in order: one place for each of the own names that are long enough to mistype.

    The place only leads back to the name, so `hidden` ones (the smallest towns) are left out.
    """
    bearers = {
        folded: place
        for folded, place, _, own in names
        if own and place not in hidden and len(folded) in schema.SLIP_LENGTHS and folded.isascii()
    }
    # Packed into one number each: a list of pairs would need several times the memory.
    packed = [
        hash_ << 32 | place for folded, place in bearers.items() for hash_ in schema.slip_hashes(folded)
    ]
    packed.sort()
    return ((number >> 32, number & 0xFFFFFFFF) for number in packed)


def _meta(sources: Sources, places: int, names: int) -> dict[str, str]:
    return {
        "schema": str(schema.SCHEMA_VERSION),
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "places": str(places),
        "names": str(names),
        "licence": "GeoNames, CC BY 4.0 (https://www.geonames.org); names of countries and regions: "
        "iso-codes, LGPL 2.1; landmarks: this project, CC0",
        **{f"version {name}": number for name, number in sources.versions.items()},
    }
