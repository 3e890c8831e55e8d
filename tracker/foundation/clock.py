"""The one place that reads the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime


def now() -> datetime:
    """Answer the current moment in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Answer the current day in UTC."""
    return now().date()
