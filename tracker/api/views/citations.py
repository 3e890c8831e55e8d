"""What one source says of a shoot: to read, to add, to take back, to let count again."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from flask import current_app
from pydantic import BaseModel, ConfigDict, Field

from tracker.accounts.access import allow
from tracker.accounts.permissions import Permission
from tracker.api.answering import site
from tracker.api.asking import LARGEST_ID, GivenId, Query
from tracker.api.given import GivenSource, recorded_shoot, source_draft
from tracker.api.guard import api_user
from tracker.api.record_shapes import CitationInFull, RemovedOrAsked, SentCitation
from tracker.api.shaping import citation_in_full
from tracker.api.views.shoots import may_tell
from tracker.config import Settings
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.database import begin_writing
from tracker.foundation.dates import UNKNOWN, Hemisphere, Period, parse_period
from tracker.foundation.dates.phrases import LONGEST_PHRASE
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.foundation.text import clean_line
from tracker.history.recording import change
from tracker.places.privacy import public_name
from tracker.places.queries import place_by_id
from tracker.productions.corrections import reopen_citation, told_reason
from tracker.productions.evidence import Citation, Manner, Shows, Stance
from tracker.productions.models import InFilm, Shoot, Status
from tracker.productions.operations import CitationDraft
from tracker.productions.queries import attested_days, citation_by_id
from tracker.sightings.citing import cite_or_offer
from tracker.sightings.offered import OfferedCitation
from tracker.sightings.removing import remove_or_ask


class NewCitation(BaseModel):
    """What a source says of a shoot: for it, against it, or only in passing; with what it asserts."""

    model_config = ConfigDict(extra="forbid")

    shoot: GivenId
    source: GivenSource
    stance: Stance = Stance.SUPPORTS
    manner: Manner = Manner.STATES
    shows: Annotated[Shows, Field(description="Work, or only the presence of people or vehicles.")] = (
        Shows.WORK
    )
    status: Annotated[Status | None, Field(description="The status that it gives, if any.")] = None
    when: Annotated[
        str, Field(max_length=LONGEST_PHRASE, description="The dates that it gives, as it says, or EDTF.")
    ] = ""
    days: Annotated[list[date], Field(max_length=60, description="Days on which it proves work.")] = []
    speaks_of: Annotated[
        GivenId | None, Field(description="The place that it names, where that is not the shoot's own.")
    ] = None
    story_place: Annotated[str, Field(max_length=300, description="What the place plays.")] = ""
    in_film: InFilm | None = None
    quote: Annotated[str, Field(max_length=300, description="Its words.")] = ""
    locator: Annotated[str, Field(max_length=200, description="Where in it: a page, a minute.")] = ""
    note: Annotated[str, Field(max_length=500)] = ""
    repeats: Annotated[
        str, Field(max_length=2000, description="The address of the source that a new one passes on.")
    ] = ""


class RemovalQuery(Query):
    reason: Annotated[str, Field(min_length=1, max_length=400, description="Why; the history keeps it.")]


@allow(Permission.READ)
def citation(citation_id: int) -> CitationInFull:
    """What one source says of one shoot."""
    return _shape(_citation(citation_id))


@allow(Permission.CITE)
def cite(body: NewCitation) -> SentCitation:
    """Let a source speak for or against a shoot. It counts at once; a newcomer's waits for a moderator."""
    begin_writing(db.session)
    shoot = recorded_shoot(body.shoot)
    if body.speaks_of is not None and place_by_id(db.session, body.speaks_of) is None:
        raise InvalidValueError(f"No place has the number {body.speaks_of}. /api/v1/places lists them.")
    elsewhere = body.speaks_of if body.speaks_of != shoot.place_id else None
    slug = shoot.production.slug  # read now: what is saved is forgotten
    made = cite_or_offer(
        db.session,
        shoot,
        source_draft(body.source),
        _draft(body, shoot),
        by=api_user(),
        repeats=clean_line(body.repeats),
        speaks_of=elsewhere,
    )
    number = None if isinstance(made, OfferedCitation) else made.id
    db.session.commit()
    if number is None:
        return SentCitation(state="waiting", id=None, citation=None, see=site().stop(slug, body.shoot))
    return SentCitation(
        state="recorded",
        id=number,
        citation=_shape(_citation(number)),
        see=f"{site().base}api/v1/citations/{number}",
    )


@allow(Permission.CITE)
def remove(citation_id: int, query: RemovalQuery) -> RemovedOrAsked:
    """Take a citation off the record: at once for whoever cited it, otherwise by two moderators."""
    begin_writing(db.session)
    found, user, reason = _citation(citation_id), api_user(), told_reason(query.reason)
    settings: Settings = current_app.config["SETTINGS"]
    place = recorded_shoot(found.shoot_id).place
    is_removed = remove_or_ask(
        db.session,
        found,
        label=f"{found.source.title} at {public_name(place)}",
        reason=reason,
        comment=f"Removed {found.source.title}. {reason}",
        by=user,
        alone=settings.own_decisions,
    )
    db.session.commit()
    return RemovedOrAsked(id=citation_id, reason=reason, state="removed" if is_removed else "asked")


@allow(Permission.MODERATE)
def reopen(citation_id: int) -> SentCitation:
    """Let a citation that was closed count again; for moderators."""
    begin_writing(db.session)
    found = _citation(citation_id)
    with change(db.session, by=api_user(), comment=f"Opened again: {found.source.title}"):
        reopen_citation(db.session, found)
    db.session.commit()
    return SentCitation(
        state="recorded",
        id=citation_id,
        citation=_shape(_citation(citation_id)),
        see=f"{site().base}api/v1/citations/{citation_id}",
    )


def _draft(body: NewCitation, shoot: Shoot) -> CitationDraft:
    south = (shoot.place.lat or 0) < 0
    period = Period(UNKNOWN, UNKNOWN)
    if clean_line(body.when):
        hemisphere = Hemisphere.SOUTH if south else Hemisphere.NORTH
        period = parse_period(body.when, hemisphere=hemisphere, today=today())
    return CitationDraft(
        stance=body.stance,
        manner=body.manner,
        shows=body.shows,
        status=body.status,
        period=period,
        attested=tuple(sorted(set(body.days))),
        story_place=clean_line(body.story_place),
        in_film=body.in_film,
        quote=clean_line(body.quote),
        locator=clean_line(body.locator),
        note=clean_line(body.note),
    )


def _shape(found: Citation) -> CitationInFull:
    telling = may_tell(recorded_shoot(found.shoot_id))
    return citation_in_full(found, attested_days(db.session, found.id), telling=telling)


def _citation(citation_id: int) -> Citation:
    found = citation_by_id(db.session, citation_id) if citation_id <= LARGEST_ID else None
    if found is None:
        raise NotFoundError(f"No citation has the number {citation_id}: it may have been removed.")
    return found
