"""Reads of sightings: the queue, one with all around it, a sender's own."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.foundation.dates import perhaps_within
from tracker.foundation.geo import Point, distance_m
from tracker.foundation.text import fold
from tracker.places.privacy import public_name
from tracker.productions.evidence import Citation
from tracker.productions.models import Production, Shoot
from tracker.productions.queries import production_titled, shoots_of
from tracker.sightings.desk import count_waiting, queue_place
from tracker.sightings.doubts import point_of
from tracker.sightings.models import Sighting
from tracker.sources.operations import find_source

NEAR_M = 50_000
_SAME_SOURCE = "The same link is a source of this stop already."


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A shoot that a sighting may be about, with why, in words; the nearest first."""

    shoot: Shoot
    distance_m: float | None
    why: str
    # A stop nearby, not the same place: likelier another shoot than not.
    is_near_only: bool = False


def sighting_by_id(session: Session, sighting_id: int) -> Sighting | None:
    """Answer a sighting with its sender, production, decision and shoot."""
    return session.scalar(
        select(Sighting)
        .where(Sighting.id == sighting_id)
        .options(
            joinedload(Sighting.submitted_by),
            joinedload(Sighting.decided_by),
            joinedload(Sighting.production),
            joinedload(Sighting.shoot).joinedload(Shoot.place),
            joinedload(Sighting.shoot).joinedload(Shoot.production),
        )
    )


def queue_length(session: Session) -> int:
    """Answer how many entries of whatever kind wait at the desk."""
    return count_waiting(session)


def place_in_queue(session: Session, sighting: Sighting) -> int:
    """Answer a sighting's place in the order in which the desk looks at all that waits."""
    return queue_place(session, sighting)[0]


def sent_by(session: Session, user_id: int, *, limit: int = 100) -> list[Sighting]:
    """Answer a sender's sightings, newest first."""
    return list(
        session.scalars(
            select(Sighting)
            .where(Sighting.submitted_by_id == user_id)
            .options(joinedload(Sighting.production))
            .order_by(Sighting.id.desc())
            .limit(limit)
        )
    )


def likely_duplicates(session: Session, sighting: Sighting) -> list[Duplicate]:
    """Answer the shoots that a sighting may be about, nearest first.

    Those of its production at or near the place whose dates may be the same; and those for which its link
    is a source already, whatever the film is called and the dates are.
    """
    production = production_of(session, sighting)
    cited = {shoot.id: shoot for shoot in _cited_at(session, sighting.address)}
    shoots = shoots_of(session, production.id) if production is not None else []
    found = [_compare(sighting, shoot, same_source=shoot.id in cited) for shoot in shoots]
    known = {shoot.id for shoot in shoots}
    found += [
        _compare(sighting, shoot, same_source=True) for shoot in cited.values() if shoot.id not in known
    ]
    return sorted(
        (d for d in found if d is not None),
        key=lambda d: (d.distance_m is None, d.distance_m or 0, d.shoot.id),
    )


def beside(session: Session, sighting: Sighting) -> list[Duplicate]:
    """Answer what a sighting is to be seen beside: its likely duplicates, else the film's stops of its name.

    A namesake far away is the commonest mistake; then the stop that is meant stands right there.
    """
    likely = likely_duplicates(session, sighting)
    here = point_of(sighting)
    production = production_of(session, sighting)
    if likely or here is None or production is None:
        return likely
    names = {fold(sighting.place_name), fold(sighting.place_text)}
    found = [
        Duplicate(shoot, away, f"Same production, a place of the same name, {round(away / 1000):,} km away.")
        for shoot in shoots_of(session, production.id)
        if fold(public_name(shoot.place)) in names
        and (lat := shoot.place.public_lat) is not None
        and (lon := shoot.place.public_lon) is not None
        and _dates_meet(sighting, shoot)
        and (away := distance_m(here, Point(lat, lon))) > 0
    ]
    return sorted(found, key=lambda one: (one.distance_m or 0, one.shoot.id))


def production_of(session: Session, sighting: Sighting) -> Production | None:
    """Answer the production that a sighting is about, None for one that is new."""
    if sighting.production_id is not None:
        return session.get(Production, sighting.production_id)
    return production_titled(session, sighting.production_title)


def _cited_at(session: Session, address: str | None) -> list[Shoot]:
    """Answer the shoots of which the source at an address speaks."""
    source = find_source(session, address) if address else None
    if source is None:
        return []
    speaks = select(Citation.shoot_id).where(Citation.source_id == source.id)
    places, films = joinedload(Shoot.place), joinedload(Shoot.production)
    return list(session.scalars(select(Shoot).where(Shoot.id.in_(speaks)).options(places, films)))


def _compare(sighting: Sighting, shoot: Shoot, *, same_source: bool) -> Duplicate | None:
    place = shoot.place
    if sighting.place_lat is None or sighting.place_lon is None:
        return Duplicate(shoot, None, _SAME_SOURCE) if same_source else None
    if place.public_lat is None or place.public_lon is None:
        return None
    away = distance_m(
        Point(sighting.place_lat, sighting.place_lon), Point(place.public_lat, place.public_lon)
    )
    reach = max(NEAR_M, (place.public_uncertainty_m or 0) + (sighting.place_uncertainty_m or 0))
    if away > reach or not (same_source or _dates_meet(sighting, shoot)):
        return None
    same = place.gazetteer_id is not None and place.gazetteer_id == sighting.place_gazetteer_id
    if same:
        where = "the same place"
    elif away <= (place.public_uncertainty_m or 0):
        where = f"inside what is known as {public_name(place)}"
    else:
        where = f"{max(1, round(away / 1000))} km away"
    is_near_only = not same_source and not same and away > (place.public_uncertainty_m or 0)
    told = f"{_SAME_SOURCE} {where[0].upper()}{where[1:]}." if same_source else ""
    return Duplicate(
        shoot, away, told or f"Same production, {where}, and the dates may overlap.", is_near_only
    )


def _dates_meet(sighting: Sighting, shoot: Shoot) -> bool:
    first, last = sighting.start.earliest, sighting.end.latest
    if first is None or last is None:
        return True
    return perhaps_within(shoot.period, first, last)
