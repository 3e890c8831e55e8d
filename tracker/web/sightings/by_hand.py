"""A place that its sender set by hand: a pin and how exact it is, or an area, on the map or in fields."""

from __future__ import annotations

from flask_wtf import FlaskForm

from tracker.foundation.errors import InvalidValueError
from tracker.foundation.geo import Point
from tracker.foundation.geometry import shape_from_vertices
from tracker.geocoding.cascade import Cascade
from tracker.places.operations import PlaceDraft
from tracker.web.sightings.place_offer import (
    OWN_AREA,
    OWN_PIN,
    PIN_UNCERTAINTY_M,
    draft_of_area,
    draft_of_pin,
)

# Wider than that a pin says nothing: then it is an area.
_WIDEST_M = 200_000


class ByHandError(InvalidValueError):
    """What was set by hand cannot be; `field` is where to mend it."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def chosen_by_hand(form: FlaskForm) -> str:
    """Answer which place was set by hand, "" if none was."""
    if str(form.area.data).strip():
        return OWN_AREA
    return OWN_PIN if str(form.lat.data).strip() and str(form.lon.data).strip() else ""


def read_by_hand(form: FlaskForm, name: str, chosen: str, places: Cascade) -> PlaceDraft:
    """Read the pin or the area that was chosen. Raises ByHandError with the field to mend."""
    if chosen == OWN_AREA:
        try:
            return draft_of_area(places.gazetteer, name, shape_from_vertices(form.area.data, area=True))
        except InvalidValueError as error:
            raise ByHandError("area", str(error)) from None
    try:
        pin = Point(_degrees(form.lat.data), _degrees(form.lon.data))
    except InvalidValueError as error:
        raise ByHandError("place", f"{error} Set the pin again.") from None
    return draft_of_pin(places.gazetteer, name, pin, accuracy_m=_metres(form.accuracy.data))


def _degrees(text: str) -> float:
    try:
        return float(text.strip().removesuffix("°").replace("\N{MINUS SIGN}", "-").replace(",", "."))
    except ValueError:
        raise InvalidValueError("The pin on the map was not understood.") from None


def _metres(text: str) -> int:
    words = text.strip().removesuffix("m").strip()
    if not words:
        return PIN_UNCERTAINTY_M
    if not (words.isascii() and words.isdigit() and 1 <= int(words) <= _WIDEST_M):
        raise ByHandError(
            "accuracy",
            f"{words!r} is no accuracy: write whole metres from 1 to {_WIDEST_M:,}, or draw an area.",
        )
    return int(words)
