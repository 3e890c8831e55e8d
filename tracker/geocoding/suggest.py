"""Offer places while somebody types."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from tracker.geocoding.candidates import Candidate
from tracker.geocoding.folding import beginnings, fold, with_digraphs, without_digraphs
from tracker.geocoding.setting import Setting, holds, make_setting
from tracker.geocoding.store import Place, Store

_LOOKED_AT = 40
_LOOKED_AT_PLAIN = 200
_MOST_PREFERRED = 4
# Where one has been working lately outweighs a tenfold population.
_PREFERRED_BONUS = 1.0
_CONTEXT_BONUS = 3.0


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known beside the beginning of a name.

    `country` (ISO 3166-1 alpha-2) is a hard filter, and so is a country that the free text `context` names
    beyond doubt; a region in it, `near` (lat, lon) and the countries of `prefer` only order.
    """

    country: str | None = None
    near: tuple[float, float] | None = None
    context: str = ""
    prefer: tuple[str, ...] = ()


def suggest(store: Store, folded: str, hints: Hints, *, limit: int) -> list[Candidate]:
    """Return the most prominent places with a name that begins so, those that the hints speak for first."""
    if not folded:
        return []
    setting = make_setting(store, hints.context, None, hints.near)
    only = {hints.country.upper()} if hints.country else set(setting.countries)
    liked = [] if only else _liked(store, hints, setting)
    found: dict[int, tuple[Place, float]] = {}

    codes: list[str | None] = [*sorted(only)] or [None, *liked]
    for form, code in product(beginnings(folded), codes):
        for place, score in store.beginning(form, _LOOKED_AT, code):
            _keep(found, place, score)
    plain = without_digraphs(folded)
    if len(found) < limit and plain != folded:
        for place, score in store.beginning(plain, _LOOKED_AT_PLAIN, codes[0] if only else None):
            if fold(with_digraphs(place.name)).startswith(folded):
                _keep(found, place, score)

    def order(pair: tuple[Place, float]) -> float:
        place, score = pair
        agrees = any(holds(part, place) for part in setting.parts)
        bonus = setting.bonus(place) + (_CONTEXT_BONUS if agrees else 0.0)
        return -(score + bonus + (_PREFERRED_BONUS if place.country in liked else 0.0))

    ranked = [place for place, _ in sorted(found.values(), key=order)[:limit]]
    areas = _areas_of(store, ranked)
    return [_candidate(place, areas, f"begins with “{folded}”") for place in ranked]


def _keep(found: dict[int, tuple[Place, float]], place: Place, score: float) -> None:
    known = found.get(place.number)
    if known is None or known[1] < score:
        found[place.number] = place, score


def _liked(store: Store, hints: Hints, setting: Setting) -> list[str]:
    """Return the countries that are preferred: told, meant by the context, or begun to be typed there."""
    named = [
        hit.place.country
        for part in setting.parts
        for hit in part.hits
        if hit.place.kind in {"country", "region"}
    ]
    begun = fold(hints.context) if hints.context and not named else ""
    if begun:
        named = [place.country for place, _ in store.beginning(begun, _LOOKED_AT) if place.kind == "country"]
    return list(dict.fromkeys([*named[:2], *(code.upper() for code in hints.prefer)]))[:_MOST_PREFERRED]


def as_candidate(store: Store, place: Place, *, why: str) -> Candidate:
    """Return a place of the gazetteer as a candidate that nobody asked for by name."""
    return _candidate(place, _areas_of(store, [place]), why)


def _areas_of(store: Store, places: Sequence[Place]) -> dict[int, str]:
    numbers = [
        number for place in places for number in (place.region, place.municipality) if number is not None
    ]
    return {area.number: area.name for area in store.places(numbers)}


def _candidate(place: Place, areas: dict[int, str], why: str) -> Candidate:
    return Candidate(
        id=place.id,
        name=place.name,
        kind=place.kind,
        country=place.country,
        region=areas.get(place.region or 0),
        municipality=areas.get(place.municipality or 0),
        lat=place.lat,
        lon=place.lon,
        uncertainty_m=float(place.uncertainty_m),
        confidence=round(min(0.9, 0.2 + 0.1 * math.floor(place.standing)), 2),
        population=place.population,
        approximate=False,
        why=why,
    )
