"""Places while somebody types one, as JSON for the form."""

from __future__ import annotations

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.errors import InvalidValueError
from tracker.web.frame.access import allow
from tracker.web.frame.geocoding import cascade
from tracker.web.frame.limits import limiter
from tracker.web.sightings.place_offer import offer_places
from tracker.web.sightings.reading import find_production, stops_of

_LONGEST = 300


@allow(Permission.SUBMIT)
@limiter.limit("240 per minute")
def candidates() -> ResponseReturnValue:
    """Answer what `q` may mean; `context` and `country` narrow it, the stops of the film `title` order it."""
    given = {name: request.args.get(name, "")[:_LONGEST] for name in ("q", "context", "country", "title")}
    production = find_production(db.session, given["title"]) if given["title"] else None
    try:
        offer = offer_places(
            cascade(),
            given["q"],
            stops=stops_of(db.session, production),
            context=given["context"],
            country=given["country"] or None,
        )
    except InvalidValueError as error:
        return jsonify(error=str(error)), 400
    return jsonify(offer.as_record())
