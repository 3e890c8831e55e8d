"""What the pages of imports show: how far a step is, columns with samples, runs with their source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.exchange.models import ImportRun, ImportState
from tracker.exchange.uploads.looking import Look
from tracker.exchange.uploads.models import AT_WORK, Upload
from tracker.exchange.uploads.queue import is_silent
from tracker.foundation.clock import now
from tracker.history.models import Change
from tracker.sources.models import Source
from tracker.web.imports.form import column_name
from tracker.web.imports.words import COUNTED, STEPS, seconds_in_words

_LICENCE = "Licence: "


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a step is. `total` is 0 where nobody knows how much there is."""

    title: str
    words: str
    done: int
    total: int
    over: bool

    def as_json(self) -> dict[str, Any]:
        """Answer it for the page's script."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file: its name, what it is taken for, and what stands in its first rows."""

    select: str
    name: str
    meaning: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RunLine:
    """An import on record, with its source: where the rows are from, under which licence, since when."""

    id: int
    file_name: str
    mapping: str
    state: str
    rows: int
    new: int
    rejected: int
    started_at: datetime
    by: str
    change_id: int | None
    source_id: int | None
    source: str
    address: str
    licence: str
    retrieved: date | None

    @property
    def can_be_undone(self) -> bool:
        return self.state != ImportState.UNDONE.value and self.change_id is not None


def progress_of(upload: Upload) -> Progress:
    """Say how far the present step of an upload is, how fast it goes, and how long it takes yet."""
    over = upload.state not in AT_WORK
    title = STEPS.get(upload.state, "")
    if over or upload.beat_at is None:
        return Progress(title, "" if over else "It waits for its turn.", 0, 0, over)
    if is_silent(upload):
        return Progress(title, "It was interrupted and goes on shortly.", upload.done, upload.total, over)
    counted = COUNTED.get(upload.step, "")
    words = f"{upload.done:,} {counted}" if counted else "It has begun."
    if upload.total and upload.step_at is not None:
        words = f"{upload.done:,} of {upload.total:,} {counted}"
        seconds = (now() - upload.step_at).total_seconds()
        rate = (upload.done - upload.begun) / seconds if seconds > 0 else 0.0
        if rate > 0:
            left = seconds_in_words((upload.total - upload.done) / rate)
            words += f", {rate:,.0f} a second, {left} left"
    return Progress(title, f"{words}.", upload.done, upload.total, over)


def columns_shown(look: Look, chosen: Sequence[str]) -> list[Column]:
    """Answer the columns of a file with their samples."""
    return [
        Column(
            column_name(at),
            look.header[at] or f"(no name, column {at + 1})" if at < len(look.header) else key,
            chosen[at],
            tuple(dict.fromkeys(row[at] for row in look.sample if row[at]))[:3],
        )
        for at, key in enumerate(look.keys)
    ]


def latest_runs(session: Session, *, before: int | None = None, limit: int = 25) -> list[RunLine]:
    """Answer imports, newest first; `before` is the number of one to go on behind."""
    found = (
        select(ImportRun, Source, User.name)
        .outerjoin(Source, Source.id == ImportRun.source_id)
        .outerjoin(Change, Change.id == ImportRun.change_id)
        .outerjoin(User, User.id == Change.author_id)
        .order_by(ImportRun.id.desc())
        .limit(limit)
    )
    if before is not None:
        found = found.where(ImportRun.id < before)
    return [_line(run, source, name) for run, source, name in session.execute(found)]


def _line(run: ImportRun, source: Source | None, name: str | None) -> RunLine:
    counts = (run.counts or {}).get("figures", {})
    note = source.note if source else ""
    return RunLine(
        id=run.id,
        file_name=run.file_name,
        mapping=run.mapping,
        state=run.state.value,
        rows=run.rows_done,
        new=counts.get("new", 0),
        rejected=counts.get("rejected", 0),
        started_at=run.started_at,
        by=name or "",
        change_id=run.change_id,
        source_id=source.id if source else None,
        source=source.title if source else "",
        address=(source.address or "") if source else "",
        licence=note.removeprefix(_LICENCE) if note.startswith(_LICENCE) else "",
        retrieved=source.captured_on if source else None,
    )
