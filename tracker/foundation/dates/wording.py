"""A period in one short line, for lists, for the timeline and for the map."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tracker.foundation.dates.edtf import QUALIFIERS, Stretch, read_edtf
from tracker.foundation.dates.labels import is_one_unit, short_label
from tracker.foundation.dates.model import DateBound, Period

_QUALIFIER_WORDS = {"": "", "~": "c. ", "?": "perhaps ", "%": "perhaps c. "}


@dataclass(frozen=True, slots=True)
class KnownEnd:
    """One known end of a period, taken apart for wording."""

    stretches: tuple[Stretch, ...]
    qualifier: str

    @classmethod
    def of(cls, bound: DateBound) -> KnownEnd:
        """Read the stretches and the one qualifier that holds for the whole end."""
        signs = {sign for sign in bound.edtf if sign in QUALIFIERS}
        return cls(read_edtf(bound.edtf).stretches, "%" if len(signs) > 1 else "".join(signs))

    @property
    def day(self) -> date | None:
        """The day, when the end is exactly one."""
        stretch = self.stretches[0]
        return stretch.first if len(self.stretches) == 1 and stretch.first == stretch.last else None

    @property
    def limits(self) -> tuple[date, date] | None:
        """First and last day, when the end is one stretch with both limits."""
        stretch = self.stretches[0]
        if len(self.stretches) > 1 or stretch.first is None or stretch.last is None:
            return None
        return stretch.first, stretch.last

    @property
    def is_half_open(self) -> bool:
        """Say whether a limit is missing: "by 5 Oct 2020"."""
        return any(stretch.first is None or stretch.last is None for stretch in self.stretches)

    def label(self, beside: KnownEnd | None = None) -> str:
        """Name the days; leave out the year and month that the end `beside` it names anyway."""
        day, other_day = self.day, beside.day if beside else None
        if day and other_day and (day.year, day.month) == (other_day.year, other_day.month):
            return f"{_QUALIFIER_WORDS[self.qualifier]}{day.day}"
        shared_year = _single_year(beside) if beside else None
        own_year = shared_year or _single_year(self)
        names = [_stretch_label(stretch, own_year) for stretch in self.stretches[:-1]]
        names.append(_stretch_label(self.stretches[-1], shared_year))
        return _QUALIFIER_WORDS[self.qualifier] + _listed(names)

    def needs_within(self, *, alone: bool) -> bool:
        """Say whether "within" must keep a stretch from being read as days of continuous work.

        One month or year standing alone for both ends reads right without; so does an approximate one.
        """
        if self.is_half_open:
            return False
        runs = [(stretch.first, stretch.last) for stretch in self.stretches if stretch.first and stretch.last]
        if all(first == last for first, last in runs):
            return False
        return not (all(is_one_unit(*run) for run in runs) and (alone or self.qualifier))


# Lists and files name few periods many times.
@lru_cache(maxsize=4096)
def describe(period: Period) -> str:
    """Say when a shoot was: "began within Aug–Oct 2020, ended c. 5 Oct 2020"."""
    start, end = _known(period.start), _known(period.end)
    if start and end:
        if period.start.edtf == period.end.edtf:
            return _alone(start)
        if start.day and end.day:
            return f"{start.label()} to {end.label()}"
    elif not start and not end:
        return "dates unknown" if not period.end.is_open else "start unknown, end open"
    first = _start_words(start) if start else f"start {_gap(period.start)}"
    last = _clause("ended", end) if end else f"end {_gap(period.end)}"
    return f"{first}, {last}"


def describe_short(period: Period) -> str:
    """Say when a shoot was in the fewest words: "6 to c. 20 Oct 2020", "by 5 Oct 2020"."""
    start, end = _known(period.start), _known(period.end)
    if start and end:
        if period.start.edtf == period.end.edtf:
            return _alone(start)
        joiner = ", " if start.is_half_open or end.is_half_open else " to "
        return f"{_short_end(start, beside=end)}{joiner}{_short_end(end)}"
    if start:
        words = _short_end(start)
        if period.end.is_open:
            return f"{words}, open"
        return words if start.is_half_open else f"from {words}"
    if end:
        return _short_end(end) if end.is_half_open else f"until {_short_end(end)}"
    return "undated"


def _listed(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _known(bound: DateBound) -> KnownEnd | None:
    return KnownEnd.of(bound) if bound.is_known else None


def _gap(bound: DateBound) -> str:
    return "open" if bound.is_open else "unknown"


def _alone(end: KnownEnd) -> str:
    return f"within {end.label()}" if end.needs_within(alone=True) else end.label()


def _start_words(start: KnownEnd) -> str:
    words = _clause("began", start)
    plain = f"began {start.label()}"
    # A start that is one plain date needs no verb: "21 Oct 2020, ended within Nov 2020".
    return start.label() if words == plain and start.limits else words


def _clause(verb: str, end: KnownEnd) -> str:
    return f"{verb} within {end.label()}" if end.needs_within(alone=False) else f"{verb} {end.label()}"


def _short_end(end: KnownEnd, beside: KnownEnd | None = None) -> str:
    label = end.label(beside)
    return f"within {label}" if end.needs_within(alone=False) else label


def _single_year(end: KnownEnd) -> int | None:
    """Return the year that every label of an end falls into, None when there are several."""
    days = [day for stretch in end.stretches for day in (stretch.first, stretch.last) if day]
    years = {day.year for day in days}
    return years.pop() if len(years) == 1 else None


def _stretch_label(stretch: Stretch, shared_year: int | None) -> str:
    first, last = stretch.first or stretch.last, stretch.last or stretch.first
    if first is None or last is None:  # read_edtf refuses a stretch without any limit
        return "unknown"
    if stretch.first is None:
        first = last
    elif stretch.last is None:
        last = first
    label = short_label(first, last)
    words = label.words if label.year == str(shared_year) else str(label)
    if stretch.first is None:
        return f"by {words}"
    return f"{words} or later" if stretch.last is None else words
