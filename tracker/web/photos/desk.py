"""The photos that wait for a moderator by themselves, and the decision on one."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import InvalidValueError, NotAllowedError, NotFoundError, TrackerError
from tracker.history.recording import change
from tracker.productions.photo_queries import waiting_photos
from tracker.productions.photographing import publish_photo, reject_photo
from tracker.productions.photos import Photo
from tracker.web.frame.access import allow
from tracker.web.frame.ages import age_in_words
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.signed_in import current_user
from tracker.web.photos.showing import camera_of, shown


@allow(Permission.MODERATE)
def index() -> ResponseReturnValue:
    """Show the photos that wait, oldest first."""
    return _page()


@allow(Permission.MODERATE)
def decide(photo_id: int) -> ResponseReturnValue:
    """Let one be seen, or turn it down with words."""
    begin_writing(db.session)
    action, words = request.form.get("action", ""), request.form.get("words", "")
    try:
        photo = _locked(photo_id)
        with change(db.session, by=current_user(), comment=f"Decided on photo {photo.id}"):
            if action == "accept":
                publish_photo(db.session, photo, by=current_user())
            elif action == "reject":
                reject_photo(db.session, photo, by=current_user(), words=words)
            else:
                raise InvalidValueError("Choose what to do: show it, or turn it down.")
        db.session.commit()
    except NotFoundError:
        raise
    except TrackerError as error:
        db.session.rollback()
        kinds = {InvalidValueError: 422, NotAllowedError: 403}
        return _page((photo_id, str(error), words)), kinds.get(type(error), 409)
    flash("Everybody sees it now." if action == "accept" else "Turned down.")
    return redirect(url_for("photos.waiting_list"), 303)


def _locked(photo_id: int) -> Photo:
    found = None
    if photo_id <= LARGEST_ID:
        found = db.session.scalar(select(Photo).where(Photo.id == photo_id).with_for_update())
    if found is None or found.place_id is None:
        raise NotFoundError(f"No photo that was sent in by itself has the number {photo_id}.")
    return found


def _page(refused: tuple[int, str, str] = (0, "", "")) -> str:
    user = current_user()
    waiting = [
        {
            "photo": photo,
            "shown": shown(photo, reveal=True),
            "camera": camera_of(photo),
            "age": age_in_words(photo.sent_at),
            "own": photo.sent_by_id == user.id,
        }
        for photo in waiting_photos(db.session)
    ]
    return render_template("photos/desk.html", waiting=waiting, refused=refused)
