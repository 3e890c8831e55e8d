"""Undoing changes: a revert is a new change, and what was written later is never overwritten.

Each revision is undone by itself, newest first. A field goes back only if it still holds what the revision
wrote; otherwise it is left as it is, and said so. Which tables there are, and what is worked out from their
columns, is told by a higher room.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.history.models import Action, Change, Revision
from tracker.history.recording import attempt, change
from tracker.history.rows import Row, holds, referred_to_by, referring_columns, restored

Hook = Callable[[Session, Any], None]


def _nothing(_session: Session, _row: Any) -> None:
    """Do nothing: most tables have nothing to keep true."""


def _all_may_go(_row: Any, _back: Mapping[str, object]) -> frozenset[str]:
    """Answer no column: in most tables each may get its earlier value."""
    return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Revertible:
    """A table whose rows can be brought back.

    `derived` columns are worked out from others and never restored. The columns of one of `groups` go back
    together or not at all. `derive` fills what follows from the row before it is written; `leaving` and
    `arriving` keep counts true before and after; rows of the tables `counted_by` do not hold a row back.
    `stays` answers which columns may not get these values by a revert: that takes more than one person.
    """

    model: type[Any]
    derived: frozenset[str] = frozenset()
    groups: tuple[frozenset[str], ...] = ()
    derive: Hook = _nothing
    leaving: Hook = _nothing
    arriving: Hook = _nothing
    counted_by: frozenset[str] = frozenset()
    stays: Callable[[Any, Mapping[str, object]], frozenset[str]] = _all_may_go


class State(enum.StrEnum):
    """What became of one revision."""

    UNDONE = "undone"
    PARTLY = "partly"
    ALREADY = "already"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Step:
    """One revision: its state, the columns that were left as they are, and why."""

    revision: Revision
    state: State
    left: frozenset[str] = frozenset()
    why: str = ""

    @property
    def wrote(self) -> bool:
        return self.state in (State.UNDONE, State.PARTLY)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The new change, and a step for each revision that it was to undo, newest first."""

    change: Change
    steps: tuple[Step, ...]

    @property
    def wrote(self) -> int:
        return sum(step.wrote for step in self.steps)

    @property
    def left(self) -> int:
        return sum(step.state in (State.PARTLY, State.LEFT) for step in self.steps)


CHANGED_SINCE = "changed again since"
GONE = "it is not there any more"
TAKEN = "something else has its name, its number or its place now"
TAKES_TWO = "showing more of a place takes two moderators; ask on its edit page"
REDACTED = "what it held was redacted"


def revert(
    session: Session,
    changes: Iterable[Change],
    *,
    by: User,
    comment: str,
    tables: Mapping[str, Revertible],
    refresh: Callable[[Session, Iterable[tuple[str, int]]], None],
) -> Outcome:
    """Undo changes in one new change; `refresh` brings up to date what rests on the rows written."""
    with change(session, by=by, comment=comment) as opened:
        revisions = _revisions(session, [c.id for c in changes], tuple(tables))
        steps = _undo_all(session, revisions, tables)
        refresh(session, _touched([s.revision for s in steps if s.wrote], tables))
    return Outcome(opened, tuple(steps))


def _touched(revisions: Sequence[Revision], tables: Mapping[str, Revertible]) -> set[tuple[str, int]]:
    """Answer the rows written, and those that they belonged to before they went or were moved away."""
    found: set[tuple[str, int]] = set()
    for revision in revisions:
        found.add((revision.table_name, revision.row_id))
        if revision.action is Action.REMOVED:  # the row is back: what it belongs to is found by it
            continue
        referred = referring_columns(tables[revision.table_name].model)
        for side in (revision.before or {}, revision.after or {}):
            found |= {(table, side[c]) for c, table in referred.items() if side.get(c) is not None}
    return found


def _revisions(session: Session, change_ids: Sequence[int], tables: Sequence[str]) -> list[Revision]:
    return list(
        session.scalars(
            select(Revision)
            .where(Revision.change_id.in_(change_ids), Revision.table_name.in_(tables))
            .order_by(Revision.id.desc())
        )
    )


def _undo_all(
    session: Session, revisions: Sequence[Revision], tables: Mapping[str, Revertible]
) -> list[Step]:
    """Undo all; what waits for another row to come or go first is tried again while anything moves."""
    steps: dict[int, Step] = {}
    waiting = list(revisions)
    while waiting:
        tried = {r.id: _undo(session, r, tables[r.table_name]) for r in waiting}
        steps |= tried
        still = [r for r in waiting if tried[r.id].state is State.LEFT]
        if len(still) == len(waiting):
            break
        waiting = still
    return [steps[revision.id] for revision in revisions]


def _undo(session: Session, revision: Revision, table: Revertible) -> Step:
    if revision.redaction_id is not None:
        return Step(revision, State.LEFT, why=REDACTED)
    undo = {Action.ADDED: _remove, Action.CHANGED: _put_back, Action.REMOVED: _bring_back}
    try:
        with attempt(session):
            return undo[revision.action](session, revision, table)
    except IntegrityError:
        return Step(revision, State.LEFT, why=TAKEN)


def _put_back(session: Session, revision: Revision, table: Revertible) -> Step:
    row = Row.find(session, table.model, revision.row_id)
    if row is None:
        return Step(revision, State.LEFT, why=GONE)
    before, after = revision.before or {}, revision.after or {}
    back: dict[str, object] = {}
    left: set[str] = set()
    for columns in row.together(set(before) - table.derived, table.groups):
        if all(row.value(c) == before[c] for c in columns):
            continue
        if all(row.value(c) == after.get(c) for c in columns):
            back |= {c: before[c] for c in columns}
        else:
            left |= columns
    stays, why = table.stays(row.instance, back), CHANGED_SINCE
    if stays:
        back, left, why = {c: v for c, v in back.items() if c not in stays}, left | stays, TAKES_TWO
    if not back:
        return Step(revision, State.LEFT if left else State.ALREADY, frozenset(left), why if left else "")
    table.leaving(session, row.instance)
    row.write(back)
    table.derive(session, row.instance)
    session.flush()
    session.refresh(row.instance)
    table.arriving(session, row.instance)
    return Step(revision, State.PARTLY if left else State.UNDONE, frozenset(left), why if left else "")


def _remove(session: Session, revision: Revision, table: Revertible) -> Step:
    row = Row.find(session, table.model, revision.row_id)
    if row is None:
        return Step(revision, State.ALREADY)
    if not holds(row, revision.after or {}, but=table.derived):
        return Step(revision, State.LEFT, why=CHANGED_SINCE)
    referring = referred_to_by(session, row, but=table.counted_by)
    if referring:
        return Step(revision, State.LEFT, why=f"it is still used by a {referring.replace('_', ' ')}")
    table.leaving(session, row.instance)
    row.delete(session)
    return Step(revision, State.UNDONE)


def _bring_back(session: Session, revision: Revision, table: Revertible) -> Step:
    if Row.find(session, table.model, revision.row_id) is not None:
        return Step(revision, State.LEFT, why=TAKEN)
    instance = restored(table.model, revision.row_id, revision.before or {})
    table.derive(session, instance)
    session.add(instance)
    session.flush()
    table.arriving(session, instance)
    return Step(revision, State.UNDONE)
