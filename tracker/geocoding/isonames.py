"""Names of countries and regions in many languages.

From the iso-codes in pycountry (LGPL 2.1) and, for countries, the CLDR in Babel (Unicode licence).
"""

from __future__ import annotations

import gettext
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import pycountry
from babel import Locale, localedata
from rapidfuzz import fuzz

from tracker.geocoding.folding import fold
from tracker.geocoding.kindwords import bare_names

# Two names of one region in two languages look alike (Toscana, Tuscany); below this they do so by chance.
_ALIKE = 70.0
_COUNTRIES_WITH_LETTERS = frozenset({"US", "CA", "AU"})
# ISO 3166-2 puts a second name in brackets: "Catalunya [Cataluña]".
_BRACKETS = re.compile(r"\s*[\[\]]\s*")


def translators(domain: str) -> Iterator[Callable[[str], str]]:
    """Yield one translating function for each language that `domain` ("iso3166-1") is translated to."""
    for folder in sorted(Path(pycountry.LOCALES_DIR).iterdir()):
        if folder.joinpath("LC_MESSAGES", f"{domain}.mo").exists():
            yield gettext.translation(domain, pycountry.LOCALES_DIR, languages=[folder.name]).gettext


def region_names(regions: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the other names of GeoNames regions, given as code ("NO.08") and English name.

    An ISO subdivision is a region of GeoNames when one of its names is, or when each is most like the other.
    """
    languages = list(translators("iso3166-2"))
    by_country: dict[str, dict[str, str]] = defaultdict(dict)
    for code, name in regions.items():
        by_country[code.partition(".")[0]][code] = name
    found: dict[str, list[str]] = {}
    for country, names in by_country.items():
        subdivisions = {
            part.code: distinct(
                name
                for whole in (part.name, *(translate(part.name) for translate in languages))
                for name in (whole, *_BRACKETS.split(whole))
            )
            for part in pycountry.subdivisions.get(country_code=country) or []  # type: ignore[no-untyped-call]
        }
        for code, iso_code in _pairs(names, subdivisions):
            found.setdefault(code, []).extend(subdivisions[iso_code] + _postal_letters(iso_code))
    return found


def country_names() -> dict[str, list[str]]:
    """Return the short names of each country (ISO 3166-1 alpha-2) in all languages of the CLDR."""
    found: dict[str, list[str]] = defaultdict(list)
    for identifier in sorted(localedata.locale_identifiers()):
        if "_" not in identifier:
            for code, name in Locale.parse(identifier).territories.items():
                found[code].append(name)
    return {code: distinct(names) for code, names in found.items() if len(code) == 2}


def distinct(names: Iterable[str]) -> list[str]:
    """Return the names without repeats and empty ones, in their order."""
    return list(dict.fromkeys(name for name in names if name))


def _pairs(regions: Mapping[str, str], subdivisions: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    by_form = {form: code for code, name in regions.items() for form in _forms(name)}
    left = set(regions)
    rest: dict[str, list[str]] = {}
    for iso_code, names in subdivisions.items():
        code = next((by_form[form] for name in names for form in _forms(name) if form in by_form), None)
        if code is None:
            rest[iso_code] = names
        else:
            left.discard(code)
            yield code, iso_code
    likeness = {
        (code, iso_code): max(fuzz.ratio(_bare(regions[code]), _bare(name)) for name in names)
        for iso_code, names in rest.items()
        for code in left
    }
    rivals: dict[str, list[float]] = defaultdict(list)
    for pair, score in likeness.items():
        for one in pair:
            rivals[one].append(score)
    for (code, iso_code), score in likeness.items():
        others = rivals[code] + rivals[iso_code]
        # The pair itself stands once in each of the two lists.
        if score >= _ALIKE and score == max(others) and others.count(score) == 2:
            yield code, iso_code


def _forms(name: str) -> list[str]:
    folded = fold(name)
    return [folded, *bare_names(folded)]


def _bare(name: str) -> str:
    return _forms(name)[-1]


def _postal_letters(iso_code: str) -> list[str]:
    """Return the letters by which addresses name a state or province: "NC", and "N C" as "N.C." folds."""
    country, _, letters = iso_code.partition("-")
    if country not in _COUNTRIES_WITH_LETTERS or not letters.isalpha():
        return []
    return [letters, " ".join(letters)]
