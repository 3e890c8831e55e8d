"""What follows from a shape: a point on it, how far it reaches from there, and a coarser drawing of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from tracker.foundation.geo import Point
from tracker.foundation.geometry.reading import is_shape

Json = dict[str, Any]
# The mean radius of the earth; a sphere is wrong by up to 0.6 %, which is added.
_RADIUS_M = 6_371_009.0
_ROUNDNESS = 1.006


@dataclass(frozen=True, slots=True)
class Representative:
    """A point on a shape, and the metres from there to the shape's farthest position."""

    point: Point
    reach_m: int


def representative(geometry: Json) -> Representative:
    """Answer a point on a stored shape: in the largest area, halfway along the longest line, or a point."""
    whole = shape(geometry)
    lon, lat = _spot(whole)
    point = Point(min(90.0, max(-90.0, lat)), min(180.0, max(-180.0, lon)))
    reach = max(_haversine_m(point, x, y) for x, y in shapely.get_coordinates(whole).tolist())
    return Representative(point, math.ceil(reach * _ROUNDNESS))


def simplified(geometry: Json, *, tolerance_degrees: float) -> Json:
    """Answer a shape with fewer positions, off by no more than the tolerance; for drawing it from afar."""
    if not is_shape(geometry) or geometry["type"] == "MultiPoint":
        return geometry
    coarse = shape(geometry).simplify(tolerance_degrees)
    if coarse.is_empty:
        return geometry
    parts = [orient(part) if part.geom_type == "Polygon" else part for part in shapely.get_parts(coarse)]
    plain = [_lists(mapping(part)["coordinates"]) for part in parts]
    kind = str(geometry["type"])
    return {"type": kind, "coordinates": plain if kind.startswith("Multi") else plain[0]}


def _spot(whole: BaseGeometry) -> tuple[float, float]:
    parts = list(shapely.get_parts(whole))
    kind = parts[0].geom_type
    if kind == "Polygon":
        largest = max(parts, key=lambda part: part.area)
        middle = largest.centroid
        # The middle where it lies well inside; of a crescent, any point inside.
        inside = middle if largest.contains(middle) else largest.representative_point()
        rounded = shapely.transform(inside, lambda xy: xy.round(6))
        chosen = rounded if largest.contains(rounded) else inside
        return float(chosen.x), float(chosen.y)
    if kind == "LineString":
        longest = max(parts, key=lambda part: part.length)
        halfway = longest.interpolate(0.5, normalized=True)
        return float(halfway.x), float(halfway.y)
    middle = shapely.MultiPoint(parts).centroid
    nearest = min(parts, key=lambda part: (part.distance(middle), part.x, part.y))
    return float(nearest.x), float(nearest.y)


def _haversine_m(a: Point, lon: float, lat: float) -> float:
    south, north = math.radians(a.lat), math.radians(lat)
    up = math.sin((north - south) / 2) ** 2
    across = math.sin(math.radians(lon - a.lon) / 2) ** 2
    return 2 * _RADIUS_M * math.asin(min(1.0, math.sqrt(up + math.cos(south) * math.cos(north) * across)))


def _lists(found: Any) -> Any:
    return [_lists(one) for one in found] if isinstance(found, tuple | list) else round(found, 6)
