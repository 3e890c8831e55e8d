"""Redaction: what a change holds is blanked, the change itself stays. It is not deletion, nor a revert."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean_line
from tracker.history.models import Change, ChangeSubject, Revision
from tracker.history.recording import add_subjects, change
from tracker.history.rows import Row


@dataclass(frozen=True, slots=True)
class Words:
    """The columns of a table that can give something away, and those that may be empty today."""

    model: type[Any]
    telling: tuple[str, ...]
    blankable: tuple[str, ...] = ()


Tables = Mapping[str, Words]


def redact(
    session: Session,
    target: Change,
    *,
    by: User,
    reason: str,
    revision_ids: Sequence[int],
    comment_too: bool,
    live_too: bool,
    words: Tables,
) -> Change:
    """Blank rows of a change, and its comment where asked; answer the change that says who, when and why.

    The same words elsewhere in the history of the same rows are blanked with them. With `live_too` they are
    blanked where they still stand today, too. Raises InvalidValueError without a reason or anything to blank.
    """
    reason = clean_line(reason)[:400]
    if not reason:
        raise InvalidValueError("Say in a sentence why; the reason is shown in the history.")
    of_target = select(Revision).where(Revision.change_id == target.id, Revision.id.in_(revision_ids))
    chosen = list(session.scalars(of_target))
    if not chosen and not comment_too:
        raise InvalidValueError("Nothing is chosen. Choose at least one row, or the comment.")
    with change(session, by=by, comment=f"Redacted change {target.id}: {reason}") as opened:
        _copy_subjects(session, target, opened)
        secrets = _secrets(chosen, words)
        if live_too:
            _blank_live(session, secrets, words)
        same = _same_words(session, secrets)
        written_now = select(Revision.id).where(Revision.change_id == opened.id)
        ids = {r.id for r in (*chosen, *same)} | set(session.scalars(written_now))
        session.execute(
            update(Revision)
            .where(Revision.id.in_(ids))
            .values(label="", before=None, after=None, redaction_id=opened.id)
            .execution_options(synchronize_session=False)
        )
        if comment_too:
            target.comment, target.redaction_id = "", opened.id
        session.flush()
    return opened


# By row, by column: the values to blank.
Secrets = dict[tuple[str, int], dict[str, set[Any]]]


def _secrets(revisions: Sequence[Revision], words: Tables) -> Secrets:
    """Answer what revisions could give away."""
    found: Secrets = {}
    for revision in revisions:
        columns = words[revision.table_name].telling if revision.table_name in words else ()
        for side in (revision.before, revision.after):
            for column in columns:
                value = (side or {}).get(column)
                if isinstance(value, str | float) and value:
                    row = found.setdefault((revision.table_name, revision.row_id), {})
                    row.setdefault(column, set()).add(value)
    return found


def _same_words(session: Session, secrets: Secrets) -> list[Revision]:
    """Answer all revisions of the same rows that hold any of the same words, in a column or as label."""
    found: list[Revision] = []
    for (table, row_id), columns in secrets.items():
        labels = {value for values in columns.values() for value in values}
        of_row = select(Revision).where(Revision.table_name == table, Revision.row_id == row_id)
        for revision in session.scalars(of_row):
            sides = (revision.before or {}, revision.after or {})
            if revision.label in labels or any(
                side.get(column) in values for side in sides for column, values in columns.items()
            ):
                found.append(revision)
    return found


def _blank_live(session: Session, secrets: Secrets, words: Tables) -> None:
    for (table, row_id), columns in secrets.items():
        of_table = words[table]
        row = Row.find(session, of_table.model, row_id)
        if row is None:
            continue
        blank = {
            column: row.nothing_in(column)
            for column in of_table.blankable
            if row.value(column) in columns.get(column, ())
        }
        if blank:
            row.write(blank)
            session.flush()
            session.refresh(row.instance)


def _copy_subjects(session: Session, target: Change, opened: Change) -> None:
    """Let the redaction stand in every history in which the redacted change stands."""
    of_target = select(ChangeSubject.kind, ChangeSubject.subject_id)
    found = session.execute(of_target.where(ChangeSubject.change_id == target.id))
    add_subjects(session, opened, {(kind, subject_id) for kind, subject_id in found})
