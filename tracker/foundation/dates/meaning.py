"""A period spelled out under the form field, so that nobody saves a date that he did not mean."""

from __future__ import annotations

from datetime import date

from tracker.foundation.dates.calendar import WEEKDAYS
from tracker.foundation.dates.edtf import Stretch
from tracker.foundation.dates.labels import count_in_words, extent_in_words, long_day, long_range
from tracker.foundation.dates.model import DateBound, Period
from tracker.foundation.dates.wording import KnownEnd


def meaning(period: Period) -> str:
    """Spell out a period in one or two sentences, fit to follow the word "Means:"."""
    start, end = period.start, period.end
    if not start.is_known and not end.is_known:
        return "The dates are not known. The shoot is listed beside the map, not on the route."
    if start.is_known and end.is_known:
        if start.edtf == end.edtf:
            return _both_within(KnownEnd.of(start))
        first, last = KnownEnd.of(start), KnownEnd.of(end)
        if first.day and last.day:
            return _from_day_to_day(first, first.day, last, last.day)
    return f"{_clause('began', start)} {_clause('ended', end)}"


def _both_within(end: KnownEnd) -> str:
    if end.day:
        if end.qualifier:
            return f"{_capital(_when(end))}. Began and ended on or near this day."
        return f"{WEEKDAYS[end.day.weekday()]}, {long_day(end.day)}. Began and ended on this day."
    within = extent_in_words(*end.limits) if end.limits else "one of these"
    if "~" in end.qualifier or "%" in end.qualifier:
        return f"{_capital(_when(end))}. Began and ended within or near {within}."
    doubt = ", if the date is right" if end.qualifier else ""
    return f"{_capital(_when(end))}. Began and ended somewhere within {within}{doubt}."


def _from_day_to_day(start: KnownEnd, first: date, end: KnownEnd, last: date) -> str:
    days = (last - first).days + 1
    if not start.qualifier and not end.qualifier:
        counted = count_in_words(days).capitalize()
        return f"From {long_range(first, last, 'to')}. {counted} days, the first and the last included."
    return f"From {_hedged(start, long_day(first))} to {_hedged(end, long_day(last))}. About {days} days."


def _clause(verb: str, bound: DateBound) -> str:
    if bound.is_open:
        return "No end is set." if verb == "ended" else "No start is set."
    if bound.is_unknown:
        return f"When it {verb} is not known."
    return f"{verb.capitalize()} {_when(KnownEnd.of(bound))}."


def _when(end: KnownEnd) -> str:
    if end.day:
        hedged = _hedged(end, long_day(end.day))
        return hedged if end.qualifier else f"on {hedged}"
    if "~" in end.qualifier or "%" in end.qualifier:
        return _hedged(end, " or ".join(_stretch(stretch, "", "to") for stretch in end.stretches))
    words = ", or ".join(_stretch(stretch, "between ", "and") for stretch in end.stretches)
    either = "either " if len(end.stretches) > 1 else ""
    return _hedged(end, either + words)


def _stretch(stretch: Stretch, opening: str, joiner: str) -> str:
    if stretch.first and stretch.last:
        if stretch.first == stretch.last:
            return long_day(stretch.first)
        return opening + long_range(stretch.first, stretch.last, joiner)
    if stretch.last:
        return f"on or before {long_day(stretch.last)}"
    return f"on or after {long_day(stretch.first)}" if stretch.first else "at an unknown time"


def _hedged(end: KnownEnd, words: str) -> str:
    return {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}[end.qualifier] + words


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
