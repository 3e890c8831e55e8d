"""Sending sightings in, and taking them back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.foundation.clock import today
from tracker.foundation.dates import Period
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean, clean_line
from tracker.history.recording import change
from tracker.places.operations import PlaceDraft
from tracker.productions.models import Production, Status
from tracker.sightings.delay import HeldBack, held_back
from tracker.sightings.models import Sighting, State
from tracker.sightings.photos import drop_with
from tracker.sightings.publishing import publish_if_trusted
from tracker.sightings.risk import OnLand, assess
from tracker.sightings.states import decide
from tracker.sources.addresses import check_address

# How a sighting is held back by the site's delay; None where it is not.
Hold = Callable[[Sighting], HeldBack | None]
_DELAY_HOURS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class SightingDraft:
    """A report before it is stored. `place` is the candidate chosen; without one the words alone are kept."""

    production_title: str
    production: Production | None = None
    place_text: str
    place: PlaceDraft | None = None
    period: Period
    status: Status = Status.CONFIRMED
    address: str = ""
    seen_by_sender: bool = False
    implied: bool = False
    note: str = ""


def submit(
    session: Session,
    draft: SightingDraft,
    *,
    by: User,
    on_land: OnLand | None = None,
    hold: Hold | None = None,
) -> Sighting:
    """Put a sighting into the queue; a trusted contributor's is published at once unless something is odd.

    `on_land` tells whether a point lies on land, `hold` how a live sighting is to be held
    back. Raises InvalidValueError naming what is missing.
    """
    title, where = clean_line(draft.production_title)[:300], clean_line(draft.place_text)[:300]
    if not title:
        raise InvalidValueError("Say which film or series it is.")
    if not where:
        raise InvalidValueError("Say where it was.")
    place = draft.place
    sighting = Sighting(
        submitted_by_id=by.id,
        production_title=title,
        production_id=draft.production.id if draft.production else None,
        place_text=where,
        place_name=place.name if place else "",
        place_kind=place.kind if place else None,
        place_country=place.country if place else None,
        place_region=place.region if place else "",
        place_municipality=place.municipality if place else "",
        place_lat=place.point.lat if place and place.point else None,
        place_lon=place.point.lon if place and place.point else None,
        place_uncertainty_m=place.uncertainty_m if place else None,
        place_gazetteer_id=place.gazetteer_id if place else None,
        place_geometry=place.geometry if place else None,
        start=draft.period.start,
        end=draft.period.end,
        status=draft.status,
        address=check_address(draft.address) if draft.address else None,
        seen_by_sender=draft.seen_by_sender,
        implied=draft.implied,
        note=clean(draft.note)[:5000],
    )
    with change(session, by=by, comment=f"Sent in a sighting: {title}, {where}"):
        session.add(sighting)
        session.flush()
        found = assess(session, sighting, sender=by, today=today(), on_land=on_land)
    held = hold(sighting) if hold else held_back(sighting, delay_hours=_DELAY_HOURS, gazetteer=None)
    publish_if_trusted(session, sighting, by=by, findings=found, held=held)
    return sighting


def withdraw(session: Session, sighting: Sighting, *, by: User) -> None:
    """Take one's own sighting back while it waits."""
    with change(session, by=by, comment=f"Withdrew sighting {sighting.id}"):
        decide(session, sighting, State.WITHDRAWN, by=by)
        drop_with(session, sighting, by=by)
