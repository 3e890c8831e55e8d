"""Asking an online provider for a place, at the press of a button. The page never waits for the provider."""

from __future__ import annotations

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.geocoding.memory import LONGEST, Remembered
from tracker.geocoding.models import AnswerState
from tracker.geocoding.providers import Provider
from tracker.web.frame.access import allow
from tracker.web.frame.geocoding import cascade, provider, remembered, start_search
from tracker.web.frame.limits import limiter
from tracker.web.sightings.place_offer import Offer, offer_places
from tracker.web.sightings.reading import find_production, known_for

_BUSY = "Too many searches are waiting. Wait a minute, then search again."
_EMPTY = "Write where it was, then search."


@allow(Permission.SUBMIT)
@limiter.limit("10 per minute")
def start() -> ResponseReturnValue:
    """Begin a search for `place`: 202 with the address of its answer, or on to the page of it."""
    online = _configured()
    place, title = (request.form.get(name, "")[:LONGEST] for name in ("place", "title"))
    as_json = request.accept_mimetypes.best_match(("text/html", "application/json")) == "application/json"
    question = cascade().question(place)
    if not question.is_askable:
        return _refused(_EMPTY, 400, as_json=as_json)
    if not start_search(online, question):
        return _refused(_BUSY, 429, as_json=as_json)
    if not as_json:
        return redirect(url_for("places.online", place=place, title=title), 303)
    poll = url_for("places.online_json", place=place, title=title)
    return jsonify(poll=poll), 202, {"Location": poll}


@allow(Permission.SUBMIT)
@limiter.limit("240 per minute")
def progress() -> ResponseReturnValue:
    """Answer 202 while the provider is being asked, then what is offered for `place`, with a note."""
    online = _configured()
    known = remembered(online, cascade().question(_asked("place")))
    if _is_running(known):
        return jsonify(state="asking"), 202, {"Retry-After": "1"}
    return jsonify(_offer(online, known).as_record())


@allow(Permission.SUBMIT)
@limiter.limit("240 per minute")
def page() -> ResponseReturnValue:
    """Show how a search goes; reloads by itself until there is an answer."""
    online = _configured()
    known = remembered(online, cascade().question(_asked("place")))
    running = _is_running(known)
    return render_template(
        "sightings/online.html",
        provider=online,
        place=_asked("place"),
        running=running,
        offer=None if running else _offer(online, known),
    )


def _configured() -> Provider:
    online = provider()
    if online is None:
        abort(404, "Places are looked up offline here; no online provider is configured.")
    return online


def _asked(name: str) -> str:
    return request.args.get(name, "")[:LONGEST]


def _is_running(known: Remembered | None) -> bool:
    return known is not None and known.state is AnswerState.ASKING


def _offer(online: Provider, known: Remembered | None) -> Offer:
    title = _asked("title")
    production = find_production(db.session, title) if title else None
    beside = known_for(db.session, _asked("place"), production)
    offer = offer_places(cascade(), _asked("place"), beside, further=True)
    if known is None and offer.query:
        return offer.with_note(f"{online.name} is not being asked for it now. Search again.")
    return offer


def _refused(sentence: str, status: int, *, as_json: bool) -> ResponseReturnValue:
    if as_json:
        return jsonify(error=sentence), status
    return render_template(f"errors/{status}.html", detail=sentence), status
