"""Places while somebody types one, as JSON for the form."""

from __future__ import annotations

import re
from dataclasses import replace

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.errors import InvalidValueError
from tracker.web.frame.access import allow
from tracker.web.frame.geocoding import cascade
from tracker.web.frame.limits import limiter
from tracker.web.sightings.place_offer import offer_places
from tracker.web.sightings.reading import find_production, known_for

_LONGEST = 300
_FRESH_SECONDS = 60
_COUNTRY = re.compile("[A-Z]{2}")


@allow(Permission.READ)
@limiter.limit("240 per minute")
def candidates() -> ResponseReturnValue:
    """Answer what `q` means or is the beginning of, our own places first.

    `context` and `country` narrow it; the stops of the film `title` order it, and so does `lately`, the
    country of the place that was chosen last.
    """
    asked = ("q", "context", "country", "title", "lately")
    given = {name: request.args.get(name, "")[:_LONGEST] for name in asked}
    production = find_production(db.session, given["title"]) if given["title"] else None
    known = replace(
        known_for(db.session, given["q"], production),
        context=given["context"],
        country=given["country"] or None,
        lately=given["lately"] if _COUNTRY.fullmatch(given["lately"]) else "",
    )
    try:
        offer = offer_places(cascade(), given["q"], known, typing=True)
    except InvalidValueError as error:
        return jsonify(error=str(error)), 400
    answer = jsonify(offer.as_record())
    # Nothing but what is public, though in the order of who asks: going back a letter need not ask again.
    answer.headers["Cache-Control"] = f"private, max-age={_FRESH_SECONDS}"
    answer.vary.add("Cookie")
    return answer
