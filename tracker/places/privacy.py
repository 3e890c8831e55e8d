"""What outsiders may know of a place's position. Written once, when the place is saved."""

from __future__ import annotations

import math
from typing import Any

from tracker.foundation.geometry import is_shape
from tracker.foundation.text import slugify
from tracker.places.grid import cell_of
from tracker.places.homes import is_home
from tracker.places.models import Place, Privacy

HOME, HIDDEN = "A private home", "Place kept private"
_STRICTNESS = (Privacy.OPEN, Privacy.OBSCURED, Privacy.PRIVATE)
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


def stricter(a: Privacy, b: Privacy) -> Privacy:
    """Answer the one of two that tells less."""
    return max(a, b, key=_STRICTNESS.index)


def tells_words(place: Place) -> bool:
    """Say whether people's own words on what was done there may be read: they may say where it is."""
    return place.privacy is Privacy.OPEN


def tells_name(place: Place) -> bool:
    """Say whether everybody may read the place's name: not of a private one, nor of an obscured home.

    The address of a home says more than the cell in which it lies.
    """
    if place.privacy is Privacy.OBSCURED:
        return not is_home(place.name)
    return place.privacy is Privacy.OPEN


def public_name(place: Place) -> str:
    """Answer the place's name; of a private place nothing more than its municipality, of a home only that."""
    if tells_name(place):
        return place.name
    return HOME if place.privacy is Privacy.OBSCURED else place.municipality or HIDDEN


def public_slug(place: Place) -> str:
    """Answer the name's part of the place's address, which spells no name that is not public."""
    return place.slug if tells_name(place) else slugify(public_name(place), fallback="place")


def _middle(degrees: float) -> float:
    return round((math.floor(degrees / _STEP_DEGREES) + 0.5) * _STEP_DEGREES, 4)
