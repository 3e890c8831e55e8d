"""Where this installation keeps its pictures."""

from __future__ import annotations

from collections.abc import Iterable

from flask import current_app
from sqlalchemy.orm import Session

from tracker.config import Settings
from tracker.photos.storing import Store
from tracker.photos.waiting import WaitingRoom
from tracker.productions.photo_queries import is_file_needed


def store() -> Store:
    """Answer the folder of published pictures."""
    return Store(_settings().uploads_path)


def waiting_room() -> WaitingRoom:
    """Answer the folder where pictures wait for their sender."""
    return WaitingRoom(_settings().waiting_path)


def remove_unneeded(session: Session, digests: Iterable[str]) -> None:
    """Remove files that no photo needs any more. To be called after the commit that took them away."""
    for digest in digests:
        if not is_file_needed(session, digest):
            store().remove(digest)


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
