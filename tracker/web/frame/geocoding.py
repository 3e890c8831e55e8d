"""Where the pages look places up: the cascade without its online step, and that step as a job beside them."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import structlog
from flask import current_app
from sqlalchemy.orm import Session

from tracker.config import Settings
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.geocoding.cascade import Cascade
from tracker.geocoding.memory import Question, Remembered, begin_asking, forget, recall
from tracker.geocoding.online import OnlineGeocoder
from tracker.geocoding.providers import Provider
from tracker.places.offered import candidates_named
from tracker.web.frame.gazetteer import gazetteer

_log = structlog.get_logger("tracker.web")
_KEY = "shot_here_online"
_AT_ONCE = 2
_MOST_WAITING = 8
_starting = threading.Lock()


class OnlineSearches:
    """The searches of this process: a few at once, a few more waiting, the rest refused."""

    def __init__(self, geocoder: OnlineGeocoder) -> None:
        self._geocoder = geocoder
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="online-search")
        self._room = threading.BoundedSemaphore(_AT_ONCE + _MOST_WAITING)

    def start(self, question: Question) -> bool:
        """Begin a search, its answer lands in the memory; false if too many are waiting already."""
        if not self._room.acquire(blocking=False):
            return False
        try:
            self._threads.submit(self._search, question)
        except RuntimeError:
            # The process is shutting down.
            self._room.release()
            return False
        return True

    def _search(self, question: Question) -> None:
        try:
            self._geocoder.ask(question)
        except Exception:
            # Nobody waits for this thread; those who poll are told when their question has gone stale.
            _log.exception("online search failed")
        finally:
            self._room.release()


def provider() -> Provider | None:
    """Answer the online provider that the operator has configured, None if there is none."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.geocoder


def cascade() -> Cascade:
    """Answer the cascade of a page: on record, gazetteer, remembered. It never touches the network."""
    online = provider()
    return Cascade(
        gazetteer(),
        own=partial(candidates_named, db.session),
        remembered=partial(recall, db.session, online.id) if online else None,
        provider=online.name if online else "",
    )


def remembered(online: Provider, question: Question) -> Remembered | None:
    """Answer what is known of a question that was asked online, by whichever process."""
    return recall(db.session, online.id, question)


def start_search(online: Provider, question: Question) -> bool:
    """Begin to ask a question unless it is being asked or answered already; false if too many are waiting.

    Commits on its own: the search runs on another connection and must find the question there.
    """
    begin_writing(db.session)
    if not begin_asking(db.session, online.id, question):
        db.session.rollback()
        return True
    db.session.commit()
    if _searches(online).start(question):
        return True
    begin_writing(db.session)
    forget(db.session, online.id, question)
    db.session.commit()
    return False


def _searches(online: Provider) -> OnlineSearches:
    with _starting:
        found: OnlineSearches | None = current_app.extensions.get(_KEY)
        if found is None:
            geocoder = OnlineGeocoder(online, partial(Session, db.engine))
            found = current_app.extensions[_KEY] = OnlineSearches(geocoder)
    return found
