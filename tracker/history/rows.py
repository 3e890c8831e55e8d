"""Rows by the names of their columns, with values as the history keeps them."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, DateTime, Enum, inspect, literal, select
from sqlalchemy.orm import Mapper, Session

from tracker.foundation.database import Base, UtcDateTime
from tracker.history.recording import plain


@dataclass(frozen=True, slots=True)
class Row:
    """A loaded row."""

    instance: Any

    @classmethod
    def find(cls, session: Session, model: type[Any], row_id: int) -> Row | None:
        """Read a row anew, None if there is none."""
        instance = session.get(model, row_id, populate_existing=True)
        return None if instance is None else cls(instance)

    @property
    def mapper(self) -> Mapper[Any]:
        found: Mapper[Any] = inspect(type(self.instance))
        return found

    def value(self, column: str) -> object:
        """Answer a column's value as the history keeps it; None for a column that is no more."""
        key = keys_of(self.mapper).get(column)
        return plain(getattr(self.instance, key)) if key else None

    def nothing_in(self, column: str) -> str | None:
        """Answer what an empty column holds: nothing where that is allowed, else empty text."""
        return None if self.mapper.local_table.columns[column].nullable else ""

    def together(self, columns: set[str], groups: Iterable[frozenset[str]]) -> list[set[str]]:
        """Divide columns into those that go back together: a date's four, a group, else one by one."""
        found: list[set[str]] = []
        rest = set(columns) & set(keys_of(self.mapper))
        dates = [frozenset(c.name for c in composite.columns) for composite in self.mapper.composites]
        for group in (*dates, *groups):
            if part := rest & group:
                found.append(part)
                rest -= part
        return found + [{column} for column in sorted(rest)]

    def write(self, values: Mapping[str, object]) -> None:
        """Set columns to values of the history. The row has to be refreshed after the flush."""
        _write(self.instance, self.mapper, values)

    def delete(self, session: Session) -> None:
        """Remove the row. What would go with it has been found empty before; it is loaded to say so."""
        owned = [r.key for r in self.mapper.relationships if r.cascade.delete]
        if owned:
            session.refresh(self.instance, owned)
        session.delete(self.instance)
        session.flush()


def holds(row: Row, values: Mapping[str, object], *, but: frozenset[str]) -> bool:
    """Say whether a row still holds what was recorded when it was added; what was empty is not recorded."""
    skipped = but | row.instance.unrecorded | {"id"}
    return all(
        row.value(column) == values.get(column) for column in keys_of(row.mapper) if column not in skipped
    )


def referred_to_by(session: Session, row: Row, *, but: frozenset[str]) -> str:
    """Answer a table with a row that refers to this one, "" if there is none."""
    own = row.mapper.local_table
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            refers = any(key.column.table is own for key in column.foreign_keys)
            if not refers or table.name in but:
                continue
            if session.execute(select(literal(1)).where(column == row.instance.id).limit(1)).first():
                return table.name
    return ""


def referring_columns(model: type[Any]) -> dict[str, str]:
    """Answer the columns of a table that refer to a row of another, each with that table's name."""
    mapper: Mapper[Any] = inspect(model)
    return {c.name: key.column.table.name for c in mapper.local_table.columns for key in c.foreign_keys}


def restored(model: type[Any], row_id: int, values: Mapping[str, object]) -> Any:
    """Answer a new row with the id and the values of one that was removed."""
    instance = model()
    mapper: Mapper[Any] = inspect(model)
    instance.id = row_id
    _write(instance, mapper, values)
    return instance


def keys_of(mapper: Mapper[Any]) -> dict[str, str]:
    """Answer the attribute of each column, by the column's name."""
    return {attribute.columns[0].name: attribute.key for attribute in mapper.column_attrs}


def _write(instance: Any, mapper: Mapper[Any], values: Mapping[str, object]) -> None:
    keys = keys_of(mapper)
    for name, value in values.items():
        if name in keys:
            column = mapper.column_attrs[keys[name]].columns[0]
            setattr(instance, keys[name], _from_history(column, value))


def _from_history(column: Any, value: object) -> object:
    kind = column.type if isinstance(column, Column) else None
    if not isinstance(value, str):
        return value
    if isinstance(kind, Enum) and kind.enum_class is not None:
        members: type[enum.Enum] = kind.enum_class
        return members(value)
    if isinstance(kind, UtcDateTime | DateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value
