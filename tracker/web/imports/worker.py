"""The thread of this process that works uploads off, one after the other; no request waits for it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import structlog
from flask import current_app
from sqlalchemy.orm import Session

from tracker.config import Settings
from tracker.exchange.uploads.models import AT_WORK, Upload
from tracker.exchange.uploads.queue import is_silent
from tracker.exchange.uploads.stored import FOLDER
from tracker.exchange.uploads.work import Worker
from tracker.extensions import db
from tracker.web.frame.gazetteer import gazetteer

_log = structlog.get_logger("tracker.web")
_KEY = "shot_here_uploads"
_starting = threading.Lock()


class _Line:
    """The uploads that this process has taken on."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="imports")
        self._lock = threading.Lock()
        self._queued: set[int] = set()

    def put(self, upload_id: int) -> None:
        """Take an upload on, unless it is queued here already."""
        with self._lock:
            if upload_id in self._queued:
                return
            self._queued.add(upload_id)
        try:
            self._thread.submit(self._work, upload_id)
        except RuntimeError:
            # The process is shutting down; whoever looks at the upload next takes it on.
            self._forget(upload_id)

    def _work(self, upload_id: int) -> None:
        # Forgotten first: what is asked for while this goes on must find a place in the line.
        self._forget(upload_id)
        try:
            self._worker.work(upload_id)
        except Exception:
            # Nobody waits for this thread; the page says that it fell silent.
            _log.exception("upload worker failed", upload=upload_id)

    def _forget(self, upload_id: int) -> None:
        with self._lock:
            self._queued.discard(upload_id)


def folder() -> Path:
    """Answer where uploaded files lie."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.instance_path / FOLDER


def see_to(upload: Upload) -> None:
    """See to it that the step of an upload is done: also one whose worker ended with its process."""
    if upload.state not in AT_WORK or (upload.beat_at is not None and not is_silent(upload)):
        return
    opened = gazetteer()
    if opened is None:
        return
    with _starting:
        line: _Line | None = current_app.extensions.get(_KEY)
        if line is None:
            worker = Worker(partial(Session, db.engine), folder(), opened)
            line = current_app.extensions[_KEY] = _Line(worker)
    line.put(upload.id)
