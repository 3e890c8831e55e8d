"""What waits for a moderator, whatever its kind, as rows of one form that the desk's queue puts in order."""

from __future__ import annotations

import enum
from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    String,
    Subquery,
    case,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)

from tracker.places.models import Place
from tracker.productions.models import Shoot
from tracker.productions.photos import Photo
from tracker.sightings.flags import Flag, FlagReason
from tracker.sightings.models import Risk, Sighting, State
from tracker.sightings.notes import Note, NoteState
from tracker.sightings.offered import OfferedCitation
from tracker.sightings.photos import SightingPhoto, waits_by_itself
from tracker.sightings.removals import UNDECIDED, Removal
from tracker.sightings.second_person import RequestState, SecondPersonRequest

_Rows = Select[*tuple[Any, ...]]
_NOBODY = _NO_FILM = type_coerce(null(), Integer)
_NO_COUNTRY = type_coerce(null(), String)


class Kind(enum.StrEnum):
    """What it is that waits. The values also order entries of one moment."""

    CITATION = "citation"
    FLAG = "flag"
    NOTE = "note"
    PHOTO = "photo"
    REMOVAL = "removal"
    SECOND_PERSON = "second_person"
    SIGHTING = "sighting"

    @property
    def words(self) -> str:
        return _KIND_WORDS[self]


_KIND_WORDS = {
    Kind.CITATION: "Sources",
    Kind.FLAG: "Flags",
    Kind.NOTE: "Notes",
    Kind.PHOTO: "Photos",
    Kind.REMOVAL: "Removals",
    Kind.SECOND_PERSON: "Second person",
    Kind.SIGHTING: "Sightings",
}


def everything() -> Subquery:
    """Answer all that waits: kind, id, risk, since, sender_id, production_id, country.

    A new kind is one more SELECT with these columns. `sender_id` is who must not decide about it.
    """
    return union_all(
        _sightings(), _citations(), _requests(), _removals(), _photos(), _notes(), _flags()
    ).subquery("waiting")


def _sightings() -> _Rows:
    return select(
        literal(Kind.SIGHTING.value, String).label("kind"),
        Sighting.id.label("id"),
        type_coerce(Sighting.risk, String).label("risk"),
        Sighting.submitted_at.label("since"),
        Sighting.submitted_by_id.label("sender_id"),
        Sighting.production_id.label("production_id"),
        Sighting.place_country.label("country"),
    ).where(Sighting.state == State.PENDING)


def _citations() -> _Rows:
    return (
        select(
            literal(Kind.CITATION.value, String),
            OfferedCitation.id,
            # Only a newcomer's citations wait.
            literal(Risk.NEW_ACCOUNT.value, String),
            OfferedCitation.sent_at,
            OfferedCitation.sent_by_id,
            Shoot.production_id,
            Place.country,
        )
        .join(Shoot, Shoot.id == OfferedCitation.shoot_id)
        .join(Place, Place.id == Shoot.place_id)
        .where(OfferedCitation.state == State.PENDING)
    )


def _requests() -> _Rows:
    return select(
        literal(Kind.SECOND_PERSON.value, String),
        SecondPersonRequest.id,
        literal(Risk.PRIVACY.value, String),
        SecondPersonRequest.asked_at,
        SecondPersonRequest.asked_by_id,
        _NO_FILM,
        _NO_COUNTRY,
    ).where(SecondPersonRequest.state == RequestState.WAITING)


def _removals() -> _Rows:
    """Answer requests for removal. All have as many days, so by age is by deadline."""
    return (
        select(
            literal(Kind.REMOVAL.value, String),
            Removal.id,
            literal(Risk.PRIVACY.value, String),
            Removal.asked_at,
            # Refused by one, it waits for another.
            Removal.decided_by_id,
            Shoot.production_id,
            Place.country,
        )
        .outerjoin(Place, Place.id == Removal.place_id)
        .outerjoin(Shoot, Shoot.id == Removal.shoot_id)
        .where(Removal.state.in_(UNDECIDED))
    )


def _photos() -> _Rows:
    """Answer photos that wait by themselves; those of a sighting that waits are decided with it."""
    return (
        select(
            literal(Kind.PHOTO.value, String),
            Photo.id,
            # Only a newcomer's photos wait.
            literal(Risk.NEW_ACCOUNT.value, String),
            Photo.sent_at,
            Photo.sent_by_id,
            func.coalesce(Shoot.production_id, Sighting.production_id),
            func.coalesce(Place.country, Sighting.place_country),
        )
        .outerjoin(Place, Place.id == Photo.place_id)
        .outerjoin(Shoot, Shoot.id == Photo.shoot_id)
        .outerjoin(SightingPhoto, SightingPhoto.photo_id == Photo.id)
        .outerjoin(Sighting, Sighting.id == SightingPhoto.sighting_id)
        .where(waits_by_itself())
    )


def _notes() -> _Rows:
    """Answer notes that no contributor has taken up."""
    return select(
        literal(Kind.NOTE.value, String),
        Note.id,
        literal(Risk.NONE.value, String),
        Note.sent_at,
        _NOBODY,
        _NO_FILM,
        _NO_COUNTRY,
    ).where(Note.state == NoteState.OPEN)


def _flags() -> _Rows:
    risk = case((Flag.reason == FlagReason.PRIVACY, Risk.PRIVACY.value), else_=Risk.NONE.value)
    return select(
        literal(Kind.FLAG.value, String),
        Flag.id,
        type_coerce(risk, String),
        Flag.sent_at,
        _NOBODY,
        _NO_FILM,
        _NO_COUNTRY,
    ).where(Flag.closed_at.is_(None))
