"""How much memory a file of a million shoots takes: run `python -m benchmarks.export_stream`.

The record is made up in a temporary SQLite database; the file is read as a download is, and thrown away.
Memory is the most that the process ever held, over what it held when a file of a thousand had gone by.
"""

from __future__ import annotations

import resource
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from benchmarks.bars import Bar, report
from benchmarks.bulk_import import _migrated
from tracker.exchange.exporting.formats import FORMATS
from tracker.exchange.exporting.reading import Selection, rows_of
from tracker.exchange.exporting.rows import Heading, Site
from tracker.foundation.clock import today
from tracker.foundation.database import prepare_sqlite

SHOOTS, FILMS, PLACES = 1_000_000, 10_000, 1_000
_MOST_MB = 64
_HEADING = Heading(
    title="All films",
    page="https://films.example/productions",
    own="https://films.example/productions.csv",
    site=Site("https://films.example/"),
    updated=datetime(2026, 1, 1, tzinfo=UTC),
)


def main() -> int:
    """Print the bar as JSON and return the exit code."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "record.sqlite3")
        engine = create_engine(_migrated(path))
        prepare_sqlite(engine)
        _fill(path)
        with Session(engine) as session:
            sum(map(len, islice(_written(session), 1_000)))
            session.expunge_all()
            before = _held_mb()
            size = sum(map(len, _written(session)))
        engine.dispose()
    grown = _held_mb() - before
    return report(
        [Bar("file of a million shoots: memory beyond that of a thousand", grown, "MB", _MOST_MB)],
        shoots=SHOOTS,
        megabytes=round(size / (1 << 20)),
        held_mb=round(_held_mb()),
    )


def _written(session: Session) -> Iterator[bytes]:
    return FORMATS["csv"].write(_HEADING, rows_of(session, Selection(), today=today()))


def _held_mb() -> float:
    """Answer the most memory that the process has held so far."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1 << 20) if sys.platform == "darwin" else held / 1024


def _fill(path: Path) -> None:
    films = ((n, f"film-{n}", f"Film {n}", "film", 2020, "", "", 1) for n in range(1, FILMS + 1))
    places = ((n, f"Place {n}", f"place {n}", f"place-{n}", "town", "NO") for n in range(1, PLACES + 1))
    shoots = (
        (n, 1 + (n - 1) // (SHOOTS // FILMS), 1 + n % PLACES, "Scene on the roof of a train, INT, day")
        for n in range(1, SHOOTS + 1)
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
        database.commit()


if __name__ == "__main__":
    sys.exit(main())
