"""Read what an online provider answers: geopy's locations as candidates of honest kind and width.

Nominatim's format: https://nominatim.org/release-docs/latest/api/Output/. Of other providers the point is
taken, and where they tell it the box, the country and the kind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from geopy.location import Location  # type: ignore[import-untyped]

from tracker.foundation.errors import InvalidValueError
from tracker.foundation.geo import Point, distance_m
from tracker.foundation.text import clean_line
from tracker.geocoding.candidates import Candidate

# A provider that does not say how far a place reaches has told a point in it, no more.
_UNTOLD_M = 5_000.0
_LEAST_M = 25.0
_BOUNDARIES = {
    "country": "country",
    **dict.fromkeys(("state", "region", "province", "county", "state_district"), "region"),
    **dict.fromkeys(("city", "town", "village", "hamlet", "suburb", "quarter", "borough"), "town"),
}
# By OpenStreetMap's key and value, else by the key alone; https://wiki.openstreetmap.org/wiki/Map_features.
_KINDS = {
    ("railway", "station"): "station",
    ("railway", "halt"): "station",
    ("railway", ""): "railway",
    ("aeroway", "aerodrome"): "airport",
    ("man_made", "bridge"): "bridge",
    ("bridge", ""): "bridge",
    ("tourism", "museum"): "museum",
    ("tourism", ""): "building",
    ("landuse", "quarry"): "quarry",
    ("leisure", "park"): "park",
    ("leisure", "garden"): "park",
    ("leisure", "nature_reserve"): "park",
    ("boundary", "national_park"): "park",
    ("boundary", "protected_area"): "park",
    ("natural", "peak"): "mountain",
    ("natural", "volcano"): "mountain",
    ("natural", "ridge"): "mountain",
    ("natural", "mountain_range"): "mountain",
    ("natural", "water"): "water",
    ("natural", "bay"): "water",
    ("natural", "strait"): "water",
    ("natural", "beach"): "water",
    ("waterway", ""): "water",
    ("amenity", "studio"): "studio",
    ("amenity", ""): "building",
    ("building", ""): "building",
    ("historic", ""): "building",
    ("shop", ""): "building",
    ("office", ""): "building",
    ("highway", "bus_stop"): "point",
    ("highway", ""): "street",
    ("place", "square"): "square",
    ("place", "house"): "building",
    ("place", "island"): "island",
    ("place", "islet"): "island",
    ("place", "country"): "country",
    ("place", "state"): "region",
    ("place", "region"): "region",
    ("place", "county"): "region",
    ("place", "municipality"): "municipality",
    **{("place", kind): "town" for kind in ("city", "town", "village", "hamlet", "suburb", "quarter")},
}
_BOX_ORDERS = {"boundingbox": "snwe", "bbox": "wsen", "extent": "wnes"}
_TOWN_NAMES = ("municipality", "city", "town", "village")
_REGION_NAMES = ("state", "region", "province", "county")


def read_locations(found: Iterable[Location], *, provider: str, licence: str) -> list[Candidate]:
    """Answer the locations as candidates, in the provider's order, each spot once.

    Raises InvalidValueError, TypeError, ValueError or AttributeError where they are not what was expected.
    """
    candidates: dict[str, Candidate] = {}
    for location in found:
        candidate = _read(location, provider=provider, licence=licence)
        candidates.setdefault(candidate.id, candidate)
    return list(candidates.values())


def _read(location: Location, *, provider: str, licence: str) -> Candidate:
    raw = location.raw if isinstance(location.raw, Mapping) else {}
    properties = raw.get("properties")
    told = {**properties, **raw} if isinstance(properties, Mapping) else dict(raw)
    point = Point(float(location.latitude), float(location.longitude))
    address = told.get("address")
    parts = address if isinstance(address, Mapping) else {}
    label = clean_line(str(location.address or ""))[:300]
    name = _words(told.get("name")) or label.partition(",")[0].strip()
    if not name:
        raise InvalidValueError("The answer holds a place without a name.")
    uncertainty, told_reach = _reach(told, point)
    importance = told.get("importance")
    return Candidate(
        id=_id(told, provider, label, point),
        name=name,
        kind=_kind(told) if told_reach else "area",
        country=_country(told, parts),
        region=_first(parts, _REGION_NAMES, but=name),
        municipality=_first(parts, _TOWN_NAMES, but=name),
        lat=point.lat,
        lon=point.lon,
        uncertainty_m=uncertainty,
        confidence=round(min(0.9, max(0.1, importance)), 2) if isinstance(importance, float) else 0.5,
        population=0,
        approximate=False,
        provider=provider,
        why=f"{provider} calls it “{label}”",
        licence=licence,
    )


def _kind(told: Mapping[str, Any]) -> str:
    key = str(told.get("class") or told.get("category") or told.get("osm_key") or "")
    value = str(told.get("type") or told.get("osm_value") or "")
    if key == "place" or "osm_value" in told:
        value = str(told.get("osm_value") or value)
    if (key, value) == ("boundary", "administrative"):
        return _BOUNDARIES.get(str(told.get("addresstype") or ""), "municipality")
    return _KINDS.get((key, value)) or _KINDS.get((key, ""), "area")


def _reach(told: Mapping[str, Any], point: Point) -> tuple[float, bool]:
    """Answer the radius in metres around the point that holds the place's box, and whether one was told."""
    box = _box(told)
    if box is None:
        return _UNTOLD_M, False
    south, west, north, east = box
    corners = [Point(lat, lon) for lat in (south, north) for lon in (west, east)]
    return round(max(_LEAST_M, *(distance_m(point, corner) for corner in corners))), True


def _box(told: Mapping[str, Any]) -> tuple[float, float, float, float] | None:
    """Answer south, west, north, east; each format has an order of its own."""
    for name, order in _BOX_ORDERS.items():
        box = told.get(name)
        if isinstance(box, list) and len(box) == 4:
            side = dict(zip(order, map(float, box), strict=True))
            return side["s"], side["w"], side["n"], side["e"]
    return None


def _country(told: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    """Answer the ISO code, "" where the provider does not tell it."""
    for code in (parts.get("country_code"), told.get("countrycode"), told.get("country_code")):
        if isinstance(code, str) and len(code) == 2 and code.isascii() and code.isalpha():
            return code.upper()
    return ""


def _first(parts: Mapping[str, Any], names: Iterable[str], *, but: str) -> str | None:
    found = (_words(parts.get(name)) for name in names)
    return next((words for words in found if words and words != but), None)


def _words(value: object) -> str:
    return clean_line(value)[:300] if isinstance(value, str) else ""


def _id(told: Mapping[str, Any], provider: str, label: str, point: Point) -> str:
    kind, number = told.get("osm_type"), told.get("osm_id")
    kinds = {"N": "node", "W": "way", "R": "relation"}
    kind = kinds.get(str(kind), kind)
    if kind in kinds.values() and isinstance(number, int):
        return f"{provider}:{kind}/{number}"
    digest = hashlib.sha256(f"{label}|{point.lat:.5f}|{point.lon:.5f}".encode()).hexdigest()
    return f"{provider}:{digest[:24]}"
