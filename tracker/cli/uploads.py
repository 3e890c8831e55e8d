"""`flask import --resume`: carry out what files brought through the pages wait for."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click
from flask import current_app
from sqlalchemy.orm import Session

from tracker.config import Settings
from tracker.exchange.uploads.models import Upload
from tracker.exchange.uploads.queue import waiting
from tracker.exchange.uploads.stored import FOLDER, expire
from tracker.exchange.uploads.work import Worker
from tracker.extensions import db
from tracker.foundation.database import writing
from tracker.foundation.errors import TrackerError
from tracker.geocoding.gazetteer import open_gazetteer


def resume_uploads() -> None:
    """Work off every step that nobody is at, and delete files that have expired."""
    settings: Settings = current_app.config["SETTINGS"]
    root = settings.instance_path / FOLDER
    try:
        gazetteer = open_gazetteer(Path(current_app.config["GAZETTEER_PATH"]))
    except TrackerError as error:
        raise click.ClickException(str(error)) from error
    with writing(db.session) as session:
        gone = expire(session, root)
    worker = Worker(partial(Session, db.engine), root, gazetteer)
    found = waiting(db.session)
    db.session.rollback()
    for number in found:
        if not worker.work(number):
            continue
        one = db.session.get_one(Upload, number, populate_existing=True)
        click.echo(f"{one.file_name} {one.state.words}.{f' {one.problem}' if one.problem else ''}")
        db.session.rollback()
    click.echo(f"{len(found):,} waited, {gone:,} files had expired.")
