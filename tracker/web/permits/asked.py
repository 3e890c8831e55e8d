"""What a page of permits is asked for: days and a place, read from the address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tracker.foundation.errors import InvalidValueError
from tracker.sightings.permits import Days


def days_asked(args: Mapping[str, str]) -> Days:
    """Answer the days in ?from= and ?to=. Raises InvalidValueError that names what cannot be read."""
    first, last = (day_in(args.get(name, ""), name) for name in ("from", "to"))
    if first and last and last < first:
        raise InvalidValueError(f"to={last.isoformat()} lies before from={first.isoformat()}. Swap them.")
    return Days(first, last)


def day_in(text: str, name: str) -> date | None:
    """Answer the day that a field holds, None where it is empty."""
    text = text.strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidValueError(f"{name}={text[:40]!r} is no day. Write it as 2019-03-31.") from None
