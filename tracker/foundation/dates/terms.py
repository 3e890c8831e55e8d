"""One date as written, with gaps that its neighbour fills: the "6" of "6 to 20 Oct 2020"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.foundation.dates.calendar import (
    WEEKDAYS,
    Hemisphere,
    Season,
    check_year,
    exact_day,
    first_of_month,
    last_of_month,
    season_months,
)
from tracker.foundation.dates.labels import long_day
from tracker.foundation.dates.refusals import InvalidDateError
from tracker.foundation.dates.words import Part


@dataclass(frozen=True, slots=True)
class Term:
    """What was written of one date; None is what was left out."""

    year: int | None = None
    until_year: int | None = None  # the second year of "winter 2019-20"
    decade: int | None = None
    month: int | None = None
    day: int | None = None
    season: Season | None = None
    part: Part | None = None
    weekday: int | None = None
    is_week: bool = False

    @property
    def is_year_only(self) -> bool:
        """Say whether nothing but a year was written."""
        return self == Term(year=self.year)

    def filled_from(self, other: Term) -> Term:
        """Take over what this term needs and the other one says: the year, and for a day its month."""
        term = self
        if term.year is None and term.decade is None:
            term = replace(term, year=other.year, until_year=other.until_year)
        needs_month = term.day is not None or term.part is not None or term.is_week
        if needs_month and term.month is None and term.season is None and term.decade is None:
            term = replace(term, month=other.month)
            if term.day is None:
                term = replace(term, season=other.season, decade=other.decade)
        return term

    def with_details_of(self, other: Term) -> Term:
        """Read a bare year after "or" as the same time of another year: "summer 2019 or 2020"."""
        return replace(other, year=self.year, until_year=None, weekday=None) if self.is_year_only else self

    def span(self, hemisphere: Hemisphere) -> tuple[str, str]:
        """Return the first and last date in EDTF, of the precision that was written.

        Raises InvalidDateError when a part is missing or does not exist.
        """
        if self.decade is not None:
            return _decade_span(self.decade, self.part)
        if self.year is None:
            raise InvalidDateError("The year is missing. Add it, as in 5 Oct 2020.")
        if self.season is not None:
            return self._season_span(self.year, self.season, hemisphere)
        if self.until_year is not None:
            raise InvalidDateError("Two years follow each other. Write the years like 2019–2020.")
        if self.day is not None:
            return self._day_span(self.year, self.day)
        if self.is_week or self.weekday is not None:
            raise InvalidDateError("The day is missing. Write it with its month, like Monday 5 Oct 2020.")
        if self.month is not None:
            return _month_span(self.year, self.month, self.part)
        if self.part is not None:
            first = first_of_month(self.year, 1 + 4 * self.part)
            return _months(first, last_of_month(self.year, first.month + 3))
        check_year(self.year)
        return (f"{self.year}",) * 2

    def _day_span(self, year: int, number: int) -> tuple[str, str]:
        if self.month is None:
            raise InvalidDateError(f"The month of day {number} is missing. Add it, as in 5 Oct 2020.")
        if self.part is not None:
            raise InvalidDateError(
                "A single day has no early or late part. Write 5 Oct 2020 or early Oct 2020."
            )
        day = exact_day(year, self.month, number)
        if self.weekday is not None and self.weekday != day.weekday():
            right, written = WEEKDAYS[day.weekday()], WEEKDAYS[self.weekday]
            meant = day + timedelta(days=(self.weekday - day.weekday() + 3) % 7 - 3)
            readings = (f"{right} {long_day(day)}", f"{written} {long_day(meant)}")
            raise InvalidDateError(
                f"{long_day(day)} is a {right}, not a {written}. Write {' or '.join(readings)}.",
                suggestions=readings,
            )
        if not self.is_week:
            return (day.isoformat(),) * 2
        monday = day - timedelta(days=day.weekday())
        # "Week of Sunday" is the week that follows in America and the one that ends elsewhere: allow both.
        last = monday + timedelta(days=13 if day.weekday() == 6 else 6)
        return monday.isoformat(), last.isoformat()

    def _season_span(self, year: int, season: Season, hemisphere: Hemisphere) -> tuple[str, str]:
        if self.day is not None or self.month is not None or self.is_week:
            raise InvalidDateError("A season and a month or day stand together. Write one, like autumn 2020.")
        first, last = season_months(season, year, hemisphere)
        if self.until_year is not None and (first.year, last.year) != (year, self.until_year):
            raise InvalidDateError(
                f"This season lies within one year. Write {season.name.lower()} {year} "
                f"or {season.name.lower()} {self.until_year}."
            )
        if self.part is not None:
            month = (first.month + self.part - 1) % 12 + 1
            first = first_of_month(first.year if month >= first.month else last.year, month)
            last = first
        return _months(first, last)


def _months(first: date, last: date) -> tuple[str, str]:
    return f"{first:%Y-%m}", f"{last:%Y-%m}"


def _month_span(year: int, month: int, part: Part | None) -> tuple[str, str]:
    first, last = first_of_month(year, month), last_of_month(year, month)
    if part is None:
        return _months(first, last)
    starts, ends = (1, 11, 21), (10, 20, last.day)
    return first.replace(day=starts[part]).isoformat(), first.replace(day=ends[part]).isoformat()


def _decade_span(decade: int, part: Part | None) -> tuple[str, str]:
    check_year(decade)
    if part is None:
        return (f"{decade // 10}X",) * 2
    starts, ends = (0, 4, 7), (3, 6, 9)
    return f"{decade + starts[part]}", f"{decade + ends[part]}"
