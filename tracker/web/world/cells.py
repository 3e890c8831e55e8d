"""What the world map draws in a view: rings that count places, or the places themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from tracker.foundation.geo import Box
from tracker.foundation.geometry import simplified
from tracker.places.models import Place
from tracker.places.privacy import public_shape
from tracker.places.queries import MOST_ROWS, CellView, count_in_view, places_by_ids, places_in_view
from tracker.productions.at_places import FilmAt, films_at
from tracker.productions.map_search import count_fitting_in_view, fitting_in_view
from tracker.productions.place_search import PlaceFilter
from tracker.sightings.permits import EXACT_WITHIN_M
from tracker.web.places.geojson import right_handed
from tracker.web.places.public import kind_word, place_url
from tracker.web.productions.shoot_words import film_page_url

# Farther out, neighbouring places would lie on top of each other: rings say more.
ROWS_FROM_ZOOM = 7
_FILMS_NAMED = 6
_TILE = 256

Json = dict[str, Any]


def world_view(session: Session, box: Box, zoom: int, asked: PlaceFilter | None = None) -> Json:
    """Answer the view: `total` places, and `cells` or `places`; with `asked` those that fit alone.

    A cell is {n, lat, lon}, at the middle of its places, with `place` where it holds a single one and few
    places are in view. A place is {id, name, kind, kind_word, country, lat, lon, url, productions,
    production_count}; at most six productions are named. `geometry` is its line or area, if it
    has one, as fine as that zoom shows it. A place that is known only to an area has its reach as `within_m`
    (metres), and `approximate` counts these.
    """
    total, cells = (
        count_in_view(session, box, zoom)
        if asked is None
        else count_fitting_in_view(session, asked, box, zoom)
    )
    head: Json = {"bbox": [box.west, box.south, box.east, box.north], "zoom": zoom, "total": total}
    if total > MOST_ROWS:
        return {"kind": "cells", **head, "cells": [_cell(cell) for cell in cells]}
    if zoom >= ROWS_FROM_ZOOM:
        places = (
            places_in_view(session, box, zoom)
            if asked is None
            else fitting_in_view(session, asked, box, zoom)
        )
        films = films_at(session, [place.id for place in places])
        # The squares reach over the edge of the box; what is told is what lies inside.
        told = _places(places, films, zoom)
        approximate = sum("within_m" in place for place in told)
        return {
            "kind": "places",
            **head,
            "total": len(told),
            "approximate": approximate,
            "places": told,
        }
    single = [cell.member_id for cell in cells if cell.member_id is not None]
    members = places_by_ids(session, single)
    films = films_at(session, single)
    rings = [_cell(cell, members.get(cell.member_id or 0), films) for cell in cells]
    return {"kind": "cells", **head, "cells": rings}


def _places(places: Sequence[Place], films: dict[int, list[FilmAt]], zoom: int) -> list[Json]:
    return [
        {**_place(place, films.get(place.id, [])), **_reach(place), **_shape(place, zoom)} for place in places
    ]


def _reach(place: Place) -> Json:
    within_m = place.public_uncertainty_m or 0
    return {"within_m": within_m} if within_m > EXACT_WITHIN_M else {}


def _shape(place: Place, zoom: int) -> Json:
    shape = public_shape(place)
    if shape is None:
        return {}
    pixel = 360 / (_TILE * 2**zoom)
    return {"geometry": right_handed(simplified(shape, tolerance_degrees=pixel))}


def _cell(cell: CellView, place: Place | None = None, films: dict[int, list[FilmAt]] | None = None) -> Json:
    ring: Json = {"n": cell.n, "lat": round(cell.lat, 5), "lon": round(cell.lon, 5)}
    if place is not None:
        ring["place"] = _place(place, (films or {}).get(place.id, []))
    return ring


def _place(place: Place, films: Sequence[FilmAt]) -> Json:
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind.value,
        "kind_word": kind_word(place),
        "country": place.country,
        "lat": place.public_lat,
        "lon": place.public_lon,
        "url": place_url(place),
        "productions": [
            {"title": film.title, "url": film_page_url(film.slug)} for film in films[:_FILMS_NAMED]
        ],
        "production_count": len(films),
    }
