"""How pages speak of places: country names, kinds, and the line under a place's name."""

from __future__ import annotations

from functools import cache

import pycountry

from tracker.sightings.models import Sighting


@cache
def country_name(code: str | None) -> str:
    """Answer the usual English name of a country code; the code itself where it is none, "" without one."""
    if not code:
        return ""
    country = pycountry.countries.get(alpha_2=code)
    if country is None:
        return code
    return str(getattr(country, "common_name", country.name))


def place_line(kind: str, *wider: str | None, country: str | None) -> str:
    """Answer what tells a place from its namesakes: "Municipality, Møre og Romsdal, Norway"."""
    words = [kind.replace("_", " ").capitalize(), *(part for part in wider if part), country_name(country)]
    return ", ".join(dict.fromkeys(word for word in words if word))


def sighting_line(sighting: Sighting) -> str:
    """Answer the line under the name of the place that a sighting's sender chose; "" without one."""
    if sighting.place_kind is None:
        return ""
    wider = (sighting.place_municipality, sighting.place_region)
    others = [part for part in wider if part != sighting.place_name]
    return place_line(sighting.place_kind.value, *others, country=sighting.place_country)
