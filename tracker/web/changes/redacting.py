"""Redacting what a change holds, by an admin."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.history.models import Change
from tracker.history.queries import public_change, revisions_of
from tracker.productions.redacting import files_in, redact_change
from tracker.web.changes.fields import row_words
from tracker.web.changes.labels import TABLES
from tracker.web.changes.references import references_of
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.signed_in import current_user
from tracker.web.photos.folders import remove_unneeded

_ROWS = 200


@allow(Permission.REDACT)
@limiter.limit("30 per minute")
def redact(change_id: int) -> ResponseReturnValue:
    """Show what a change holds, and blank what is chosen of it."""
    if request.method != "POST":
        return _page(_change(change_id), "")
    begin_writing(db.session)
    target = _change(change_id)
    chosen = [int(text) for text in request.form.getlist("row") if text.isascii() and text.isdigit()]
    rows = [number for number in chosen if number <= LARGEST_ID]
    files = files_in(db.session, target, rows)
    try:
        redact_change(
            db.session,
            target,
            by=current_user(),
            reason=request.form.get("reason", ""),
            revision_ids=rows,
            comment_too="comment" in request.form,
            live_too="live" in request.form,
        )
    except InvalidValueError as error:
        db.session.rollback()
        return _page(_change(change_id), str(error)), 422
    db.session.commit()
    remove_unneeded(db.session, files)
    flash("Redacted. The change stays, without what it held.")
    return redirect(url_for("changes.show", change_id=change_id), 303)


def _page(change: Change, problem: str) -> str:
    revisions = revisions_of(db.session, change.id, TABLES, limit=_ROWS)
    references = references_of(db.session, revisions)
    posted = request.method == "POST"
    return render_template(
        "changes/redact.html",
        change=change,
        rows=[(r.id, row_words(r, references)) for r in revisions],
        chosen=set(request.form.getlist("row")) if posted else {str(r.id) for r in revisions},
        comment_too="comment" in request.form,
        live_too="live" in request.form,
        reason=request.form.get("reason", ""),
        problem=problem,
    )


def _change(change_id: int) -> Change:
    found = public_change(db.session, change_id) if change_id <= LARGEST_ID else None
    if found is None:
        raise NotFoundError(f"The record has no change number {change_id}.")
    return found
