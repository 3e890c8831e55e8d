"""Which places are somebody's home, by their name: those are hidden until a moderator opens them.

A rough net on purpose: what is hidden by mistake is opened in a moment, what is shown by mistake is not
taken back.
"""

from __future__ import annotations

import re

from tracker.foundation.text import fold
from tracker.places.models import PlaceKind

# What has a place in the gazetteer, or is no spot, is nobody's home.
_SPOTS = frozenset({PlaceKind.POINT, PlaceKind.BUILDING, PlaceKind.STREET, PlaceKind.AREA})
_WORDS = re.compile(
    r"\b(?:private (?:home|house|residence|flat|apartment|property)|residence of|home of|family home|"
    r"s (?:home|residence|flat|apartment)|privathaus|privatwohnung|wohnhaus|privatbolig|"
    r"maison privee|domicile de|residence privee|casa privata|abitazione privata|casa particular)\b"
)
# Folded, "Marit's house" has its s alone.
_HOUSE = re.compile(
    r"\b(?:house of (?!commons|lords|representatives|parliament|blues|culture|fraser)|s house\b)"
)
_NUMBER = r"\d{1,5} ?[a-z]?"
_ENGLISH = re.compile(
    rf"{_NUMBER}(?: \d+)? (?:\w+ )+(?:street|st|road|rd|lane|ln|drive|dr|court|ct|close|crescent|terrace|"
    r"avenue|ave|boulevard|blvd|way|place|pl|gardens|grove|mews|row|circle|cir|square|sq)"
    r"(?: [nsew]{1,2}| (?:north|south|east|west))?"
)
_GERMANIC = re.compile(
    r"(?:\w+ )*\w*(?:gata|gaten|gatan|gate|gade|vei|veien|veg|vegen|vej|vagen|straat|laan|weg|strasse|str|"
    rf"gasse|allee|platz|plass|plassen) {_NUMBER}"
)
_ROMANCE = re.compile(
    rf"(?:{_NUMBER} (?:bis |ter )?(?:rue|avenue|boulevard|allee|chemin|impasse|place|quai|cours)(?: \w+)+|"
    r"(?:via|viale|vicolo|piazza|corso|calle|avenida|plaza|rua|travessa|rue)(?: \w+)+"
    rf" {_NUMBER})"
)


def is_home(name: str) -> bool:
    """Say whether a name is that of a home, or the address of a house."""
    whole = fold(name)
    if _WORDS.search(whole) or _HOUSE.search(whole):
        return True
    return is_address(name)


def is_address(name: str) -> bool:
    """Say whether a name begins with a street and the number of a house in it."""
    first = fold(name.partition(",")[0])
    return any(form.fullmatch(first) for form in (_ENGLISH, _GERMANIC, _ROMANCE))


def is_kept_as_home(name: str, kind: PlaceKind, *, is_listed: bool, is_official: bool = False) -> bool:
    """Say whether a new place is hidden at first; `is_listed` in the gazetteer, `is_official` in a permit.

    An authority's list of permits is of streets and public buildings: an address alone makes no home there.
    """
    if is_listed or kind not in _SPOTS:
        return False
    return is_home(name) and not (is_official and is_address(name))
