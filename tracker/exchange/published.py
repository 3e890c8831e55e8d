"""What an address itself tells of a page: when it was published, and a title to call it by."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import unquote, urlsplit

from tracker.foundation.dates import UNKNOWN, DateBound

_YEAR = r"(?P<year>(?:19|20)\d\d)"
# /2020/10/5/, /2020/10/ and /2020-10-05/ in folders of their own, or a day at either end of a page's name.
_DAY_FOLDERS = re.compile(rf"/{_YEAR}/(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})(?=/|\Z)")
_MONTH_FOLDERS = re.compile(rf"/{_YEAR}/(?P<month>\d{{1,2}})(?=/|\Z)")
_WRITTEN_DAY = re.compile(rf"(?<!\d)(?<!\d-){_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!-?\d)")
# Corriere della Sera: /20_ottobre_06/ is 6 October 2020.
_ITALIAN_DAY = re.compile(r"/(?P<short>\d\d)_(?P<name>[a-z]+)_(?P<day>\d\d)(?=/|\Z)")
_ITALIAN_MONTHS = {
    "gennaio": 1,
    "febbraio": 2,
    "marzo": 3,
    "aprile": 4,
    "maggio": 5,
    "giugno": 6,
    "luglio": 7,
    "agosto": 8,
    "settembre": 9,
    "ottobre": 10,
    "novembre": 11,
    "dicembre": 12,
}
_TITLE_WORDS = 3


def date_in_address(address: str) -> DateBound:
    """Answer the day or month that the path of an address shows, UNKNOWN without one.

    Only whole folders and days written out count. A number that is no date is an id, and a year alone says
    too little: film titles and collections have years too.
    """
    path = urlsplit(address).path
    italian = _ITALIAN_DAY.search(path)
    if italian and italian["name"] in _ITALIAN_MONTHS:
        month = _ITALIAN_MONTHS[italian["name"]]
        return _bound(2000 + int(italian["short"]), month, int(italian["day"]))
    for pattern in (_DAY_FOLDERS, _WRITTEN_DAY):
        found = pattern.search(path)
        if found:
            return _bound(int(found["year"]), int(found["month"]), int(found["day"]))
    found = _MONTH_FOLDERS.search(path)
    return _bound(int(found["year"]), int(found["month"])) if found else UNKNOWN


def title_in_address(address: str) -> str:
    """Answer what to call a page until somebody writes its title: the longest run of words in the path."""
    parts = urlsplit(address)
    names = [re.sub(r"\.\w{2,5}\Z", "", unquote(part)) for part in parts.path.split("/")]
    runs = [
        [w for w in re.split(r"[-_+ ]+", name) if w and not re.search(r"\d{4,}|\d[a-f]|[a-f]\d", w)]
        for name in names
    ]
    best = max(runs, key=len, default=[])
    if len(best) < _TITLE_WORDS:
        return f"Page at {outlet_of(address)}"
    words = " ".join(best)
    return (words[:1].upper() + words[1:])[:200]


def outlet_of(address: str) -> str:
    """Answer the host as people name a site."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _bound(year: int, month: int, day: int | None = None) -> DateBound:
    try:
        date(year, month, day or 1)
    except ValueError:
        return UNKNOWN
    return DateBound.from_edtf(f"{year}-{month:02}" + (f"-{day:02}" if day else ""))
