"""The entries of the desk's queue that have pages of their own: photos, removals, notes and flags."""

from __future__ import annotations

from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.history.merging import WITH_MERGED
from tracker.places.models import Place
from tracker.places.privacy import public_name
from tracker.productions.photo_queries import photos_by_ids
from tracker.sightings.flags import Flag
from tracker.sightings.notes import Note
from tracker.sightings.removals import Removal, RemovalState
from tracker.web.frame.ages import span_in_words

# By number: where an entry leads to, its title and its note.
Words = dict[int, tuple[str, str, str]]
_LONGEST = 80


def photos(session: Session, ids: list[int], _user: User, _query: dict[str, Any]) -> Words:
    """Load photos that wait by themselves."""
    found = photos_by_ids(session, ids)
    return {
        number: (
            url_for("photos.waiting_list", _anchor=f"photo-{number}"),
            f"Photo of {public_name(one.place)}" if one.place else f"Photo {number}",
            f"{f'{one.shoot.production.title}, ' if one.shoot else ''}from {one.sent_by.name}",
        )
        for number, one in found.items()
    }


def removals(session: Session, ids: list[int], _user: User, _query: dict[str, Any]) -> Words:
    """Load requests for removal, each with its deadline; a place has the name that the public reads."""
    rows = session.scalars(select(Removal).where(Removal.id.in_(ids))).all()
    there = select(Place).where(Place.id.in_({one.place_id for one in rows}))
    places = {place.id: place for place in session.scalars(there.execution_options(**WITH_MERGED))}
    return {
        one.id: (
            url_for("removals.desk", _anchor=f"request-{one.id}"),
            f"Removal: {_meant(one, places.get(one.place_id or 0))}",
            _removal_note(one),
        )
        for one in rows
    }


def _meant(removal: Removal, place: Place | None) -> str:
    return public_name(place) if place else removal.page or "no page named"


def _removal_note(removal: Removal) -> str:
    left = span_in_words(removal.deadline - now())
    parts = ["overdue" if removal.is_overdue else f"to be decided in {left}"]
    if removal.state is RemovalState.REFUSED:
        parts.insert(0, "refused by one, a second has to agree")
    elif removal.place_id is not None and removal.hidden_at is None:
        parts.insert(0, "not hidden yet")
    text = ", ".join(parts)
    return text[0].upper() + text[1:]


def notes(session: Session, ids: list[int], _user: User, _query: dict[str, Any]) -> Words:
    """Load notes that nobody has taken up."""
    rows = session.scalars(select(Note).where(Note.id.in_(ids)))
    return {
        one.id: (
            url_for("notes.show", note_id=one.id),
            f"Note: {_short(one.title or one.words or one.place)}",
            f"{one.place}, from a visitor" if one.place else "From a visitor",
        )
        for one in rows
    }


def flags(session: Session, ids: list[int], _user: User, _query: dict[str, Any]) -> Words:
    """Load flags that nobody has looked at."""
    rows = session.scalars(select(Flag).where(Flag.id.in_(ids)))
    return {
        one.id: (
            url_for("flags.index", _anchor=f"flag-{one.id}"),
            f"Flag: {one.reason.words}",
            f"{one.page}{f': {_short(one.words)}' if one.words else ''}",
        )
        for one in rows
    }


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
