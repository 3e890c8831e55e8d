"""What is remembered of imports, so that each can be resumed, repeated without effect, and undone."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key, Name, enum_column
from tracker.history.models import Change
from tracker.sources.models import Source


class ImportState(enum.StrEnum):
    RUNNING = "running"
    DONE = "done"
    UNDONE = "undone"


class ImportRun(Base):
    """One import of one file. `rows_done` is how far its committed batches reach.

    `resolved` holds the answers for its places: a resumed import goes on with the same ones.
    """

    __tablename__ = "import_run"
    __table_args__ = (Index("ix_import_run_digest", "digest"),)

    id: Mapped[Key]
    file_name: Mapped[Name]
    # Of the file and of everything that decides how it is read, in hexadecimal (BLAKE2b, 16 bytes).
    digest: Mapped[str] = mapped_column(String(32))
    mapping: Mapped[Name]
    source_id: Mapped[int | None] = mapped_column(ForeignKey(Source.id), index=True)
    change_id: Mapped[int | None] = mapped_column(ForeignKey(Change.id), index=True)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey(Change.id))
    state: Mapped[ImportState] = mapped_column(enum_column(ImportState), default=ImportState.RUNNING)
    rows_done: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    resolved: Mapped[dict[str, Any]] = mapped_column(JSON)
    started_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]


class ImportedRow(Base):
    """A row of a source that is on record: which, what it said (digests), and which import brought it."""

    __tablename__ = "imported_row"
    __table_args__ = (Index("ix_imported_row_run_id", "run_id"),)

    source_id: Mapped[int] = mapped_column(ForeignKey(Source.id), primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    content: Mapped[str] = mapped_column(String(32))
    run_id: Mapped[int] = mapped_column(ForeignKey(ImportRun.id))
    table_name: Mapped[str] = mapped_column(String(60))
    row_id: Mapped[int]
