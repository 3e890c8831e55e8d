"""Give each test a database of its own: migrated, empty, on SQLite or on a real PostgreSQL server.

The migrations run once per process and backend, into a template; a test gets a copy of it. So a test may
commit, open several connections and race with itself, and nothing of it is left for the next one.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from psycopg import sql
from sqlalchemy import create_engine
from sqlalchemy.engine import URL

from tracker.config import Settings
from tracker.extensions import MIGRATIONS
from tracker.foundation.database import Base

_SECRET = "only-for-the-tests-of-shot-here"
_numbers = count(1)


def settings_for(database_url: str, instance: Path) -> Settings:
    """Answer settings for tests: an instance folder of their own, no rate limits."""
    instance.mkdir(parents=True, exist_ok=True)
    return Settings(
        instance_path=instance, database_url=database_url, secret_key=_SECRET, testing=True, limits=False
    )


class SqliteTemplate:
    """A migrated file, copied per test."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "template.sqlite3"
        _migrate(f"sqlite:///{self._file}")

    @contextmanager
    def copy(self, folder: Path) -> Iterator[str]:
        """Answer the URL of a new database for the time of the block."""
        file = folder / "tracker.sqlite3"
        shutil.copy(self._file, file)
        yield f"sqlite:///{file}"


class PostgresTemplate:
    """A migrated database on a server, cloned per test."""

    def __init__(self, server: URL, run: str) -> None:
        """`run` tells apart the processes that share the server."""
        self._server = server
        self._run = run
        self._name = f"{run}_template"
        self._administer("CREATE DATABASE {}", self._name)
        _migrate(self._url(self._name))

    @contextmanager
    def copy(self) -> Iterator[str]:
        """Answer the URL of a new database for the time of the block."""
        name = f"{self._run}_{next(_numbers)}"
        self._administer("CREATE DATABASE {} TEMPLATE {}", name, self._name)
        try:
            yield self._url(name)
        finally:
            self._drop(name)

    def close(self) -> None:
        """Remove the template; the server may be somebody's own."""
        self._drop(self._name)

    def _drop(self, name: str) -> None:
        self._administer("DROP DATABASE {} WITH (FORCE)", name)

    def _url(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)

    def _administer(self, statement: str, *names: str) -> None:
        address = self._server.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _migrate(database_url: str) -> None:
    """Run all migrations, without an application: the tests of the rooms need no door."""
    scripts = ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS)])
    engine = create_engine(database_url)
    with engine.begin() as connection, EnvironmentContext(Config(), scripts) as environment:
        environment.configure(
            connection=connection,
            # Names of constraints follow from it, as where an application migrates.
            target_metadata=Base.metadata,
            fn=lambda revision, _: scripts._upgrade_revs("heads", revision),
        )
        environment.run_migrations()
    engine.dispose()
