"""Words that say what sort of area a name is: "Rauma kommune", "Provincia di Siena", "County Kerry"."""

from __future__ import annotations

import re

# Folded, longest first within each side. Sources: the admin-2 names of GeoNames, seen country by country.
_BEFORE = (
    "autonomous community of",
    "autonomous region of",
    "royal borough of",
    "london borough of",
    "metropolitan borough of",
    "comunidad autonoma de",
    "comunidad de",
    "citta metropolitana di",
    "politischer bezirk",
    "regierungsbezirk",
    "municipality of",
    "municipio de",
    "municipio di",
    "concelho de",
    "commune de",
    "comune di",
    "commune of",
    "province of",
    "province du",
    "province de",
    "provincia di",
    "provincia de",
    "provincia del",
    "provincia della",
    "provincia da",
    "provincie",
    "province",
    "department of",
    "departamento de",
    "departement de la",
    "departement de l",
    "departement des",
    "departement du",
    "departement de",
    "prefecture of",
    "governorate of",
    "district of",
    "emirate of",
    "region of",
    "county of",
    "canton of",
    "canton de",
    "kanton",
    "state of",
    "borough of",
    "island of",
    "isle of",
    "city of",
    "city and county of",
    "gemeinde",
    "gemeente",
    "landkreis",
    "kreis",
    "bezirk",
    "county",
    "powiat",
    "okres",
    "obec",
    "nomos",
    "grad",
    "gorod",
)
_AFTER = (
    "metropolitan municipality",
    "district municipality",
    "regional municipality",
    "autonomous region",
    "autonomous oblast",
    "census area",
    "regional district",
    "municipality",
    "municipio",
    "kommunas",
    "kommune",
    "kommuna",
    "kommun",
    "prefecture",
    "governorate",
    "voivodeship",
    "department",
    "province",
    "district",
    "emirate",
    "parish",
    "borough",
    "region",
    "county",
    "canton",
    "oblast",
    "rayon",
    "raion",
    "krai",
    "fylke",
    "lan",
    "ilcesi",
    "jarasa",
    "jaras",
    "opcina",
    "gemeente",
    "state",
    "ken",
    "gun",
    "shi",
    "city",
)
# A word of one language tells the country, too: "Rauma kommune" is not in Finland.
_COUNTRIES = {
    "kommune": {"NO", "DK", "GL"},
    "fylke": {"NO"},
    "kommun": {"SE", "FI", "AX"},
    "lan": {"SE"},
    "gemeente": {"NL", "BE"},
    "gemeinde": {"DE", "AT", "CH", "LI"},
    "landkreis": {"DE"},
    "comune di": {"IT"},
    "provincia di": {"IT"},
    "concelho de": {"PT"},
    "powiat": {"PL"},
    "okres": {"CZ", "SK"},
    "obec": {"CZ", "SK"},
    "ilcesi": {"TR"},
    "jaras": {"HU"},
    "opcina": {"HR", "BA"},
    "ken": {"JP"},
    "shi": {"JP", "CN"},
    "voivodeship": {"PL"},
}
_BEFORE_PATTERN = re.compile(rf"^(?:{'|'.join(sorted(_BEFORE, key=len, reverse=True))}) (?=\S)")
_AFTER_PATTERN = re.compile(rf"(?<=\S) (?:{'|'.join(sorted(_AFTER, key=len, reverse=True))})$")
_TOWN_WORDS = ("city of", "city", "grad", "gorod", "shi")


def without_kind_word(folded: str) -> str | None:
    """Return the bare name of an area, or nothing when the name holds no such word."""
    bare = _AFTER_PATTERN.sub("", _BEFORE_PATTERN.sub("", folded))
    return bare if bare != folded else None


def speaks_of_a_town(folded: str) -> bool:
    """Tell whether the kind word is one for a town rather than for an area."""
    return any(folded.startswith(f"{word} ") or folded.endswith(f" {word}") for word in _TOWN_WORDS)


def speaks_of_an_island(folded: str) -> bool:
    """Tell whether the kind word is one for an island."""
    return folded.startswith(("isle of ", "island of "))


def countries_of_kind_word(folded: str) -> set[str]:
    """Return the countries whose language the kind word is of, or nothing when it is of many."""
    for word, countries in _COUNTRIES.items():
        if folded.startswith(f"{word} ") or folded.endswith(f" {word}"):
            return countries
    return set()


def bare_names(folded: str) -> list[str]:
    """Return the names under which people look for an area: no kind word, Swedish genitive undone."""
    bare = without_kind_word(folded)
    if bare is None:
        return []
    genitive = folded.endswith(" kommun") and bare.endswith("s") and len(bare) > 3
    return [bare, bare[:-1]] if genitive else [bare]
