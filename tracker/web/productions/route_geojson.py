"""The route as GeoJSON for the map: stops, areas and legs, told apart by their `role`."""

from __future__ import annotations

from typing import Any

from tracker.foundation.dates import describe, describe_short
from tracker.foundation.geo import Point, geodesic
from tracker.places.models import Place
from tracker.places.privacy import public_name, public_shape
from tracker.routes.film import FilmRoute, KnownShoot
from tracker.routes.legs import Leg, Line
from tracker.routes.plan import UNKNOWN_UNIT, Lane
from tracker.routes.words import leg_words
from tracker.web.places.geojson import collection, feature, right_handed
from tracker.web.places.public import kind_word, place_url, where
from tracker.web.productions.scene import in_film_words, plays_told, scene_told
from tracker.web.productions.stops import unit_name, unsettled

Json = dict[str, Any]


def route_geojson(film: FilmRoute) -> Json:
    """Answer a FeatureCollection; coordinates are [lon, lat], legs across 180 degrees are unrolled."""
    features: list[Json] = []
    for lane in film.route.lanes:
        features += _lane(film, lane)
    features += [_stop(film, known, role="floater", lane=None) for known in unsettled(film)]
    features += [
        _stop(film, film.shoots[stop.id], role="undated", lane=stop.unit) for stop in film.route.undated
    ]
    features += [_stop(film, known, role="ghost", lane=known.shoot.unit.value) for known in film.ghosts]
    shown = {f["properties"]["shoot"]: f["properties"] for f in features if "shoot" in f["properties"]}
    shapes = {i: public_shape(film.shoots[i].place) for i in shown}
    features += [_area(shape, shown[i]) for i, shape in shapes.items() if shape is not None]
    return collection(
        features,
        title=film.production.title,
        slug=film.production.slug,
        as_of=film.as_of.isoformat() if film.as_of else None,
    )


def _lane(film: FilmRoute, lane: Lane) -> list[Json]:
    stops = [
        _stop(
            film,
            film.shoots[stop.id],
            role="stop",
            lane=lane.unit,
            number=index + 1,
            ordered=cluster.ordered,
        )
        for index, cluster in enumerate(lane.clusters)
        for stop in cluster.stops
    ]
    floaters = [
        _stop(film, film.shoots[stop.id], role="floater", lane=lane.unit) for stop, _ in lane.floaters
    ]
    legs = [_leg(lane.unit, leg, line) for leg in lane.legs for line in leg.lines]
    return stops + floaters + legs


def _stop(
    film: FilmRoute,
    known: KnownShoot,
    *,
    role: str,
    lane: str | None,
    number: int | None = None,
    ordered: bool = False,
) -> Json:
    place, knowledge = known.place, known.knowledge
    period, shoot = knowledge.period, known.shoot.id
    properties = {
        "role": role,
        "shoot": shoot,
        "number": number,
        "ordered": ordered,
        "bracket": role == "stop" and not ordered,
        "lane": lane,
        "unit_word": unit_name(lane) if lane and lane != UNKNOWN_UNIT else "",
        "name": public_name(place),
        "kind": place.kind.value,
        "kind_word": kind_word(place),
        "where": where(place),
        "country": place.country,
        "status": knowledge.status.value,
        "status_word": knowledge.status.word.capitalize(),
        "planned": known.is_planned,
        "grade": knowledge.grade.value,
        "grade_word": knowledge.grade.word,
        "why_grade": knowledge.assessment.why,
        "plays": list(plays_told(known)),
        "scene": scene_told(film, known.shoot),
        "in_film": in_film_words(film, known),
        "dates": describe(period),
        "dates_short": describe_short(period),
        "earliest": period.start.earliest.isoformat() if period.start.earliest else None,
        "latest": period.end.latest.isoformat() if period.end.latest else None,
        "uncertainty_m": place.public_uncertainty_m,
        "privacy": place.privacy.value,
        "sources": knowledge.source_count,
        "url": place_url(place),
        "anchor_id": f"shoot-{shoot}",
    }
    return feature(_point(place), properties)


def _point(place: Place) -> Json | None:
    if place.public_lat is None or place.public_lon is None:
        return None
    return {"type": "Point", "coordinates": Point(place.public_lat, place.public_lon).position()}


def _leg(lane: str, leg: Leg, line: Line) -> Json:
    geometry = {"type": "LineString", "coordinates": geodesic(line.a, line.b)}
    properties = {
        "role": "leg",
        "lane": lane,
        "unit_word": unit_name(lane),
        "from": leg.start,
        "to": leg.end,
        "from_stop": line.from_stop,
        "to_stop": line.to_stop,
        "certain": leg.certain,
        "planned": line.planned,
        "why": leg.why,
        "distance_m": None if leg.distance_m is None else round(leg.distance_m),
        "words": leg_words(leg),
    }
    return feature(geometry, properties)


def _area(shape: Json, stop: Json) -> Json:
    properties = {"role": "area", **{k: stop[k] for k in ("shoot", "name", "status", "lane")}}
    return feature(right_handed(shape), properties)
