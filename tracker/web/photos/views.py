"""The page of a photo; adding one to a place, changing what is said of it, taking it away, opening it."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from tracker.accounts.models import User
from tracker.accounts.permissions import Permission, may
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import InvalidValueError, NotAllowedError, NotFoundError, TrackerError
from tracker.history.recording import change
from tracker.photos.picture import make_picture
from tracker.places.models import Place, Privacy
from tracker.places.queries import place_by_id
from tracker.productions.models import Shoot
from tracker.productions.photo_queries import is_shown, photo_by_id, stills_at
from tracker.productions.photographing import (
    PictureFile,
    add_photo,
    change_photo,
    open_photo,
    remove_photo,
)
from tracker.productions.photos import Photo, PhotoState
from tracker.productions.queries import shoots_at
from tracker.sightings.citing import is_trusted
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.sessions import signed_in_user
from tracker.web.frame.signed_in import current_user
from tracker.web.photos.folders import store
from tracker.web.photos.form import NewPhotoForm, PhotoForm, fill, offer
from tracker.web.photos.showing import camera_of, shown
from tracker.web.places.public import place_url

WAITS = "Sent in. A moderator looks at it first; once one entry of yours is accepted, yours show at once."


@allow(Permission.READ)
def show(photo_id: int) -> ResponseReturnValue:
    """Show a photo with its facts; what waits only to its sender and to moderators."""
    photo, user = _photo(photo_id), signed_in_user()
    if not is_shown(photo):
        if photo.state in (PhotoState.REMOVED, PhotoState.REDACTED):
            abort(410 if photo.place is not None and photo.place.privacy is Privacy.OPEN else 404)
        if not _may_see(photo, user):
            raise _missing(photo_id)
    return render_template(
        "photos/show.html",
        photo=photo,
        shown=shown(photo, reveal=request.args.get("story") == "show"),
        camera=camera_of(photo) if user is not None and _may_see(photo, user) else None,
        may_edit=user is not None and _may_edit(photo, user),
        may_open=may(user, Permission.OPEN_PLACE),
        is_hidden_place=photo.place is not None and photo.place.privacy is not Privacy.OPEN,
        is_public=is_shown(photo),
    )


@allow(Permission.SUBMIT)
@limiter.limit("20 per minute", methods=["POST"])
def new(place_id: int) -> ResponseReturnValue:
    """Show the form of a photo of a place, and save what was sent."""
    place, user = _place(place_id, current_user()), current_user()
    form = NewPhotoForm()
    shoots, stills = shoots_at(db.session, [place.id]), stills_at(db.session, place.id)
    offer(form, shoots, stills)
    at_once = is_trusted(db.session, user)
    if not form.is_submitted():
        form.author.data = user.name
        form.shoot.data = request.args.get("shoot", "")
        return _form(form, place, at_once=at_once)
    is_sound = form.validate()
    try:
        picture = make_picture(_content(form), today=today())
    except InvalidValueError as error:
        form.picture.errors = [str(error)]
        is_sound = False
    if not is_sound:
        return _form(form, place, at_once=at_once), 422
    # Written before the row that names it, so that no row is ever without its picture.
    store().keep(picture)
    file = PictureFile(picture.digest, picture.width, picture.height)
    try:
        begin_writing(db.session)
        place, by = _place(place_id, current_user()), current_user()
        shoot = _chosen_shoot(form, place)
        with change(db.session, by=by, comment="Added a photo" if at_once else "Sent in a photo"):
            draft = form.draft(stills_at(db.session, place.id))
            photo = add_photo(db.session, file, draft, by=by, place=place, shoot=shoot, at_once=at_once)
        db.session.commit()
    except TrackerError as error:
        db.session.rollback()
        form.form_errors.append(str(error))
        return _form(form, _place(place_id, current_user()), at_once=at_once), 409
    flash("The photo is there now." if at_once else WAITS)
    return redirect(url_for("photos.show", photo_id=photo.id), 303)


@allow(Permission.SUBMIT)
def edit(photo_id: int) -> ResponseReturnValue:
    """Change what is said of a photo; for its sender and for moderators."""
    photo = _editable(photo_id)
    place = _place(photo.place_id or 0, current_user())
    form = PhotoForm()
    stills = [one for one in stills_at(db.session, place.id) if one.id != photo.id]
    offer(form, shoots_at(db.session, [place.id]), stills)
    if not form.is_submitted():
        fill(form, photo)
        return _form(form, place, photo=photo)
    if not form.validate():
        return _form(form, place, photo=photo), 422
    try:
        begin_writing(db.session)
        photo = _editable(photo_id)
        place = _place(photo.place_id or 0, current_user())
        with change(db.session, by=current_user(), comment=f"Changed photo {photo.id}"):
            draft = form.draft([one for one in stills_at(db.session, place.id) if one.id != photo.id])
            change_photo(db.session, photo, draft, shoot=_chosen_shoot(form, place))
        db.session.commit()
    except InvalidValueError as error:
        db.session.rollback()
        form.form_errors.append(str(error))
        return _form(form, _place(place.id, current_user()), photo=_photo(photo_id)), 422
    flash("Changed. What it said before stays in the history.")
    return redirect(url_for("photos.show", photo_id=photo_id), 303)


@allow(Permission.SUBMIT)
def remove(photo_id: int) -> ResponseReturnValue:
    """Take a photo off the pages; for its sender and for moderators."""
    begin_writing(db.session)
    photo = _editable(photo_id)
    address = place_url(_place(photo.place_id or 0, current_user()))
    why = request.form.get("reason", "")
    with change(db.session, by=current_user(), comment=f"Removed photo {photo.id}. {why}"):
        remove_photo(db.session, photo, why=why)
    db.session.commit()
    flash("Removed. The history keeps that it was there.")
    return redirect(address, 303)


@allow(Permission.OPEN_PLACE)
def open_to_all(photo_id: int) -> ResponseReturnValue:
    """Show a photo although its place is hidden, or stop doing so."""
    begin_writing(db.session)
    photo = _photo(photo_id)
    opened = request.form.get("opened") == "yes"
    words = "Opened" if opened else "Closed"
    with change(db.session, by=current_user(), comment=f"{words} photo {photo.id}"):
        open_photo(db.session, photo, opened=opened)
    db.session.commit()
    flash("Everybody sees it now, without its camera point." if opened else "Only moderators see it now.")
    return redirect(url_for("photos.show", photo_id=photo_id), 303)


def _photo(photo_id: int) -> Photo:
    photo = photo_by_id(db.session, photo_id) if photo_id <= LARGEST_ID else None
    if photo is None:
        raise _missing(photo_id)
    return photo


def _missing(photo_id: int) -> NotFoundError:
    return NotFoundError(f"No photo has the number {photo_id}.")


def _may_see(photo: Photo, user: User | None) -> bool:
    """Say who sees a photo that not everybody sees; at a hidden place, only moderators."""
    hidden = photo.is_published and photo.place is not None and photo.place.privacy is not Privacy.OPEN
    if hidden or user is None:
        return may(user, Permission.OPEN_PLACE)
    return photo.sent_by_id == user.id or may(user, Permission.MODERATE)


def _may_edit(photo: Photo, user: User) -> bool:
    there = photo.state in (PhotoState.PENDING, PhotoState.PUBLISHED) and photo.place is not None
    return there and _may_see(photo, user)


def _editable(photo_id: int) -> Photo:
    photo = _photo(photo_id)
    if not is_shown(photo) and not _may_see(photo, current_user()):
        raise _missing(photo_id)
    if not _may_edit(photo, current_user()):
        raise NotAllowedError("Its sender and moderators may change a photo that is there.")
    return photo


def _place(place_id: int, user: User) -> Place:
    place = place_by_id(db.session, place_id) if place_id <= LARGEST_ID else None
    if place is None:
        raise NotFoundError(f"No place has the number {place_id}. Search for its name instead.")
    if place.privacy is not Privacy.OPEN and not may(user, Permission.OPEN_PLACE):
        raise NotAllowedError("This place is hidden: only moderators add photos of it.")
    return place


def _chosen_shoot(form: PhotoForm, place: Place) -> Shoot | None:
    shoots = shoots_at(db.session, [place.id])
    return next((one for one in shoots if str(one.id) == form.shoot.data), None)


def _content(form: NewPhotoForm) -> bytes:
    sent = form.picture.data
    if not isinstance(sent, FileStorage) or not sent.filename:
        raise InvalidValueError("Choose a picture: JPEG, PNG or WebP.")
    content: bytes = sent.read()
    return content


def _form(form: PhotoForm, place: Place, *, photo: Photo | None = None, at_once: bool = True) -> str:
    return render_template(
        "photos/form.html",
        form=form,
        place=place,
        place_url=place_url(place),
        photo=photo,
        shown=shown(photo, reveal=True) if photo else None,
        at_once=at_once,
    )
