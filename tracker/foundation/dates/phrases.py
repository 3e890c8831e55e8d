"""Read what a person typed: EDTF if it is EDTF, else a phrase."""

from __future__ import annotations

import re
from datetime import date

from tracker.foundation.dates.calendar import Hemisphere, Season
from tracker.foundation.dates.edtf import read_edtf
from tracker.foundation.dates.grammar import Ends, Parser
from tracker.foundation.dates.model import OPEN, DateBound, Period
from tracker.foundation.dates.refusals import InvalidDateError, NotEdtfError, quoted
from tracker.foundation.dates.tokens import normalise, tokenize
from tracker.foundation.dates.words import UNKNOWN_PHRASES

LONGEST_PHRASE = 200

_EDTF_LETTERS = re.compile(r"[\dX./~?%\[\],-]+", re.ASCII | re.IGNORECASE)
_YEAR_AND_TWO_DIGITS = re.compile(r"(\d\d)(\d\d)-(\d\d)[~?%]?", re.ASCII)


def parse_period(
    text: str, *, hemisphere: Hemisphere = Hemisphere.NORTH, today: date | None = None
) -> Period:
    """Read a typed phrase into both ends of a period; each end keeps the whole phrase as its text.

    `hemisphere` is that of the place, for seasons; without `today` the words today and yesterday are refused.
    Raises InvalidDateError with the reason, and with suggestions where there are any.
    """
    typed, phrase = _checked(text)
    if not phrase:
        raise InvalidDateError(
            "No date is written. Write when it was, like 5 Oct 2020, early Oct 2020 or autumn 2020; "
            "if you do not know, write not sure."
        )
    if phrase.casefold() in UNKNOWN_PHRASES:
        return Period(DateBound(text=typed), DateBound(text=typed))
    ends = None if _is_two_years(phrase) else _edtf_ends(phrase, hemisphere)
    ends = ends or Parser(tokenize(phrase), hemisphere, today).phrase()
    return Period.checked(
        DateBound.from_edtf(ends.start or "", typed, hemisphere=hemisphere),
        DateBound.from_edtf(ends.end or "", typed, hemisphere=hemisphere),
    )


def parse_bound(
    text: str, *, hemisphere: Hemisphere = Hemisphere.NORTH, today: date | None = None
) -> DateBound:
    """Read one end of a period: EDTF or a phrase; empty is unknown, two dots are open.

    Raises InvalidDateError with the reason.
    """
    typed, phrase = _checked(text)
    if phrase == "..":
        return OPEN
    if not phrase or phrase.casefold() in UNKNOWN_PHRASES:
        return DateBound(text=typed)
    edtf = _without_spaces(phrase)
    if _EDTF_LETTERS.fullmatch(edtf):
        try:
            return DateBound.from_edtf(edtf, typed, hemisphere=hemisphere)
        except NotEdtfError:
            pass
    return DateBound.from_edtf(_one_end(Parser(tokenize(phrase), hemisphere, today).phrase(), typed), typed)


def _checked(text: str) -> tuple[str, str]:
    """Return the text as typed, and normalised; refuse what is too long to be a date."""
    if len(text) > LONGEST_PHRASE:
        raise InvalidDateError(
            f"{quoted(text[:LONGEST_PHRASE])} is too long for a date. Write only the date, like 5 Oct 2020."
        )
    return text.strip(), normalise(text)


def _without_spaces(phrase: str) -> str:
    return re.sub(r" ?([/,]) ?", r"\1", phrase)


def _edtf_ends(phrase: str, hemisphere: Hemisphere) -> Ends | None:
    """Read a phrase that is EDTF, None if it is not; an interval fills the two ends separately."""
    edtf = _without_spaces(phrase)
    if not _EDTF_LETTERS.fullmatch(edtf):
        return None
    try:
        if "/" in edtf and not edtf.startswith("["):
            read_edtf(edtf, hemisphere=hemisphere)
            start, _, end = edtf.partition("/")
            return Ends(start, end)
        both = read_edtf(edtf, hemisphere=hemisphere).edtf
    except NotEdtfError:
        return None
    return Ends(both, both)


def _is_two_years(phrase: str) -> bool:
    """Say whether "2019-20" stands for two years; refuse "2020-21", which in EDTF is spring 2020."""
    match = _YEAR_AND_TWO_DIGITS.fullmatch(phrase)
    if match is None:
        return False
    year, short = int(match[1] + match[2]), int(match[3])
    if short <= max(12, year % 100):
        return False
    until = year - year % 100 + short
    if 21 <= short <= 24 and until == year + 1:
        readings = (f"{Season(short).name.lower()} {year}", f"{year}–{until}")
        raise InvalidDateError(
            f"{quoted(phrase)} can be read in two ways. Write {' or '.join(readings)}.", suggestions=readings
        )
    return not 21 <= short <= 41


def _one_end(ends: Ends, typed: str) -> str:
    """Return the one end that a phrase speaks of; a range is the stretch that holds this end."""
    if not ends.start or not ends.end or ends.start == ends.end:
        return ends.start or ends.end or ""
    if "[" in ends.start + ends.end:
        raise InvalidDateError(
            f"{quoted(typed)} is more than one date. Write one, like 5 Oct 2020 or Oct 2020."
        )
    first, last = ends.start.partition("/")[0], ends.end.rpartition("/")[2]
    return f"{first}/{last}"
