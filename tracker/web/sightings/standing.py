"""Where a sighting stands while it waits, and what it would become."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.dates import UNKNOWN
from tracker.productions.knowledge import Knowledge
from tracker.sightings.models import Sighting
from tracker.sightings.outlook import claim_from, further_claims, known_with, likely_kind
from tracker.sightings.queries import Duplicate, likely_duplicates, place_in_queue, queue_length
from tracker.sources.operations import find_source
from tracker.web.frame.ages import age_in_words, ordinal


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a sighting stands: its place in the queue while it waits, and what it would become."""

    place: str
    waiting: int
    age: str
    knowledge: Knowledge
    duplicates: list[Duplicate]


def standing_of(sighting: Sighting) -> Standing | None:
    """Answer where a sighting stands in the queue; None once it is decided."""
    if not sighting.is_pending:
        return None
    source = find_source(db.session, sighting.address) if sighting.address else None
    return Standing(
        place=ordinal(place_in_queue(db.session, sighting)),
        waiting=queue_length(db.session),
        age=age_in_words(sighting.submitted_at),
        knowledge=known_with(
            claim_from(sighting, likely_kind(sighting), source),
            further_claims(db.session, sighting),
            today=today(),
            released=sighting.production.released if sighting.production else UNKNOWN,
        ),
        duplicates=likely_duplicates(db.session, sighting),
    )
