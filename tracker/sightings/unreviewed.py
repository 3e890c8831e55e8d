"""What everybody may know of sightings that nobody has looked at: how many, of which municipality, and when.

Nothing that their senders typed is told, no exact place, and nothing at all of what may be a home.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.foundation.dates import describe_short
from tracker.geocoding import Gazetteer
from tracker.places.models import Place, PlaceKind, Privacy
from tracker.places.operations import PlaceDraft
from tracker.productions.models import Shoot
from tracker.sightings.delay import area_around, held_back
from tracker.sightings.models import Risk, Sighting, State

# A place of these kinds is as wide as what may be told.
_WIDE = frozenset({PlaceKind.TOWN, PlaceKind.MUNICIPALITY, PlaceKind.REGION, PlaceKind.COUNTRY})
MOST = 20


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """One sighting as far as it may be told; `shoot_id` where a trusted contributor published it already."""

    where: str
    country: str | None
    when: str
    film: str
    slug: str
    shoot_id: int | None


def unreviewed_of(session: Session, production_id: int) -> list[Unreviewed]:
    """Answer the sightings of a production that nobody has looked at yet, oldest first."""
    return [_unreviewed(one) for one in _rows(session, Sighting.production_id == production_id)]


def unreviewed_at(session: Session, place: Place) -> list[Unreviewed]:
    """Answer those at a place or in a municipality; a place that is not open tells nothing."""
    here = _here(place)
    return [] if here is None else [_unreviewed(one) for one in _rows(session, here)]


@dataclass(frozen=True, slots=True)
class Spot:
    """A wider area that unreviewed sightings are drawn at, in WGS84 degrees, and how far it reaches."""

    lat: float
    lon: float
    uncertainty_m: int
    name: str


@dataclass(frozen=True, slots=True)
class DelayRules:
    """What decides whether something is happening now, and where the areas around it are looked up."""

    delay_hours: int
    gazetteer: Gazetteer | None


def spots_of(session: Session, production_id: int, rules: DelayRules) -> list[tuple[Spot, Unreviewed]]:
    """Answer where those of a production may be drawn; what is published already is a stop, and left out."""
    return _spots(session, _rows(session, Sighting.production_id == production_id), rules)


def spots_at(session: Session, place: Place, rules: DelayRules) -> list[tuple[Spot, Unreviewed]]:
    """Answer where those at a place or in a municipality may be drawn."""
    here = _here(place)
    return [] if here is None else _spots(session, _rows(session, here), rules)


def _spots(session: Session, rows: Sequence[Sighting], rules: DelayRules) -> list[tuple[Spot, Unreviewed]]:
    areas = [(one, area) for one in rows if (area := _area(one, rules)) is not None]
    ids = {number for one, area in areas for number in (one.place_gazetteer_id, area.gazetteer_id)}
    hidden = set(
        session.scalars(
            select(Place.gazetteer_id).where(Place.gazetteer_id.in_(ids), Place.privacy != Privacy.OPEN)
        )
    )
    return [
        (Spot(area.point.lat, area.point.lon, area.uncertainty_m or 0, area.name), _unreviewed(one))
        for one, area in areas
        if area.point is not None and not {one.place_gazetteer_id, area.gazetteer_id} & hidden
    ]


def _area(one: Sighting, rules: DelayRules) -> PlaceDraft | None:
    """Answer what may be drawn of a sighting; None for a stop, what is live, and what nobody located."""
    if one.shoot_id is not None or one.place_gazetteer_id is None or rules.gazetteer is None:
        return None
    if held_back(one, delay_hours=rules.delay_hours, gazetteer=None) is not None:
        return None
    return area_around(one, rules.gazetteer)


def _rows(session: Session, condition: ColumnElement[bool]) -> list[Sighting]:
    return list(
        session.scalars(
            select(Sighting)
            .where(
                or_(Sighting.state == State.PENDING, Sighting.unreviewed),
                Sighting.risk != Risk.PRIVACY,
                Sighting.production_id.is_not(None),
                condition,
            )
            .options(
                joinedload(Sighting.production),
                joinedload(Sighting.shoot).joinedload(Shoot.place),
            )
            .order_by(Sighting.submitted_at, Sighting.id)
            .limit(MOST)
        )
    )


def _here(place: Place) -> ColumnElement[bool] | None:
    """Answer what holds of sightings at a place or in a municipality; None where nothing may be told."""
    if place.privacy is not Privacy.OPEN:
        return None
    here: list[ColumnElement[bool]] = [
        and_(Sighting.place_municipality == place.name, Sighting.place_country == place.country)
    ]
    if place.gazetteer_id is not None and place.kind in _WIDE:
        here.append(Sighting.place_gazetteer_id == place.gazetteer_id)
    return or_(*here)


def _unreviewed(one: Sighting) -> Unreviewed:
    chosen = one.place_gazetteer_id is not None
    wide = one.place_name if chosen and one.place_kind in _WIDE else ""
    is_dated = one.start.is_known or one.end.is_known
    return Unreviewed(
        where=(one.place_municipality or wide or one.place_region) if chosen else "",
        country=one.place_country if chosen else None,
        when=describe_short(one.period) if is_dated else "",
        film=one.production.title if one.production else "",
        slug=one.production.slug if one.production else "",
        shoot_id=one.shoot_id if one.unreviewed else None,
    )
