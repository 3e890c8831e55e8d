"""The notes as contributors see them: the list with its filters, and one with what can be done about it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.sightings.notes import UNDONE, Note, NoteState, close_note, note_by_id, notes_in, take_note
from tracker.web.frame.access import allow
from tracker.web.frame.ages import age_in_words
from tracker.web.frame.numbers import LARGEST_ID, number_in
from tracker.web.frame.signed_in import current_user
from tracker.web.notes.form import ReasonForm

_PAGE = 50
# (what the address says, what the filter says, states)
FILTERS: tuple[tuple[str, str, tuple[NoteState, ...]], ...] = (
    ("", "Not done", UNDONE),
    ("open", "Waiting", (NoteState.OPEN,)),
    ("taken", "Taken", (NoteState.TAKEN,)),
    ("turned", "Made sightings", (NoteState.TURNED,)),
    ("closed", "Closed", (NoteState.CLOSED,)),
)


@allow(Permission.ANSWER)
def index() -> ResponseReturnValue:
    """List notes, those that are not done first of all."""
    chosen = request.args.get("state", "")
    states = next((states for value, _, states in FILTERS if value == chosen), None)
    if states is None:
        raise InvalidValueError(f"{chosen[:40]!r} is no state of a note. Leave it out.")
    words = request.args.get("q", "")[:200]
    after = number_in(request.args["after"], "after") if request.args.get("after") else 0
    found = notes_in(db.session, states, words=words, after=after, limit=_PAGE + 1)
    return render_template(
        "notes/index.html",
        notes=found[:_PAGE],
        older=url_for("notes.index", state=chosen or None, q=words or None, after=found[_PAGE - 1].id)
        if len(found) > _PAGE
        else None,
        filters=FILTERS,
        chosen=chosen,
        words=words,
        age=age_in_words,
    )


@allow(Permission.ANSWER)
def show(note_id: int) -> ResponseReturnValue:
    """Show one note."""
    return _page(_find(note_id), ReasonForm())


@allow(Permission.ANSWER)
def decide(note_id: int) -> ResponseReturnValue:
    """Take a note, or close it with a reason."""
    begin_writing(db.session)
    note, form = _find(note_id, hold=True), ReasonForm()
    action = request.form.get("action", "")
    try:
        if action == "take":
            take_note(db.session, note, by=current_user())
            told = "Yours now. Its sender sees that somebody looks into it."
        elif action == "close":
            close_note(db.session, note, by=current_user(), reason=form.reason.data or "")
            told = "Closed. Its sender reads your words."
        else:
            raise InvalidValueError("Choose what to do: take the note, or close it.")
    except InvalidValueError as error:
        db.session.rollback()
        form.reason.errors = [str(error)]
        return _page(_find(note_id), form), 422
    db.session.commit()
    flash(told)
    return redirect(url_for("notes.show", note_id=note_id), 303)


def _page(note: Note, form: ReasonForm) -> str:
    return render_template("notes/show.html", note=note, form=form, age=age_in_words)


def _find(note_id: int, *, hold: bool = False) -> Note:
    note = note_by_id(db.session, note_id, hold=hold) if note_id <= LARGEST_ID else None
    if note is None:
        raise NotFoundError(f"No note has the number {note_id}.")
    return note
