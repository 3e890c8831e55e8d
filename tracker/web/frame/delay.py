"""Where the delay of live sightings ends: a request after it finds the exact place, without any clockwork."""

from __future__ import annotations

import threading
import time
from datetime import datetime

import structlog
from flask import Flask, current_app, request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tracker.config import Settings
from tracker.extensions import db
from tracker.foundation.clock import now
from tracker.foundation.database import writing
from tracker.sightings.delay import HeldBack, held_back
from tracker.sightings.holding import next_release, release_due
from tracker.sightings.models import Sighting
from tracker.sightings.removal_desk import forget_contacts, next_forgotten
from tracker.web.frame.gazetteer import gazetteer

_log = structlog.get_logger("tracker.web")


def held_back_now(sighting: Sighting) -> HeldBack | None:
    """Answer how a sighting is to be held back by this site's delay, None where it is not."""
    settings: Settings = current_app.config["SETTINGS"]
    return held_back(sighting, delay_hours=settings.sighting_delay_hours, gazetteer=gazetteer())


def told_of_delay(held: HeldBack) -> str:
    """Say until when the exact place is held back."""
    return f"It is happening now: its exact place shows from {held.until:%-d %B, %H:%M} UTC on."


class Watch:
    """Looks now and then, before a request, whether something is due; does it in its own transaction."""

    def __init__(self, seconds_between: int) -> None:
        self._between = seconds_between
        # What was due while nobody was here shows from the second look on.
        self._looked = time.monotonic()
        self._one_at_a_time = threading.Lock()

    def look(self) -> None:
        """Release what is due, unless somebody looked a moment ago or is looking now."""
        if time.monotonic() - self._looked < self._between or not self._one_at_a_time.acquire(blocking=False):
            return
        try:
            self._looked = time.monotonic()
            self._release(now())
        except SQLAlchemyError:
            # It stays held back, and is looked at again: what was asked for is answered all the same.
            _log.exception("delay not ended")
        finally:
            self._one_at_a_time.release()

    def _release(self, moment: datetime) -> None:
        with Session(db.engine) as session:
            exact, forgotten = next_release(session), next_forgotten(session)
            session.rollback()
            if exact is not None and exact <= moment:
                with writing(session):
                    release_due(session, at=moment)
            if forgotten is not None and forgotten <= moment:
                with writing(session):
                    forget_contacts(session, at=moment)


def install(app: Flask, settings: Settings) -> None:
    """Look before each request that answers from the record."""
    watch = Watch(settings.seconds_between_looks)

    @app.before_request
    def _look() -> None:
        if request.endpoint not in (None, "static", "operation.health"):
            watch.look()
