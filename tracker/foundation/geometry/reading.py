"""Reading GeoJSON that somebody pasted or drew: what is wrong is said with its value and the remedy."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

from tracker.foundation.errors import InvalidValueError
from tracker.foundation.geometry.earth import Parts, Ring, stored

Json = dict[str, Any]

MOST_POSITIONS = 2_000
_LONGEST_TEXT = 400_000
_DECIMALS = 6
_DEPTHS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}


class SwappedAxesError(InvalidValueError):
    """When a latitude lies beyond the poles, and would not if it and the longitude were swapped."""


def read_geojson(text: str) -> Json:
    """Answer the shape in a GeoJSON text. A Feature or a FeatureCollection is unwrapped.

    Raises InvalidValueError that says what to mend, SwappedAxesError if the axes seem to be swapped.
    """
    if len(text) > _LONGEST_TEXT:
        raise InvalidValueError(
            f"The GeoJSON has {len(text)} characters; at most {_LONGEST_TEXT} are read. Simplify it."
        )
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise InvalidValueError(f"This is not JSON{line}. Paste the whole text of the GeoJSON.") from None
    return shape_of(found)


def shape_of(found: object) -> Json:
    """Answer the shape in decoded GeoJSON, as it is stored: checked, wound and cut at 180 degrees."""
    family, parts = _gather(_geometries(found))
    count = sum(len(ring) for part in parts for ring in part)
    if count > MOST_POSITIONS:
        raise InvalidValueError(
            f"The shape has {count} positions; at most {MOST_POSITIONS} are kept. Simplify it and try again."
        )
    _check_axes(position for part in parts for ring in part for position in ring)
    return stored(family, parts)


def is_shape(geometry: Json | None) -> bool:
    """Say whether there is more than one point to draw."""
    return geometry is not None and geometry.get("type") != "Point"


def swapped(found: object) -> object:
    """Answer decoded GeoJSON with the first two numbers of every position exchanged."""
    if isinstance(found, dict):
        return {key: _swap(value) if key == "coordinates" else swapped(value) for key, value in found.items()}
    return [swapped(one) for one in found] if isinstance(found, list) else found


def _swap(coordinates: object) -> object:
    if not isinstance(coordinates, list):
        return coordinates
    if len(coordinates) >= 2 and all(isinstance(number, int | float) for number in coordinates):
        return [coordinates[1], coordinates[0], *coordinates[2:]]
    return [_swap(one) for one in coordinates]


def _geometries(found: object, depth: int = 0) -> list[Json]:
    """Unwrap features and collections down to plain geometries."""
    kind = found.get("type") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(kind, str) or depth > 4:
        raise InvalidValueError('This is not GeoJSON: an object with a "type", such as Polygon, is expected.')
    if kind == "Feature":
        return _geometries(found.get("geometry"), depth + 1)
    inner = {"FeatureCollection": "features", "GeometryCollection": "geometries"}.get(kind)
    if inner is not None:
        listed = found.get(inner)
        if not isinstance(listed, list) or not listed:
            raise InvalidValueError(f"The {kind} holds nothing: {inner!r} is empty. Paste one with a shape.")
        return [geometry for one in listed for geometry in _geometries(one, depth + 1)]
    if kind not in _DEPTHS:
        raise InvalidValueError(
            f"{kind[:40]!r} is no shape of a place. Use Point, LineString, Polygon or a Multi form of them."
        )
    return [found]


def _gather(geometries: Sequence[Json]) -> tuple[str, Parts]:
    """Answer "Point", "LineString" or "Polygon", and all parts of it as lists of rings."""
    families = sorted({str(geometry["type"]).removeprefix("Multi") for geometry in geometries})
    if len(families) > 1:
        raise InvalidValueError(
            f"The shapes are of different kinds ({', '.join(families)}). Keep those of one kind."
        )
    parts: Parts = []
    for geometry in geometries:
        kind = str(geometry["type"])
        coordinates = _nested(geometry.get("coordinates"), _DEPTHS[kind], kind)
        parts += _AS_PARTS[kind](coordinates)
    if not parts or not all(parts) or not all(ring for part in parts for ring in part):
        raise InvalidValueError("The shape has no positions. Draw it, or paste one that has some.")
    return families[0], parts


_AS_PARTS: dict[str, Callable[[Any], Parts]] = {
    "Point": lambda c: [[[c]]],
    "MultiPoint": lambda c: [[[one]] for one in c],
    "LineString": lambda c: [[c]],
    "MultiLineString": lambda c: [[one] for one in c],
    "Polygon": lambda c: [c],
    "MultiPolygon": list,
}


def _nested(found: object, depth: int, kind: str) -> Any:
    if not isinstance(found, list):
        raise InvalidValueError(f"The coordinates of the {kind} are not lists of [longitude, latitude].")
    if depth:
        return [_nested(one, depth - 1, kind) for one in found]
    return _position(found)


def _position(found: Sequence[object]) -> list[float]:
    if len(found) < 2 or not all(_is_number(number) for number in found[:2]):
        raise InvalidValueError(
            f"{str(found)[:60]} is not a position. Write [longitude, latitude] in degrees."
        )
    lon, lat = (float(cast(float, number)) for number in found[:2])
    return [round(lon, _DECIMALS), round(lat, _DECIMALS)]


def _is_number(found: object) -> bool:
    if isinstance(found, bool) or not isinstance(found, int | float):
        return False
    # Whole numbers of JSON may be too large for a float.
    return abs(found) < 1e6 and math.isfinite(found)


def _check_axes(positions: Iterator[Sequence[float]]) -> None:
    """Refuse positions off the earth. Longitudes may pass 180 either way, by less than one turn."""
    everything: Ring = [list(position) for position in positions]
    for lon, lat in everything:
        if not -90 <= lat <= 90:
            if all(abs(x) <= 90 and abs(y) <= 180 for x, y in everything):
                raise SwappedAxesError(
                    f"Latitude {lat:g} lies beyond the poles; latitude and longitude seem to be swapped."
                )
            raise InvalidValueError(f"Latitude {lat:g} is not between -90 and 90.")
        if not -540 <= lon <= 540:
            raise InvalidValueError(f"Longitude {lon:g} is not between -180 and 180.")
