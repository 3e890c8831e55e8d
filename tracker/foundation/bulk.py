"""Many rows at once: ids taken ahead, plain tuples handed to the driver.

The unit of work spends ten times what the database itself does on an insert. An import knows its rows
beforehand, so it may write them as the driver takes them. Values are given as each database stores them:
see `Storage`.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import orjson
from sqlalchemy import Table, func, select, text
from sqlalchemy.orm import Session

_MOST_IN_LIST = 900


@dataclass(frozen=True, slots=True)
class Storage:
    """How a database takes days, moments and JSON from plain tuples."""

    is_sqlite: bool

    @classmethod
    def of(cls, session: Session) -> Storage:
        """Answer the ways of the session's database."""
        return cls(session.get_bind().dialect.name == "sqlite")

    def day(self, day: date | None) -> date | str | None:
        """Answer a day as stored."""
        return day.isoformat() if self.is_sqlite and day is not None else day

    def moment(self, moment: datetime) -> datetime | str:
        """Answer a moment as stored; SQLite keeps UTC without a zone."""
        utc = moment.astimezone(UTC)
        return utc.strftime("%Y-%m-%d %H:%M:%S.%f") if self.is_sqlite else utc

    def json(self, value: object) -> str | None:
        """Answer a value as the text of a JSON column; None stays no value at all."""
        return None if value is None else orjson.dumps(value, default=_plain).decode()


def take_ids(session: Session, table: Table, count: int) -> range | Sequence[int]:
    """Answer `count` ids that no other writer gets; on SQLite in a transaction begun as a writing one."""
    if count == 0:
        return range(0)
    if session.get_bind().dialect.name == "sqlite":
        last = session.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
        return range(last + 1, last + 1 + count)
    taken = session.execute(
        text("select nextval(pg_get_serial_sequence(:table, 'id')) from generate_series(1, :count)"),
        {"table": f'"{table.name}"', "count": count},
    )
    return [int(row[0]) for row in taken]


def insert_rows(session: Session, table: Table, columns: Sequence[str], rows: Sequence[Any]) -> None:
    """Insert tuples of stored values, in the order of `columns`."""
    if not rows:
        return
    unknown = set(columns) - set(table.c.keys())
    if unknown:
        raise ValueError(f"{table.name} has no column {sorted(unknown)}")
    mark = "?" if session.get_bind().dialect.name == "sqlite" else "%s"
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join([mark] * len(columns))
    # Names come from the models, values are bound.
    statement = f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})'  # noqa: S608
    session.connection().exec_driver_sql(statement, rows)


def chunks(values: Iterable[Any], size: int = _MOST_IN_LIST) -> Iterable[list[Any]]:
    """Yield the values in lists that fit into one IN (...)."""
    values = list(values)
    for at in range(0, len(values), size):
        yield values[at : at + size]


def _plain(value: object) -> object:
    if isinstance(value, enum.Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} has no JSON")
