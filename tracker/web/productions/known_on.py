"""The "as known on" control, and the day that a page is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import request

from tracker.foundation.errors import InvalidValueError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_LEAST_MARGIN = timedelta(days=20)


@dataclass(frozen=True, slots=True)
class Tick:
    """A day on which something became known, `x` in thousandths of the control."""

    x: float
    date: date


@dataclass(frozen=True, slots=True)
class AsKnown:
    """The "as known on" control, from the first day on which anything was known until today.

    Its slider ends at `until`, soon after the last day on which anything was learned: the years since
    would push those days into a corner.
    """

    first: date
    last: date
    until: date
    ticks: tuple[Tick, ...]


def as_known(learned_on: Sequence[date], as_of: date | None, today: date) -> AsKnown | None:
    """Answer the control for the days on which sources were published, None where none has a date."""
    if not learned_on:
        return None
    first = min(learned_on[0], as_of or today)
    learned = learned_on[-1]
    margin = max(_LEAST_MARGIN, (learned - first) // 8)
    until = min(today, max(learned + margin, (as_of or first) + timedelta(days=1)))
    span = (until - first).days
    ticks = tuple(Tick(round(1000 * (day - first).days / span, 1), day) for day in learned_on)
    return AsKnown(first, today, until, ticks)


def day_asked() -> date | None:
    """Answer the day in ?as_of=, None without one. Raises InvalidValueError for what is not a day."""
    text = request.args.get("as_of", "").strip()
    if not text:
        return None
    try:
        if _DAY.match(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise InvalidValueError(
        f"{text[:40]!r} is not a day. Write as_of=YYYY-MM-DD, such as 2020-10-05, or leave it out for today."
    )
