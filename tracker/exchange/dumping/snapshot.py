"""The database as it is at one moment, however long it takes to read, while others go on writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event

from tracker.exchange.dumping.progress import Bar, silent
from tracker.exchange.dumping.tables import revision_of, table_names
from tracker.foundation.errors import ConfigurationError, DataFileError

NO_TABLES = "The database has no tables yet. Run `make setup` (or `flask --app wsgi setup`)."
_PAGES_AT_ONCE = 4096


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Open a connection that sees one moment: a read transaction of SQLite, REPEATABLE READ of PostgreSQL.

    Raises ConfigurationError if there are no tables.
    """
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            # The first read is what fixes the moment.
            if not revision_of(connection) or not table_names(connection):
                raise ConfigurationError(NO_TABLES)
            yield connection


@contextmanager
def quick_copy(engine: Engine, folder: Path, name: str, bar: Bar = silent) -> Iterator[Engine]:
    """Copy an SQLite database by its online backup, to read from the copy; another kind is read itself.

    The server's write-ahead log can be emptied again after seconds, not only when a whole backup is
    written. Raises DataFileError if it is damaged or there is no room.
    """
    if engine.dialect.name != "sqlite" or not engine.url.database:
        yield engine
        return
    file = folder / name
    try:
        try:
            _copy(Path(engine.url.database), file, bar)
        except sqlite3.Error as error:
            raise DataFileError(f"The database cannot be copied beside {file.name}: {error}.") from error
        copy = create_engine(f"sqlite:///{file}", hide_parameters=True)

        @event.listens_for(copy, "connect")
        def _plainly(connection: sqlite3.Connection, _record: object) -> None:
            connection.isolation_level = None

        try:
            yield copy
        finally:
            copy.dispose()
    finally:
        for path in (file, *(file.with_name(f"{name}-{kind}") for kind in ("wal", "shm", "journal"))):
            path.unlink(missing_ok=True)


def _copy(database: Path, file: Path, bar: Bar) -> None:
    """Copy a database file as it is at this moment."""
    if not database.is_file():
        raise ConfigurationError(NO_TABLES)
    file.touch(mode=0o600)
    done = 0
    with closing(sqlite3.connect(database)) as ours, closing(sqlite3.connect(file)) as copy:
        ours.isolation_level = None
        # With a read transaction of our own, a write by others does not make the copy begin anew.
        ours.execute("BEGIN")
        (pages,) = ours.execute("PRAGMA page_count").fetchone()
        with bar("copying the database", pages) as told:

            def progress(_status: int, remaining: int, total: int) -> None:
                nonlocal done
                told(total - remaining - done)
                done = total - remaining

            ours.backup(copy, pages=_PAGES_AT_ONCE, progress=progress)
        ours.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode=DELETE")
        (found,) = copy.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise DataFileError(f"The database {database} is damaged: {found}. Restore the last good backup.")
