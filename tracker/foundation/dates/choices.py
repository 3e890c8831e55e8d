"""A date or several alternatives, and how two of them that form a range complete each other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracker.foundation.dates.calendar import Hemisphere
from tracker.foundation.dates.edtf import EdtfReading, read_edtf
from tracker.foundation.dates.refusals import InvalidDateError
from tracker.foundation.dates.terms import Term


@dataclass(frozen=True, slots=True)
class Choice:
    """One date, or one of several, with its qualifier (~ ? % or nothing)."""

    terms: tuple[Term, ...]
    qualifier: str = ""

    def spans(self, hemisphere: Hemisphere) -> list[tuple[str, str]]:
        """Return first and last date of each alternative; refuse those whose order suggests another year."""
        completed = list(self.terms)
        for index in range(len(completed) - 2, -1, -1):
            completed[index] = completed[index].filled_from(completed[index + 1])
        for index in range(1, len(completed)):
            before = completed[index - 1]
            completed[index] = completed[index].with_details_of(before).filled_from(before)
        spans = [term.span(hemisphere) for term in completed]
        year_left_out = any(term.year is None and term.decade is None for term in self.terms)
        if year_left_out and spans != sorted(spans):
            raise InvalidDateError(
                "These could be of different years. Write the year of each: Dec 2020 or Jan 2021."
            )
        return spans

    def edtf(self, hemisphere: Hemisphere) -> str:
        """Write the choice in EDTF: a date, an interval, or a one-of set."""
        sign = self.qualifier
        spans = self.spans(hemisphere)
        mark = ".." if len(spans) > 1 else "/"
        parts = [
            f"{first}{sign}" if first == last else f"{first}{sign}{mark}{last}{sign}" for first, last in spans
        ]
        return f"[{','.join(parts)}]" if len(parts) > 1 else parts[0]

    def reading(self, hemisphere: Hemisphere) -> EdtfReading:
        """Return the days that the choice allows."""
        return read_edtf(self.edtf(hemisphere))


def completed_range(
    left: Choice, right: Choice, *, dashed: bool, hemisphere: Hemisphere
) -> tuple[Choice, Choice]:
    """Fill each end of a range with what only the other one says.

    In "Nov to Jan 2021" the November is that of the year before.
    """
    shares = left.terms[-1] != left.terms[-1].filled_from(right.terms[0])
    full_left = _filled(left, right.terms[0], last_first=True)
    full_right = _filled(right, full_left.terms[-1], last_first=False)
    if dashed and shares:
        # "c. 6–20 Oct 2020" and "Sept–Oct 2020?" are each one expression: the sign holds for both ends.
        full_left = replace(full_left, qualifier=left.qualifier or right.qualifier)
        full_right = replace(full_right, qualifier=right.qualifier or left.qualifier)
    is_plain = len(left.terms) == len(right.terms) == 1
    if is_plain and _turns_the_year(full_left, full_right, hemisphere):
        if left.terms[0].year is None:
            full_left = _moved(full_left, -1)
        elif right.terms[0].year is None:
            full_right = _moved(full_right, 1)
    return full_left, full_right


def _filled(choice: Choice, other: Term, *, last_first: bool) -> Choice:
    terms = list(choice.terms)
    index = -1 if last_first else 0
    terms[index] = terms[index].filled_from(other)
    return replace(choice, terms=tuple(terms))


def _turns_the_year(left: Choice, right: Choice, hemisphere: Hemisphere) -> bool:
    """Say whether a range that runs backwards makes sense across the new year: autumn, then spring."""
    if left.terms[0].year is None or left.terms[0].year != right.terms[0].year:
        return False
    first, last = left.reading(hemisphere).earliest, right.reading(hemisphere).latest
    return first is not None and last is not None and last < first and first.month >= 7 and last.month <= 6


def _moved(choice: Choice, years: int) -> Choice:
    term = choice.terms[0]
    return replace(choice, terms=(replace(term, year=(term.year or 0) + years),))
