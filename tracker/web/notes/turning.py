"""Between notes and sightings: who has no account sends a note, and a contributor makes a sighting of it."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from tracker.extensions import db
from tracker.sightings.models import Sighting
from tracker.sightings.notes import Note, note_by_id, turn_into
from tracker.web.frame.numbers import number_in
from tracker.web.frame.signed_in import current_user
from tracker.web.notes.views import filled


def to_note() -> ResponseReturnValue:
    """Show the note's form, filled in with what was typed into the sighting's."""
    return filled()


def fill_from_note(form: FlaskForm) -> str:
    """Fill a sighting's form from the note in the address; answer the start that shows it, "" without one."""
    note = _note_asked()
    if note is None or not note.is_undone:
        return ""
    form.title.data, form.place.data, form.when.data = note.title, note.place, note.when
    form.status.data, form.address.data, form.note.data = note.status.value, note.address or "", note.words
    # Whoever makes a sighting of it did not see it, unless they say so.
    form.seen.data = False
    if note.lat is not None and note.lon is not None:
        form.lat.data, form.lon.data = f"{note.lat:.5f}", f"{note.lon:.5f}"
    return "type"


def close_its_note(sighting: Sighting) -> None:
    """Link the note in the address to the sighting that was made of it, in the same transaction."""
    note = _note_asked(hold=True)
    if note is not None and note.is_undone:
        turn_into(db.session, note, sighting, by=current_user())


def _note_asked(*, hold: bool = False) -> Note | None:
    text = request.args.get("note", "")
    return note_by_id(db.session, number_in(text, "Note"), hold=hold) if text else None
