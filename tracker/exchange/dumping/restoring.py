"""Restore a whole dump or a backup into an empty instance: all of it, or nothing."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tracker.exchange.dumping.checking import check_files
from tracker.exchange.dumping.loading import load, reason_of
from tracker.exchange.dumping.manifest import DumpKind, Manifest, read_manifest
from tracker.exchange.dumping.progress import Bar, silent
from tracker.exchange.dumping.stores import Source
from tracker.exchange.dumping.tables import count_rows, read_tables, revision_of, table_names
from tracker.exchange.dumping.uploads import check_place, put_back, read_listing
from tracker.foundation.database import writing
from tracker.foundation.errors import ConflictError, DataFileError, TrackerError

_MOST_NAMED = 4


class Schema(Protocol):
    """The migrations, as the door knows them. A revision is "" before the first one."""

    @property
    def head(self) -> str: ...

    def knows(self, revision: str) -> bool:
        """Say whether there is such a revision."""

    def go_to(self, revision: str) -> None:
        """Bring the database to a revision, up or down."""


class UnfinishedRestoreError(TrackerError):
    """When all is restored, but the database could not be brought to the newest schema."""


def restore(engine: Engine, source: Source, *, schema: Schema, uploads: Path, bar: Bar = silent) -> Manifest:
    """Put a dump into an empty database and its uploads into an empty folder; answer its manifest.

    Raises ConflictError if something is there already, DataFileError if the dump is not whole, not sound, not
    one to restore or newer than this program; then everything is as it was before.
    """
    manifest = read_manifest(source)
    _check(manifest, schema)
    before = _revision_of_empty(engine)
    # The list itself has to be sound before it is believed.
    check_files(source, manifest, bar)
    check_place(uploads, read_listing(source, manifest.uploads))
    try:
        schema.go_to(manifest.schema)
        with put_back(source, manifest.uploads, uploads, bar), writing(Session(engine)) as session:
            load(session.connection(), source, manifest, bar)
    except BaseException:
        with suppress(SQLAlchemyError):
            schema.go_to(before)
        raise
    if manifest.schema != schema.head:
        _bring_up(schema, manifest.schema)
    return manifest


def _check(manifest: Manifest, schema: Schema) -> None:
    if manifest.kind is DumpKind.PUBLIC:
        raise DataFileError(
            "This is a public dump: facts to read, not an instance. Restore what flask dump DIR wrote."
        )
    if not schema.knows(manifest.schema):
        raise DataFileError(
            f"The dump is of schema {manifest.schema}, which this version ({schema.head}) does not know. "
            "Bring the program up to date, then restore again."
        )


def _revision_of_empty(engine: Engine) -> str:
    """Answer the revision of an empty database. Raises ConflictError naming what is in one that is not."""
    with engine.connect() as connection:
        counted = {
            table.name: count_rows(connection, table)
            for table in read_tables(connection, table_names(connection))
        }
        revision = revision_of(connection)
    found = sorted(name for name, count in counted.items() if count)
    found.sort(key=lambda name: -counted[name])
    if found:
        named = ", ".join(f"{counted[name]:,} rows in {name}" for name in found[:_MOST_NAMED])
        more = f" and {len(found) - _MOST_NAMED} more tables" if len(found) > _MOST_NAMED else ""
        raise ConflictError(f"The database is not empty: {named}{more}. Name an empty one in DATABASE_URL.")
    return revision


def _bring_up(schema: Schema, restored: str) -> None:
    try:
        schema.go_to(schema.head)
    except SQLAlchemyError as error:
        raise UnfinishedRestoreError(
            f"All is restored at schema {restored}, but it cannot be brought to {schema.head}: "
            f"{reason_of(error)}. Then run flask --app wsgi db upgrade."
        ) from error
