"""Reverting one change, or all of one user's: what would be undone and what stays, then doing it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import ConflictError, NotFoundError
from tracker.foundation.text import clean_line
from tracker.history.models import Change, Revision
from tracker.history.queries import Wanted, public_change, public_changes, revisions_by_ids
from tracker.history.reverting import Outcome, State, Step
from tracker.sightings.removal_desk import check_still_hidden
from tracker.sightings.reverting import revert_changes
from tracker.web.changes.asked import user_named
from tracker.web.changes.fields import Field, RowWords, row_words
from tracker.web.changes.labels import LABELS
from tracker.web.changes.references import References, references_of
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.signed_in import current_user

# The changes that one action undoes at most, and the rows that its preview lists.
MOST_CHANGES = 500
_ROWS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class StepWords:
    """A row that a revert touches: the fields that go back (now, then), and those that stay and why."""

    change_id: int
    row: RowWords
    state: str
    back: tuple[Field, ...]
    stays: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a revert would do. `seen` tells when it has become something else."""

    steps: tuple[StepWords, ...]
    wrote: int
    left: int
    more: int
    seen: str


@allow(Permission.REVERT)
@limiter.limit("30 per minute")
def one(change_id: int) -> ResponseReturnValue:
    """Show what reverting one change would undo, and do it."""
    back = url_for("changes.show", change_id=change_id)

    def found() -> list[Change]:
        change = public_change(db.session, change_id) if change_id <= LARGEST_ID else None
        if change is None:
            raise NotFoundError(f"The record has no change number {change_id}.")
        return [change]

    return _revert(found, f"change {change_id}", back)


@allow(Permission.REVERT)
@limiter.limit("30 per minute")
def of_user(name: str) -> ResponseReturnValue:
    """Show what reverting all changes of one user would undo, and do it in one action."""
    user = user_named(db.session, name)
    user_id, user_name = user.id, user.name

    def found() -> list[Change]:
        return public_changes(db.session, wanted=Wanted(author_id=user_id), limit=MOST_CHANGES)

    return _revert(found, f"all changes by {user_name}", url_for("changes.by_user", name=user_name))


def _revert(found: Callable[[], list[Change]], what: str, back: str) -> ResponseReturnValue:
    reason = clean_line(request.form.get("reason", ""))[:300]
    begin_writing(db.session)
    changes = found()
    count = len(changes)
    try:
        outcome = revert_changes(db.session, changes, by=current_user(), comment=f"Revert of {what}")
        check_still_hidden(db.session)
    except (StaleDataError, IntegrityError):
        raise ConflictError("Somebody saved one of these rows at this moment. Look at it again.") from None
    seen = _seen(outcome)
    if request.method == "POST" and request.form.get("seen") == seen and outcome.wrote:
        outcome.change.comment = _comment(f"Revert of {what}", reason, outcome.left)
        db.session.commit()
        flash(f"Reverted {what}.")
        return redirect(url_for("changes.show", change_id=outcome.change.id), 303)
    # Nothing is kept of the rehearsal; only what it found is shown.
    steps = [(s.revision.id, s) for s in outcome.steps]
    db.session.rollback()
    is_stale = request.method == "POST"
    page = render_template(
        "changes/revert.html",
        what=what,
        back=back,
        count=count,
        most=MOST_CHANGES,
        reason=reason,
        is_stale=is_stale,
        preview=_preview(db.session, steps, outcome, seen),
    )
    return page, 409 if is_stale else 200


def _preview(session: Session, steps: Sequence[tuple[int, Step]], outcome: Outcome, seen: str) -> Preview:
    telling = [(number, step) for number, step in steps if step.state is not State.ALREADY]
    shown = telling[:_ROWS_SHOWN]
    revisions = revisions_by_ids(session, [number for number, _ in shown])
    references = references_of(session, revisions.values())
    return Preview(
        steps=tuple(_words(revisions[number], step, references) for number, step in shown),
        wrote=outcome.wrote,
        left=outcome.left,
        more=len(telling) - len(shown),
        seen=seen,
    )


def _words(revision: Revision, step: Step, references: References) -> StepWords:
    row = row_words(revision, references)
    stays = {_label(revision.table_name, column) for column in step.left} - {""}
    back = tuple(
        Field(field.label, field.after, field.before)
        for field in row.fields
        if step.wrote and field.label not in stays
    )
    return StepWords(revision.change_id, row, step.state.value, back, tuple(sorted(stays)), step.why)


def _label(table: str, column: str) -> str:
    labels = LABELS[table]
    return labels.get(column) or labels.get(column.rpartition("_")[0], "")


def _seen(outcome: Outcome) -> str:
    told = [(s.revision.id, s.state.value, sorted(s.left)) for s in outcome.steps]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:20]


def _comment(what: str, reason: str, left: int) -> str:
    rows = "1 row keeps" if left == 1 else f"{left} rows keep"
    kept = f" ({rows} later work)" if left else ""
    return f"{what}{kept}{f': {reason}' if reason else ''}"
