"""The page of a place, and its place on the map for programs."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.foundation.geo import Point
from tracker.history.merging import survivor_of
from tracker.maps.shell import MapKind, map_shell
from tracker.places.models import Place
from tracker.places.privacy import public_name, public_shape
from tracker.places.queries import place_by_id, places_near
from tracker.productions.models import Grade
from tracker.productions.photo_queries import photos_at
from tracker.productions.queries import shoots_at
from tracker.sightings.unreviewed import spots_at, unreviewed_at
from tracker.web.exports.map_data import with_shoots
from tracker.web.exports.views import send_place
from tracker.web.frame.access import allow
from tracker.web.frame.conditional import json_answer, problem
from tracker.web.photos.map_points import camera_features
from tracker.web.photos.showing import gallery_of
from tracker.web.places.geojson import Json, collection, feature, right_handed
from tracker.web.places.known import states_on
from tracker.web.places.page import map_url, place_page
from tracker.web.places.public import kind_word, place_url
from tracker.web.places.words import country_name
from tracker.web.productions.known_on import day_asked
from tracker.web.sightings.map_points import delay_rules, unreviewed_features

_LARGEST_ID = 2**31 - 1


@allow(Permission.READ)
def show(place_id: int, slug: str) -> ResponseReturnValue:
    """Show what was shot at a place, how exactly it is known, and what lies near."""
    place = _find(place_id)
    address = place_url(place)
    if address != url_for("places.show", place_id=place_id, slug=slug):
        return redirect(_with_query(address), 301)
    shell = map_shell(MapKind.PLACE) if place.is_located else None
    return render_template(
        "places/show.html",
        page=place_page(db.session, place, as_of=day_asked(), today=today()),
        shell=shell,
        waiting=unreviewed_at(db.session, place),
        country_name=country_name,
        photos=gallery_of(photos_at(db.session, place.id)),
    )


@allow(Permission.READ)
def geojson(place_id: int, slug: str) -> ResponseReturnValue:
    """Answer the place and its neighbours as GeoJSON for the map; with ?download= the shoots as a file.

    Nothing is drawn of a place that is not located.
    """
    place = _find(place_id)
    address = map_url(place)
    if address != url_for("places.geojson", place_id=place_id, slug=slug):
        return redirect(_with_query(address), 301)
    if request.args.get("download"):
        return send_place(place, "geojson")
    try:
        as_of = day_asked()
    except InvalidValueError as error:
        return problem(400, "Not a day", str(error))
    features = _drawn(place, role="place", outline="area", status=_status_at(place, as_of))
    for other, metres in places_near(db.session, place):
        features += _drawn(other, role="neighbour", outline="neighbour-area", distance_m=round(metres))
    features += camera_features(photos_at(db.session, place.id))
    if as_of is None or as_of >= today():
        features += unreviewed_features(spots_at(db.session, place, delay_rules()))
    found = with_shoots(collection(features, name=public_name(place)), place)
    return json_answer(found, "application/geo+json")


def _with_query(address: str) -> str:
    query = request.query_string.decode("ascii", "ignore")
    return f"{address}?{query}" if query else address


def _find(place_id: int) -> Place:
    place = place_by_id(db.session, place_id) if place_id <= _LARGEST_ID else None
    if place is None and place_id <= _LARGEST_ID:
        place = survivor_of(db.session, Place, place_id)
    if place is None:
        raise NotFoundError(f"No place has the number {place_id}. Search for its name instead.")
    return place


def _status_at(place: Place, as_of: date | None) -> str | None:
    """Answer the one status of all shoots at the place as known on a day, None where they differ."""
    replayed = as_of if as_of is not None and as_of < today() else None
    states = states_on(db.session, shoots_at(db.session, [place.id]), replayed)
    found = {state.status.value for state in states if state.grade is not Grade.Z}
    return found.pop() if len(found) == 1 else None


def _drawn(place: Place, *, role: str, outline: str, **more: Any) -> list[Json]:
    if place.public_lat is None or place.public_lon is None:
        return []
    properties = {
        "role": role,
        "id": place.id,
        "name": public_name(place),
        "kind": place.kind.value,
        "kind_word": kind_word(place),
        "uncertainty_m": place.public_uncertainty_m,
        "privacy": place.privacy.value,
        "url": place_url(place),
        **{name: value for name, value in more.items() if value is not None},
    }
    point = {"type": "Point", "coordinates": Point(place.public_lat, place.public_lon).position()}
    features = [feature(point, properties)]
    shape = public_shape(place)
    if shape is not None:
        features.append(feature(right_handed(shape), {**properties, "role": outline}))
    return features
