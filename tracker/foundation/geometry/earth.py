"""From parts as somebody gave them to the shape that is stored: unrolled, checked as a whole, cut at 180."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient
from shapely.validation import explain_validity

from tracker.foundation.errors import InvalidValueError

Json = dict[str, Any]
Ring = list[list[float]]
Parts = list[list[Ring]]

_DECIMALS = 6
_TURN = 360.0


def stored(family: str, parts: Parts) -> Json:
    """Answer the GeoJSON geometry that is kept for parts of a family: Point, LineString or Polygon."""
    if family == "Point":
        return _point(parts)
    if family == "LineString":
        return _line(parts)
    return _polygon(parts)


def unrolled(ring: Sequence[Sequence[float]]) -> Ring:
    """Answer the positions with longitudes that run on across 180: no step is wider than half a turn."""
    found: Ring = [list(ring[0])]
    for lon, lat in ring[1:]:
        before = found[-1][0]
        turned = lon - _TURN * round((lon - before) / _TURN)
        # Half a turn exactly is left as it was typed: either way would be a guess.
        found.append([lon if abs(lon - before) == _TURN / 2 else round(turned, _DECIMALS), lat])
    return found


def _point(parts: Parts) -> Json:
    found = sorted({(_wrapped(lon), lat) for part in parts for ring in part for lon, lat in ring})
    positions = [list(position) for position in found]
    if len(positions) == 1:
        return {"type": "Point", "coordinates": positions[0]}
    return {"type": "MultiPoint", "coordinates": positions}


def _wrapped(lon: float) -> float:
    return lon if -180 <= lon <= 180 else round((lon + 180) % _TURN - 180, _DECIMALS)


def _line(parts: Parts) -> Json:
    lines: list[Ring] = []
    for part in parts:
        line = _without_repeats(unrolled(part[0]))
        if len(line) < 2:
            raise InvalidValueError("A line needs at least two different positions.")
        lines += [_as_lists(piece) for piece in _cut(LineString(line))]
    if len(lines) == 1:
        return {"type": "LineString", "coordinates": lines[0]}
    return {"type": "MultiLineString", "coordinates": lines}


def _polygon(parts: Parts) -> Json:
    whole = [_solid(part, number) for number, part in enumerate(parts, 1)]
    pieces = [_rounded(piece) for one in whole for piece in _cut(one)]
    pieces = [piece for piece in pieces if piece.area > 0]
    if len(pieces) > 1 and not MultiPolygon(pieces).is_valid:
        # Parts that overlap or share a side are one area.
        pieces = [_rounded(piece) for piece in _of_kind(shapely.union_all(pieces), "Polygon")]
    for piece in pieces:
        if not piece.is_valid:
            raise InvalidValueError(
                f"The area is too thin to be kept ({explain_validity(piece)[:80]}). Simplify it there."
            )
    rings = [_rings(orient(piece)) for piece in pieces]
    if len(rings) == 1:
        return {"type": "Polygon", "coordinates": rings[0]}
    return {"type": "MultiPolygon", "coordinates": rings}


def _solid(part: Sequence[Ring], number: int) -> Polygon:
    """Answer one part as a polygon in the plane. Raises InvalidValueError where it is none."""
    where = f"part {number}" if number > 1 else "the area"
    outer, *holes = (_closed(ring, where) for ring in part)
    middle = (min(lon for lon, _ in outer) + max(lon for lon, _ in outer)) / 2
    polygon = Polygon(outer, [_beside(hole, middle) for hole in holes])
    if not polygon.is_valid:
        reason = explain_validity(polygon)
        what, _, at = reason.partition("[")
        lon, _, lat = at.rstrip("]").partition(" ")
        spot = f" at {_short(lat)}, {_short(lon)} (lat, lon)" if lat else ""
        raise InvalidValueError(f"{_said(what, where)}{spot}. Move or remove a corner there.")
    if polygon.area == 0:
        raise InvalidValueError(
            f"The corners of {where} lie on one line. Give it some width, or make it a line."
        )
    return polygon


def _said(what: str, where: str) -> str:
    if "Self-intersection" in what or "Ring Self" in what:
        return f"The outline of {where} crosses or touches itself"
    if "Hole lies outside" in what:
        return f"A hole of {where} lies outside of it"
    if "nested" in what.lower():
        return f"A hole of {where} lies within another hole"
    if "Interior is disconnected" in what:
        return f"The holes of {where} cut it in two"
    return f"{where.capitalize()} is not a sound area ({what.strip()})"


def _short(number: str) -> str:
    try:
        return f"{float(number):.5g}"
    except ValueError:
        return number[:12]


def _closed(ring: Ring, where: str) -> Ring:
    if ring[0] != ring[-1] and not _same_spot(ring[0], ring[-1]):
        raise InvalidValueError(
            f"A ring of {where} is not closed: it begins at {ring[0]} and ends at {ring[-1]}. "
            "Repeat its first position at the end."
        )
    line = _without_repeats(unrolled(ring))
    if line[0] != line[-1]:
        raise InvalidValueError(
            f"The outline of {where} goes around a pole or half the earth. Split it into smaller areas."
        )
    if len(line) < 4:
        raise InvalidValueError(f"A ring of {where} needs at least three different corners.")
    return line


def _same_spot(a: Sequence[float], b: Sequence[float]) -> bool:
    return a[1] == b[1] and (a[0] - b[0]) % _TURN == 0


def _beside(ring: Ring, middle: float) -> Ring:
    """Shift a hole by whole turns to where its outer ring was unrolled to."""
    own = (min(lon for lon, _ in ring) + max(lon for lon, _ in ring)) / 2
    turn = _TURN * round((middle - own) / _TURN)
    return [[round(lon + turn, _DECIMALS), lat] for lon, lat in ring] if turn else ring


def _without_repeats(line: Ring) -> Ring:
    return [line[0], *(b for a, b in pairwise(line) if a != b)]


def _cut(shape: BaseGeometry) -> Iterator[Any]:
    """Answer the pieces of a line or polygon on each side of 180 degrees, brought back to -180 to 180."""
    kind = shape.geom_type
    west, _, east, _ = shape.bounds
    if west >= -180 and east <= 180:
        yield shape
        return
    first = int((west + 180) // _TURN)
    for turn in range(first, int((east + 180) // _TURN) + 1):
        strip = box(-180 + turn * _TURN, -90, 180 + turn * _TURN, 90)
        for piece in _of_kind(shape.intersection(strip), kind):
            yield shapely.transform(piece, lambda xy, by=turn * _TURN: xy - [by, 0])


def _of_kind(shape: BaseGeometry, kind: str) -> list[Any]:
    """Answer the pieces of one kind; touching the meridian in a point leaves bits of other kinds."""
    return [piece for piece in shapely.get_parts(shape) if piece.geom_type == kind and not piece.is_empty]


def _rounded(polygon: Polygon) -> Polygon:
    return shapely.transform(polygon, lambda xy: xy.round(_DECIMALS))


def _rings(polygon: Polygon) -> list[Ring]:
    return [_as_lists(ring) for ring in (polygon.exterior, *polygon.interiors)]


def _as_lists(line: BaseGeometry) -> Ring:
    return [
        [round(float(lon), _DECIMALS) + 0.0, round(float(lat), _DECIMALS) + 0.0] for lon, lat in line.coords
    ]
