"""Points as tables write them: two columns or one, degrees or metres; and points that cannot be meant."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass

from tracker.exchange.reading.projected import from_lambert93, is_lambert93
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.geo import Point

LAMBERT = "Lambert-93 metres, converted to degrees"
_NUMBER = r"[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?"
_WKT = re.compile(rf"(?:<[^>]*>\s*)?POINT\s*Z?\s*\(\s*({_NUMBER})\s+({_NUMBER})[^)]*\)", re.IGNORECASE)
_GEOJSON = re.compile(rf'"coordinates"\s*:\s*\[\s*({_NUMBER})\s*,\s*({_NUMBER})')
_PAIR = re.compile(r"[(\[]?\s*([-+]?\d+(?:\.\d+)?)\s*[,; ]\s*([-+]?\d+(?:\.\d+)?)\s*[)\]]?")
_COMMA_PAIR = re.compile(r"([-+]?\d+,\d+)\s*[; ]\s*([-+]?\d+,\d+)")

# Degrees: about 50 km, and as far to the east in middle latitudes.
_OFF = 0.45

# Answers the country code of a point, "" where there is none.
CountryOf = Callable[[Point], str]


@dataclass(frozen=True, slots=True)
class Written:
    """A point as a row has it; `remark` tells how it was read where that is not plain, "" otherwise."""

    point: Point
    remark: str = ""


def read_pair(text: str) -> Written | None:
    """Read one cell: "lat, lon", "Point(lon lat)" (WKT) or a GeoJSON point. None for an empty one."""
    text = text.strip()
    if not text:
        return None
    found = _WKT.search(text) or (_GEOJSON.search(text) if '"Point"' in text else None)
    if found:
        return _checked(found[2], found[1], text)
    found = _PAIR.fullmatch(text) or _COMMA_PAIR.fullmatch(text)
    if not found:
        raise InvalidValueError(f"The point {text[:60]!r} is not “lat, lon” in degrees. Correct or empty it.")
    return _checked(found[1], found[2], text)


def read_columns(lat: str, lon: str) -> Written | None:
    """Read two cells; None when both are empty."""
    lat, lon = lat.strip(), lon.strip()
    if not lat and not lon:
        return None
    return _checked(lat, lon, f"{lat}, {lon}")


def _checked(lat: str, lon: str, shown: str) -> Written | None:
    try:
        y, x = _number(lat), _number(lon)
    except ValueError:
        raise InvalidValueError(
            f"The coordinates {shown[:60]!r} are not two numbers in degrees. Correct or empty both."
        ) from None
    if x == 0 and y == 0:
        # What a missing position becomes in many databases; nobody films in the Gulf of Guinea there.
        return None
    if abs(y) <= 90 and abs(x) <= 180:
        return Written(Point(y, x))
    if is_lambert93(x, y):
        return Written(from_lambert93(x, y), LAMBERT)
    if is_lambert93(y, x):
        return Written(from_lambert93(y, x), f"{LAMBERT}; the two columns are swapped")
    if abs(x) > 360 or abs(y) > 360:
        raise InvalidValueError(
            f"The coordinates {shown[:60]!r} are projected metres or feet of an unknown grid, not degrees. "
            "Convert them to WGS84 degrees."
        )
    if abs(x) <= 90 and abs(y) <= 180:
        raise InvalidValueError(f"The coordinates {shown[:60]!r} seem to be swapped: latitude comes first.")
    raise InvalidValueError(
        f"The coordinates {shown[:60]!r} lie on no map: latitude goes to 90, longitude to 180."
    )


def _number(text: str) -> float:
    if "," in text and "." not in text:
        text = text.replace(",", ".")
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def why_elsewhere(point: Point, country: str, country_of: CountryOf) -> str:
    """Answer what is wrong with a point that lies outside its country, "" if nothing is.

    A point at sea off that country is let pass: bridges, ships and beaches are filmed too.
    """
    there = country_of(point)
    if there == country or (not there and _is_off(point, country, country_of)):
        return ""
    there = there or "no country"
    lat, lon = point.lat, point.lon
    repairs = {
        "with the sign of the longitude turned": (lat, -lon),
        "with the sign of the latitude turned": (-lat, lon),
        "with both signs turned": (-lat, -lon),
        "with latitude and longitude swapped": (lon, lat),
        "swapped, with the sign of the longitude turned": (lon, -lat),
        "swapped, with the sign of the latitude turned": (-lon, lat),
    }
    for words, (y, x) in repairs.items():
        if abs(y) <= 90 and country_of(Point(y, x)) == country:
            return f"{lat:g}, {lon:g} lies in {there}, not in {country}; {words} it would. Correct the cells."
    return f"{lat:g}, {lon:g} lies in {there}, not in {country}. Correct the coordinates or the country."


def _is_off(point: Point, country: str, country_of: CountryOf) -> bool:
    """Tell whether a country's land is within about 50 km of a point at sea."""
    for north, east in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)):
        lat, lon = point.lat + north * _OFF, point.lon + east * _OFF * 1.5
        if abs(lat) <= 90 and abs(lon) <= 180 and country_of(Point(lat, lon)) == country:
            return True
    return False
