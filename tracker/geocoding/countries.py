"""The country of a point, for thousands of points: the time zone alone says it nearly everywhere."""

from __future__ import annotations

import tzfpy

from tracker.geocoding.gazetteer import Gazetteer


def country_at(gazetteer: Gazetteer, lat: float, lon: float) -> str:
    """Answer the ISO 3166-1 code of the country at a point, "" at sea; see `whereabouts`."""
    countries = gazetteer.store.countries_of_zone(tzfpy.get_tz(lon, lat))
    if len(countries) == 1:
        return next(iter(countries))
    return gazetteer.locate(lat, lon).country_code
