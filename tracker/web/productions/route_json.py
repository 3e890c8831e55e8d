"""The derived route as JSON: the shape that other programs rely on."""

from __future__ import annotations

from typing import Any

from tracker.foundation.dates import DateBound
from tracker.places.models import Place
from tracker.places.privacy import public_name, public_shape
from tracker.productions.knowledge import Contradiction as DateContradiction
from tracker.routes.film import FilmRoute, KnownShoot
from tracker.routes.legs import Leg
from tracker.routes.plan import Lane
from tracker.web.places.geojson import right_handed
from tracker.web.productions.evidence import bound_words, question_of
from tracker.web.productions.scene import in_film_words, plays_told, scene_told
from tracker.web.productions.stops import unsettled

Json = dict[str, Any]


def route_json(film: FilmRoute) -> Json:
    """Answer lanes of clusters, legs and floaters; what is undated; ghosts; contradictions.

    Stops whose order contradicts itself stand on no line: they are listed as `unsettled`.

    `from`, `to`, `after` and `before` are indexes of clusters in the same lane. Days are [least, most] and
    anchors [first, last], both with null for no limit; distances are in metres. `as_of` is the day shown;
    `today` says that it is today's view, in which sources without a date count as well.
    """
    return {
        "production": {"slug": film.production.slug, "title": film.production.title},
        "as_of": film.day.isoformat(),
        "today": film.as_of is None,
        "lanes": [_lane(film, lane) for lane in film.route.lanes],
        "undated": [_stop(film, film.shoots[stop.id]) for stop in film.route.undated],
        "ghosts": [_stop(film, known) for known in film.ghosts],
        "unsettled": [_stop(film, known) for known in unsettled(film)],
        "contradictions": _contradictions(film),
    }


def _lane(film: FilmRoute, lane: Lane) -> Json:
    return {
        "unit": lane.unit,
        "clusters": [
            {
                "ordered": cluster.ordered,
                "stops": [_stop(film, film.shoots[stop.id]) for stop in cluster.stops],
            }
            for cluster in lane.clusters
        ],
        "legs": [_leg(leg) for leg in lane.legs],
        "floaters": [
            {
                "stop": _stop(film, film.shoots[stop.id]),
                "after": list(floater.after),
                "before": list(floater.before),
            }
            for stop, floater in lane.floaters
        ],
    }


def _stop(film: FilmRoute, known: KnownShoot) -> Json:
    place, knowledge = known.place, known.knowledge
    anchor = film.route.anchors.get(known.shoot.id)
    first, last = (anchor.first, anchor.last) if anchor else (None, None)
    return {
        "shoot": known.shoot.id,
        "place": _place(place),
        "start": _bound(knowledge.period.start),
        "end": _bound(knowledge.period.end),
        "anchor": [first.isoformat() if first else None, last.isoformat() if last else None],
        "status": knowledge.status.value,
        "grade": knowledge.grade.value,
        "why_grade": knowledge.assessment.why,
        "sources": knowledge.source_count,
        "plays": list(plays_told(known)),
        "scene": scene_told(film, known.shoot),
        "in_film": (in_film_words(film, known) or "Unknown").lower(),
    }


def _place(place: Place) -> Json:
    """Answer a place; `geometry` is there only where a line or an area is known and open."""
    found: Json = {
        "name": public_name(place),
        "kind": place.kind.value,
        "country": place.country,
        "lat": place.public_lat,
        "lon": place.public_lon,
        "uncertainty_m": place.public_uncertainty_m,
    }
    shape = public_shape(place)
    if shape is not None:
        found["geometry"] = right_handed(shape)
    return found


def _bound(bound: DateBound) -> Json:
    return {
        "text": bound.text,
        "edtf": bound.edtf,
        "earliest": bound.earliest.isoformat() if bound.earliest else None,
        "latest": bound.latest.isoformat() if bound.latest else None,
    }


def _leg(leg: Leg) -> Json:
    return {
        "from": leg.start,
        "to": leg.end,
        "distance_m": None if leg.distance_m is None else round(leg.distance_m),
        "days": list(leg.days),
        "certain": leg.certain,
        "planned": leg.planned,
        "why": leg.why,
    }


def _contradictions(film: FilmRoute) -> list[Json]:
    of_route = [
        {"kind": c.kind, "stops": [stop.id for stop in c.stops], "words": c.words}
        for c in film.route.contradictions
    ]
    of_dates = [
        {"kind": "dates", "stops": [known.shoot.id], "words": _date_words(known, contradiction)}
        for known in film.shoots.values()
        for contradiction in known.knowledge.contradictions
    ]
    of_plays = [
        {"kind": "plays", "stops": [known.shoot.id], "words": _play_words(known)}
        for known in film.shoots.values()
        if len(plays_told(known)) > 1
    ]
    return of_route + of_dates + of_plays


def _play_words(known: KnownShoot) -> str:
    said = ", ".join(f"{answer.value} by {answer.by.who}" for answer in known.knowledge.plays)
    return f"{public_name(known.place)}: what does it play? {said}."


def _date_words(known: KnownShoot, contradiction: DateContradiction) -> str:
    shown, other = contradiction.shown_by.who, contradiction.other_by.who
    return (
        f"{question_of(known, contradiction.field)} {bound_words(contradiction.shown)} by {shown}, "
        f"{bound_words(contradiction.other)} by {other}."
    )
