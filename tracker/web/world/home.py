"""The home page: what this is, the world map, what was learned last, and how sure we are."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.maps.shell import MapKind, map_shell
from tracker.places.listing import count_open, open_places
from tracker.productions.at_places import record_size
from tracker.web.changes.latest import latest_learned
from tracker.web.frame.access import allow
from tracker.web.world.listing import by_country

_LATEST = 7
# As many as can be read below a map; a larger record is listed on the map's own page.
_MOST_LISTED = 200


@allow(Permission.READ)
def index() -> ResponseReturnValue:
    """Show the home page."""
    places = count_open(db.session)
    few = places <= _MOST_LISTED
    return render_template(
        "home/index.html",
        shell=map_shell(MapKind.WORLD),
        size=record_size(db.session),
        latest=latest_learned(db.session, limit=_LATEST),
        countries=by_country(db.session, open_places(db.session, limit=_MOST_LISTED)) if few else (),
    )
