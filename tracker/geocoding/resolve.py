"""Resolve what somebody wrote to real places: its parts, their qualifiers, the context; never a false pin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from tracker.geocoding.between import ends_of, on_the_way
from tracker.geocoding.candidates import Answer, Candidate
from tracker.geocoding.ranking import Family, Reading, confidence_of, families, is_ambiguous
from tracker.geocoding.reading import Part, mend_twice, names_a_sight, read
from tracker.geocoding.setting import (
    WIDEST_STAND_IN_M,
    Setting,
    contradicts,
    countries_named,
    holds,
    make_setting,
    within,
)
from tracker.geocoding.store import Hit, Place, Store

_WIDE = frozenset({"country", "region"})
# A town of this size may be meant though the context speaks of another town far away.
_MEANT_ANYWHERE = 50_000
# People needed to trust a mended name, by its slips and by how many words agree (country, region).
_TRUSTED_MENDED = {(1, 0): 200_000, (1, 1): 2_000, (2, 0): 1_000_000, (2, 1): 15_000, (2, 2): 2_000}
# An area this much above its namesake (thirtyfold people) is what its name means as a qualifier.
_FAR_GREATER = 1.5
# A city of this size is meant by its name before the region around it.
_MEANS_ITSELF = 1_000_000
# "Rome, Venice" names two cities; a smaller namesake of what is not listed would be mere chance.
_CITY = 500_000
_SAME_SHOOT_M = 150_000.0
# A qualifier that names a town of this size elsewhere speaks against a reading; a hamlet is mere chance.
_SPEAKS_AGAINST = 10_000
_APPROXIMATE_FACTOR = 2.0
_LEAST_APPROXIMATE_M = 5_000.0


class HasStore(Protocol):
    """Anything that holds an open gazetteer file."""

    @property
    def store(self) -> Store: ...


def resolve(
    gazetteer: HasStore,
    query: str,
    *,
    context: str = "",
    country: str | None = None,
    near: tuple[float, float] | None = None,
    limit: int = 8,
) -> Answer:
    """Return the places that `query` may mean, best first.

    `context` is free text (a country, a region, another place of the same shoot), `country` an ISO 3166-1
    alpha-2 code, `near` a (lat, lon). Countries and regions are hard filters; `near` and other places only
    prefer. Raise `InvalidValueError` when `country` is no code.
    """
    ends = ends_of(query)
    if ends is not None:
        other = resolve(gazetteer, ends[1], context=context, country=country, near=near, limit=1)
        here = (other.pin.lat, other.pin.lon) if other.pin else near
        one = resolve(gazetteer, ends[0], context=context, country=country, near=here, limit=1)
        return on_the_way(query, one, other)
    store = gazetteer.store
    setting = make_setting(store, context, country, near)
    parts = read(store, query)
    if not parts:
        return Answer(query)
    setting = _reconciled(setting, parts, strict=country is not None)
    codes = setting.countries or countries_named(parts)
    parts = [within(part, codes) for part in parts]
    anchor = _anchor(setting)
    if anchor and setting.near is None:
        setting = replace(setting, near=(anchor.lat, anchor.lon))
    readings = [each for each in _readings(parts, setting) if anchor is None or _goes_with(each, anchor)]
    if codes and anchor is None and (not readings or readings[0].approximate) and not parts[0].hits:
        parts = mend_twice(store, parts, frozenset(codes))
        readings = _readings(parts, setting)
    if not readings and anchor is not None:
        readings = [_stand_in(anchor, parts, setting)]
    return _answer(store, query, parts, families(readings), limit)


def _reconciled(setting: Setting, parts: Sequence[Part], *, strict: bool) -> Setting:
    """Let a country that the text itself names prevail over the context's, though not over a demanded one."""
    own = countries_named(parts)
    if strict or not own or own & setting.countries:
        return setting
    kept = tuple(part for part in setting.parts if any(hit.place.country in own for hit in part.hits))
    return Setting(parts=kept, countries=frozenset(own), near=setting.near)


def _readings(parts: Sequence[Part], setting: Setting) -> list[Reading]:
    return [
        reading
        for at, part in enumerate(parts)
        for hit in part.hits
        if (reading := _reading(hit, at, parts, setting)) is not None
    ]


def _reading(hit: Hit, at: int, parts: Sequence[Part], setting: Setting) -> Reading | None:
    """Take the place as the head of the text; see what the other parts say of it, nothing if they deny it."""
    place = hit.place
    before, after = parts[:at], parts[at + 1 :]
    others, around = [*before, *after], [*before, *after, *setting.parts]
    if any(contradicts(part, place) for part in around):
        return None
    agreeing = [part for part in before if holds(part, place, before=True)]
    agreeing += [part for part in (*after, *setting.parts) if holds(part, place)]
    silent = [part for part in others if part not in agreeing]
    # A part before the head named something finer; beside a country, any part that is not understood did.
    finer = [part for part in silent if place.kind in _WIDE or part in before]
    approximate = bool(finer) or parts[at].loose
    if approximate and not _may_stand_in(hit, parts[at], finer):
        return None
    against = [part for part in silent if _speaks_against(part, _CITY if part in finer else _SPEAKS_AGAINST)]
    return Reading(
        hit=hit,
        used=(parts[at].text, *(part.text for part in agreeing)),
        ignored=tuple(part.text for part in silent),
        agreeing=len(agreeing) - len(against),
        score=hit.score + setting.bonus(place),
        approximate=approximate,
    )


def _may_stand_in(hit: Hit, part: Part, finer: Sequence[Part]) -> bool:
    """Tell whether the place may answer for something finer in it that is not listed.

    It must be small, and no far greater area may bear the name: in "Zzyzx, California" no town of Maryland is
    meant. Where a town and its region share the name, an unknown street is in the town; an unknown village is
    anywhere in the region.
    """
    place = hit.place
    if place.uncertainty_m > WIDEST_STAND_IN_M:
        return False
    wide = [other for other in part.hits if _is_wide(other.place) and other.place != place]
    around = [other for other in wide if other.place.number in {place.region, place.municipality}]
    if any(other.score - hit.score > (_FAR_GREATER if other in around else -_FAR_GREATER) for other in wide):
        return False
    is_street = not finer or any(names_a_sight(each.text) for each in finer)
    return is_street or not around or place.population >= _MEANS_ITSELF


def _is_wide(place: Place) -> bool:
    """Tell whether a place is too wide to stand for a point in it, as some counties and provinces are too."""
    return place.kind in _WIDE or (place.kind == "municipality" and place.uncertainty_m > WIDEST_STAND_IN_M)


def _speaks_against(part: Part, people: int) -> bool:
    return any(hit.place.population >= people and not hit.mended for hit in part.hits)


def _anchor(setting: Setting) -> Place | None:
    """Return the one place that the context names, if it is small enough to stand for a point in it."""
    if not setting.parts:
        return None
    ranked = families(_readings(setting.parts, Setting(countries=setting.countries, near=setting.near)))
    if not ranked or ranked[0].head.approximate:
        return None
    place = ranked[0].head.place
    return place if place.uncertainty_m <= WIDEST_STAND_IN_M and place.kind not in _WIDE else None


def _goes_with(reading: Reading, anchor: Place) -> bool:
    place = reading.place
    if place.number == anchor.number or place.distance_to(anchor) <= _SAME_SHOOT_M:
        return True
    return (
        place.kind in {"town", *_WIDE}
        and place.population >= _MEANT_ANYWHERE
        and not reading.approximate
        and not reading.hit.mended
    )


def _stand_in(anchor: Place, parts: Sequence[Part], setting: Setting) -> Reading:
    """Answer with the context's place, when it is known where but not what."""
    return Reading(
        hit=Hit(anchor, own=True),
        used=tuple(part.text for part in setting.parts),
        ignored=tuple(part.text for part in parts),
        agreeing=0,
        score=anchor.standing,
        approximate=True,
    )


def _answer(store: Store, query: str, parts: Sequence[Part], ranked: Sequence[Family], limit: int) -> Answer:
    if not ranked:
        return Answer(query, ignored=tuple(part.text for part in parts))
    best = ranked[0].head
    level = [
        family
        for family in ranked
        if (family.head.agreeing, family.head.approximate) == (best.agreeing, best.approximate)
    ]
    # Where a qualifier speaks against every reading, none may be pinned: Wellington, Somerset is not listed.
    guessed = best.agreeing < 0 or _is_guess(best)
    heads = [(family, family.head) for family in level]
    rest = [(family, reading) for family in level for reading in family.readings[1:]]
    offered = (heads + rest)[:limit]
    areas = {
        area.number: area.name
        for area in store.places(
            number
            for _, reading in offered
            for number in (reading.place.region, reading.place.municipality)
            if number is not None
        )
    }
    return Answer(
        query,
        tuple(_candidate(reading, areas, confidence_of(family, level)) for family, reading in offered),
        ambiguous=guessed or is_ambiguous(level),
        guessed=guessed,
        used=best.used,
        ignored=best.ignored,
    )


def _is_guess(reading: Reading) -> bool:
    """Tell whether the answer rests on mended slips alone: too little else speaks for so small a place.

    A village that is not listed has a listed neighbour in spelling more often than a village is misspelt.
    """
    needed = _TRUSTED_MENDED.get((reading.hit.slips, max(0, min(reading.agreeing, 2))), 0)
    return reading.hit.mended and reading.place.prominence < needed


def _candidate(reading: Reading, areas: dict[int, str], confidence: float) -> Candidate:
    place = reading.place
    uncertainty = place.uncertainty_m
    if reading.approximate:
        uncertainty = max(_APPROXIMATE_FACTOR * uncertainty, _LEAST_APPROXIMATE_M)
    return Candidate(
        id=place.id,
        name=place.name,
        kind=place.kind,
        country=place.country,
        region=areas.get(place.region or 0),
        municipality=areas.get(place.municipality or 0),
        lat=place.lat,
        lon=place.lon,
        uncertainty_m=float(uncertainty),
        confidence=confidence,
        population=place.population,
        approximate=reading.approximate,
        why=_why(reading),
        mended=reading.hit.mended,
    )


def _why(reading: Reading) -> str:
    """Say in words why the place is offered."""
    if reading.hit.mended:
        words = [f"spelt {reading.place.name}"]
    else:
        words = ["its own name" if reading.hit.own else "another of its names"]
    words += [f"agrees with “{text}”" for text in reading.used[1:]]
    if reading.approximate:
        finer = ", ".join(f"“{text}”" for text in reading.ignored) or f"“{reading.used[0]}”"
        words.append(f"stands for {finer}, which is not listed")
    return "; ".join(words)
