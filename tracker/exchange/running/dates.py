"""Cells that hold dates, and years that stand in a text."""

from __future__ import annotations

import re
from functools import lru_cache

from tracker.exchange.reading.days import DayOrder, read_day
from tracker.foundation.dates import UNKNOWN, DateBound, Period
from tracker.foundation.errors import InvalidValueError

_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d|21\d\d)(?!\d)")


@lru_cache(maxsize=8192)
def checked(start: DateBound, end: DateBound) -> Period:
    """Answer the period between two bounds. Raises InvalidValueError where they contradict each other."""
    return Period.checked(start, end)


def day_in(text: str, order: DayOrder, column: str) -> DateBound:
    """Answer the date of a cell; the reason for a refusal begins with the column."""
    if not text:
        return UNKNOWN
    try:
        return read_day(text, order)
    except InvalidValueError as error:
        raise InvalidValueError(f"{column}: {error}") from None


def year_in(text: str) -> int | None:
    """Answer the first year that a text names, None without one."""
    found = _YEAR.search(text) if text else None
    return int(found[1]) if found else None
