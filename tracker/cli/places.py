"""Where the commands look places up: on record, gazetteer, remembered answers, and online if they may."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from flask import current_app
from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from tracker.config import Settings
from tracker.extensions import db
from tracker.foundation.errors import ConfigurationError
from tracker.geocoding.candidates import Candidate
from tracker.geocoding.cascade import Cascade
from tracker.geocoding.gazetteer import open_gazetteer
from tracker.geocoding.models import RememberedAnswer
from tracker.geocoding.online import OnlineGeocoder
from tracker.places.models import Place
from tracker.places.offered import candidates_named


def open_cascade(*, online: bool, remembered: bool = True) -> Cascade:
    """Answer the cascade of a command. Without a database it is the gazetteer alone.

    With `online` the configured provider is asked, and the command waits for it. Raises DataFileError without
    a gazetteer, ConfigurationError if a provider is to be asked and there is no database to keep its answers.
    """
    gazetteer = open_gazetteer(Path(current_app.config["GAZETTEER_PATH"]))
    settings: Settings = current_app.config["SETTINGS"]
    provider = settings.geocoder
    if not _has_tables():
        if online and provider is not None:
            raise ConfigurationError(
                "There is no database that could keep online answers; run flask --app wsgi setup first."
            )
        return Cascade(gazetteer)
    sessions = partial(Session, db.engine)
    if provider is None or not (remembered or online):
        return Cascade(gazetteer, own=partial(_own, sessions))
    geocoder = OnlineGeocoder(provider, sessions)
    return Cascade(
        gazetteer,
        own=partial(_own, sessions),
        remembered=geocoder.recall,
        online=geocoder.ask if online else None,
        provider=provider.name,
    )


def _own(sessions: partial[Session], name: str) -> Sequence[Candidate]:
    # A session of its own, over before anything is asked online.
    with sessions() as session:
        return candidates_named(session, name)


def _has_tables() -> bool:
    try:
        tables = inspect(db.engine)
        return all(tables.has_table(model.__tablename__) for model in (Place, RememberedAnswer))
    except SQLAlchemyError:
        return False
