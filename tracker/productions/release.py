"""Whether a production is out: until then, what gives its story away is left out."""

from __future__ import annotations

from datetime import date

from tracker.productions.models import Production


def is_released(production: Production, today: date) -> bool:
    """Say whether the production is surely out; without a release date, once its year has passed."""
    released = production.released
    if released.is_known and released.latest is not None:
        return released.latest <= today
    return production.year is not None and production.year < today.year
