"""Dates of numbers alone: 2020-10-05, 5.10.2020, 10/2020; refused where day and month could be swapped."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.foundation.dates.calendar import MONTHS
from tracker.foundation.dates.refusals import InvalidDateError, quoted

_SHAPES = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?P<year>\d{4})(?P<sign>[-./])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})(?!\d)",
        r"(?P<left>\d{1,2})(?P<sign>[-./])(?P<right>\d{1,2})(?P=sign)(?P<year>\d{4})(?!\d)",
        r"(?P<left>\d{1,2})(?P<sign>[-./])(?P<right>\d{1,2})(?P=sign)(?P<short>\d{1,3})(?!\d)",
        r"(?P<month>\d{1,2})(?P<sign>[-./])(?P<year>\d{4})(?!\d)",
        r"(?P<year>\d{4})(?P<sign>[-./])(?P<month>0\d|1[0-2])(?!\d)",
        r"(?P<left>\d{1,2})(?P<sign>[./])(?P<right>\d{1,2})(?!\d)",
    )
)


@dataclass(frozen=True, slots=True)
class NumericDate:
    """A date read from numbers; the year or the day may be missing."""

    text: str
    year: int | None
    month: int
    day: int | None


def read_numeric(text: str, at: int) -> NumericDate | None:
    """Return the numeric date that begins at a position, None if no such thing begins there.

    Raises InvalidDateError when two readings are possible.
    """
    for shape in _SHAPES:
        if match := shape.match(text, at):
            parts = match.groupdict()
            if parts.get("short"):
                raise InvalidDateError(
                    f"{quoted(match[0])} has a short year. Write the year with four digits, like 5 Oct 2020."
                )
            year = int(parts["year"]) if parts.get("year") else None
            if parts.get("left"):
                day, month = _day_and_month(match, int(parts["left"]), int(parts["right"]), year)
                return NumericDate(match[0], year, month, day)
            if match["sign"] == "/" and not parts.get("day") and year and match.start("year") == at:
                _refuse_two_years(match[0], year, int(parts["month"]))
            only_day = int(parts["day"]) if parts.get("day") else None
            return NumericDate(match[0], year, int(parts["month"]), only_day)
    return None


def _day_and_month(match: re.Match[str], left: int, right: int, year: int | None) -> tuple[int, int]:
    # Dots are written by those who put the day first; with slashes and dashes both orders are common.
    if match["sign"] == "." or left == right or left > 12:
        return left, right
    if right > 12:
        return right, left
    readings = tuple(
        f"{day} {MONTHS[month - 1]}{f' {year}' if year else ''}"
        for day, month in ((left, right), (right, left))
        if 1 <= month <= 12 and day >= 1
    )
    if year is None:
        raise InvalidDateError(
            f"{quoted(match[0])} can be read in two ways. Write {' or '.join(readings)}, and the year."
        )
    raise InvalidDateError(
        f"{quoted(match[0])} can be read in two ways. Write {' or '.join(readings)}.", suggestions=readings
    )


def _refuse_two_years(text: str, year: int, month: int) -> None:
    if month != (year + 1) % 100:
        return
    readings = (f"{MONTHS[month - 1]} {year}", f"{year}–{year + 1}")
    raise InvalidDateError(
        f"{quoted(text)} can be read in two ways. Write {' or '.join(readings)}.", suggestions=readings
    )
