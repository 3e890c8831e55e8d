"""The files of photos: by their hash, with a fixed type, kept by browsers for good once public."""

from __future__ import annotations

from pathlib import Path

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from tracker.accounts.models import User
from tracker.accounts.permissions import Permission, may
from tracker.extensions import db
from tracker.photos.picture import FULL
from tracker.photos.storing import DIGEST, MEDIA_TYPES
from tracker.productions.photo_queries import is_shown, photos_with
from tracker.productions.photos import Photo, PhotoState
from tracker.web.frame.access import allow
from tracker.web.frame.sessions import signed_in_user
from tracker.web.frame.signed_in import current_user
from tracker.web.photos.folders import store, waiting_room

_FOR_GOOD = "public, max-age=31536000, immutable"
_FOR_ONE = "private, no-store"


@allow(Permission.READ)
def file(digest: str, ending: str) -> ResponseReturnValue:
    """Answer a picture: to everybody if it is published, to its sender and moderators if it waits."""
    if not DIGEST.fullmatch(digest):
        abort(404)
    photos = photos_with(db.session, digest)
    public = any(is_shown(photo) for photo in photos)
    if not public and not any(_may_see(photo, signed_in_user()) for photo in photos):
        abort(410 if photos and all(p.state is PhotoState.REMOVED for p in photos) else 404)
    size = FULL if ending == "jpg" else ending.partition(".")[0]
    return _sent(store().path(digest, size), size, _FOR_GOOD if public else _FOR_ONE)


@allow(Permission.SUBMIT)
def waiting(token: str) -> ResponseReturnValue:
    """Answer a small picture that waits, to who sent it."""
    path = waiting_room().file(token, "320", owner_id=current_user().id)
    if path is None:
        abort(404)
    return _sent(path, "320", _FOR_ONE)


def _may_see(photo: Photo, user: User | None) -> bool:
    if user is None or photo.state is PhotoState.REDACTED:
        return False
    if photo.place is not None and photo.is_published:
        return may(user, Permission.OPEN_PLACE)
    return photo.sent_by_id == user.id or may(user, Permission.MODERATE)


def _sent(path: Path, size: str, kept: str) -> Response:
    try:
        response = Response(path.read_bytes(), mimetype=MEDIA_TYPES[size])
    except FileNotFoundError:
        abort(404)
    response.set_etag(path.name)
    response.headers["Content-Disposition"] = "inline"
    response.headers["Cache-Control"] = kept
    # Nothing that a picture could hold runs, whoever opens its address by itself.
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.make_conditional(request)
    return response
