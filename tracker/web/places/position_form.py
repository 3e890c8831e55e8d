"""Where a place is, as the edit form sends it: read with the error at the field that caused it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from tracker.foundation.errors import InvalidValueError
from tracker.foundation.geo import Point, distance_m
from tracker.foundation.geometry import (
    SwappedAxesError,
    read_geojson,
    representative,
    shape_from_vertices,
    shape_of,
    swapped,
    vertices_of,
)
from tracker.places.editing import Position
from tracker.places.models import Place

NOWHERE, POINT, LINE, AREA = "", "point", "line", "area"
FIELDS = ("shape", "lat", "lon", "uncertainty_m", "vertices", "geojson", "swap")
YES, NO = "yes", "no"

_NUMBER = re.compile(r"[-+]?\d{1,10}([.,]\d{1,20})?\Z", re.ASCII)
# So far from where the place stood, the axes may be swapped; if swapped it lies within so near.
_SUSPICIOUS_M, _PLAUSIBLE_M = 500_000, 200_000

Json = dict[str, Any]


class FieldError(InvalidValueError):
    """When one field of the form cannot be read; `field` is its name."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


def position_values(place: Place) -> dict[str, str]:
    """Answer where a place is as the fields of the form hold it."""
    kind = str((place.geometry or {}).get("type", ""))
    shape = LINE if kind.endswith("LineString") else AREA if kind.endswith("Polygon") else NOWHERE
    return {
        "shape": shape or (POINT if place.lat is not None else NOWHERE),
        "lat": _degrees(place.lat),
        "lon": _degrees(place.lon),
        "uncertainty_m": "" if place.uncertainty_m is None else str(place.uncertainty_m),
        "vertices": vertices_of(place.geometry),
        "geojson": "",
        "swap": "",
    }


def position_in(values: Mapping[str, str], before: Point | None) -> Position:
    """Answer the position that the fields describe; pasted GeoJSON counts before all else.

    Raises FieldError. Its field is "swap" where latitude and longitude seem to be exchanged: the answer to
    that question is the field "swap" of the next attempt.
    """
    if values["geojson"].strip():
        return _asked(values, before, "geojson", _pasted)
    if values["shape"] in (LINE, AREA):
        return _asked(values, before, "vertices", _listed)
    if values["shape"] == POINT:
        return _asked(values, before, "lat", _typed)
    return Position()


def _asked(
    values: Mapping[str, str],
    before: Point | None,
    field: str,
    read: Callable[[Mapping[str, str], bool], Position],
) -> Position:
    """Read a position as it is written, unless the sender said that the axes are swapped; ask if in doubt."""
    try:
        if values["swap"] == YES:
            return read(values, True)
        position = read(values, False)
    except SwappedAxesError as error:
        raise FieldError("swap", str(error)) from None
    except FieldError:
        raise
    except InvalidValueError as error:
        raise FieldError(field, str(error)) from None
    if values["swap"] != NO and before is not None and _looks_swapped(position, before):
        raise FieldError(
            "swap",
            "This lies far from where the place was. With latitude and longitude swapped it would lie near.",
        )
    return position


def _looks_swapped(position: Position, before: Point) -> bool:
    spot = representative(position.shape).point if position.shape else position.point
    if spot is None or not -90 <= spot.lon <= 90:
        return False
    mirrored = Point(spot.lon, spot.lat)
    return distance_m(spot, before) > _SUSPICIOUS_M and distance_m(mirrored, before) < _PLAUSIBLE_M


def _pasted(values: Mapping[str, str], swap: bool) -> Position:
    text = values["geojson"]
    shape = _swapped_text(text) if swap else read_geojson(text)
    if shape["type"] == "Point":
        lon, lat = shape["coordinates"]
        return Position(point=Point(lat, lon), uncertainty_m=_metres(values))
    return Position(shape=shape)


def _swapped_text(text: str) -> Json:
    try:
        return shape_of(swapped(json.loads(text)))
    except (ValueError, RecursionError):
        # Says what is wrong with the text itself.
        return read_geojson(text)


def _listed(values: Mapping[str, str], swap: bool) -> Position:
    return Position(shape=shape_from_vertices(values["vertices"], area=values["shape"] == AREA, swap=swap))


def _typed(values: Mapping[str, str], swap: bool) -> Position:
    names = ("lon", "lat") if swap else ("lat", "lon")
    lat, lon = (_number(values, name) for name in names)
    if not -90 <= lat <= 90:
        if -180 <= lat <= 180 and -90 <= lon <= 90 and not swap:
            raise SwappedAxesError(
                f"Latitude {lat:g} lies beyond the poles; latitude and longitude seem to be swapped."
            )
        raise FieldError("lat", f"Latitude {lat:g} is not between -90 and 90.")
    if not -180 <= lon <= 180:
        raise FieldError("lon", f"Longitude {lon:g} is not between -180 and 180.")
    return Position(point=Point(lat, lon), uncertainty_m=_metres(values))


def _number(values: Mapping[str, str], name: str) -> float:
    text = values[name].strip().removesuffix("°").replace("\N{MINUS SIGN}", "-")
    if not text:
        raise FieldError(name, "Write degrees, such as 62.5671, or choose that it is not located.")
    if not _NUMBER.match(text):
        raise FieldError(name, f"{text[:40]!r} is not a number of degrees. Write it such as 62.5671.")
    return float(text.replace(",", "."))


def _metres(values: Mapping[str, str]) -> int | None:
    text = values["uncertainty_m"].strip().removesuffix("m").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise FieldError("uncertainty_m", f"{text[:40]!r} is not a whole number of metres, such as 250.")
    return int(text)


def _degrees(degrees: float | None) -> str:
    return "" if degrees is None else f"{degrees:.6f}".rstrip("0").rstrip(".")
