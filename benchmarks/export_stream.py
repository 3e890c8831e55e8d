"""How much memory a file of a million shoots takes: run `python -m benchmarks.export_stream`.

The record is made up in a temporary SQLite database; the file is read as a download is, and thrown away.
Memory is the most that the process ever held, over what it held when a thousand shoots had gone by. Times are
those of the processor, and tell how long a download takes at least.
"""

from __future__ import annotations

import resource
import sqlite3
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from benchmarks.bars import Bar, report
from benchmarks.database import migrated
from tracker.exchange.exporting.formats import FORMATS
from tracker.exchange.exporting.reading import Selection, rows_of
from tracker.exchange.exporting.rows import Heading, Site
from tracker.foundation.clock import today
from tracker.foundation.database import prepare_sqlite

# Each film has 100 shoots, each shoot a citation.
PER_FILM, PLACES, SOURCES = 100, 1_000, 5_000
_MOST_MB = 64
_HEADING = Heading(
    title="All films",
    page="https://films.example/productions",
    own="https://films.example/productions.csv",
    site=Site("https://films.example/"),
    updated=datetime(2026, 1, 1, tzinfo=UTC),
)


def main() -> int:
    """Print the bars as JSON and return the exit code."""
    parser = ArgumentParser(description="How much memory a large file takes")
    parser.add_argument("--shoots", type=int, default=1_000_000)
    parser.add_argument("--formats", default="csv,geojson", help="endings, with commas between")
    asked = parser.parse_args()
    bars: list[Bar] = []
    files: dict[str, dict[str, int]] = {}
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "record.sqlite3")
        engine = create_engine(migrated(path))
        prepare_sqlite(engine)
        _fill(path, asked.shoots)
        for ending in asked.formats.split(","):
            with Session(engine) as session:
                sum(map(len, islice(_written(session, ending), 1_000)))
            before, began = _held_mb(), time.process_time()
            with Session(engine) as session:
                size = sum(map(len, _written(session, ending)))
            seconds, grown = time.process_time() - began, _held_mb() - before
            bars.append(
                Bar(f"{ending} of {asked.shoots:,} shoots: memory beyond a thousand", grown, "MB", _MOST_MB)
            )
            files[ending] = {
                "megabytes": round(size / (1 << 20)),
                "seconds": round(seconds),
                "rows_per_second": round(asked.shoots / seconds),
                "held_mb": round(_held_mb()),
            }
        engine.dispose()
    return report(bars, shoots=asked.shoots, files=files)


def _written(session: Session, ending: str) -> Iterator[bytes]:
    return FORMATS[ending].write(_HEADING, rows_of(session, Selection(), today=today()))


def _held_mb() -> float:
    """Answer the most memory that the process has held so far."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1 << 20) if sys.platform == "darwin" else held / 1024


def _fill(path: Path, count: int) -> None:
    films = ((n, f"film-{n}", f"Film {n}", "film", 2020, "", "", 1) for n in range(1, count // PER_FILM + 2))
    sources = (
        (n, f"On the set, {n}", f"https://paper.example/{n}", f"paper.example/{n}")
        for n in range(1, SOURCES + 1)
    )
    citations = ((n, n, 1 + n % SOURCES) for n in range(1, count + 1))
    places = ((n, f"Place {n}", f"place {n}", f"place-{n}", "town", "NO") for n in range(1, PLACES + 1))
    shoots = (
        (n, 1 + (n - 1) // PER_FILM, 1 + n % PLACES, "Scene on the roof of a train, INT, day")
        for n in range(1, count + 1)
    )
    dates = "start_text, start_edtf, end_text, end_edtf"
    with closing(sqlite3.connect(path)) as database:
        database.executemany(
            "INSERT INTO production (id, slug, title, kind, year, released_text, released_edtf, version) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            films,
        )
        database.executemany(
            "INSERT INTO place (id, name, name_key, slug, kind, country, region, municipality, privacy, "
            "provider, version, created_at) "
            "VALUES (?, ?, ?, ?, ?, ?, '', '', 'open', '', 1, '2026-01-01 00:00:00')",
            places,
        )
        database.executemany(
            f"INSERT INTO shoot (id, production_id, place_id, scene, unit, {dates}, status, grade, "  # noqa: S608
            "story_place, interior_exterior, day_night, spoiler, note, in_film, version) "
            "VALUES (?, ?, ?, ?, 'main', '2020', '2020', '2020', '2020', 'wrapped', 'B', '', '', '', 0, '', "
            "'unknown', 1)",
            shoots,
        )
        database.executemany(
            "INSERT INTO source (id, kind, by_cast, title, author, outlet, address, address_key, note, "
            "published_text, published_edtf, version) "
            "VALUES (?, 'trade_press', 0, ?, '', '', ?, ?, '', '', '', 1)",
            sources,
        )
        database.executemany(
            f"INSERT INTO citation (id, shoot_id, source_id, stance, manner, shows, status, {dates}, "  # noqa: S608
            "story_place, quote, locator, note) "
            "VALUES (?, ?, ?, 'supports', 'states', 'work', 'wrapped', '2020', '2020', '2020', '2020', "
            "'', '', '', '')",
            citations,
        )
        database.commit()


if __name__ == "__main__":
    sys.exit(main())
