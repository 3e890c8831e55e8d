"""Every module that holds tables, so that whoever imports this knows the whole schema."""

from __future__ import annotations

from tracker.accounts import events, operations, resets, tokens
from tracker.accounts import models as accounts
from tracker.exchange import models as exchange
from tracker.exchange.uploads import models as uploads
from tracker.foundation.database import Base
from tracker.geocoding import models as geocoding
from tracker.history import models as history
from tracker.mail import outbox
from tracker.places import models as places
from tracker.productions import distinct, evidence, partners, photos
from tracker.productions import models as productions
from tracker.sightings import (
    drafts,
    flags,
    further,
    notes,
    offered,
    orders,
    presence,
    removals,
    second_person,
    thread,
    trust,
    unattributed,
)
from tracker.sightings import models as sightings
from tracker.sightings import photos as sighting_photos
from tracker.sources import models as sources
from tracker.watching import models as watching

__all__ = [
    "accounts",
    "distinct",
    "drafts",
    "events",
    "evidence",
    "exchange",
    "flags",
    "further",
    "geocoding",
    "history",
    "metadata",
    "notes",
    "offered",
    "operations",
    "orders",
    "outbox",
    "partners",
    "photos",
    "places",
    "presence",
    "productions",
    "removals",
    "resets",
    "second_person",
    "sighting_photos",
    "sightings",
    "sources",
    "thread",
    "tokens",
    "trust",
    "unattributed",
    "uploads",
    "watching",
]

metadata = Base.metadata
