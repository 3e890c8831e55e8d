"""What a worker does with an upload: look, try, write, take back. It waits for nobody and answers nobody."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

import structlog
from sqlalchemy.orm import Session

from tracker.exchange.mappings.mapping import parse
from tracker.exchange.reading.unsure import UnsureError
from tracker.exchange.rejects import write_rejects
from tracker.exchange.running.prepare import prepare
from tracker.exchange.running.run import Import
from tracker.exchange.running.undo import undo
from tracker.exchange.uploads.findings import Findings, findings_of
from tracker.exchange.uploads.looking import look_at, open_as, saved_mappings
from tracker.exchange.uploads.models import Upload, UploadState
from tracker.exchange.uploads.queue import BACK, StoppedError, beat, claim, conclude
from tracker.exchange.uploads.saying import options_of, said_of
from tracker.exchange.uploads.stored import path_of, rejects_of
from tracker.foundation.clock import now
from tracker.foundation.database import writing
from tracker.foundation.errors import TrackerError
from tracker.foundation.geo import Point
from tracker.geocoding.candidates import Candidate
from tracker.geocoding.cascade import Cascade
from tracker.geocoding.countries import country_at
from tracker.geocoding.gazetteer import Gazetteer
from tracker.places.offered import candidates_named

_log = structlog.get_logger("tracker.exchange")
# Small ones: whoever saves something else waits for one of them at most.
_BATCH = 250
# Of the time that a batch took.
_REST = 0.5
_TELL_SECONDS = 0.5
_BROKEN = "Something broke on our side and is logged. What was written so far stays; try again."


@dataclass(slots=True)
class Worker:
    """Carries steps out. `sessions` makes sessions of its own, `root` is where uploaded files lie."""

    sessions: Callable[[], Session]
    root: Path
    gazetteer: Gazetteer

    def work(self, upload_id: int) -> bool:
        """Carry out the step that an upload waits for; False if there is none for this worker."""
        with self.sessions() as session:
            with writing(session):
                step = claim(session, upload_id)
            if step is None:
                return False
            upload = session.get_one(Upload, upload_id)
            session.expunge(upload)
            session.rollback()
        told = _Told(self.sessions, upload_id, step)
        try:
            {
                UploadState.LOOKING: self._look,
                UploadState.TRYING: self._try,
                UploadState.WRITING: self._write,
                UploadState.UNDOING: self._undo,
            }[step](upload, told)
        except StoppedError:
            pass
        except UnsureError as error:
            told.conclude(BACK[step], problem=f"{error.question} Say below which it is.")
        except TrackerError as error:
            told.conclude(BACK[step], problem=str(error))
        except Exception:
            _log.exception("upload failed", upload=upload_id, step=step.value)
            told.conclude(BACK[step], problem=_BROKEN)
        return True

    def _look(self, upload: Upload, told: _Told) -> None:
        with self.sessions() as session:
            saved = saved_mappings(session)
        look = look_at(path_of(self.root, upload), said_of(upload), saved)
        told.conclude(UploadState.ASKING, look=look.as_json(), mapping=look.mapping, problem=look.problem)

    def _try(self, upload: Upload, told: _Told) -> None:
        run = self._prepared(upload, told)
        with self.sessions() as session:
            for batch in run.batches():
                run.rehearse(session, batch)
                session.rollback()
                told.reached(run.done)
        told.conclude(UploadState.TRIED, report=self._found(upload, run))

    def _write(self, upload: Upload, told: _Told) -> None:
        run = self._prepared(upload, told, goes_on=True)
        run.ledger.author_id = upload.owner_id
        with self.sessions() as session:
            for batch in run.batches(_BATCH):
                began = time.monotonic()
                with writing(session):
                    # In the transaction of the rows: what was stopped has written none of them.
                    beat(session, upload.id, UploadState.WRITING)
                    run.take(session, batch)
                    beat(session, upload.id, UploadState.WRITING, done=run.done, run_id=run.ledger.run_id)
                # SQLite lets whoever waits in between two transactions, if there is any time between them.
                time.sleep(_REST * (time.monotonic() - began))
            with writing(session):
                run.finish(session)
        told.conclude(UploadState.DONE, report=self._found(upload, run), run_id=run.ledger.run_id)

    def _undo(self, upload: Upload, told: _Told) -> None:
        assert upload.run_id is not None  # noqa: S101 - `queue.begin` asks for one
        with self.sessions() as session, writing(session):
            undone = undo(session, upload.run_id, author_id=upload.owner_id)
        told.conclude(UploadState.UNDONE, report=Findings(removed=undone.removed, kept=undone.kept).as_json())

    def _prepared(self, upload: Upload, told: _Told, *, goes_on: bool = False) -> Import:
        table = open_as(path_of(self.root, upload), said_of(upload))
        mapping = parse(upload.mapping, upload.file_name)

        @lru_cache(maxsize=65_536)
        def country_of(point: Point) -> str:
            return country_at(self.gazetteer, point.lat, point.lon)

        told.step("reading", 0)
        run = prepare(
            table,
            mapping,
            options_of(upload),
            resolver=Cascade(self.gazetteer, own=partial(_own, self.sessions)),
            country_of=country_of,
            reached=told.reached,
        )
        if goes_on:
            with self.sessions() as session:
                run.go_on(session)
        told.step("places", len(run.spots))
        run.resolve(told.one_more)
        told.step("rows", run.rows, run.done)
        return run

    def _found(self, upload: Upload, run: Import) -> dict[str, object]:
        rejected = run.report.rejected
        path = rejects_of(self.root, upload)
        with suppress(FileNotFoundError):
            path.unlink()
        if rejected:
            write_rejects(path, run.reader.table.header, rejected)
        return findings_of(run.report, run.remarks).as_json()


@dataclass(slots=True)
class _Told:
    """Tells how far a step has come: often enough to be watched, seldom enough to cost nothing."""

    sessions: Callable[[], Session]
    upload_id: int
    state: UploadState
    _done: int = 0
    _next: float = field(default=0.0)

    def step(self, name: str, total: int, done: int = 0) -> None:
        """Begin a part of the step: what is counted, and how many there are (0 if nobody knows)."""
        self._done = done
        self._beat(step=name, total=total, done=done, begun=done, step_at=now())

    def one_more(self) -> None:
        """Count one up."""
        self.reached(self._done + 1)

    def reached(self, done: int) -> None:
        """Say how many are done."""
        self._done = done
        if time.monotonic() >= self._next:
            self._beat(done=done)

    def conclude(self, to: UploadState, **values: object) -> None:
        """Say that the step is over."""
        with self.sessions() as session, writing(session):
            conclude(session, self.upload_id, self.state, to, **values)

    def _beat(self, **values: object) -> None:
        with self.sessions() as session, writing(session):
            beat(session, self.upload_id, self.state, **values)
        self._next = time.monotonic() + _TELL_SECONDS


def _own(sessions: Callable[[], Session], name: str) -> Sequence[Candidate]:
    # A session of its own: nothing is held while the next place is looked up.
    with sessions() as session:
        return candidates_named(session, name)
