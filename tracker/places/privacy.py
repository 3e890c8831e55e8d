"""What outsiders may know of a place's position. Written once, when the place is saved."""

from __future__ import annotations

import math
from typing import Any

from tracker.foundation.geometry import is_shape
from tracker.places.grid import cell_of
from tracker.places.models import Place, Privacy

_STEP_DEGREES = 0.2
_METRES_PER_DEGREE = 111_320.0


def publish(place: Place) -> None:
    """Write the public columns: the point itself, the middle of a fixed cell of 0.2 degrees, or nothing.

    The cell is fixed, never a random offset: the mean of many random offsets gives the point away.
    """
    place.cell = None
    if place.lat is None or place.lon is None or place.privacy is Privacy.PRIVATE:
        place.public_lat = place.public_lon = place.public_uncertainty_m = None
    elif place.privacy is Privacy.OBSCURED:
        place.public_lat, place.public_lon = _middle(place.lat), _middle(place.lon)
        half_diagonal = math.hypot(_STEP_DEGREES / 2, _STEP_DEGREES / 2) * _METRES_PER_DEGREE
        place.public_uncertainty_m = max(math.ceil(half_diagonal), place.uncertainty_m or 0)
    else:
        place.public_lat, place.public_lon = place.lat, place.lon
        place.public_uncertainty_m = place.uncertainty_m
        place.cell = cell_of(place.lat, place.lon)


def public_shape(place: Place) -> dict[str, Any] | None:
    """Answer the line or area that everybody may see; None of a point and of a place that is not open."""
    if place.privacy is not Privacy.OPEN or place.public_lat is None or not is_shape(place.geometry):
        return None
    return place.geometry


def public_name(place: Place) -> str:
    """Answer the place's name; of a private place nothing more than its municipality."""
    if place.privacy is not Privacy.PRIVATE:
        return place.name
    return place.municipality or "Place kept private"


def _middle(degrees: float) -> float:
    return round((math.floor(degrees / _STEP_DEGREES) + 0.5) * _STEP_DEGREES, 4)
