"""How exactly a place is known, in words, and where its public point came from."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.geocoding.provenance import provenance_of
from tracker.places.homes import is_home
from tracker.places.models import Place, PlaceKind, Privacy
from tracker.places.privacy import public_shape

_AREAS = frozenset(
    {
        PlaceKind.TOWN,
        PlaceKind.MUNICIPALITY,
        PlaceKind.REGION,
        PlaceKind.COUNTRY,
        PlaceKind.AREA,
        PlaceKind.PARK,
        PlaceKind.WATER,
        PlaceKind.MOUNTAIN,
        PlaceKind.ISLAND,
    }
)
_LINES = frozenset({PlaceKind.STREET, PlaceKind.RAILWAY})
_BUILDINGS = frozenset({PlaceKind.BUILDING, PlaceKind.STUDIO, PlaceKind.MUSEUM})
_EXACT_M = 100
# A building's outline says nothing any more where the point may be this far off.
_ROOMY_M = 500
_OUTLINE = "The dashed line is its outline, as exact as whoever drew it."
_HOMES = " Homes are shown so from the beginning, unless a moderator opens one."
_OWN_LANDMARKS = "landmark:"


@dataclass(frozen=True, slots=True)
class Precision:
    """What is known as the place. `head` and `text` belong together: "An area, not a pin. …"

    `position` is the public point with three decimals, "" without one; `means` says what that point is.
    """

    known_as: str
    head: str
    text: str
    position: str = ""
    means: str = ""
    origin: str = ""
    geonames: bool = False


def sign_of(kind: str, uncertainty_m: float | None, *, obscured: bool = False) -> str:
    """Answer the name of the glyph for a place, as `macros/notation.html` draws it."""
    if obscured:
        return "cell"
    if kind in _LINES:
        return "line"
    if kind in _AREAS:
        return "area"
    if kind in _BUILDINGS and (uncertainty_m or 0) <= _ROOMY_M:
        return "building"
    return "exact" if (uncertainty_m or 0) <= _EXACT_M else "within"


def precision_of(place: Place) -> Precision:
    """Say how exactly a place is known; reads the public columns alone."""
    if place.privacy is Privacy.PRIVATE:
        return Precision(
            "its municipality at most", "Kept private.", "Neither its name nor its position is shown."
        )
    if place.public_lat is None or place.public_lon is None:
        return Precision(
            "a name, no position yet", "Not located yet.", "Its shoots are listed, but not drawn on a map."
        )
    if place.privacy is Privacy.OBSCURED:
        return Precision(
            "a fixed grid cell of 0.2°",
            "A grid cell, not a pin.",
            "The exact place is not shown here. Every hidden place in this cell gets the same point."
            + (_HOMES if is_home(place.name) else ""),
            _position(place.public_lat, place.public_lon),
            "the middle of the cell",
        )
    known_as, head, text, means = _of_open(place)
    origin, geonames = _origin(place)
    return Precision(
        known_as, head, text, _position(place.public_lat, place.public_lon), means, origin, geonames
    )


def _of_open(place: Place) -> tuple[str, str, str, str]:
    reach = place.public_uncertainty_m
    kind = "place" if place.kind is PlaceKind.POINT else place.kind.value
    if place.kind in _AREAS:
        line = _OUTLINE if public_shape(place) else "The dashed line says how far the area may reach."
        text = f"The record names no narrower spot. {line}"
        return f"the whole {kind}", "An area, not a pin.", text, "a label point, not where the camera stood"
    if place.kind in _LINES:
        text = "The record does not say which part of it."
        return f"the {kind}, no narrower spot", "A line, not a pin.", text, "a point on it"
    if reach is None:
        return f"the {kind}", "A point.", "How exact it is, nobody has said.", "the place itself, roughly"
    if reach <= _EXACT_M:
        return f"the {kind} itself", "A spot.", f"Exact to {_metres(reach)}.", "the place itself"
    text = f"It lies somewhere within {_metres(reach)} of the point."
    return f"the {kind}, within {_metres(reach)}", "Not exact.", text, "the best guess, not a measured spot"


def _metres(metres: int) -> str:
    return f"{metres} m" if metres < 1000 else f"{metres / 1000:.1f} km".replace(".0 ", " ")


def _position(lat: float, lon: float) -> str:
    north = "N" if lat >= 0 else "S"
    east = "E" if lon >= 0 else "W"
    return f"{abs(lat):.3f}° {north}, {abs(lon):.3f}° {east}"


def _origin(place: Place) -> tuple[str, bool]:
    """Answer where the position came from in words, and whether GeoNames has to be credited for it."""
    if place.provider == "gazetteer":
        known = place.gazetteer_id or ""
        if known.startswith(_OWN_LANDMARKS):
            return "our own list of landmarks", False
        provenance = provenance_of(known)
        geonames = provenance == provenance_of("")
        return provenance.origin if geonames else f"from {provenance.licence}", geonames
    return {"contributor": "set by a contributor", "import": "from an imported table"}.get(
        place.provider, ""
    ), False
