"""What a bulk import costs beside the bare database: run `python -m benchmarks.bulk_import`.

The bare one reads the same CSV file, looks the same places up with the same gazetteer, and writes the very
rows that the import wrote, history, cells and ledger included, with sqlite3 alone, as tuples that are there
already, in batches of the same size. Times are those of the processor.
"""

from __future__ import annotations

import csv
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from benchmarks.bars import Bar, report
from tracker.config import from_environment
from tracker.exchange.mappings.proposing import known_columns, propose
from tracker.exchange.reading.tables import open_table
from tracker.exchange.running.prepare import Options, prepare
from tracker.exchange.running.run import BATCH
from tracker.extensions import MIGRATIONS
from tracker.foundation.database import prepare_sqlite, writing
from tracker.geocoding import Gazetteer, open_gazetteer
from tracker.geocoding.cascade import Cascade
from tracker.geocoding.countries import country_at
from tracker.tables import metadata

ROWS, TOWNS, FILMS = 40_000, 3_000, 4_000
_SEED = 20201005
_LARGE = "SELECT name, country FROM place WHERE kind = 'town' ORDER BY population DESC LIMIT ?"


def main() -> int:
    """Print the bars as JSON and return the exit code."""
    path = from_environment().gazetteer_path
    gazetteer = open_gazetteer(path)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = _write_table(folder / "rows.csv", path)
        ours, written = _import(table, folder / "ours.sqlite3", gazetteer)
        bare = _bare(table, folder / "ours.sqlite3", folder / "bare.sqlite3", gazetteer)
    share = 100 * bare / ours
    return report(
        [Bar("bulk import: share of the bare database's speed", share, "%", 80, at_least=True)],
        rows=ROWS,
        rows_written=written,
        ours_seconds=round(ours, 2),
        bare_seconds=round(bare, 2),
        rows_per_second=round(ROWS / ours),
    )


def _write_table(path: Path, gazetteer_path: Path) -> Path:
    """Write rows about large towns, in no order, each with its dates."""
    with closing(sqlite3.connect(gazetteer_path)) as database:
        towns = database.execute(_LARGE, (TOWNS,)).fetchall()
    dice = random.Random(_SEED)  # noqa: S311 - a repeatable choice
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["title", "year", "place", "country", "start", "end", "note"])
        for number in range(ROWS):
            town, country = dice.choice(towns)
            day = f"20{dice.randrange(10, 24)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
            film = dice.randrange(FILMS)
            year = 2010 + film % 14
            writer.writerow([f"Film {film}", year, town, country, day, day, f"Row {number}"])
    return path


def _migrated(path: Path) -> str:
    url = f"sqlite:///{path}"
    scripts = ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS)])
    engine = create_engine(url)
    with engine.begin() as connection, EnvironmentContext(Config(), scripts) as environment:
        environment.configure(
            connection=connection, fn=lambda revision, _: scripts._upgrade_revs("heads", revision)
        )
        environment.run_migrations()
    engine.dispose()
    return url


def _import(table_path: Path, database: Path, gazetteer: Gazetteer) -> tuple[float, int]:
    engine = create_engine(_migrated(database))
    prepare_sqlite(engine)
    before = time.process_time()
    table = open_table(table_path, known=known_columns())
    run = prepare(
        table,
        propose(table).mapping,
        Options(),
        resolver=Cascade(gazetteer),
        country_of=lambda point: country_at(gazetteer, point.lat, point.lon),
    )
    run.resolve(lambda: None)
    with Session(engine) as session:
        for batch in run.batches():
            with writing(session):
                run.take(session, batch)
        with writing(session):
            run.finish(session)
    seconds = time.process_time() - before
    engine.dispose()
    return seconds, sum(len(rows) for _, _, rows in _contents(database))


def _contents(database: Path) -> Iterator[tuple[str, int, list[tuple[Any, ...]]]]:
    with closing(sqlite3.connect(database)) as connection:
        for table in metadata.sorted_tables:
            rows = connection.execute(f'SELECT * FROM "{table.name}"').fetchall()  # noqa: S608
            if rows:
                yield table.name, len(rows[0]), rows


def _bare(table: Path, done: Path, database: Path, gazetteer: Gazetteer) -> float:
    _migrated(database)
    contents = list(_contents(done))
    connection = sqlite3.connect(database, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    # As many transactions as the import has; a place stands before what it holds, so ids are in order.
    batches = -(-ROWS // BATCH)
    before = time.process_time()
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    for town, country in {(row[2], row[3]) for row in rows[1:]}:
        gazetteer.resolve(town, country=country)
    for name, width, values in contents:
        statement = f'INSERT INTO "{name}" VALUES ({", ".join("?" * width)})'  # noqa: S608
        step = max(1, -(-len(values) // batches))
        for at in range(0, len(values), step):
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(statement, values[at : at + step])
            connection.execute("COMMIT")
    seconds = time.process_time() - before
    connection.close()
    return seconds


if __name__ == "__main__":
    sys.exit(main())
