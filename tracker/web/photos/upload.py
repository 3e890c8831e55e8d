"""Sending photos to start a sighting from: they are read, and wait until the sighting is saved."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.errors import InvalidValueError
from tracker.photos.picture import make_picture
from tracker.sightings.photos import MOST_PHOTOS
from tracker.web.frame.access import allow
from tracker.web.frame.gazetteer import gazetteer
from tracker.web.frame.geocoding import cascade
from tracker.web.frame.limits import limiter
from tracker.web.frame.signed_in import current_user
from tracker.web.photos.folders import waiting_room
from tracker.web.photos.sent import YES, SentPhotos, fill, found_in, sent_photos
from tracker.web.sightings.form import SightingForm
from tracker.web.sightings.reading import read_form
from tracker.web.sightings.views import form_page


@allow(Permission.SUBMIT)
@limiter.limit("60 per minute")
def upload() -> ResponseReturnValue:
    """Take photos, or leave one out, and show the form again with all that was typed.

    With the header X-Fragment: photos only the part of the photos is answered.
    """
    sent = sent_photos(current_user(), gazetteer())
    _add(sent)
    left_out = request.form.get("photo_drop", "")
    if left_out:
        sent.waiting = [one for one in sent.waiting if one.token != left_out]
        waiting_room().drop(left_out, owner_id=current_user().id)
    sent.found = found_in(sent.waiting, gazetteer())
    if request.headers.get("X-Fragment") == "photos":
        return render_template("photos/start_fragment.html", photos=sent)
    form = SightingForm()
    if sent.use != YES:
        return form_page(form, None, start="photo", photos=sent)
    fill(form, sent)
    reading = read_form(db.session, form, cascade(), slug=request.args.get("production"))
    for field in form:
        field.errors = ()
    return form_page(form, reading, looked_up=True, start="photo", photos=sent)


def _add(sent: SentPhotos) -> None:
    """Read what was sent; what cannot be read is told, and the others are kept."""
    user = current_user()
    for file in request.files.getlist("photos"):
        if not file.filename:
            continue
        if len(sent.waiting) >= MOST_PHOTOS:
            sent.errors.append(f"At most {MOST_PHOTOS} photos go with a sighting; the others were left out.")
            return
        try:
            picture = make_picture(file.read(), today=today())
        except InvalidValueError as error:
            sent.errors.append(f"{file.filename[:80]}: {error}")
            continue
        if any(one.digest == picture.digest for one in sent.waiting):
            sent.errors.append(f"{file.filename[:80]} is there already: it is kept once.")
            continue
        sent.waiting.append(waiting_room().add(picture, owner_id=user.id, name=file.filename))
