"""What is remembered of a file that was uploaded to be imported, and of mappings saved under a name."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.accounts.models import User
from tracker.exchange.models import ImportRun
from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key, LongText, Name, enum_column


class UploadState(enum.StrEnum):
    """Where an upload stands. While it is one of AT_WORK, a worker is at it or should be."""

    LOOKING = "looking"
    ASKING = "asking"
    TRYING = "trying"
    TRIED = "tried"
    WRITING = "writing"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"

    @property
    def words(self) -> str:
        """What to say of a file that stands there, behind its name."""
        return _STANDS[self]


_STANDS = {
    UploadState.LOOKING: "is being looked at",
    UploadState.ASKING: "waits for your answers",
    UploadState.TRYING: "is being tried out",
    UploadState.TRIED: "is tried out, not imported yet",
    UploadState.WRITING: "is being imported",
    UploadState.DONE: "is imported",
    UploadState.UNDOING: "is being taken back",
    UploadState.UNDONE: "was taken back",
}

AT_WORK = frozenset({UploadState.LOOKING, UploadState.TRYING, UploadState.WRITING, UploadState.UNDOING})


class Upload(Base):
    """A file on its way into the record, and all that its owner said about it.

    `folder` is its folder's name below the instance's imports, "" once the file is deleted. `beat_at` is when
    the worker last gave a sign of life; `problem` is what the owner has to settle before it goes on.
    """

    __tablename__ = "import_upload"

    id: Mapped[Key]
    owner_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    file_name: Mapped[Name]
    folder: Mapped[str] = mapped_column(String(40), default="")
    size: Mapped[int]
    state: Mapped[UploadState] = mapped_column(enum_column(UploadState), default=UploadState.LOOKING)
    # What the file looks like: see `looking.Look`.
    look: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # The mapping as TOML, "" until the owner has confirmed one.
    mapping: Mapped[LongText] = mapped_column(Text, default="")
    # What else the owner said: see `saying.Said`.
    said: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    picks: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    # What the last dry run or import found: see `findings.Findings`.
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    problem: Mapped[LongText] = mapped_column(Text, default="")
    # What is counted (rows, or places while these are looked up): how many are done, of how many (0 if
    # nobody knows), and how many were done already when the counting began.
    step: Mapped[str] = mapped_column(String(40), default="")
    begun: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    step_at: Mapped[datetime | None]
    beat_at: Mapped[datetime | None]
    run_id: Mapped[int | None] = mapped_column(ForeignKey(ImportRun.id), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


class SavedMapping(Base):
    """A mapping that somebody saved under a name, as TOML; a file with the same columns is taken by it."""

    __tablename__ = "import_mapping"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(60), unique=True)
    toml: Mapped[LongText] = mapped_column(Text)
    owner_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    saved_at: Mapped[datetime] = mapped_column(default=now)
