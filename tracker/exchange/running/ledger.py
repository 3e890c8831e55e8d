"""The ledger of an import: its source, which rows are on record, how far its batches reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from tracker.exchange.csvrows import Rejected
from tracker.exchange.models import ImportedRow, ImportRun, ImportState
from tracker.exchange.running.facts import Record
from tracker.exchange.running.keeping import Written
from tracker.foundation.bulk import Pending, chunks
from tracker.foundation.clock import now
from tracker.foundation.database import Base
from tracker.foundation.errors import ConflictError
from tracker.history.bulk import reopened
from tracker.history.models import Change
from tracker.sources.models import Source
from tracker.sources.operations import SourceDraft, find_or_add_source, find_source

_ROW: Any = ImportedRow.__table__
_COLUMNS = ("source_id", "key", "content", "run_id", "table_name", "row_id")


@dataclass(frozen=True, slots=True)
class Standing:
    """A row of the source that is on record: the digest of what it said, and what it became."""

    content: str
    written: Written


@dataclass(slots=True)
class Ledger:
    """Keeps the book of one import. `digest` tells the file and how it is read."""

    digest: str
    file_name: str
    mapping: str
    draft: SourceDraft
    run_id: int | None = None
    # Whose import it is; nobody's where the operator runs it.
    author_id: int | None = None
    _stale: set[str] = field(default_factory=set)

    def interrupted(self, session: Session) -> ImportRun | None:
        """Answer the run of the same file that was interrupted, if there is one, and go on with it."""
        run = session.scalar(
            select(ImportRun)
            .where(ImportRun.digest == self.digest, ImportRun.state == ImportState.RUNNING)
            .order_by(ImportRun.id.desc())
        )
        self.run_id = run.id if run else None
        return run

    def source(self, session: Session) -> Source | None:
        """Answer the source that the import is, if it is on record."""
        if self.draft.address:
            return find_source(session, self.draft.address)
        return session.scalar(
            select(Source).where(
                Source.address_key.is_(None),
                Source.kind == self.draft.kind,
                Source.title == self.draft.title,
                Source.author == self.draft.author,
            )
        )

    def standing(self, session: Session, records: Iterable[Record]) -> dict[str, Standing]:
        """Answer which of the records are on record, by key."""
        source = self.source(session)
        found: dict[str, Standing] = {}
        if source is None:
            return found
        columns = (_ROW.c.key, _ROW.c.content, _ROW.c.table_name, _ROW.c.row_id)
        for keys in chunks(record.key for record in records):
            there = select(*columns).where(_ROW.c.source_id == source.id, _ROW.c.key.in_(keys))
            for key, content, table, row_id in session.execute(there):
                found[key] = Standing(content, (table, row_id))
        self._stale = _gone(session, found)
        return {key: one for key, one in found.items() if key not in self._stale}

    def open(self, session: Session, done: int, resolved: Mapping[str, Any]) -> tuple[int, int, int]:
        """Answer the ids of the run, its change and its source; begun with the first batch that writes.

        Raises ConflictError if the run has gone on elsewhere since `done` rows.
        """
        if self.run_id is None:
            return self._begin(session, done, resolved)
        row = session.execute(
            select(ImportRun.rows_done, ImportRun.state, ImportRun.change_id, ImportRun.source_id).where(
                ImportRun.id == self.run_id
            )
        ).one()
        if row.rows_done != done or row.state is not ImportState.RUNNING:
            raise ConflictError(
                f"Import {self.run_id} of {self.file_name} goes on somewhere else. Wait until it is done."
            )
        return self.run_id, row.change_id, row.source_id

    def enter(
        self,
        pending: Pending,
        source_id: int,
        run_id: int,
        records: Iterable[Record],
        written: Mapping[str, Written],
    ) -> None:
        """Enter what records became; those that are stale must have been struck."""
        rows = [(source_id, r.key, r.content, run_id, *written[r.key]) for r in records if r.key in written]
        pending.put(_ROW, _COLUMNS, rows)

    def strike_stale(self, session: Session, source_id: int, records: Iterable[Record]) -> None:
        """Take out those of the records whose rows are not on record any more."""
        if self._stale:
            self.strike(session, source_id, [record for record in records if record.key in self._stale])

    def strike(self, session: Session, source_id: int, records: Iterable[Record]) -> None:
        """Take records out, so that they can be entered anew."""
        for keys in chunks(record.key for record in records):
            session.execute(delete(_ROW).where(_ROW.c.source_id == source_id, _ROW.c.key.in_(keys)))

    def correct(self, session: Session, source_id: int, record: Record) -> None:
        """Enter what a record says now."""
        session.execute(
            update(_ROW)
            .where(_ROW.c.source_id == source_id, _ROW.c.key == record.key)
            .values(content=record.content)
        )

    def note(
        self, session: Session, done: int, figures: Mapping[str, int], refused: Sequence[Rejected]
    ) -> None:
        """Write down how far the run has come, in the transaction of its batch."""
        if self.run_id is None:
            return
        counts = {
            "figures": dict(figures),
            "refused": [[one.line, list(one.row), one.reason] for one in refused],
        }
        run = update(ImportRun).where(ImportRun.id == self.run_id)
        session.execute(run.values(rows_done=done, counts=counts))

    def close(self, session: Session) -> None:
        """Say that the run is done, if it wrote anything."""
        if self.run_id is not None:
            run = update(ImportRun).where(ImportRun.id == self.run_id)
            session.execute(run.values(state=ImportState.DONE, finished_at=now()))

    def _begin(self, session: Session, done: int, resolved: Mapping[str, Any]) -> tuple[int, int, int]:
        opened = Change(author_id=self.author_id, comment=f"Import of {self.file_name}"[:500])
        session.add(opened)
        session.flush()
        with reopened(session, opened.id):
            source = find_or_add_source(session, self.draft)
        run = ImportRun(
            file_name=self.file_name[:300],
            digest=self.digest,
            mapping=self.mapping[:300],
            source_id=source.id,
            change_id=opened.id,
            rows_done=done,
            counts={},
            resolved=dict(resolved),
        )
        session.add(run)
        session.flush()
        self.run_id = run.id
        return run.id, opened.id, source.id


def _gone(session: Session, found: Mapping[str, Standing]) -> set[str]:
    """Answer the keys whose rows are not on record any more: their import was reverted."""
    by_table: dict[str, dict[int, list[str]]] = {}
    for key, one in found.items():
        table, row_id = one.written
        by_table.setdefault(table, {}).setdefault(row_id, []).append(key)
    gone: set[str] = set()
    for name, keys in by_table.items():
        column = Base.metadata.tables[name].c.id
        there: set[int] = set()
        for some in chunks(keys):
            there.update(session.scalars(select(column).where(column.in_(some))))
        gone.update(key for row_id, some in keys.items() if row_id not in there for key in some)
    return gone
