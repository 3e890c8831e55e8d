"""Read EDTF (ISO 8601-2:2019): levels 0 and 1, and of level 2 the one-of sets, masks and qualifiers.

https://www.loc.gov/standards/datetime/ defines the format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tracker.foundation.dates.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    Hemisphere,
    Season,
    check_year,
    exact_day,
    first_of_month,
    last_of_month,
    season_months,
)
from tracker.foundation.dates.refusals import InvalidDateError, NotEdtfError, quoted

QUALIFIERS = "~?%"
LONGEST_EDTF = 200

_DATE = re.compile(
    r"[~?%]?(?P<year>\d\d[\dX]{2})[~?%]?"
    r"(?:-[~?%]?(?P<month>[\dX]{2})[~?%]?(?:-[~?%]?(?P<day>[\dX]{2})[~?%]?)?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """An unbroken run of days; None is no limit on that side."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class EdtfReading:
    """What an EDTF text allows: one stretch of days, or one of several."""

    edtf: str
    stretches: tuple[Stretch, ...]

    @property
    def earliest(self) -> date | None:
        """The first day of all stretches, None without a limit."""
        firsts = [stretch.first for stretch in self.stretches]
        return None if None in firsts else min(first for first in firsts if first)

    @property
    def latest(self) -> date | None:
        """The last day of all stretches, None without a limit."""
        lasts = [stretch.last for stretch in self.stretches]
        return None if None in lasts else max(last for last in lasts if last)


@dataclass(frozen=True, slots=True)
class _Date:
    """One date; a season is written as two months, so the text has two sides."""

    first_text: str
    last_text: str
    days: Stretch


@lru_cache(maxsize=4096)
def read_edtf(text: str, *, hemisphere: Hemisphere = Hemisphere.NORTH) -> EdtfReading:
    """Read one EDTF value: a date, an interval, or a one-of set.

    Raises NotEdtfError for another notation, InvalidDateError for a date that cannot be.
    """
    if len(text) > LONGEST_EDTF:
        raise NotEdtfError(f"{quoted(text)} is too long for a date. Write it like 2020-10-05.")
    if text.startswith("[") and text.endswith("]"):
        parts = [_read_range(part.strip(), hemisphere, in_set=True) for part in text[1:-1].split(",")]
        edtf = f"[{','.join(part for part, _ in parts)}]"
        return EdtfReading(edtf, tuple(days for _, days in parts))
    edtf, days = _read_range(text, hemisphere, in_set=False)
    return EdtfReading(edtf, (days,))


def _read_range(text: str, hemisphere: Hemisphere, *, in_set: bool) -> tuple[str, Stretch]:
    """Read a date or a range of dates. A set writes its ranges with two dots; a slash is read as well."""
    mark = ".." if in_set else "/"
    if in_set and "/" in text:
        text = text.replace("/", "..")
    if mark not in text:
        one = _read_date(text, hemisphere)
        return _joined(one.first_text, one.last_text, mark), one.days
    left, _, right = text.partition(mark)
    if left in ("", "..") and right in ("", ".."):
        raise NotEdtfError(f"{quoted(text)} says nothing about the date. Leave it empty, or write a date.")
    first = None if left in ("", "..") else _read_date(left, hemisphere)
    last = None if right in ("", "..") else _read_date(right, hemisphere)
    days = Stretch(first.days.first if first else None, last.days.last if last else None)
    if days.first and days.last and days.last < days.first:
        raise InvalidDateError(f"{quoted(text)} ends before it begins. Write {quoted(f'{right}/{left}')}.")
    return f"{first.first_text if first else left}{mark}{last.last_text if last else right}", days


def _joined(first: str, last: str, mark: str) -> str:
    return first if first == last else f"{first}{mark}{last}"


def _read_date(text: str, hemisphere: Hemisphere) -> _Date:
    match = _DATE.fullmatch(text.upper())
    if match is None:
        raise NotEdtfError(f"{quoted(text)} is not a date. Write it like 2020-10-05, 2020-10 or 2020-10-05~.")
    year, month, day = match["year"], match["month"], match["day"]
    if day is None and month is not None and month.isdigit() and 21 <= int(month) <= 41:
        return _read_season(text.upper(), int(year), int(month), hemisphere)
    text = match[0]
    if month is None and text[0] in QUALIFIERS and text[-1] not in QUALIFIERS:
        text = text[1:] + text[0]
    return _Date(text, text, _masked_days(text, year, month, day))


def _masked_days(text: str, year: str, month: str | None, day: str | None) -> Stretch:
    """Return the first and last day that fit the digits, where X stands for any digit."""
    if "X" not in text:
        return _plain_days(int(year), month, day)
    years = [number for number in range(FIRST_YEAR, LAST_YEAR + 1) if _fits(number, year)]
    if not years:
        check_year(int(year.replace("X", "0")))
    months = [number for number in range(1, 13) if _fits(number, month or "XX")]
    days = [number for number in range(1, 32) if _fits(number, day or "XX")]
    first = next(_real_days(years, months, days), None)
    last = next(_real_days(years[::-1], months[::-1], days[::-1]), None)
    if first is None or last is None:
        raise InvalidDateError(f"No day fits {quoted(text)}. Write X only for digits that are not known.")
    return Stretch(first, last)


def _plain_days(year: int, month: str | None, day: str | None) -> Stretch:
    if month is None:
        return Stretch(first_of_month(year, 1), last_of_month(year, 12))
    if day is None:
        return Stretch(first_of_month(year, int(month)), last_of_month(year, int(month)))
    only = exact_day(year, int(month), int(day))
    return Stretch(only, only)


def _fits(number: int, mask: str) -> bool:
    digits = str(number).zfill(len(mask))
    return all(sign in ("X", digit) for sign, digit in zip(mask, digits, strict=True))


def _real_days(years: list[int], months: list[int], days: list[int]) -> Iterator[date]:
    for year in years:
        for month in months:
            length = last_of_month(year, month).day
            yield from (date(year, month, day) for day in days if day <= length)


def _read_season(text: str, year: int, code: int, hemisphere: Hemisphere) -> _Date:
    """Write a season, quarter, third or half of a year (codes 21 to 41) as its months."""
    check_year(year)
    if code <= 32:
        if code >= 25:
            hemisphere = Hemisphere.NORTH if code <= 28 else Hemisphere.SOUTH
        first, last = season_months(Season(21 + (code - 21) % 4), year, hemisphere)
    else:
        size, number = (3, code - 33) if code <= 36 else (4, code - 37) if code <= 39 else (6, code - 40)
        first = first_of_month(year, 1 + size * number)
        last = last_of_month(year, size * (number + 1))
    signs = {sign for sign in text if sign in QUALIFIERS}
    sign = "%" if len(signs) > 1 else "".join(signs)
    return _Date(f"{first:%Y-%m}{sign}", f"{last:%Y-%m}{sign}", Stretch(first, last))
