"""What everybody may know of sightings that nobody has looked at: how many, of which municipality, and when.

Nothing that their senders typed is told, no exact place, and nothing at all of what may be a home.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.foundation.dates import describe_short
from tracker.places.models import Place, PlaceKind, Privacy
from tracker.productions.models import Production, Shoot
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
    return _told(session, Sighting.production_id == production_id)


def unreviewed_at(session: Session, place: Place) -> list[Unreviewed]:
    """Answer those at a place or in a municipality; a place that is not open tells nothing."""
    if place.privacy is not Privacy.OPEN:
        return []
    here: list[ColumnElement[bool]] = [
        and_(Sighting.place_municipality == place.name, Sighting.place_country == place.country)
    ]
    if place.gazetteer_id is not None and place.kind in _WIDE:
        here.append(Sighting.place_gazetteer_id == place.gazetteer_id)
    return _told(session, or_(*here))


def _told(session: Session, condition: ColumnElement[bool]) -> list[Unreviewed]:
    rows = session.scalars(
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
    return [_unreviewed(one, one.production) for one in rows if one.production is not None]


def _unreviewed(one: Sighting, production: Production) -> Unreviewed:
    chosen = one.place_gazetteer_id is not None
    wide = one.place_name if chosen and one.place_kind in _WIDE else ""
    is_dated = one.start.is_known or one.end.is_known
    return Unreviewed(
        where=(one.place_municipality or wide or one.place_region) if chosen else "",
        country=one.place_country if chosen else None,
        when=describe_short(one.period) if is_dated else "",
        film=production.title,
        slug=production.slug,
        shoot_id=one.shoot_id if one.unreviewed else None,
    )
