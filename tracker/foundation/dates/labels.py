"""Stretches of days in words: "5 Oct 2020", "Aug–Oct 2020", "between 1 and 10 September 2020"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.foundation.dates.calendar import MONTHS

COUNTS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


@dataclass(frozen=True, slots=True)
class Label:
    """A stretch in words, its year apart so that a neighbour of the same year need not repeat it."""

    words: str
    year: str = ""

    def __str__(self) -> str:
        return f"{self.words} {self.year}".strip()


def is_whole_months(first: date, last: date) -> bool:
    """Say whether a stretch runs from the first day of a month to the last of one."""
    return first.day == 1 and (last + timedelta(days=1)).day == 1


def is_whole_years(first: date, last: date) -> bool:
    """Say whether a stretch runs from a New Year's Day to a New Year's Eve."""
    return is_whole_months(first, last) and first.month == 1 and last.month == 12


def is_one_unit(first: date, last: date) -> bool:
    """Say whether a stretch is exactly one day, one month, one year or one decade."""
    one_month = is_whole_months(first, last) and (first.year, first.month) == (last.year, last.month)
    one_year = is_whole_years(first, last) and first.year == last.year
    return first == last or one_month or one_year or _is_decade(first, last)


def short_label(first: date, last: date) -> Label:
    """Return the shortest words that name exactly these days, months abbreviated to three letters."""
    if _is_decade(first, last):
        return Label(f"{first.year}s")
    if is_whole_years(first, last):
        return Label(_dashed(str(first.year), str(last.year)))
    if is_whole_months(first, last):
        left, right = _short_month(first), _short_month(last)
    elif (first.year, first.month) == (last.year, last.month):
        left, right = str(first.day), f"{last.day} {_short_month(last)}"
        return Label(right if first == last else f"{left}–{right}", str(last.year))
    else:
        left, right = f"{first.day} {_short_month(first)}", f"{last.day} {_short_month(last)}"
    if first.year == last.year:
        return Label(_dashed(left, right), str(last.year))
    return Label(f"{left} {first.year}–{right} {last.year}")


def long_day(day: date) -> str:
    """Return a day as "5 October 2020"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def long_range(first: date, last: date, joiner: str) -> str:
    """Return two days with what both share said once: "1 and 10 September 2020"."""
    if first.year != last.year:
        left = long_day(first)
    elif first.month != last.month:
        left = f"{first.day} {MONTHS[first.month - 1]}"
    else:
        left = str(first.day)
    return f"{left} {joiner} {long_day(last)}"


def extent_in_words(first: date, last: date) -> str:
    """Return "these ten days", "this month", "these three months" or "this year"."""
    if is_whole_years(first, last):
        return _counted(last.year - first.year + 1, "year")
    if is_whole_months(first, last):
        return _counted((last.year - first.year) * 12 + last.month - first.month + 1, "month")
    return _counted((last - first).days + 1, "day")


def _counted(number: int, unit: str) -> str:
    return f"this {unit}" if number == 1 else f"these {count_in_words(number)} {unit}s"


def count_in_words(number: int) -> str:
    """Return small numbers as words, larger ones as digits."""
    return COUNTS[number] if number < len(COUNTS) else str(number)


def _is_decade(first: date, last: date) -> bool:
    return is_whole_years(first, last) and first.year % 10 == 0 and last.year == first.year + 9


def _short_month(day: date) -> str:
    return MONTHS[day.month - 1][:3]


def _dashed(left: str, right: str) -> str:
    return left if left == right else f"{left}–{right}"
