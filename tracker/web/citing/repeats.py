"""Say that a source only passes another one on, and take that back."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.foundation.text import clean_line
from tracker.history.recording import change
from tracker.productions.corrections import mark_as_repeat, undo_as_repeat
from tracker.sources.models import Source
from tracker.sources.operations import find_source
from tracker.sources.queries import source_by_id
from tracker.web.frame.access import allow
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.signed_in import current_user


@allow(Permission.MODERATE)
def mark(source_id: int) -> ResponseReturnValue:
    """Mark a source as a repeat of the one at an address, ours or its own."""
    begin_writing(db.session)
    source = _source(source_id)
    root = _named(clean_line(request.form.get("of", ""))[:2000])
    with change(db.session, by=current_user(), comment=f"{source.title} repeats {root.title}"):
        mark_as_repeat(db.session, source, of=root)
    db.session.commit()
    flash("Marked. The two count as one source; the grades follow.")
    return redirect(url_for("sources.show", source_id=source_id), 303)


@allow(Permission.MODERATE)
def undo(source_id: int) -> ResponseReturnValue:
    """Let a source count for itself again."""
    begin_writing(db.session)
    source = _source(source_id)
    with change(db.session, by=current_user(), comment=f"{source.title} counts for itself"):
        undo_as_repeat(db.session, source)
    db.session.commit()
    flash("It counts for itself again; the grades follow.")
    return redirect(url_for("sources.show", source_id=source_id), 303)


def _source(source_id: int) -> Source:
    source = source_by_id(db.session, source_id) if source_id <= LARGEST_ID else None
    if source is None:
        raise NotFoundError(f"No source has the number {source_id}.")
    return source


def _named(text: str) -> Source:
    """Answer the source that is meant by its number here or by its address."""
    if text.isascii() and text.isdigit() and int(text) <= LARGEST_ID:
        return _source(int(text))
    found = find_source(db.session, text) if text else None
    if found is None:
        raise InvalidValueError(
            f"No source is recorded at {text[:120]!r}. Write the link of one that is, or its number here."
        )
    return found
