"""Saying which production unattributed sightings were: one by one, or all that a rule finds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from tracker.foundation.bulk import chunks
from tracker.foundation.errors import ConflictError
from tracker.foundation.text import fold
from tracker.history.models import Action, Revision
from tracker.places.models import Place
from tracker.productions.models import Production, Shoot
from tracker.productions.operations import CitationDraft, add_shoot, cite
from tracker.productions.queries import shoots_of
from tracker.sightings.unattributed import UnattributedPlace, UnattributedSighting
from tracker.sources.models import Source

_SIGHTING: Any = UnattributedSighting.__table__


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Which sightings are meant: all conditions that are given must hold. Days include both ends."""

    ids: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()
    place: str = ""
    category: str = ""
    words: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def is_empty(self) -> bool:
        said = (self.ids, self.numbers, self.place, self.category, self.words, self.first, self.last)
        return not any(said)


def unattributed(session: Session, rule: Rule, *, limit: int = 500) -> list[UnattributedSighting]:
    """Answer the sightings without a production that a rule finds, earliest first, with their sources."""
    found = _found(select(UnattributedSighting), rule).options(joinedload(UnattributedSighting.source))
    order = (_SIGHTING.c.start_earliest, UnattributedSighting.id)
    return list(session.scalars(found.order_by(*order).limit(limit)))


def count_unattributed(session: Session, rule: Rule) -> int:
    """Answer how many sightings without a production a rule finds."""
    return session.scalar(_found(select(func.count(UnattributedSighting.id)), rule)) or 0


def films_attributed_by(session: Session, change_id: int) -> list[int]:
    """Answer, for each sighting to which a change gave a production, the production's number."""
    rows = session.scalars(
        select(Revision.after).where(
            Revision.change_id == change_id,
            Revision.table_name == UnattributedSighting.__tablename__,
            Revision.action == Action.CHANGED,
        )
    )
    return [number for after in rows if (number := (after or {}).get("production_id")) is not None]


def _found(found: Select[Any], rule: Rule) -> Select[Any]:
    found = found.where(UnattributedSighting.production_id.is_(None))
    if rule.ids:
        found = found.where(UnattributedSighting.id.in_(rule.ids))
    if rule.numbers:
        found = found.where(UnattributedSighting.number.in_(rule.numbers))
    if rule.category:
        found = found.where(UnattributedSighting.category.ilike(rule.category))
    if rule.words:
        found = found.where(
            UnattributedSighting.place_text.icontains(rule.words, autoescape=True)
            | UnattributedSighting.note.icontains(rule.words, autoescape=True)
        )
    if rule.first:
        found = found.where(_SIGHTING.c.start_earliest >= rule.first)
    if rule.last:
        found = found.where(_SIGHTING.c.end_latest <= rule.last)
    if rule.place:
        there = (
            select(UnattributedPlace.sighting_id)
            .join(Place, Place.id == UnattributedPlace.place_id)
            .where(Place.name_key == fold(rule.place))
        )
        found = found.where(UnattributedSighting.id.in_(there))
    return found


def attribute(
    session: Session, sightings: Sequence[UnattributedSighting], production: Production
) -> list[Shoot]:
    """Say that sightings were of a production: each becomes evidence of a shoot at its places and dates.

    Must run inside a change. Raises ConflictError if one belongs to a production already.
    """
    taken = [one for one in sightings if one.production_id is not None]
    if taken:
        raise ConflictError(f"{taken[0].history_label()} belongs to a production already; leave it out.")
    places = places_of(session, [one.id for one in sightings])
    sources = {
        source.id: source
        for some in chunks({one.source_id for one in sightings})
        for source in session.scalars(select(Source).where(Source.id.in_(some)))
    }
    shoots = {_spot(shoot): shoot for shoot in shoots_of(session, production.id)}
    touched: list[Shoot] = []
    for one in sightings:
        for place in places.get(one.id, ()):
            spot = (place.id, one.start.edtf, one.end.edtf)
            if spot not in shoots:
                shoots[spot] = add_shoot(session, production, place, note=one.place_text)
            draft = CitationDraft(status=one.status, period=one.period, locator=one.number)
            cite(session, shoots[spot], sources[one.source_id], draft)
            touched.append(shoots[spot])
        one.production_id = production.id
    session.flush()
    return list(dict.fromkeys(touched))


def places_of(session: Session, sighting_ids: Iterable[int]) -> dict[int, list[Place]]:
    """Answer the places of sightings, by sighting."""
    found: dict[int, list[Place]] = defaultdict(list)
    for some in chunks(sighting_ids):
        rows = session.execute(
            select(UnattributedPlace.sighting_id, Place)
            .join(Place, Place.id == UnattributedPlace.place_id)
            .where(UnattributedPlace.sighting_id.in_(some))
            .order_by(UnattributedPlace.id)
        )
        for sighting_id, place in rows:
            found[sighting_id].append(place)
    return found


def _spot(shoot: Shoot) -> tuple[int, str, str]:
    return shoot.place_id, shoot.start.edtf, shoot.end.edtf
