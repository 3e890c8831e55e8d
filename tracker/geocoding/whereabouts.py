"""Where on Earth a point is: the nearest town, what holds it, and the time zone; offline.

The time zones' outlines (timezone-boundary-builder, ODbL, through tzfpy) follow borders, so the zone says the
country; the nearest town alone would put half of Tornio into Sweden. Few zones are shared by countries
(Serbia and Kosovo): there the nearest town in one of them decides.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import tzfpy

from tracker.foundation.errors import InvalidValueError
from tracker.geocoding.sphere import distance_m
from tracker.geocoding.store import Place, Store

_AT_SEA = "Etc/"
_ANTARCTIC = "Antarctica/"
# The outlines are simplified: what is so near a town is no open sea.
_ASHORE_M = 3_000.0
_FARTHEST_TOWN_M = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Near:
    """A place with the distance to its point, in metres."""

    place: Place
    distance_m: float

    def as_record(self) -> dict[str, object]:
        """Return plain values, ready for JSON."""
        place = self.place
        return {"id": place.id, "name": place.name, "kind": place.kind, "distance_m": round(self.distance_m)}


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What is known of a point (WGS84 degrees, -180 <= lon < 180).

    At sea there is a time zone and nothing else. `country_code` is ISO 3166-1 alpha-2, "" where there is
    none; `country` is None too where the gazetteer lists nobody (Antarctica). `municipality` and `region` are
    the nearest town's, left out where the point lies farther off than they reach.
    """

    lat: float
    lon: float
    time_zone: str
    at_sea: bool
    country_code: str = ""
    town: Near | None = None
    municipality: Near | None = None
    region: Near | None = None
    country: Near | None = None

    def as_record(self) -> dict[str, object]:
        """Return plain values, ready for JSON."""
        record: dict[str, object] = {
            "lat": self.lat,
            "lon": self.lon,
            "time_zone": self.time_zone,
            "at_sea": self.at_sea,
            "country_code": self.country_code,
        }
        for name in ("town", "municipality", "region", "country"):
            near: Near | None = getattr(self, name)
            record[name] = near.as_record() if near else None
        return record


def locate(store: Store, lat: float, lon: float) -> Whereabouts:
    """Return what is known of a point; `lon` may pass 180 degrees, it is wrapped.

    Raise `InvalidValueError` when the numbers are no point on Earth.
    """
    if not (math.isfinite(lat) and math.isfinite(lon) and -90 <= lat <= 90 and -540 <= lon <= 540):
        raise InvalidValueError(f"{lat}, {lon} is no point. Write latitude -90 to 90, longitude -180 to 180.")
    lon = (lon + 180) % 360 - 180
    zone = tzfpy.get_tz(lon, lat)
    if zone.startswith(_AT_SEA) or not zone:
        shore = store.nearest(lat, lon, "town", 1, within_m=_ASHORE_M)
        if not shore:
            return Whereabouts(lat, lon, zone, at_sea=True)
        countries = frozenset({shore[0].country})
    else:
        countries = store.countries_of_zone(zone)
    if zone.startswith(_ANTARCTIC):
        return Whereabouts(lat, lon, zone, at_sea=False, country_code="AQ")
    towns = store.nearest(lat, lon, "town", 1, within_m=_FARTHEST_TOWN_M, countries=countries)
    code = next(iter(countries)) if len(countries) == 1 else towns[0].country if towns else ""
    country = store.country(code) if code else None
    if not towns:
        return Whereabouts(lat, lon, zone, False, code, country=_near(country, lat, lon))
    town = towns[0]
    areas = {area.number: area for area in store.places(n for n in (town.municipality, town.region) if n)}
    return Whereabouts(
        lat,
        lon,
        zone,
        at_sea=False,
        country_code=code,
        town=_near(town, lat, lon),
        municipality=_holding(areas.get(town.municipality or 0), lat, lon),
        region=_holding(areas.get(town.region or 0), lat, lon),
        country=_near(country, lat, lon),
    )


def _near(place: Place | None, lat: float, lon: float) -> Near | None:
    return Near(place, distance_m(lat, lon, place.lat, place.lon)) if place else None


def _holding(area: Place | None, lat: float, lon: float) -> Near | None:
    """Return the area with its distance, if it may hold the point."""
    near = _near(area, lat, lon)
    return near if near and near.distance_m <= near.place.uncertainty_m else None
