"""Rows that a source says otherwise than when they were taken over: the record follows the source."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tracker.exchange.running.facts import Record
from tracker.exchange.running.keeping import Written
from tracker.productions.evidence import Citation
from tracker.productions.models import Shoot, Status
from tracker.productions.operations import bring_up_to_date
from tracker.sightings.unattributed import UnattributedPlace, UnattributedSighting


def update_sighting(
    session: Session, sighting_id: int, record: Record, place_ids: tuple[int, ...], status: Status
) -> bool:
    """Let an unattributed sighting say what its row says now; False if there is none any more."""
    sighting = session.get(UnattributedSighting, sighting_id)
    if sighting is None:
        return False
    sighting.place_text, sighting.category = record.place_text, record.category
    sighting.start, sighting.end = record.period.start, record.period.end
    sighting.status, sighting.note = status, record.note
    of = UnattributedPlace.sighting_id == sighting_id
    if tuple(session.scalars(select(UnattributedPlace.place_id).where(of))) != place_ids:
        session.execute(delete(UnattributedPlace).where(of))
        session.add_all(UnattributedPlace(sighting_id=sighting_id, place_id=one) for one in place_ids)
    session.flush()
    return True


def update_citation(
    session: Session, written: Written, source_id: int, record: Record, place_ids: set[int]
) -> bool:
    """Let the citation of a row say its dates of now; False where the row names another place now."""
    shoot = session.get(Shoot, written[1]) if written[0] == "shoot" else None
    if shoot is None or shoot.place_id not in place_ids:
        return False
    citation = session.scalar(
        select(Citation)
        .where(Citation.shoot_id == shoot.id, Citation.source_id == source_id)
        .order_by(Citation.id)
    )
    if citation is None:
        return False
    citation.start, citation.end = record.period.start, record.period.end
    if record.note and shoot.note != record.note:
        shoot.note = record.note
    session.flush()
    bring_up_to_date(session, [shoot])
    return True
