"""Dates as tables write them. Which of two numbers is the day is decided from the whole column."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tracker.exchange.reading.unsure import UnsureOrderError
from tracker.foundation.dates import UNKNOWN, DateBound, Hemisphere, InvalidDateError, parse_bound

_TIME = r"(?:[T ,]+\d{1,2}[:h.]\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|[-+]\d{2}:?\d{2})?)?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}", re.ASCII)
_NUMERIC = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.ASCII)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII)
# POSIX: 69 and above are of the twentieth century.
_TURN = 69


class DayOrder(enum.StrEnum):
    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@dataclass(slots=True)
class DayEvidence:
    """What the numeric dates of a column say of their order."""

    column: str
    numeric: int = 0
    day_first: str = ""
    month_first: str = ""

    def add(self, cell: str) -> None:
        """Take one cell into account."""
        found = _NUMERIC.fullmatch(cell.strip())
        if not found:
            return
        first, second = int(found[1]), int(found[3])
        self.numeric += first != second
        if first > 12 >= second:
            self.day_first = self.day_first or cell
        elif second > 12 >= first:
            self.month_first = self.month_first or cell


def decide(
    evidence: Iterable[DayEvidence], *, asked: DayOrder | None, usual: DayOrder | None
) -> tuple[DayOrder, str]:
    """Answer the order of a file's numeric dates, and how it was decided, "" if there was nothing to decide.

    `asked` is what the person said, `usual` what the mapping knows of such files. Raises UnsureOrderError if
    nothing decides.
    """
    evidence = [one for one in evidence if one.numeric]
    if asked is not None:
        return asked, f"Dates are read {asked.value}, as asked." if evidence else ""
    if not evidence:
        return usual or DayOrder.DAY_FIRST, ""
    day = next((one for one in evidence if one.day_first), None)
    month = next((one for one in evidence if one.month_first), None)
    if day and month and usual is None:
        raise UnsureOrderError(
            f"The dates are written both ways: {day.day_first!r} has the day first, {month.month_first!r} "
            "the month.",
            "Say --day-first or --month-first; the others are rejected.",
        )
    if day and not month:
        return DayOrder.DAY_FIRST, f"Dates have the day first: {day.day_first!r} in {day.column} says so."
    if month and not day:
        return (
            DayOrder.MONTH_FIRST,
            f"Dates have the month first: {month.month_first!r} in {month.column} says so.",
        )
    if usual is not None:
        return usual, f"Dates are read {usual.value}, as files of this kind are."
    raise UnsureOrderError(
        f"Nothing in the column {evidence[0].column!r} tells whether day or month comes first.",
        "Say --day-first or --month-first.",
    )


@lru_cache(maxsize=8192)
def read_day(cell: str, order: DayOrder, hemisphere: Hemisphere = Hemisphere.NORTH) -> DateBound:
    """Answer a date or moment of a cell as a bound; its text stays as written. Raises InvalidDateError."""
    text = cell.strip()
    if not text or text.casefold() in ("n/a", "na", "null", "none", "-", "unknown", "nan"):
        return UNKNOWN
    found = _ISO.fullmatch(text) or _COMPACT.fullmatch(text)
    if found:
        return _bound(text, int(found[1]), int(found[2]), int(found[3]))
    found = _NUMERIC.fullmatch(text)
    if not found:
        return parse_bound(text, hemisphere=hemisphere)
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if len(found[4]) == 2:
        year += 1900 if year >= _TURN else 2000
    day, month = (first, second) if order is DayOrder.DAY_FIRST else (second, first)
    if month > 12:
        other = "month-first" if order is DayOrder.DAY_FIRST else "day-first"
        raise InvalidDateError(
            f"{text!r} has no month {month}: the dates are read {order.value}, it is {other}."
        )
    return _bound(text, year, month, day)


def _bound(text: str, year: int, month: int, day: int) -> DateBound:
    return DateBound.from_edtf(f"{year:04}-{month:02}-{day:02}", text[:300])
