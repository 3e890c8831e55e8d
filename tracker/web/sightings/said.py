"""What a sighting says beside place and date, in words: the order of the shoot, and its further sources."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.places.privacy import public_name
from tracker.productions.evidence import Relation
from tracker.sightings.further import FurtherSource, further_sources
from tracker.sightings.models import Sighting
from tracker.sightings.orders import SightingOrder, orders_of

_SAID = {Relation.NEXT: "came next after", Relation.AFTER: "came after", Relation.BEFORE: "came before"}


@dataclass(frozen=True, slots=True)
class Said:
    """The order in sentences, each with the words that say so, and the further sources."""

    orders: tuple[tuple[str, str], ...]
    further: tuple[FurtherSource, ...]


def said_by(session: Session, sighting: Sighting) -> Said:
    """Answer what a sighting says beside place and date; of the order also what others say of it."""
    orders = tuple((_order(order), order.words) for order in orders_of(session, sighting))
    return Said(orders, tuple(further_sources(session, sighting)))


def _order(order: SightingOrder) -> str:
    other = order.other_sighting
    name = (other.place_name or other.place_text) if other else ""
    if order.other_shoot is not None:
        name = public_name(order.other_shoot.place)
    own = order.sighting
    return f"{own.place_name or own.place_text} {_SAID[order.relation]} {name}."
