"""Writes of places. All run inside an open change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.foundation.errors import InvalidValueError
from tracker.foundation.geo import Point, distance_m
from tracker.foundation.text import clean_line, fold, slugify
from tracker.history.merging import WITH_MERGED, survivor_of
from tracker.places.cells import count_in
from tracker.places.homes import is_kept_as_home
from tracker.places.models import Place, PlaceKind, Privacy
from tracker.places.privacy import publish, stricter

_SAME_PLACE_M = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceDraft:
    """A place as somebody or the gazetteer describes it. Without a point it is known by name only.

    `geometry` is the shape that somebody drew, as GeoJSON; `point` lies on it.
    """

    name: str
    kind: PlaceKind = PlaceKind.POINT
    country: str | None = None
    region: str = ""
    municipality: str = ""
    point: Point | None = None
    uncertainty_m: int | None = None
    gazetteer_id: str | None = None
    geometry: dict[str, Any] | None = None
    provider: str = ""
    privacy: Privacy = Privacy.OPEN
    # From an authority's own list of permits, where an address is a street and no home.
    is_official: bool = False

    def __post_init__(self) -> None:
        if not clean_line(self.name):
            raise InvalidValueError("A place needs a name.")
        if self.country is not None and not (len(self.country) == 2 and self.country.isupper()):
            raise InvalidValueError(f"{self.country!r} is not a country code of two capital letters.")


def find_or_add_place(session: Session, draft: PlaceDraft, *, within: Place | None = None) -> Place:
    """Answer the place that the draft describes, adding it if there is none."""
    found = find_place(session, draft)
    if found is not None:
        return found
    place = new_place(draft, within_id=within.id if within else None)
    session.add(place)
    session.flush()
    count_in(session, [place])
    return place


def new_place(draft: PlaceDraft, *, within_id: int | None) -> Place:
    """Make the place that a draft describes, with its public point; no session knows it yet.

    A home is obscured, whatever the draft says: a moderator may open it afterwards.
    """
    name = clean_line(draft.name)[:300]
    is_listed = draft.gazetteer_id is not None
    at_home = is_kept_as_home(name, draft.kind, is_listed=is_listed, is_official=draft.is_official)
    place = Place(
        name=name,
        name_key=fold(name)[:300],
        slug=slugify(name, fallback="place"),
        kind=draft.kind,
        country=draft.country,
        region=draft.region,
        municipality=draft.municipality,
        lat=draft.point.lat if draft.point else None,
        lon=draft.point.lon if draft.point else None,
        uncertainty_m=draft.uncertainty_m,
        geometry=draft.geometry,
        privacy=stricter(draft.privacy, Privacy.OBSCURED) if at_home else draft.privacy,
        provider=draft.provider,
        gazetteer_id=draft.gazetteer_id,
        within_id=within_id,
    )
    publish(place)
    return place


def find_place(session: Session, draft: PlaceDraft) -> Place | None:
    """Answer the same gazetteer row, else a place of that name, kind and country at most 2 km away."""
    if draft.gazetteer_id is not None:
        same = select(Place).where(Place.gazetteer_id == draft.gazetteer_id)
        found = session.scalar(same.execution_options(**WITH_MERGED))
        if found is not None:
            return survivor_of(session, Place, found.id) or found
    namesakes = session.scalars(
        select(Place)
        .where(
            Place.name_key == fold(draft.name)[:300],
            Place.kind == draft.kind,
            Place.country == draft.country if draft.country else Place.country.is_(None),
        )
        .order_by(Place.id)
    )
    return next((place for place in namesakes if _is_same_spot(place, draft)), None)


def _is_same_spot(place: Place, draft: PlaceDraft) -> bool:
    if place.gazetteer_id and draft.gazetteer_id and place.gazetteer_id != draft.gazetteer_id:
        return False
    if place.lat is None or place.lon is None or draft.point is None:
        return (place.lat is None) == (draft.point is None)
    spots = [Point(place.lat, place.lon)]
    if place.public_lat is not None and place.public_lon is not None:
        # Who chose an obscured place from the record knows no more of it than its public point.
        spots.append(Point(place.public_lat, place.public_lon))
    return any(distance_m(spot, draft.point) <= _SAME_PLACE_M for spot in spots)
