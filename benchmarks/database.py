"""Databases of benchmarks: made by the migrations, and compared row by row."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Column, DateTime, create_engine

from tracker.extensions import MIGRATIONS
from tracker.foundation.database import UtcDateTime
from tracker.tables import metadata


def migrated(path: Path) -> str:
    """Make a database as the migrations do, or bring one up to date; answer its address."""
    url = f"sqlite:///{path}"
    scripts = ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS)])
    engine = create_engine(url)
    with engine.begin() as connection, EnvironmentContext(Config(), scripts) as environment:
        environment.configure(
            connection=connection,
            # Names of constraints follow from it, as where an application migrates.
            target_metadata=metadata,
            fn=lambda revision, _: scripts._upgrade_revs("heads", revision),
        )
        environment.run_migrations()
    engine.dispose()
    return url


def _plain(column: Column[Any]) -> str:
    if isinstance(column.type, JSON):
        # What history says of the moment of writing is left out as well.
        return f"json_remove({column.name}, '$.created_at')"
    return f'"{column.name}"'


def same_rows(one: Path, other: Path) -> int:
    """Answer how many rows two databases hold, which must be the same but for the moment of writing.

    Raises ValueError with the table and its first rows that differ.
    """
    count = 0
    with closing(sqlite3.connect(one)) as database:
        database.execute("ATTACH ? AS other", (str(other),))
        for table in metadata.sorted_tables:
            columns = ", ".join(
                _plain(column)
                for column in table.columns
                if not isinstance(column.type, UtcDateTime | DateTime)
            )
            numbers = []
            for here, there in (("main", "other"), ("other", "main")):
                select = f'SELECT {columns} FROM {here}."{table.name}"'  # noqa: S608 - names of our tables
                unlike = f'{select} EXCEPT SELECT {columns} FROM {there}."{table.name}" LIMIT 3'  # noqa: S608
                differing = database.execute(unlike).fetchall()
                if differing:
                    raise ValueError(f"{table.name}: only {here} holds {differing}")
                counted = f'SELECT count(*) FROM {here}."{table.name}"'  # noqa: S608
                numbers.append(database.execute(counted).fetchone()[0])
            if numbers[0] != numbers[1]:
                raise ValueError(f"{table.name}: {numbers[0]:,} rows beside {numbers[1]:,}")
            count += numbers[0]
    return count
