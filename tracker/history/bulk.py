"""The history of rows that are written in bulk, past the flush that records all others.

Whoever writes so names here what was written; the entries are the same as those of the flush.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.foundation.bulk import Pending
from tracker.history.models import Action, Change, ChangeSubject, Revision
from tracker.history.recording import _CURRENT, _SUBJECTS

_REVISIONS: Any = Revision.__table__
_CHANGE_SUBJECTS: Any = ChangeSubject.__table__
_REVISION = ("id", "change_id", "table_name", "row_id", "action", "label", "before", "after")


@dataclass(slots=True)
class Entry:
    """One written row: its table and id, what it is called, its values as JSON can hold them."""

    table: str
    row_id: int
    label: str
    after: dict[str, Any] | None = None
    before: dict[str, Any] | None = None

    @property
    def action(self) -> Action:
        if self.before is None:
            return Action.ADDED
        return Action.REMOVED if self.after is None else Action.CHANGED


@dataclass(slots=True)
class Log:
    """What a batch writes, kept until it is put into the history of a change."""

    change_id: int
    entries: list[Entry] = field(default_factory=list)
    subjects: set[tuple[str, int]] = field(default_factory=set)

    def added(
        self, table: str, row_id: int, label: str, after: dict[str, Any], *subjects: tuple[str, int]
    ) -> None:
        """Note a new row; columns without a value are left out, as the flush does."""
        values = {name: value for name, value in after.items() if value is not None}
        self.entries.append(Entry(table, row_id, label, after=values))
        self.subjects.update(subjects)

    def noted(
        self, table: str, row_id: int, label: str, after: dict[str, Any], *subjects: tuple[str, int]
    ) -> None:
        """Note a new row of which `after` holds no column without a value."""
        self.entries.append(Entry(table, row_id, label, after))
        self.subjects.update(subjects)

    def write(self, session: Session) -> None:
        """Write the entries and start anew. The change must be the one that is open (`reopened`)."""
        pending = Pending.of(session)
        self.put(pending, session.info[_SUBJECTS])
        pending.write(session)

    def put(self, pending: Pending, known: set[tuple[str, int]]) -> None:
        """Let the entries wait with the rows that they tell of, and start anew.

        `known` are the subjects that the change has already; new ones are added to them.
        """
        as_json = pending.storage.json
        ids = pending.take(_REVISIONS, len(self.entries))
        self.entries.sort(key=attrgetter("table", "row_id"))
        added = Action.ADDED.value
        rows = [
            (
                number,
                self.change_id,
                entry.table,
                entry.row_id,
                added if entry.before is None else entry.action.value,
                entry.label,
                as_json(entry.before),
                as_json(entry.after),
            )
            for number, entry in zip(ids, self.entries, strict=True)
        ]
        pending.put(_REVISIONS, _REVISION, rows)
        self._put_subjects(pending, known)
        self.entries.clear()
        self.subjects.clear()

    def _put_subjects(self, pending: Pending, known: set[tuple[str, int]]) -> None:
        missing = sorted(self.subjects - known)
        ids = pending.take(_CHANGE_SUBJECTS, len(missing))
        rows = [(number, self.change_id, *subject) for number, subject in zip(ids, missing, strict=True)]
        pending.put(_CHANGE_SUBJECTS, ("id", "change_id", "kind", "subject_id"), rows)
        known |= self.subjects


@contextmanager
def reopened(
    session: Session, change_id: int, subjects: set[tuple[str, int]] | None = None
) -> Iterator[Change]:
    """Go on with a change that an earlier transaction opened: an import is one, however many batches.

    `subjects` are those that are on record for the change; they are kept up to date. Without them they are
    read, which a loop over batches should do once.
    """
    opened = session.get_one(Change, change_id)
    session.info[_CURRENT] = opened
    session.info[_SUBJECTS] = subjects_of(session, change_id) if subjects is None else subjects
    try:
        yield opened
        session.flush()
    finally:
        del session.info[_CURRENT], session.info[_SUBJECTS]


def subjects_of(session: Session, change_id: int) -> set[tuple[str, int]]:
    """Answer what a change is about so far, as (kind, id)."""
    rows = session.execute(
        select(ChangeSubject.kind, ChangeSubject.subject_id).where(ChangeSubject.change_id == change_id)
    )
    return {(kind, number) for kind, number in rows}
