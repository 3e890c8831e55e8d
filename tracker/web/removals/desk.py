"""The removal desk: requests by deadline, and the decisions on them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.models import User
from tracker.accounts.permissions import Permission
from tracker.config import Settings
from tracker.extensions import db
from tracker.foundation.clock import now
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import InvalidValueError, NotAllowedError, NotFoundError, TrackerError
from tracker.places.models import Privacy
from tracker.places.privacy import public_name
from tracker.sightings.removal_desk import confirm, grant, refuse, send_back
from tracker.sightings.removals import (
    UNDECIDED,
    Removal,
    RemovalState,
    contacts_of,
    hidden_lately,
    hide,
    place_of_removal,
    removal_by_id,
    removals_in,
)
from tracker.web.frame.access import allow
from tracker.web.frame.ages import age_in_words, span_in_words
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.signed_in import current_user
from tracker.web.photos.folders import remove_unneeded
from tracker.web.places.public import place_url

_DONE = (RemovalState.GRANTED, RemovalState.KEPT)


@dataclass(frozen=True, slots=True)
class RequestWords:
    """One request as the desk shows it. `name` is what the public reads today."""

    removal: Removal
    name: str
    url: str
    asked: str
    left: str
    contact: str
    own_decision: bool


@allow(Permission.REMOVE)
def index() -> ResponseReturnValue:
    """Show the requests: what is not hidden yet first, then by deadline; with ?done=1 what was decided."""
    return _page()


@allow(Permission.REMOVE)
def decide(removal_id: int) -> ResponseReturnValue:
    """Hide, grant, refuse, agree with a refusal, or send it back."""
    begin_writing(db.session)
    removal = removal_by_id(db.session, removal_id, hold=True) if removal_id <= LARGEST_ID else None
    if removal is None:
        raise NotFoundError(f"No request for removal has the number {removal_id}.")
    try:
        told, files = _carry_out(removal, request.form.get("action", ""), current_user())
        db.session.commit()
    except TrackerError as error:
        db.session.rollback()
        return _page(refused=(removal_id, str(error), request.form.get("words", ""))), _status(error)
    remove_unneeded(db.session, files)
    flash(told)
    return redirect(url_for("removals.desk"), 303)


def _carry_out(removal: Removal, action: str, by: User) -> tuple[str, list[str]]:
    """Do what the button says; answer what to tell the moderator, and the files to remove afterwards."""
    if action == "grant":
        return "Granted. The place stays hidden, its photos are gone, its history is blank.", _grant(
            removal, by
        )
    return _keep(removal, action, by), []


def _grant(removal: Removal, by: User) -> list[str]:
    return grant(
        db.session,
        removal,
        by=by,
        words=request.form.get("words", ""),
        name=request.form.get("name", ""),
        privacy=Privacy.PRIVATE if request.form.get("privacy") == "private" else Privacy.OBSCURED,
        texts_too=bool(request.form.get("texts")),
    )


def _keep(removal: Removal, action: str, by: User) -> str:
    words = request.form.get("words", "")
    if action == "hide":
        hide(db.session, removal, by=by)
        return "Obscured: everybody sees the cell alone."
    if action == "refuse":
        refuse(db.session, removal, by=by, words=words)
        return "Refused. The place stays hidden until a second moderator agrees."
    if action == "confirm":
        confirm(db.session, removal, by=by)
        return "Agreed. The place shows as before."
    if action == "back":
        send_back(db.session, removal, by=by)
        return "Back on the desk: it waits for a decision again."
    raise InvalidValueError("Choose what to do with the request.")


def _status(error: TrackerError) -> int:
    if isinstance(error, InvalidValueError):
        return 422
    return 403 if isinstance(error, NotAllowedError) else 409


def _page(refused: tuple[int, str, str] = (0, "", "")) -> str:
    settings: Settings = current_app.config["SETTINGS"]
    is_done = bool(request.args.get("done"))
    found = removals_in(db.session, _DONE if is_done else UNDECIDED)
    contacts = contacts_of(db.session, [removal.id for removal in found])
    user = current_user()
    return render_template(
        "removals/desk.html",
        requests=[_words(removal, contacts.get(removal.id, ""), user) for removal in found],
        unhidden=sum(1 for one in found if one.place_id is not None and one.hidden_at is None),
        lately=hidden_lately(db.session, now()),
        most=settings.removals_hidden_per_hour,
        is_done=is_done,
        refused=refused,
    )


def _words(removal: Removal, contact: str, user: User) -> RequestWords:
    place = place_of_removal(db.session, removal)
    return RequestWords(
        removal=removal,
        name=public_name(place) if place else removal.page or "no page named",
        url=place_url(place) if place else removal.page,
        asked=age_in_words(removal.asked_at),
        left="" if removal.is_overdue else span_in_words(removal.deadline - now()),
        contact=contact,
        own_decision=removal.decided_by_id == user.id,
    )
