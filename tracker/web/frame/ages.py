"""How long ago something was, in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from tracker.foundation.clock import now


def age_in_words(moment: datetime) -> str:
    """Answer the time since a moment: "less than a minute", "3 minutes", "2 days 4 hours"."""
    return span_in_words(now() - moment)


def span_in_words(span: timedelta) -> str:
    """Answer a span of time in its largest unit, for days with the hours beside them."""
    minutes = max(0, int(span.total_seconds() // 60))
    if minutes < 1:
        return "less than a minute"
    if minutes < 60:
        return _counted(minutes, "minute")
    hours, days = minutes // 60, minutes // 1440
    if days < 1:
        return _counted(hours, "hour")
    rest = hours - 24 * days
    return _counted(days, "day") + (f" {_counted(rest, 'hour')}" if rest and days < 7 else "")


def ordinal(number: int) -> str:
    """Answer a number as a place in a row: 1st, 2nd, 13th."""
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{suffix}"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def short_age(span: timedelta) -> str:
    """Answer a span of time in few signs, for lists: "now", "3 min", "2 h", "2 d 4 h"."""
    minutes = max(0, int(span.total_seconds() // 60))
    hours, days = minutes // 60, minutes // 1440
    if minutes < 60:
        return f"{minutes} min" if minutes else "now"
    if days < 1:
        return f"{hours} h"
    rest = hours - 24 * days
    return f"{days} d" + (f" {rest} h" if rest and days < 7 else "")


def moments_in_words(span: timedelta) -> str:
    """Answer a span of time as `span_in_words` does, below a minute in seconds."""
    seconds = max(0, int(span.total_seconds()))
    return _counted(seconds, "second") if 0 < seconds < 60 else span_in_words(span)
