"""The end of the live delay: what was held back goes to where it was, in a change without an author."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.history.recording import change
from tracker.places.operations import find_or_add_place
from tracker.productions.evidence import Citation
from tracker.productions.models import Shoot
from tracker.productions.operations import bring_up_to_date
from tracker.sightings.models import Sighting
from tracker.sightings.moderation import (
    citation_of,
    cite_further,
    cite_it,
    place_of,
    source_of,
    unnamed_title,
)
from tracker.sightings.outlook import likely_kind
from tracker.sightings.photos import publish_with
from tracker.sources.addresses import address_key
from tracker.sources.models import Source
from tracker.sources.operations import find_source

_AT_ONCE = 50


def next_release(session: Session) -> datetime | None:
    """Answer when the next sighting's delay is over; None where nothing is held back."""
    return session.scalar(select(func.min(Sighting.exact_from)))


def release_due(session: Session, *, at: datetime) -> int:
    """Tell the exact places of sightings whose delay is over at a moment; answer how many.

    Each is a change without an author, so that whoever follows the record hears of it. What a moderator has
    moved meanwhile stays where it was put.
    """
    due = session.scalars(
        select(Sighting)
        .where(Sighting.exact_from <= at)
        .order_by(Sighting.exact_from, Sighting.id)
        .limit(_AT_ONCE)
        .with_for_update()
    ).all()
    for sighting in due:
        with change(session, by=None, comment=f"The delay of sighting {sighting.id} is over"):
            _release(session, sighting)
    return len(due)


def _release(session: Session, sighting: Sighting) -> None:
    shoot = session.get(Shoot, sighting.shoot_id)
    held_at, sighting.exact_from, sighting.stand_in_id = sighting.stand_in_id, None, None
    if shoot is None:
        session.flush()
        return
    if held_at is None:
        cite_it(session, sighting, shoot, likely_kind(sighting))
        publish_with(session, sighting, shoot, by=None)
        return
    if shoot.place_id == held_at:
        shoot.place_id = find_or_add_place(session, place_of(sighting)).id
    _name_source(session, sighting, shoot)
    cite_further(session, sighting, shoot, source_of(session, sighting, likely_kind(sighting)))
    session.flush()
    bring_up_to_date(session, [shoot])
    publish_with(session, sighting, shoot, by=None)


def _name_source(session: Session, sighting: Sighting, shoot: Shoot) -> None:
    """Give the citation its note, and its source the link that was held back."""
    unnamed = session.scalar(
        select(Source).where(Source.title == unnamed_title(sighting), Source.address.is_(None))
    )
    of_shoot: Any = select(Citation).where(Citation.shoot_id == shoot.id)
    if unnamed is None:
        return
    citation: Citation | None = session.scalar(of_shoot.where(Citation.source_id == unnamed.id))
    if citation is None:
        return
    citation.note = citation.note or citation_of(sighting).note
    if not sighting.address:
        return
    known = find_source(session, sighting.address)
    if known is None:
        unnamed.address, unnamed.address_key = sighting.address, address_key(sighting.address)
        unnamed.title = sighting.address.split("://", 1)[-1][:200]
        return
    spoke = of_shoot.where(Citation.source_id == known.id, Citation.stance == citation.stance)
    if session.scalar(spoke) is None:
        citation.source_id = known.id
