"""Offer places while somebody types."""

from __future__ import annotations

import math

from tracker.geocoding.candidates import Candidate
from tracker.geocoding.setting import Setting
from tracker.geocoding.store import Place, Store

_LOOKED_AT = 40


def suggest(
    store: Store, folded: str, *, country: str | None, near: tuple[float, float] | None, limit: int
) -> list[Candidate]:
    """Return the most prominent places with a name that begins so, near ones first."""
    if not folded:
        return []
    places = store.beginning(folded, _LOOKED_AT, country.upper() if country else None)
    setting = Setting(near=near)
    places.sort(key=lambda place: -(place.standing + place.fame + setting.bonus(place)))
    return [as_candidate(store, place, why=f"begins with “{folded}”") for place in places[:limit]]


def as_candidate(store: Store, place: Place, *, why: str) -> Candidate:
    """Return a place of the gazetteer as a candidate that nobody asked for by name."""
    numbers = [number for number in (place.region, place.municipality) if number is not None]
    names = {area.number: area.name for area in store.places(numbers)}
    return Candidate(
        id=place.id,
        name=place.name,
        kind=place.kind,
        country=place.country,
        region=names.get(place.region or 0),
        municipality=names.get(place.municipality or 0),
        lat=place.lat,
        lon=place.lon,
        uncertainty_m=float(place.uncertainty_m),
        confidence=round(min(0.9, 0.2 + 0.1 * math.floor(place.standing)), 2),
        population=place.population,
        approximate=False,
        why=why,
    )
