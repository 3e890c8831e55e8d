"""Dates as people write them: vague phrases in, honest ranges out (EDTF, ISO 8601-2)."""

from __future__ import annotations

from tracker.foundation.dates.calendar import Hemisphere
from tracker.foundation.dates.meaning import meaning
from tracker.foundation.dates.model import OPEN, UNKNOWN, DateBound, Period
from tracker.foundation.dates.phrases import parse_bound, parse_period
from tracker.foundation.dates.refusals import InvalidDateError
from tracker.foundation.dates.search import certainly_within, perhaps_within
from tracker.foundation.dates.wording import describe, describe_short

__all__ = [
    "OPEN",
    "UNKNOWN",
    "DateBound",
    "Hemisphere",
    "InvalidDateError",
    "Period",
    "certainly_within",
    "describe",
    "describe_short",
    "meaning",
    "parse_bound",
    "parse_period",
    "perhaps_within",
]
