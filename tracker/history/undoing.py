"""Putting the rows of a change back as they were, as far as nothing has changed them since."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Mapper, Session

from tracker.foundation.database import Base
from tracker.history.merging import WITH_MERGED
from tracker.history.models import Action, Revision
from tracker.history.recording import Recorded, plain


def put_back(session: Session, revisions: Iterable[Revision]) -> tuple[list[Recorded], int]:
    """Give changed rows their earlier values; answer the rows, and how many values were left alone.

    A value that was changed again since is left: the later edit counts. Runs inside an open change.
    """
    mappers = {str(mapper.local_table): mapper for mapper in Base.registry.mappers}
    rows: list[Recorded] = []
    left = 0
    for revision in sorted(revisions, key=lambda one: one.id, reverse=True):
        if revision.action is not Action.CHANGED:
            continue
        mapper = mappers[revision.table_name]
        model: Any = mapper.class_
        found = select(model).where(model.id == revision.row_id)
        row = session.scalar(found.execution_options(**WITH_MERGED))
        if row is None:
            continue
        left += _put_back(row, mapper, revision)
        session.flush()
        # Dates of several columns are one value; it is made anew from them.
        session.expire(row)
        rows.append(row)
    return rows, left


def _put_back(row: Any, mapper: Mapper[Any], revision: Revision) -> int:
    before, after = revision.before or {}, revision.after or {}
    left = 0
    for attribute in mapper.column_attrs:
        column = attribute.columns[0]
        if column.name not in before:
            continue
        if plain(getattr(row, attribute.key)) != after.get(column.name):
            left += 1
            continue
        setattr(row, attribute.key, _typed(column, before[column.name]))
    return left


def _typed(column: ColumnElement[Any], value: Any) -> Any:
    """Answer a value of the history, which is as JSON holds it, as its column takes it."""
    kind = column.type.python_type
    if value is None or not isinstance(value, str):
        return value
    choices = getattr(column.type, "enum_class", None)
    if choices is not None and issubclass(choices, enum.Enum):
        return choices(value)
    if kind is datetime:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if kind is date else value
