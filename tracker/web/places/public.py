"""What pages may tell of a place: its public name, where it lies in words, and its address."""

from __future__ import annotations

from flask import url_for

from tracker.places.models import Place, PlaceKind, Privacy
from tracker.places.privacy import public_name, public_slug
from tracker.web.places.words import country_name

_WIDE = frozenset({PlaceKind.TOWN, PlaceKind.MUNICIPALITY, PlaceKind.REGION, PlaceKind.COUNTRY})


def where(place: Place) -> str:
    """Answer what the place lies in, from the narrowest to the country: "Møre og Romsdal, Norway"."""
    name = public_name(place)
    # A town or anything larger is told apart by its region; the municipality's name only repeats it.
    # That of a place which is not open may be smaller than the cell that is told.
    tells_municipality = place.kind not in _WIDE and place.privacy is Privacy.OPEN
    municipality = place.municipality if tells_municipality else ""
    parts = (municipality, place.region, country_name(place.country))
    return ", ".join(dict.fromkeys(part for part in parts if part and part != name))


def kind_word(place: Place) -> str:
    """Answer the kind of place as a word: "municipality"."""
    return "place" if place.kind is PlaceKind.POINT else place.kind.value


def kind_and_where(place: Place) -> str:
    """Answer kind and surroundings: "Municipality, Møre og Romsdal, Norway"."""
    around = where(place)
    if place.privacy is Privacy.PRIVATE:
        return around
    return ", ".join(part for part in (kind_word(place).capitalize(), around) if part)


def place_url(place: Place) -> str:
    """Answer the address of the place's page; it spells no name that is not public."""
    return url_for("places.show", place_id=place.id, slug=public_slug(place))
