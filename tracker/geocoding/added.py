"""What an operator added from GeoNames dumps, in a file of its own that outlives every build.

The file holds the rows that were taken, as they came, so that each build can work them in anew.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from tracker.foundation.errors import DataFileError

_VERSION = "1"
_COLUMNS = "id, code, name, country, admin1, admin2, lat, lon, population, names, zone, modified"
_MARKS = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"
_TABLES = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS place (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL, name TEXT NOT NULL, country TEXT NOT NULL,
    admin1 TEXT NOT NULL, admin2 TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL,
    population INTEGER NOT NULL, names TEXT NOT NULL, zone TEXT NOT NULL, modified TEXT NOT NULL
);
INSERT OR IGNORE INTO meta VALUES ('version', '1'), ('revision', '');
"""
# A row of the same day that says something else is a correction; an older one is history.
_UPSERT = f"""
INSERT INTO place ({_COLUMNS}) VALUES ({_MARKS})
ON CONFLICT (id) DO UPDATE SET
    code = excluded.code, name = excluded.name, country = excluded.country, admin1 = excluded.admin1,
    admin2 = excluded.admin2, lat = excluded.lat, lon = excluded.lon, population = excluded.population,
    names = excluded.names, zone = excluded.zone, modified = excluded.modified
WHERE excluded.modified >= place.modified AND (
    excluded.code, excluded.name, excluded.country, excluded.admin1, excluded.admin2, excluded.lat,
    excluded.lon, excluded.population, excluded.names, excluded.zone, excluded.modified
) IS NOT (
    place.code, place.name, place.country, place.admin1, place.admin2, place.lat, place.lon,
    place.population, place.names, place.zone, place.modified
)
"""  # noqa: S608 - the columns are ours


class AddedRow(NamedTuple):
    """One row of a dump; `code` is class and code ("H.LK"), `names` the alternate ones parted by commas."""

    id: int
    code: str
    name: str
    country: str
    admin1: str
    admin2: str
    lat: float
    lon: float
    population: int
    names: str
    zone: str
    modified: str

    @property
    def alternate_names(self) -> Sequence[str]:
        return [name for name in self.names.split(",") if name]


@dataclass(frozen=True, slots=True)
class Kept:
    """How many rows were new and how many said something else than before."""

    new: int
    changed: int


class Added:
    """The file of added rows."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def beside(cls, gazetteer: Path) -> Added:
        """Return the additions to a gazetteer; they lie beside it."""
        return cls(gazetteer.with_name(f"{gazetteer.stem}-added{gazetteer.suffix}"))

    def revision(self) -> str:
        """Return what changes whenever the rows do; "" when nothing was added."""
        with self._reading() as connection:
            if connection is None:
                return ""
            return str(connection.execute("SELECT value FROM meta WHERE key = 'revision'").fetchone()[0])

    def keep(self, rows: Iterable[AddedRow]) -> Kept:
        """Take rows in, all of them or none; memory does not grow with their number."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path, isolation_level=None, timeout=60)) as connection:
            try:
                connection.execute("BEGIN IMMEDIATE")
                for statement in _TABLES.split(";"):
                    connection.execute(statement)
                before = _count(connection), connection.total_changes
                connection.executemany(_UPSERT, rows)
                new = _count(connection) - before[0]
                changed = connection.total_changes - before[1] - new
                if new or changed:
                    revision = uuid.uuid4().hex
                    connection.execute("UPDATE meta SET value = ? WHERE key = 'revision'", (revision,))
                connection.execute("COMMIT")
            except sqlite3.DatabaseError as error:
                raise DataFileError(
                    f"{self.path} cannot be written ({error}). Free or restore it."
                ) from error
        return Kept(new, changed)

    def rows(self, like: str) -> Iterator[AddedRow]:
        """Yield the rows whose code fits an SQL pattern, by id."""
        with self._reading() as connection:
            if connection is not None:
                found = connection.execute(
                    f"SELECT {_COLUMNS} FROM place WHERE code LIKE ? ORDER BY id",  # noqa: S608
                    (like,),
                )
                yield from (AddedRow(*row) for row in found)

    def count(self) -> int:
        """Return how many rows there are."""
        with self._reading() as connection:
            return 0 if connection is None else _count(connection)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection | None]:
        """Open the file for reading; None when nothing was ever added."""
        if not self.path.is_file():
            yield None
            return
        # Not `mode=ro`: after a crash the first reader has to roll the journal back.
        with closing(sqlite3.connect(self.path, timeout=60)) as connection:
            yield connection if self._version_of(connection) else None

    def _version_of(self, connection: sqlite3.Connection) -> str:
        """Return the file's version, "" when a first addition was cut short; refuse any other file."""
        remedy = "Move it away and add the dumps again."
        try:
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
                return ""
            found = connection.execute("SELECT value FROM meta WHERE key = 'version'").fetchone()
        except sqlite3.DatabaseError as error:
            raise DataFileError(f"{self.path} holds no additions ({error}). {remedy}") from error
        if found is None or found[0] != _VERSION:
            raise DataFileError(f"{self.path} was written by another version. {remedy}")
        return _VERSION


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM place").fetchone()[0])
