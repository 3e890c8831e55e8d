"""Upkeep: what is stored of shoots follows, in the same transaction, whatever it is worked out from."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from tracker.places.models import Place
from tracker.places.queries import places_inside
from tracker.productions.evidence import Citation
from tracker.productions.models import Production, Shoot
from tracker.productions.operations import bring_up_to_date
from tracker.sources.models import Source

# Numbers in one statement; SQLite takes a few tens of thousands, and plans long lists badly.
_BATCH = 500


def bring_up_to_date_after(
    session: Session,
    *,
    sources: Iterable[Source] = (),
    places: Iterable[Place] = (),
    productions: Iterable[Production] = (),
) -> None:
    """Write dates, status and grade anew of all shoots that rest on what has changed.

    To be called inside the change that edits a source's kind, cast, dates or repeats, a place's surroundings
    (merged, moved into another), or a production's release date.
    """
    session.flush()
    bring_up_to_date(session, shoots_resting_on(session, sources, places, productions))


def shoots_resting_on(
    session: Session,
    sources: Iterable[Source] = (),
    places: Iterable[Place] = (),
    productions: Iterable[Production] = (),
) -> list[Shoot]:
    """Answer the shoots whose dates, status or grade follow from any of these, by number.

    A place counts for the shoots at it and at all places inside, and for those a source names it for.
    """
    around = places_inside(session, [place.id for place in places])
    found: dict[int, Shoot] = {}
    for ids in _batches(source.id for source in sources):
        cited = select(Citation.shoot_id).where(Citation.source_id.in_(ids))
        found |= _by_id(session, Shoot.id.in_(cited))
    for ids in _batches(around):
        named = select(Citation.shoot_id).where(Citation.speaks_of_id.in_(ids))
        found |= _by_id(session, or_(Shoot.place_id.in_(ids), Shoot.id.in_(named)))
    for ids in _batches(production.id for production in productions):
        found |= _by_id(session, Shoot.production_id.in_(ids))
    return [found[number] for number in sorted(found)]


def _by_id(session: Session, condition: ColumnElement[bool]) -> dict[int, Shoot]:
    return {shoot.id: shoot for shoot in session.scalars(select(Shoot).where(condition))}


def _batches(numbers: Iterable[int]) -> list[list[int]]:
    ordered = sorted(set(numbers))
    return [ordered[i : i + _BATCH] for i in range(0, len(ordered), _BATCH)]
