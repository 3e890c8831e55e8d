"""What is known beside the text and decides between namesakes: a country, words, a point nearby."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pycountry

from tracker.foundation.errors import InvalidValueError
from tracker.geocoding.reading import Part, read
from tracker.geocoding.sphere import distance_m
from tracker.geocoding.store import Place, Store
from tracker.geocoding.territories import holds_country, with_territories

# A known country or region outranks this much else: 2.0 of standing is a hundredfold population.
_CLEARLY = 2.0
# A namesake right there counts far more than a large one elsewhere; the bonus fades over a day's drive.
_NEAR_BONUS = 4.0
_NEAR_M = 250_000.0
# A place this wide can still stand for a point in it; wider ones cannot.
WIDEST_STAND_IN_M = 45_000.0
_REACH_OF_A_TOWN_M = 40_000.0
_WIDER = 3.0
_AREAS = frozenset({"country", "region"})


@dataclass(frozen=True, slots=True)
class Setting:
    """The context of one query: parts of its text, the only countries allowed, a point to be near to."""

    parts: tuple[Part, ...] = ()
    countries: frozenset[str] = frozenset()
    near: tuple[float, float] | None = None

    def bonus(self, place: Place) -> float:
        """Return what being near the known point adds to a place's score."""
        if self.near is None:
            return 0.0
        return _NEAR_BONUS * math.exp(-distance_m(*self.near, place.lat, place.lon) / _NEAR_M)


def make_setting(
    store: Store, context: str, country: str | None, near: tuple[float, float] | None
) -> Setting:
    """Read the context; `country` is an ISO code, `near` a (lat, lon). A code that is none is an error."""
    codes = {_country_code(country)} if country else set()
    code = _code_in(context)
    if code:
        return Setting(countries=frozenset(codes or {code}), near=near)
    parts = tuple(read(store, context)) if context.strip() else ()
    codes = codes or countries_named(parts, alone=True)
    return Setting(parts=tuple(within(part, codes) for part in parts), countries=frozenset(codes), near=near)


def countries_named(parts: Sequence[Part], *, alone: bool = False) -> set[str]:
    """Return the countries that the parts name beyond doubt ("Georgia" may be a state).

    The first part of a text is its finest: it is a country's name there only if another part lies inside, or
    if it is `alone` in telling where something else is.
    """
    named: set[str] = set()
    for at, part in enumerate(parts):
        code = _clear_country(part)
        inside = (hit.place.country == code for other in parts if other is not part for hit in other.hits)
        if code and (at > 0 or alone or any(inside)):
            named.add(code)
    return named


def within(part: Part, countries: set[str] | frozenset[str]) -> Part:
    """Return the part without its readings in other countries."""
    if not countries:
        return part
    allowed = with_territories(countries)
    return Part(part.text, tuple(hit for hit in part.hits if hit.place.country in allowed), part.loose)


def holds(part: Part, place: Place, *, before: bool = False) -> bool:
    """Tell whether some reading of the part is a place that contains this one, or a town right by it.

    What is written `before` a place is as a rule inside it ("Great Neck, New York"): it must be wider.
    """
    return any(
        _contains(hit.place, place, strictly=before)
        for hit in part.hits
        if not before or hit.place.uncertainty_m >= _WIDER * place.uncertainty_m
    )


def contradicts(part: Part, place: Place) -> bool:
    """Tell whether the part names a country or region, and the place lies in none of them."""
    first = part.hits[0] if part.hits else None
    if first is None or first.mended or first.place.kind not in _AREAS:
        return False
    # "Jersey, Channel Islands": two names of one place.
    return not holds(part, place) and all(hit.place.number != place.number for hit in part.hits)


def _contains(outer: Place, inner: Place, *, strictly: bool) -> bool:
    if outer.kind == "country":
        return holds_country(outer.country, inner.country) and outer.number != inner.number
    if outer.number == inner.number or inner.kind in _AREAS:
        return False
    if outer.kind == "region" and inner.region is not None and not inner.is_landmark:
        return inner.region == outer.number
    is_member = inner.municipality == outer.number
    if outer.kind == "municipality" and inner.municipality is not None and (strictly or is_member):
        return is_member
    # Bath is in Somerset by tradition and beside it by law: what lies within reach is not denied.
    if inner.kind == "municipality" and inner.uncertainty_m > outer.uncertainty_m:
        return False
    reach = outer.uncertainty_m if outer.kind in {"region", "municipality"} else _REACH_OF_A_TOWN_M
    return outer.distance_to(inner) <= max(reach, outer.uncertainty_m)


def _clear_country(part: Part) -> str | None:
    countries = [hit for hit in part.hits if hit.place.kind == "country"]
    if not countries:
        return None
    best = countries[0]
    rivals = [hit for hit in part.hits if hit.place.country != best.place.country]
    return best.place.country if all(best.score - hit.score >= _CLEARLY for hit in rivals) else None


def _code_in(context: str) -> str | None:
    text = context.strip()
    if len(text) not in {2, 3} or not text.isalpha() or not text.isupper():
        return None
    by_two = len(text) == 2
    found = pycountry.countries.get(alpha_2=text) if by_two else pycountry.countries.get(alpha_3=text)
    return str(found.alpha_2) if found else None


def _country_code(country: str) -> str:
    code = country.strip().upper()
    if pycountry.countries.get(alpha_2=code) is None and code != "XK":
        raise InvalidValueError(
            f"{country!r} is no country code. Write two letters of ISO 3166-1, such as NO."
        )
    return code
