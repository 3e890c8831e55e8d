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
from tracker.productions.photographing import reject_photo
from tracker.productions.photos import Photo
from tracker.sightings.photos import publish_one, sighting_with, waiting_photos
from tracker.web.frame.access import allow
from tracker.web.frame.ages import age_in_words
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.signed_in import current_user
from tracker.web.moderation.page import desk_page, queue_query
from tracker.web.moderation.rules import alone
from tracker.web.photos.showing import camera_of, shown


@allow(Permission.MODERATE)
def index() -> ResponseReturnValue:
    """Show the photos that wait, oldest first."""
    return _page()


@allow(Permission.MODERATE)
def decide(photo_id: int) -> ResponseReturnValue:
    """Let one be seen, or turn it down with words; one of a sighting that waits is decided with it."""
    begin_writing(db.session)
    action, words = request.form.get("action", ""), request.form.get("words", "")
    photo, user = _locked(photo_id), current_user()
    sighting = sighting_with(db.session, photo)
    # From the desk one returns to the sighting, whose other photos go on.
    back = sighting.id if sighting is not None and sighting.is_pending else None
    try:
        with change(db.session, by=user, comment=f"Decided on photo {photo.id}"):
            if action == "accept":
                publish_one(db.session, photo, by=user, alone=alone())
            elif action == "reject":
                reject_photo(db.session, photo, by=user, words=words, alone=alone())
            else:
                raise InvalidValueError("Choose what to do: show it, or turn it down.")
        db.session.commit()
    except TrackerError as error:
        db.session.rollback()
        kinds = {InvalidValueError: 422, NotAllowedError: 403}
        refused = (photo_id, str(error), words)
        page = desk_page(back, refused_photo=refused) if back is not None else _page(refused)
        return page, kinds.get(type(error), 409)
    if back is not None:
        flash("The photo is turned down. The rest of the sighting waits as before.")
        return redirect(url_for("moderation.show", sighting_id=back, **queue_query()), 303)
    flash("Everybody sees it now." if action == "accept" else "Turned down.")
    return redirect(url_for("photos.waiting_list"), 303)


def _locked(photo_id: int) -> Photo:
    found = None
    if photo_id <= LARGEST_ID:
        found = db.session.scalar(select(Photo).where(Photo.id == photo_id).with_for_update())
    if found is None:
        raise NotFoundError(f"No photo has the number {photo_id}.")
    return found


def _page(refused: tuple[int, str, str] = (0, "", "")) -> str:
    user = current_user()
    waiting = [
        {
            "photo": photo,
            "shown": shown(photo, reveal=True),
            "camera": camera_of(photo),
            "age": age_in_words(photo.sent_at),
            "own": photo.sent_by_id == user.id and not alone(),
        }
        for photo in waiting_photos(db.session)
    ]
    return render_template("photos/desk.html", waiting=waiting, refused=refused)
