"""Upkeep: what is stored of shoots follows, in the same transaction, whatever it is worked out from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from tracker.places.models import Place
from tracker.places.queries import places_inside
from tracker.productions.evidence import AttestedDay, Citation
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
    refresh_after(
        session,
        [
            *(("source", source.id) for source in sources),
            *(("place", place.id) for place in places),
            *(("production", production.id) for production in productions),
        ],
    )


def refresh_after(session: Session, rows: Iterable[tuple[str, int]]) -> None:
    """Bring the shoots up to date that rest on any of the rows, each given as table and id."""
    session.flush()
    bring_up_to_date(session, shoots_resting_on(session, rows))


def shoots_resting_on(session: Session, rows: Iterable[tuple[str, int]]) -> list[Shoot]:
    """Answer the shoots whose dates, status or grade follow from any of these rows, by number.

    A place counts for the shoots at it and at all places inside, and for those a source names it for; a
    source also for what cites a repeat of it.
    """
    ids: dict[str, set[int]] = defaultdict(set)
    for table, row_id in rows:
        ids[table].add(row_id)
    around = places_inside(session, sorted(ids["place"])) if ids["place"] else ()
    found: dict[int, Shoot] = {}
    for some in _batches(ids["shoot"]):
        found |= _by_id(session, Shoot.id.in_(some))
    for some in _batches(ids["production"]):
        found |= _by_id(session, Shoot.production_id.in_(some))
    for some in _batches(around):
        named = select(Citation.shoot_id).where(Citation.speaks_of_id.in_(some))
        found |= _by_id(session, or_(Shoot.place_id.in_(some), Shoot.id.in_(named)))
    for some in _batches(ids["source"]):
        members = select(Source.id).where(or_(Source.id.in_(some), Source.repeats_id.in_(some)))
        found |= _cited(session, Citation.source_id.in_(members))
    for some in _batches(ids["citation"]):
        found |= _cited(session, Citation.id.in_(some))
    for some in _batches(ids["attested_day"]):
        attested = select(AttestedDay.citation_id).where(AttestedDay.id.in_(some))
        found |= _cited(session, Citation.id.in_(attested))
    return [found[number] for number in sorted(found)]


def _cited(session: Session, condition: ColumnElement[bool]) -> dict[int, Shoot]:
    return _by_id(session, Shoot.id.in_(select(Citation.shoot_id).where(condition)))


def _by_id(session: Session, condition: ColumnElement[bool]) -> dict[int, Shoot]:
    return {shoot.id: shoot for shoot in session.scalars(select(Shoot).where(condition))}


def _batches(numbers: Iterable[int]) -> list[list[int]]:
    ordered = sorted(set(numbers))
    return [ordered[i : i + _BATCH] for i in range(0, len(ordered), _BATCH)]
