"""What somebody typed into the search: a name, and perhaps the country that it lies in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pycountry

from tracker.foundation.text import clean_line, fold

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """A search: `text` as it is shown, `name` without the country; `country` is a code or None."""

    text: str
    name: str
    country: str | None
    was_cut: bool


def read_search(typed: str) -> Asked:
    """Read what was typed, at most 200 characters of it. "Rauma, Norway" is Rauma in Norway."""
    # White space is folded on a piece only: what comes may be a whole book.
    cleaned = clean_line(typed[: 4 * LONGEST])
    text = cleaned[:LONGEST].rstrip()
    name, country = _without_country(fold(text))
    return Asked(text, name, country, len(cleaned) > LONGEST or len(typed) > 4 * LONGEST)


def _without_country(key: str) -> tuple[str, str | None]:
    words = key.split()
    for length in range(min(5, len(words)), 0, -1):
        for rest, tail in ((words[:-length], words[-length:]), (words[length:], words[:length])):
            code = _countries().get(" ".join(tail))
            if code is not None:
                return " ".join(rest), code
    return key, None


@cache
def _countries() -> dict[str, str]:
    """Answer country codes by folded name: short, common and official."""
    found: dict[str, str] = {}
    for country in pycountry.countries:
        for kind in ("official_name", "name", "common_name"):
            if name := getattr(country, kind, None):
                found[fold(name.partition(",")[0])] = country.alpha_2
    return {**found, **_SPOKEN}


# What people say; two names that are shared by countries are left to the full ones.
_SPOKEN = {
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "usa": "US",
    "uae": "AE",
    "emirates": "AE",
    "russia": "RU",
    "czech republic": "CZ",
    "turkey": "TR",
    "south korea": "KR",
    "north korea": "KP",
    "congo": "CD",
    "macedonia": "MK",
}
