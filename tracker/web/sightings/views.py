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
from tracker.foundation.errors import InvalidValueError
from tracker.maps.shell import MapKind, map_shell
from tracker.productions.queries import production_by_slug
from tracker.sightings.answering import answer_until, may_answer
from tracker.sightings.models import Sighting
from tracker.sightings.operations import submit
from tracker.sightings.operations import withdraw as take_back
from tracker.sightings.queries import sighting_by_id
from tracker.sightings.thread import thread_of
from tracker.sources.links import read_link
from tracker.web.frame.access import allow
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
from tracker.web.photos.with_sightings import photos_with
from tracker.web.places.words import sighting_line
from tracker.web.productions.titles import sentence_on
from tracker.web.sightings.form import SightingForm
from tracker.web.sightings.place_offer import NO_PIN, OWN_PIN
from tracker.web.sightings.reading import Reading, draft_from, duplicates_of, read_form, read_period
from tracker.web.sightings.standing import standing_of

_STARTS = ("text", "link", "photo", "map", "type")


@allow(Permission.TELL)
@limiter.limit("20 per minute", methods=["POST"])
def new() -> ResponseReturnValue:
    """Show the form; read it, show what was understood, and save what its sender has seen.

    Without an account the same fields make a note.
    """
    return to_note() if signed_in_user() is None else _new()


def _new() -> ResponseReturnValue:
    form = SightingForm()
    slug = request.args.get("production")
    if not form.is_submitted():
        linked = production_by_slug(db.session, slug) if slug else None
        if linked is not None:
            form.title.data = linked.title
        return form_page(form, None, start=fill_from_note(form))
    photos = sent_photos(current_user(), gazetteer())
    if request.form.get("start"):
        return _started(form, request.form["start"])
    if request.form.get("use_when"):
        form.when.data = request.form["use_when"]
    if request.form.get("look_up"):
        return _looked_up(form, slug)
    sending.fill(form, photos)
    sending.check(photos)
    is_sound = form.validate()
    reading = read_form(db.session, form, cascade(), slug=slug)
    if not is_sound or form.errors or photos.errors:
        form.form_errors.extend(photos.errors)
        return form_page(form, reading, 422, photos=photos)
    if not reading.is_confirmed or request.form.get("use_when"):
        return form_page(form, reading, photos=photos)
    sending.keep_files(photos, by=current_user())
    begin_writing(db.session)
    draft = draft_from(form, reading)
    sighting = submit(db.session, draft, by=current_user(), on_land=on_land(), hold=held_back_now)
    sending.save(db.session, sighting, photos, by=current_user())
    close_its_note(sighting)
    db.session.commit()
    sending.forget(photos, current_user())
    return redirect(url_for("sightings.show", sighting_id=sighting.id), 303)


@allow(Permission.SUBMIT)
def show(sighting_id: int) -> ResponseReturnValue:
    """Show a sighting to its sender and to moderators; to anybody else it does not exist."""
    sighting = _own_or_moderated(sighting_id)
    user = current_user()
    return render_template(
        "sightings/show.html",
        sighting=sighting,
        standing=standing_of(sighting),
        meaning=meaning(sighting.period),
        where=sighting_line(sighting),
        is_own=sighting.submitted_by_id == user.id,
        answer_until=answer_until(sighting),
        can_answer=may_answer(sighting, user),
        thread=thread_of(db.session, sighting.id, with_notes=False),
        photos=photos_with(db.session, sighting),
    )


@allow(Permission.SUBMIT)
def withdraw(sighting_id: int) -> ResponseReturnValue:
    """Take one's own sighting back while it waits."""
    begin_writing(db.session)
    sighting = _own_or_moderated(sighting_id)
    take_back(db.session, sighting, by=current_user())
    db.session.commit()
    flash("Withdrawn. Nothing of it is published.")
    return redirect(url_for("sightings.show", sighting_id=sighting_id), 303)


@allow(Permission.SUBMIT)
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
    photos = photos or sent_photos(current_user(), gazetteer())
    page = render_template(
        "sightings/new.html",
        form=form,
        reading=reading,
        looked_up=looked_up,
        start=start if start in _STARTS else _start_of(form, photos),
        link_tells=link_tells,
        duplicates=duplicates_of(db.session, reading) if reading else [],
        title_means=sentence_on(form.title.data.strip(), reading.production) if reading else "",
        photos=photos,
        shell=map_shell(MapKind.PICK),
        provider=provider(),
        NO_PIN=NO_PIN,
        OWN_PIN=OWN_PIN,
    )
    response = make_response(page, status)
    # Kept by the sender's own browser, unlike other pages of a session: Back must bring back what was typed.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


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
