"""Leaving a note without an account, and following it by its secret link."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.maps.shell import MapKind, map_shell
from tracker.places.privacy import public_name
from tracker.places.queries import place_by_id
from tracker.productions.queries import production_by_slug
from tracker.sightings.notes import leave_note, note_by_secret
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.network import network_of_request
from tracker.web.frame.open_form import LIMITS
from tracker.web.frame.subject_pages import matched
from tracker.web.notes.form import NoteForm, draft_of


@allow(Permission.TELL)
@limiter.limit(LIMITS, key_func=network_of_request, methods=["POST"])
def new() -> ResponseReturnValue:
    """Show the form of a note and keep what is sent from it."""
    form = NoteForm()
    if not form.is_submitted():
        _fill(form)
        return _page(form)
    if not form.validate():
        return _page(form, 422)
    begin_writing(db.session)
    try:
        _, secret = leave_note(db.session, draft_of(form), network=network_of_request())
    except InvalidValueError as error:
        db.session.rollback()
        form.note.errors = [str(error)]
        return _page(form, 422)
    db.session.commit()
    return redirect(url_for("notes.follow", secret=secret), 303)


def filled() -> Response:
    """Show the form of a note with what was posted by another form; nothing is kept yet."""
    return _page(NoteForm())


@allow(Permission.TELL)
@limiter.limit("60 per minute", key_func=network_of_request)
def follow(secret: str) -> ResponseReturnValue:
    """Show a note to whoever has its secret link."""
    note = note_by_secret(db.session, secret)
    if note is None:
        raise NotFoundError("No note has this link. Check that it was copied to its end.")
    return unlisted(render_template("notes/follow.html", note=note))


def unlisted(page: str, status: int = 200) -> Response:
    """Answer a page that only its link leads to: no cache, search engine or other site gets to know of it."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _fill(form: NoteForm) -> None:
    """Fill in what the page says from which somebody comes."""
    form.page.data = request.args.get("page", "")
    endpoint, values = matched(form.page.data)
    slug = request.args.get("production") or (
        values.get("slug", "") if endpoint == "productions.show" else ""
    )
    film = production_by_slug(db.session, slug) if slug else None
    if film is not None:
        form.title.data = film.title
    place = place_by_id(db.session, values["place_id"]) if endpoint == "places.show" else None
    if place is not None:
        form.place.data = public_name(place)


def _page(form: NoteForm, status: int = 200) -> Response:
    page = render_template("notes/new.html", form=form, shell=map_shell(MapKind.PICK))
    response = make_response(page, status)
    # Kept by the sender's own browser: Back must bring back what was typed.
    response.headers["Cache-Control"] = "private, no-cache"
    return response
