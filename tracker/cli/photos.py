"""Upkeep of the folder of pictures."""

from __future__ import annotations

from datetime import timedelta

import click
from flask import current_app
from flask.cli import AppGroup

from tracker.extensions import db
from tracker.foundation.clock import now
from tracker.photos.storing import Store
from tracker.photos.waiting import WaitingRoom
from tracker.productions.photo_queries import is_file_needed

photos_group = AppGroup("photos", help="Pictures of photos: clear away what nothing needs.")
# A picture is written before the row that names it.
_AGE = timedelta(days=1)


@photos_group.command("clean")
def clean() -> None:
    """Remove pictures that no photo names any more, and those that waited for more than a day."""
    settings = current_app.config["SETTINGS"]
    store, gone = Store(settings.uploads_path), 0
    for digest in list(store.kept_before(now() - _AGE)):
        if not is_file_needed(db.session, digest):
            store.remove(digest)
            gone += 1
    waited = WaitingRoom(settings.waiting_path).clear_old()
    click.echo(f"{gone} pictures that nothing needs and {waited} that waited too long are removed.")
