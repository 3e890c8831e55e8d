"""Sending sightings in, and seeing what became of one's own."""

from __future__ import annotations

from typing import Annotated, Literal

from flask import current_app
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from tracker.accounts.access import allow
from tracker.accounts.permissions import Permission
from tracker.api import shapes
from tracker.api.answering import site
from tracker.api.asking import LARGEST_ID, whole
from tracker.api.guard import api_user
from tracker.api.shaping import sighting_of
from tracker.config import Settings
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.database import begin_writing
from tracker.foundation.dates import Hemisphere, parse_period
from tracker.foundation.dates.phrases import LONGEST_PHRASE
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.foundation.geo import Point
from tracker.foundation.text import clean_line
from tracker.places.operations import PlaceDraft
from tracker.productions.models import Status
from tracker.productions.queries import production_titled
from tracker.sightings.delay import HeldBack, held_back
from tracker.sightings.models import Sighting
from tracker.sightings.operations import SightingDraft, submit
from tracker.sightings.queries import sent_by, sighting_by_id

Text = Annotated[str, Field(min_length=1, max_length=300)]


Metres = Annotated[int, Field(ge=0, le=1_000_000), BeforeValidator(whole)]


class NewSighting(BaseModel):
    """A sighting as it is sent in; a moderator decides on it. Without a point the words alone are kept."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[Text, Field(description="The film or series, by any of its titles.")]
    place: Annotated[Text, Field(description="Where it was, in words.")]
    when: Annotated[
        str,
        Field(min_length=1, max_length=LONGEST_PHRASE, description="As you would say it, or EDTF."),
    ]
    lat: Annotated[float | None, Field(ge=-90, le=90)] = None
    lon: Annotated[float | None, Field(ge=-180, le=180)] = None
    uncertainty_m: Metres | None = None
    status: Literal["rumoured", "planned", "confirmed"] = "confirmed"
    address: Annotated[str, Field(max_length=2000, description="Where it can be read.")] = ""
    seen_by_sender: bool = False
    note: Annotated[str, Field(max_length=5000)] = ""


class OwnSightings(BaseModel):
    """Your sightings, the newest first, at most a hundred."""

    items: list[shapes.Sighting]


@allow(Permission.SUBMIT)
def submit_sighting(body: NewSighting) -> shapes.Sighting:
    """Send a sighting in, under the name of the token's owner."""
    draft = _draft(body)
    begin_writing(db.session)
    sighting = submit(db.session, draft, by=api_user(), hold=_hold)
    db.session.commit()
    return sighting_of(sighting, site())


@allow(Permission.SUBMIT)
def own_sightings() -> OwnSightings:
    """List your own sightings."""
    found = sent_by(db.session, api_user().id)
    return OwnSightings(items=[sighting_of(one, site()) for one in found])


@allow(Permission.SUBMIT)
def own_sighting(sighting_id: int) -> shapes.Sighting:
    """One of your own sightings; anybody else's does not exist."""
    found = sighting_by_id(db.session, sighting_id) if sighting_id <= LARGEST_ID else None
    if found is None or found.submitted_by_id != api_user().id:
        raise NotFoundError(f"You have sent in no sighting number {sighting_id}.")
    return sighting_of(found, site())


def _draft(body: NewSighting) -> SightingDraft:
    place = None
    if (body.lat is None) != (body.lon is None):
        raise InvalidValueError("lat and lon belong together: send both, or neither.")
    if body.lat is not None and body.lon is not None:
        point = Point(body.lat, body.lon)
        place = PlaceDraft(name=clean_line(body.place), point=point, uncertainty_m=body.uncertainty_m)
    south = body.lat is not None and body.lat < 0
    period = parse_period(
        body.when, hemisphere=Hemisphere.SOUTH if south else Hemisphere.NORTH, today=today()
    )
    return SightingDraft(
        production_title=body.title,
        production=production_titled(db.session, body.title),
        place_text=body.place,
        place=place,
        period=period,
        status=Status(body.status),
        address=clean_line(body.address),
        seen_by_sender=body.seen_by_sender,
        note=body.note,
    )


def _hold(sighting: Sighting) -> HeldBack | None:
    settings: Settings = current_app.config["SETTINGS"]
    return held_back(sighting, delay_hours=settings.sighting_delay_hours, gazetteer=None)
