"""The base of all tables: named constraints, column types, and how a write begins."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar

from sqlalchemy import DateTime, Dialect, Engine, Enum, MetaData, String, Text, event, update
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. SQLite gives naive values back, so the zone is put on again when reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; moments are stored in UTC")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The parent of every table."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcDateTime()}


def enum_column(kind: type[enum.StrEnum]) -> Enum:
    """Answer a text column that stores the values of an enumeration, held to them by a named CHECK."""
    return Enum(
        kind,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=32,
        name=f"{kind.__name__.lower()}_known",
    )


Key = Annotated[int, mapped_column(primary_key=True)]
Name = Annotated[str, mapped_column(String(300))]
ShortText = Annotated[str, mapped_column(String(500))]
LongText = Annotated[str, mapped_column(Text)]

_WRITES = "shot_here_writes"


def begin_writing(session: Session) -> None:
    """Begin a transaction that may write, taking SQLite's write lock at once (BEGIN IMMEDIATE).

    A transaction that reads first and asks for the lock later fails under load instead of waiting. So a
    door calls this before its first read; what was read before is thrown away and read again.
    """
    session.rollback()
    session.connection(execution_options={_WRITES: True})


@contextmanager
def writing(session: Session) -> Iterator[Session]:
    """Run a block as one writing transaction: committed at its end, rolled back on an error."""
    begin_writing(session)
    try:
        yield session
    except BaseException:
        session.rollback()
        raise
    session.commit()


def count_up(session: Session, row: Base) -> None:
    """Count a row's version up because rows that belong to it changed, not the row itself.

    Raises StaleDataError if somebody else did so since it was read.
    """
    # Every table with a version has `id` and `version`; the base of all tables does not say so.
    kind: Any = type(row)
    counted: Any = row
    statement = (
        update(kind)
        .where(kind.id == counted.id, kind.version == counted.version)
        .values(version=counted.version + 1)
        .returning(kind.version)
        .execution_options(synchronize_session=False)
    )
    if session.execute(statement).first() is None:
        raise StaleDataError(f"{kind.__name__} {counted.id} was saved by somebody else meanwhile")
    session.refresh(row, ["version"])


def prepare_sqlite(engine: Engine) -> None:
    """Set an SQLite engine up for several processes: WAL, full sync, foreign keys, waiting for locks."""
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        # The driver must not begin transactions of its own: it would always begin deferred ones.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "busy_timeout=10000",
            "foreign_keys=ON",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
