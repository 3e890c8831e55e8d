"""Many rows at once: ids taken ahead, plain tuples handed to the driver.

The unit of work spends ten times what the database itself does on an insert. An import knows its rows
beforehand, so it may write them as the driver takes them. Values are given as each database stores them:
see `Storage`. Rooms prepare their rows as `Pending`, which needs no database but for the ids.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
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


Take = Callable[[Table, int], Sequence[int]]


@dataclass(slots=True)
class Pending:
    """Rows that wait to be written: tuples of stored values by the statement that takes them.

    `take` answers as many ids of a table as are asked for, which nobody else gets. Statements are carried
    out in the order in which they were first put, so what is referred to is put before what refers to it.
    """

    storage: Storage
    take: Take
    _rows: dict[str, list[Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, session: Session) -> Pending:
        """Answer rows for the session's database, in a transaction begun as a writing one."""
        return cls(Storage.of(session), _Ids(session).take)

    def put(self, table: Table, columns: tuple[str, ...], rows: Sequence[Any], on_conflict: str = "") -> None:
        """Add tuples in the order of `columns`; `on_conflict` is what SQL says behind the word CONFLICT."""
        if rows:
            statement = _insert(table, columns, on_conflict, "?" if self.storage.is_sqlite else "%s")
            self._rows.setdefault(statement, []).extend(rows)

    def handed_over(self) -> Iterator[tuple[str, list[Any]]]:
        """Yield each statement with its rows, and keep none."""
        rows, self._rows = self._rows, {}
        yield from rows.items()

    def write(self, session: Session) -> None:
        """Write the rows and start anew."""
        connection = session.connection()
        for statement, rows in self.handed_over():
            connection.exec_driver_sql(statement, rows)


@dataclass(slots=True)
class _Ids:
    """Ids of a session's tables, counted on from the last one while rows wait to be written."""

    session: Session
    _last: dict[str, int] = field(default_factory=dict)

    def take(self, table: Table, count: int) -> Sequence[int]:
        ids = take_ids(self.session, table, count)
        if isinstance(ids, range) and ids:
            # What waits is not in the table yet.
            first = max(ids.start, self._last.get(table.name, 0) + 1)
            ids = range(first, first + count)
            self._last[table.name] = ids[-1]
        return ids


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


@lru_cache(maxsize=256)
def _insert(table: Table, columns: tuple[str, ...], on_conflict: str, mark: str) -> str:
    unknown = set(columns) - set(table.c.keys())
    if unknown:
        raise ValueError(f"{table.name} has no column {sorted(unknown)}")
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join([mark] * len(columns))
    conflict = f" ON CONFLICT {on_conflict}" if on_conflict else ""
    # Names come from the models, values are bound.
    return f'INSERT INTO "{table.name}" ({names}) VALUES ({marks}){conflict}'  # noqa: S608


def chunks(values: Iterable[Any], size: int = _MOST_IN_LIST) -> Iterable[list[Any]]:
    """Yield the values in lists that fit into one IN (...)."""
    values = list(values)
    for at in range(0, len(values), size):
        yield values[at : at + size]


def _plain(value: object) -> object:
    if isinstance(value, enum.Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} has no JSON")
