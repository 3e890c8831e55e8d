"""Whether a production is out, and what would give its story away before."""

from __future__ import annotations

from datetime import date

from tracker.productions.models import Production, Shoot


def is_released(production: Production, today: date) -> bool:
    """Say whether the production is surely out; without a release date, once its year has passed."""
    released = production.released
    if released.is_known and released.latest is not None:
        return released.latest <= today
    return production.year is not None and production.year < today.year


def is_kept_back(production: Production, shoot: Shoot, today: date) -> bool:
    """Say whether what is written of a shoot would give away the story of a production that is not out."""
    return bool(shoot.spoiler) and not is_released(production, today)
