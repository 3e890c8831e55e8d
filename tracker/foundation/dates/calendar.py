"""The plain calendar: month names, lengths, seasons, and why a date cannot be."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from enum import IntEnum, StrEnum

from tracker.foundation.dates.refusals import InvalidDateError

# The first moving picture that survives was shot in 1888; the far limit only catches slips of the finger.
FIRST_YEAR = 1888
LAST_YEAR = 2200

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Hemisphere(StrEnum):
    """Which half of the Earth a season is meant for."""

    NORTH = "north"
    SOUTH = "south"


class Season(IntEnum):
    """The four seasons, numbered as EDTF numbers them."""

    SPRING = 21
    SUMMER = 22
    AUTUMN = 23
    WINTER = 24


def season_months(season: Season, year: int, hemisphere: Hemisphere) -> tuple[date, date]:
    """Return the first and the last day of a meteorological season.

    The season that spans the new year counts to the year in which it begins: winter 2020 in the north,
    and summer 2020 in the south, are December 2020 to February 2021.
    """
    first_month = {Season.SPRING: 3, Season.SUMMER: 6, Season.AUTUMN: 9, Season.WINTER: 12}[season]
    if hemisphere is Hemisphere.SOUTH:
        first_month = (first_month + 5) % 12 + 1
    last_year, last_month = (year, first_month + 2) if first_month < 12 else (year + 1, 2)
    return first_of_month(year, first_month), last_of_month(last_year, last_month)


def first_of_month(year: int, month: int) -> date:
    """Return the first day of a month, or refuse a month or a year that cannot be."""
    check_year(year)
    check_month(month)
    return date(year, month, 1)


def last_of_month(year: int, month: int) -> date:
    """Return the last day of a month, or refuse a month or a year that cannot be."""
    return first_of_month(year, month).replace(day=monthrange(year, month)[1])


def exact_day(year: int, month: int, day: int) -> date:
    """Return one day, or refuse it with the reason and the days that may have been meant."""
    length = last_of_month(year, month).day
    if 1 <= day <= length:
        return date(year, month, day)
    if day < 1 or day > 31:
        raise InvalidDateError(f"No month has a day {day}. Write a day from 1 to {length}.")
    name = MONTHS[month - 1]
    following = f"1 {MONTHS[month % 12]}"
    # Only February needs the year to be told its length.
    of_year = f" {year}" if month == 2 else ""
    raise InvalidDateError(
        f"{name}{of_year} has {length} days, so {day} {name}{of_year} cannot be. "
        f"Write {length} {name} or {following}.",
        suggestions=(f"{length} {name} {year}", f"{following} {year}", f"about end of {name} {year}"),
    )


def check_year(year: int) -> None:
    """Refuse a year in which nobody filmed, or plans to."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidDateError(
            f"The year {year} cannot be: nothing was filmed before {FIRST_YEAR}, "
            f"and plans end at {LAST_YEAR}. Write a year between them."
        )


def check_month(month: int) -> None:
    """Refuse a month number that no year has."""
    if not 1 <= month <= 12:
        raise InvalidDateError(
            f"A year has 12 months, so month {month} cannot be. Write a month from 1 to 12."
        )
