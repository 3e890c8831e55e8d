"""Recording: every write to a recorded table lands in the history, and none can be made outside a change.

The session's flush is where all writes pass, so that is where they are written down; an operation cannot
forget it.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from sqlalchemy import event, insert, inspect
from sqlalchemy.orm import InstanceState, Session
from sqlalchemy.orm.attributes import get_history

from tracker.accounts.models import User
from tracker.foundation.text import clean_line
from tracker.history.models import Action, Change, ChangeSubject, Revision

_CURRENT = "shot_here_change"
_SUBJECTS = "shot_here_change_subjects"


class Recorded:
    """Mixed into every table whose rows belong to the record."""

    # Columns that say nothing to a reader: worked out from others, or counters.
    unrecorded: frozenset[str] = frozenset()

    def history_label(self) -> str:
        """Answer what the row is called in the history."""
        raise NotImplementedError

    def history_subjects(self) -> list[tuple[str, int]]:
        """Answer the (kind, id) pairs whose history shows a change of this row."""
        raise NotImplementedError


class UnrecordedWriteError(RuntimeError):
    """When a recorded row is written outside a change: a mistake in the program, never in the input."""


@contextmanager
def change(session: Session, *, by: User | None, comment: str) -> Iterator[Change]:
    """Open a change; all rows flushed inside belong to it. Changes do not nest: the outer one is used."""
    current: Change | None = session.info.get(_CURRENT)
    if current is not None:
        yield current
        return
    opened = Change(author_id=by.id if by else None, comment=clean_line(comment)[:500])
    session.add(opened)
    session.flush()
    session.info[_CURRENT], session.info[_SUBJECTS] = opened, set()
    try:
        yield opened
        session.flush()
    finally:
        del session.info[_CURRENT], session.info[_SUBJECTS]


@contextmanager
def attempt(session: Session) -> Iterator[None]:
    """Run a part of a change that may fail; what it wrote is then taken back, in the history as well."""
    known = set(session.info.get(_SUBJECTS, ()))
    try:
        with session.begin_nested():
            yield
    except BaseException:
        if _SUBJECTS in session.info:
            session.info[_SUBJECTS] = known
        raise


@event.listens_for(Session, "before_flush")
def _require_change(session: Session, *_: object) -> None:
    if session.info.get(_CURRENT) is not None:
        return
    for row in (*session.new, *session.deleted, *session.dirty):
        if isinstance(row, Recorded) and (row not in session.dirty or session.is_modified(row)):
            raise UnrecordedWriteError(f"{type(row).__name__} is written outside a change")


@event.listens_for(Session, "after_flush")
def _record(session: Session, *_: object) -> None:
    current: Change | None = session.info.get(_CURRENT)
    if current is None:
        return
    revisions: list[dict[str, Any]] = []
    subjects: set[tuple[str, int]] = set()
    for action, rows in (
        (Action.ADDED, session.new),
        (Action.CHANGED, session.dirty),
        (Action.REMOVED, session.deleted),
    ):
        for row in rows:
            if isinstance(row, Recorded) and (revision := _revision(current, row, action)) is not None:
                revisions.append(revision)
                subjects.update(row.history_subjects())
    if revisions:
        session.execute(insert(Revision), sorted(revisions, key=lambda r: (r["table_name"], r["row_id"])))
        add_subjects(session, current, subjects)


def _revision(current: Change, row: Recorded, action: Action) -> dict[str, Any] | None:
    state: InstanceState[Any] = inspect(row)
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for attribute in state.mapper.column_attrs:
        name = attribute.columns[0].name
        if name in row.unrecorded or name == "id":
            continue
        history = get_history(row, attribute.key)
        value = plain(state.dict.get(attribute.key))
        if action is Action.ADDED:
            if value is not None:
                after[name] = value
        elif action is Action.REMOVED:
            before[name] = value
        elif history.has_changes():
            old = plain(history.deleted[0] if history.deleted else None)
            if old != value:
                before[name], after[name] = old, value
    if action is Action.CHANGED and not after:
        return None
    return {
        "change_id": current.id,
        "table_name": str(state.mapper.local_table),
        "row_id": state.identity[0] if state.identity else state.dict["id"],
        "action": action,
        "label": row.history_label(),
        "before": None if action is Action.ADDED else before,
        "after": None if action is Action.REMOVED else after,
    }


def add_subjects(session: Session, current: Change, subjects: set[tuple[str, int]]) -> None:
    """Let the open change stand in the histories of subjects, once in each."""
    known: set[tuple[str, int]] = session.info[_SUBJECTS]
    missing = subjects - known
    if missing:
        session.execute(
            insert(ChangeSubject),
            [{"change_id": current.id, "kind": k, "subject_id": i} for k, i in sorted(missing)],
        )
        known |= missing


def plain(value: object) -> object:
    """Answer a value as the history keeps it: what JSON can hold."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value
