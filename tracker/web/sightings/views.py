"""Sending a sighting in, and its own page."""

from __future__ import annotations

from flask import Response, abort, flash, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.database import begin_writing
from tracker.foundation.dates import InvalidDateError, meaning
from tracker.foundation.errors import ConflictError, InvalidValueError
from tracker.maps.shell import MapKind, map_shell
from tracker.productions.queries import production_by_slug
from tracker.sightings.drafts import drop_draft
from tracker.sightings.models import Sighting
from tracker.sightings.operations import submit
from tracker.sightings.operations import withdraw as take_back
from tracker.sightings.queries import sighting_by_id
from tracker.sources.links import read_link
from tracker.web.frame.access import allow, refusal
from tracker.web.frame.delay import held_back_now
from tracker.web.frame.gazetteer import gazetteer
from tracker.web.frame.geocoding import cascade, provider
from tracker.web.frame.limits import limiter
from tracker.web.frame.sessions import signed_in_user
from tracker.web.frame.signed_in import current_user
from tracker.web.moderation.rules import on_land
from tracker.web.notes.turning import close_its_note, fill_from_note, to_note
from tracker.web.photos import sent as sending
from tracker.web.photos.sent import SentPhotos, sent_photos
from tracker.web.productions.titles import sentence_on
from tracker.web.sightings.duplicates import add_to, is_recent
from tracker.web.sightings.form import SightingForm
from tracker.web.sightings.page import sighting_page
from tracker.web.sightings.place_offer import NO_PIN, OWN_AREA, OWN_PIN
from tracker.web.sightings.reading import Reading, draft_from, duplicates_of, read_form, read_period
from tracker.web.sightings.sources import FurtherSourceForm

_STARTS = ("text", "link", "photo", "map", "type")


@allow(Permission.TELL)
@limiter.limit("20 per minute", methods=["POST"])
def new() -> ResponseReturnValue:
    """Show the form; read it, show what was understood, and save what its sender has seen.

    Without an account it can be filled in, and saved after signing in, or sent as a note.
    """
    why_not = refusal(Permission.SUBMIT)
    if why_not and request.form.get("as_note"):
        return to_note()
    form = SightingForm()
    slug = request.args.get("production")
    if not form.is_submitted():
        linked = production_by_slug(db.session, slug) if slug else None
        if linked is not None:
            form.title.data = linked.title
        return form_page(form, None, start=fill_from_note(form))
    if (helped := _helped(form, slug)) is not None:
        return helped
    photos = _photos()
    sending.fill(form, photos)
    sending.check(photos)
    is_sound = form.validate() and not photos.errors
    reading = read_form(db.session, form, cascade(), slug=slug)
    form.form_errors.extend(photos.errors)
    if not is_sound or form.errors or not reading.is_confirmed or request.form.get("use_when"):
        return form_page(form, reading, 422 if form.errors or not is_sound else 200, photos=photos)
    if why_not:
        form.form_errors.append(why_not)
        return form_page(form, reading, 403, photos=photos)
    return _saved(form, reading, photos)


def _helped(form: FlaskForm, slug: str | None) -> Response | None:
    """Do what the buttons beside "Save" ask for; None where it is to be read and saved."""
    if request.form.get("start"):
        return _started(form, request.form["start"])
    if request.form.get("use_when"):
        form.when.data = request.form["use_when"]
    return _looked_up(form, slug) if request.form.get("look_up") else None


@allow(Permission.SUBMIT)
def show(sighting_id: int) -> ResponseReturnValue:
    """Show a sighting to its sender and to moderators; to anybody else it does not exist."""
    sighting = _own_or_moderated(sighting_id)
    return sighting_page(sighting, FurtherSourceForm(formdata=None))


@allow(Permission.SUBMIT)
def withdraw(sighting_id: int) -> ResponseReturnValue:
    """Take one's own sighting back while it waits."""
    begin_writing(db.session)
    sighting = _own_or_moderated(sighting_id)
    take_back(db.session, sighting, by=current_user())
    db.session.commit()
    flash("Withdrawn. Nothing of it is published.")
    return redirect(url_for("sightings.show", sighting_id=sighting_id), 303)


@allow(Permission.READ)
@limiter.limit("240 per minute")
def meaning_of_date() -> ResponseReturnValue:
    """Say what a typed date means, while it is typed; `lat` tells which seasons are meant."""
    typed = request.args.get("when", "")
    if not typed.strip():
        return jsonify(means="", problem="", suggestions=[])
    try:
        period = read_period(typed, request.args.get("lat", type=float))
    except InvalidDateError as error:
        return jsonify(means="", problem=str(error), suggestions=list(error.suggestions))
    except InvalidValueError as error:
        return jsonify(means="", problem=str(error), suggestions=[])
    return jsonify(means=f"Means: {meaning(period)}", problem="", suggestions=[])


def _saved(form: FlaskForm, reading: Reading, photos: SentPhotos) -> ResponseReturnValue:
    """Save a sighting, or add its link to the shoot that is there already, where its sender said so."""
    user = current_user()
    sending.keep_files(photos, by=user)
    begin_writing(db.session)
    draft = draft_from(form, reading)
    likely = duplicates_of(db.session, reading, draft.address) if request.form.get("as") == "add" else []
    try:
        # With photos a moderator adds it, for they come along; and what happens now, for it is held back.
        if likely and draft.address and not photos.waiting and not is_recent(draft):
            shoot = likely[0].shoot
            add_to(shoot, draft, by=user)
            after = url_for("pasting.saved", shoots=shoot.id)
        else:
            sighting = submit(db.session, draft, by=user, on_land=on_land(), hold=held_back_now)
            sending.save(db.session, sighting, photos, by=user)
            close_its_note(sighting)
            after = url_for("sightings.show", sighting_id=sighting.id)
        drop_draft(db.session, user)
        db.session.commit()
    except ConflictError as error:
        db.session.rollback()
        form.address.errors = [str(error)]
        return form_page(form, read_form(db.session, form, cascade()), 409, photos=photos)
    sending.forget(photos, user)
    return redirect(after, 303)


def _started(form: FlaskForm, start: str) -> Response:
    """Show the form with another start and all that was typed; a link tells what its address says."""
    tells = ""
    if start == "link" and form.address.data.strip():
        try:
            found = read_link(form.address.data, today=today())
        except InvalidValueError as error:
            form.address.errors = [str(error)]
        else:
            tells = f"{found.sentence}."
            if found.day and not form.when.data.strip():
                form.when.data = f"by {found.day.day} {found.day:%B %Y}"
    return form_page(form, None, start=start, link_tells=tells)


def _looked_up(form: FlaskForm, slug: str | None) -> Response:
    """Show what the typed place may mean and keep the rest as it is: nothing of it was sent in yet."""
    reading = read_form(db.session, form, cascade(), slug=slug)
    for field in form:
        field.errors = ()
    if not reading.offer.query:
        form.place.errors = ["Write where it was."]
        return form_page(form, reading, 422)
    return form_page(form, reading, looked_up=True)


def form_page(
    form: FlaskForm,
    reading: Reading | None,
    status: int = 200,
    *,
    looked_up: bool = False,
    start: str = "",
    link_tells: str = "",
    photos: SentPhotos | None = None,
) -> Response:
    """Show the form with all that was typed; `photos` that wait are read from it if not given."""
    photos = photos or _photos()
    page = render_template(
        "sightings/new.html",
        form=form,
        reading=reading,
        looked_up=looked_up,
        start=start if start in _STARTS else _start_of(form, photos),
        link_tells=link_tells,
        duplicates=duplicates_of(db.session, reading, form.address.data) if reading else [],
        title_means=sentence_on(form.title.data.strip(), reading.production) if reading else "",
        photos=photos,
        # What stands between this person and saving, "" if nothing does.
        why_not=refusal(Permission.SUBMIT),
        shell=map_shell(MapKind.PICK),
        # Asking online costs others something: it is for those who are signed in.
        provider=provider() if signed_in_user() else None,
        NO_PIN=NO_PIN,
        OWN_PIN=OWN_PIN,
        OWN_AREA=OWN_AREA,
    )
    response = make_response(page, status)
    # Kept by the sender's own browser, unlike other pages of a session: Back must bring back what was typed.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _photos() -> SentPhotos:
    user = signed_in_user()
    return sent_photos(user, gazetteer()) if user is not None else SentPhotos()


def _start_of(form: FlaskForm, photos: SentPhotos) -> str:
    if photos.waiting:
        return "photo"
    return "type" if form.is_submitted() else "text"


def _own_or_moderated(sighting_id: int) -> Sighting:
    sighting = sighting_by_id(db.session, sighting_id)
    user = current_user()
    if sighting is None or not (sighting.submitted_by_id == user.id or user.is_moderator):
        abort(404)
    return sighting
