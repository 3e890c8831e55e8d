"""What a bulk import costs beside the bare database that does the same: `python -m benchmarks.bulk_import`.

Both sides read the same CSV file, take its cells for what they mean, look the places up in the same
gazetteer and prepare the same rows, history, cells and ledger included. Ours then asks and writes through a
session, as the command does; the bare one through sqlite3 alone. Each side runs in a process of its own, and
afterwards both files must hold the same rows. Times are those of the processor. Decision 0026 says why so.
"""

from __future__ import annotations

import csv
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from benchmarks.bare import Bare
from benchmarks.bars import Bar, report
from benchmarks.database import migrated, same_rows
from tracker.config import from_environment
from tracker.exchange.mappings.proposing import known_columns, propose
from tracker.exchange.reading.tables import open_table
from tracker.exchange.running.prepare import Options, prepare
from tracker.exchange.running.run import Import
from tracker.foundation.database import prepare_sqlite, writing
from tracker.geocoding import Gazetteer, open_gazetteer
from tracker.geocoding.cascade import Cascade
from tracker.geocoding.countries import country_at

ROWS, TOWNS, FILMS = 40_000, 3_000, 4_000
# The sides take turns, and the least time of each counts: what else the machine does only adds.
TURNS = 3
_SEED = 20201005
_LARGE = "SELECT name, country FROM place WHERE kind = 'town' ORDER BY population DESC LIMIT ?"


def main() -> int:
    """Print the bars as JSON and return the exit code."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = write_table(folder / "rows.csv", from_environment().gazetteer_path)
        ours, bare = [], []
        for turn in range(TURNS):
            ours.append(_timed("ours", table, folder / f"ours{turn}.sqlite3"))
            bare.append(_timed("bare", table, folder / f"bare{turn}.sqlite3"))
        written = same_rows(folder / "ours0.sqlite3", folder / "bare0.sqlite3")
    ours_s, bare_s = min(one["all"] for one in ours), min(one["all"] for one in bare)
    share = 100 * bare_s / ours_s
    return report(
        [Bar("bulk import: share of the bare database's speed", share, "%", 80, at_least=True)],
        rows=ROWS,
        rows_written=written,
        ours_seconds=round(ours_s, 2),
        bare_seconds=round(bare_s, 2),
        reading_and_resolving_seconds=round(min(one["first"] for one in ours), 2),
        bare_statements_seconds=round(min(one["statements"] for one in bare), 2),
        rows_per_second=round(ROWS / ours_s),
    )


def write_table(path: Path, gazetteer_path: Path, rows: int = ROWS) -> Path:
    """Write rows about large towns, in no order, each with its dates."""
    with closing(sqlite3.connect(gazetteer_path)) as database:
        towns = database.execute(_LARGE, (TOWNS,)).fetchall()
    dice = random.Random(_SEED)  # noqa: S311 - a repeatable choice
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["title", "year", "place", "country", "start", "end", "note"])
        for number in range(rows):
            town, country = dice.choice(towns)
            day = f"20{dice.randrange(10, 24)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}"
            film = dice.randrange(FILMS)
            year = 2010 + film % 14
            writer.writerow([f"Film {film}", year, town, country, day, day, f"Row {number}"])
    return path


def _timed(side: str, table: Path, database: Path) -> dict[str, float]:
    """Carry one side out in a process of its own; answer its seconds."""
    command = [sys.executable, "-m", "benchmarks.bulk_import", side, str(table), str(database)]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    seconds: dict[str, float] = json.loads(run.stdout)
    return seconds


def side(which: str, table: Path, database: Path) -> dict[str, float]:
    """Import a table into a new database; answer the seconds of all and of parts."""
    gazetteer = open_gazetteer(from_environment().gazetteer_path)
    url = migrated(database)
    before = time.process_time()
    run = looked_at(table, gazetteer)
    first = time.process_time() - before
    if which == "ours":
        import_ours(run, url)
        return {"all": time.process_time() - before, "first": first}
    bare = Bare(run, database)
    bare.carry_out()
    return {"all": time.process_time() - before, "first": first, "statements": bare.statement_seconds}


def looked_at(path: Path, gazetteer: Gazetteer) -> Import:
    """Answer an import of which all places are looked up."""
    table = open_table(path, known=known_columns())
    run = prepare(
        table,
        propose(table).mapping,
        Options(),
        resolver=Cascade(gazetteer),
        country_of=lambda point: country_at(gazetteer, point.lat, point.lon),
    )
    run.resolve(lambda: None)
    return run


def import_ours(run: Import, url: str) -> None:
    """Take all batches as the command does, each in a transaction."""
    engine = create_engine(url)
    prepare_sqlite(engine)
    with Session(engine) as session:
        for batch in run.batches():
            with writing(session):
                run.take(session, batch)
        with writing(session):
            run.finish(session)
    engine.dispose()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.stdout.write(json.dumps(side(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))))
        sys.exit(0)
    sys.exit(main())
