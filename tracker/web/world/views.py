"""The world map: its page, the rings and places that it draws, and the names of towns on it."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.errors import InvalidValueError
from tracker.geocoding.labels import towns_in
from tracker.maps.shell import MapKind, map_shell
from tracker.sightings.permits import any_permits
from tracker.web.frame.access import allow
from tracker.web.frame.conditional import json_answer, problem
from tracker.web.frame.gazetteer import gazetteer
from tracker.web.places.asking import FIELDS
from tracker.web.world.cells import world_view
from tracker.web.world.listing import WorldList, fitting_list, list_in_view, whole_list
from tracker.web.world.question import filter_asked, view_asked

# People that a town needs to be named from a zoom on; the map shows fewer than it is given.
_LEAST_PEOPLE = {0: 3_000_000, 4: 1_000_000, 5: 400_000, 6: 150_000, 7: 40_000, 8: 8_000, 9: 500}
_MOST_TOWNS = 80
_A_DAY_S = 86_400
_LARGEST_ID = 2**31 - 1


@allow(Permission.READ)
def page() -> ResponseReturnValue:
    """Show the map and the list beside it; with the header X-Fragment: list only the list of a view."""
    if request.headers.get("X-Fragment") == "list":
        response = make_response(render_template("world/list.html", listed=_listed()))
    else:
        shell = map_shell(MapKind.WORLD)
        typed = urlencode({name: request.args[name] for name in FIELDS if request.args.get(name)})
        cells_url = f"{url_for('world.cells')}?{typed}" if typed else url_for("world.cells")
        response = make_response(
            render_template(
                "world/map.html",
                listed=_listed(),
                shell=shell,
                cells_url=cells_url,
                permits=any_permits(db.session),
            )
        )
    response.vary.add("X-Fragment")
    return response


@allow(Permission.READ)
def cells() -> ResponseReturnValue:
    """Answer what the map draws in a view."""
    try:
        box, zoom = view_asked(request.args)
        asked = filter_asked(db.session, request.args)
    except InvalidValueError as error:
        return problem(400, "This view of the map cannot be read", str(error))
    return json_answer(world_view(db.session, box, zoom, asked.filter if asked else None))


@allow(Permission.READ)
def labels() -> ResponseReturnValue:
    """Answer the largest towns of a view, for their names on the map; none without a gazetteer."""
    try:
        box, zoom = view_asked(request.args)
    except InvalidValueError as error:
        return problem(400, "This view of the map cannot be read", str(error))
    opened = gazetteer()
    if opened is None:
        return json_answer([])
    least = _LEAST_PEOPLE[max(step for step in _LEAST_PEOPLE if step <= zoom)]
    towns = towns_in(opened, box, least_population=least, limit=_MOST_TOWNS)
    names = [
        {"name": town.name, "lat": town.lat, "lon": town.lon, "population": town.population} for town in towns
    ]
    return json_answer(names, max_age_s=_A_DAY_S)


def _listed() -> WorldList:
    asked = filter_asked(db.session, request.args)
    if "bbox" in request.args:
        return list_in_view(db.session, *view_asked(request.args), asked)
    return whole_list(db.session, _after()) if asked is None else fitting_list(db.session, asked, _after())


def _after() -> tuple[str, int] | None:
    """Read where the page before this one ended: the number and the folded name of its last place."""
    text = request.args.get("after", "")
    if not text:
        return None
    number, dash, key = text.partition("-")
    if not (dash and number.isascii() and number.isdigit() and int(number[:12]) <= _LARGEST_ID):
        raise InvalidValueError(
            f"after={text[:40]!r} does not name a place of this list. Begin at its first page."
        )
    return key, int(number[:12])
