"""Places of imported rows: what the gazetteer answers, or the written name without a pin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from tracker.foundation.geo import Point, distance_m
from tracker.foundation.text import fold
from tracker.geocoding.candidates import Answer, Candidate
from tracker.geocoding.cascade import Resolver
from tracker.places.models import Place, PlaceKind
from tracker.places.offered import gazetteer_id_of
from tracker.places.operations import PlaceDraft, find_or_add_place, find_place

PROVIDER = "gazetteer"
_TYPED_POINT_M = 100
# No town reaches farther; only towns this near are looked at.
_REACH_DEGREES = 0.5
_WIDE = (PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.MUNICIPALITY, PlaceKind.TOWN)
# What a landmark calls itself, in the languages that film crews write most.
_KIND_WORDS = {
    PlaceKind.STUDIO: "studio studios backlot",
    PlaceKind.QUARRY: "quarry",
    PlaceKind.AIRPORT: "airport airfield aerodrome",
    PlaceKind.STATION: "station",
    PlaceKind.RAILWAY: "railway railroad",
    PlaceKind.BRIDGE: "bridge pont ponte brücke most",
    PlaceKind.SQUARE: "square piazza platz plaza",
    PlaceKind.MUSEUM: "museum",
    PlaceKind.STREET: "street road avenue lane rue via",
    PlaceKind.PARK: "park garden gardens",
    PlaceKind.WATER: "lake river loch lago bay beach",
    PlaceKind.MOUNTAIN: "mount mountain monte peak",
    PlaceKind.ISLAND: "island isle isola",
    PlaceKind.BUILDING: "villa house hotel castle church palace library hospital school monastery abbey hall",
}
_KIND_OF_WORD = {word: kind for kind, words in _KIND_WORDS.items() for word in fold(words).split()}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place as a row gives it: its words, its country (ISO code), and a point where one is written."""

    text: str
    country: str | None
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """A place ready to be kept. `remark` tells what somebody should look at, "" if there is nothing."""

    draft: PlaceDraft
    remark: str = ""

    @property
    def has_pin(self) -> bool:
        return self.draft.point is not None


def locate(places: Resolver, wanted: Wanted, *, context: str = "", near: Point | None = None) -> Located:
    """Find a place; the country is a hard filter, a written point prevails where both disagree."""
    hint = wanted.point or near
    answer = places.resolve(
        wanted.text,
        context=context,
        country=wanted.country,
        near=(hint.lat, hint.lon) if hint else None,
    )
    if wanted.point is not None:
        return _at_point(wanted, wanted.point, answer)
    best = answer.pin
    if best is None:
        alike = f" (did you mean {answer.best.label}?)" if answer.best else ""
        return _by_name(wanted, f"nothing by that name is known here{alike}; kept without a pin")
    if answer.ambiguous:
        choices = " or ".join(dict.fromkeys(c.label for c in answer.candidates[:3]))
        return _by_name(wanted, f"could be {choices}; kept without a pin")
    return _from_candidate(wanted, best)


def keep_places(session: Session, located: Iterable[Located]) -> dict[Located, Place]:
    """Find or add the places, wide ones first, each within the narrowest kept place that surely holds it."""
    kept: dict[Located, Place] = {}
    for one in sorted(set(located), key=lambda one: _width(one.draft.kind)):
        place = find_place(session, one.draft)
        kept[one] = place or find_or_add_place(session, one.draft, within=_around(session, one.draft))
    return kept


def _at_point(wanted: Wanted, point: Point, answer: Answer) -> Located:
    """Take the candidate that holds the written point, else the point itself under the written name."""
    for candidate in answer.candidates:
        away = distance_m(point, Point(candidate.lat, candidate.lon))
        if not candidate.approximate and away <= candidate.uncertainty_m:
            return _from_candidate(wanted, candidate)
    draft = PlaceDraft(
        name=_first_part(wanted.text),
        kind=_kind_in(wanted.text) or PlaceKind.POINT,
        country=wanted.country or (answer.best.country if answer.best else None),
        point=point,
        uncertainty_m=_TYPED_POINT_M,
        provider="import",
    )
    return Located(draft)


def _by_name(wanted: Wanted, remark: str) -> Located:
    # An area claims the least: nothing is known of how far the place reaches.
    draft = PlaceDraft(name=wanted.text, kind=_kind_in(wanted.text) or PlaceKind.AREA, country=wanted.country)
    return Located(draft, remark)


def _from_candidate(wanted: Wanted, candidate: Candidate) -> Located:
    known = PlaceDraft(
        name=candidate.name,
        kind=PlaceKind(candidate.kind),
        country=candidate.country or None,
        region=candidate.region or "",
        municipality=candidate.municipality or "",
        point=Point(candidate.lat, candidate.lon),
        uncertainty_m=round(candidate.uncertainty_m),
        gazetteer_id=gazetteer_id_of(candidate),
        provider=candidate.provider,
    )
    if not candidate.approximate:
        return Located(known)
    # The town's row stays the town's: a landmark that is only known to lie there is a place of its own.
    name = _first_part(wanted.text)
    draft = replace(known, name=name, kind=_kind_in(name) or PlaceKind.AREA, gazetteer_id=None)
    away = f"{round(candidate.uncertainty_m / 1000)} km"
    return Located(draft, f"not listed itself; somewhere within {away} of {candidate.label}")


def _around(session: Session, draft: PlaceDraft) -> Place | None:
    """Answer the narrowest wider place on record that the gazetteer says holds this one."""
    if draft.kind is PlaceKind.COUNTRY or draft.country is None:
        return None
    point = draft.point or Point(0, 0)
    wider = session.scalars(
        select(Place)
        .where(
            Place.country == draft.country,
            or_(
                Place.kind == PlaceKind.COUNTRY,
                and_(Place.kind == PlaceKind.REGION, Place.name_key == fold(draft.region)),
                and_(Place.kind == PlaceKind.MUNICIPALITY, Place.name_key == fold(draft.municipality)),
                and_(
                    Place.kind == PlaceKind.TOWN,
                    Place.lat.between(point.lat - _REACH_DEGREES, point.lat + _REACH_DEGREES),
                ),
            ),
        )
        .order_by(Place.id)
    )
    holding = [place for place in wider if _holds(place, draft)]
    return max(holding, key=lambda place: (_width(place.kind), -place.id), default=None)


def _holds(place: Place, draft: PlaceDraft) -> bool:
    if _width(place.kind) >= _width(draft.kind):
        return False
    if place.kind is PlaceKind.COUNTRY:
        return True
    if place.kind is PlaceKind.REGION:
        return bool(draft.region)
    if place.kind is PlaceKind.MUNICIPALITY:
        same_region = not draft.region or fold(place.region) == fold(draft.region)
        return bool(draft.municipality) and same_region
    if place.lat is None or place.lon is None or draft.point is None:
        return False
    return distance_m(Point(place.lat, place.lon), draft.point) <= (place.uncertainty_m or 0)


def _width(kind: PlaceKind) -> int:
    return _WIDE.index(kind) if kind in _WIDE else len(_WIDE)


def _kind_in(text: str) -> PlaceKind | None:
    """Answer the kind that the name itself tells, by the last word that tells one."""
    found = [_KIND_OF_WORD[word] for word in fold(_first_part(text)).split() if word in _KIND_OF_WORD]
    return found[-1] if found else None


def _first_part(text: str) -> str:
    return re.split(r"[,;(]", text, maxsplit=1)[0].strip() or text
