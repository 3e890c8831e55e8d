"""Changes of the record, ready to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from tracker.history.models import Change
from tracker.history.queries import first_revisions, revisions_of, revisions_of_row
from tracker.places.hidden import changes_of_hidden_places
from tracker.sightings.citing import senders_of
from tracker.web.changes.fields import RowWords, blanked_words, row_words
from tracker.web.changes.labels import TABLES
from tracker.web.changes.references import references_of

INSTALLATION = "The installation"
_ROWS_SHOWN = 6
_ROWS_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """One change. `comment` is None where it may not be shown; `more` says that it wrote further rows.

    `author_url` is "" where the installation did it; `blanked` says who blanked the comment, and why.

    `next_after` is the last row of this page of the change's own page, 0 at its end.
    """

    id: int
    author: str
    made_at: datetime
    comment: str | None
    rows: tuple[RowWords, ...]
    more: bool = False
    next_after: int = 0
    author_url: str = ""
    blanked: str = ""


def in_words(session: Session, changes: Sequence[Change]) -> list[ChangeWords]:
    """Put changes into words, each with its first rows; the number of statements is fixed."""
    ids = [change.id for change in changes]
    found = first_revisions(session, ids, TABLES, limit=_ROWS_SHOWN + 1)
    references = references_of(session, [revision for rows in found.values() for revision in rows])
    hidden, senders = changes_of_hidden_places(session, ids), senders_of(session, ids)
    return [
        ChangeWords(
            id=change.id,
            author=_author(change),
            author_url=_author_url(change),
            blanked=blanked_words(change.redaction),
            made_at=change.made_at,
            comment=None if change.id in hidden else _credited(change.comment, senders.get(change.id)),
            rows=tuple(row_words(r, references) for r in found.get(change.id, [])[:_ROWS_SHOWN]),
            more=len(found.get(change.id, [])) > _ROWS_SHOWN,
        )
        for change in changes
    ]


def row_history(session: Session, table: str, row_id: int, *, limit: int) -> list[ChangeWords]:
    """Put what happened to one row into words, newest first, without the rest of each change."""
    found = revisions_of_row(session, table, row_id, limit=limit)
    references = references_of(session, found)
    ids = [revision.change_id for revision in found]
    hidden, senders = changes_of_hidden_places(session, ids), senders_of(session, ids)
    return [
        ChangeWords(
            id=revision.change_id,
            author=_author(revision.change),
            author_url=_author_url(revision.change),
            blanked=blanked_words(revision.change.redaction),
            made_at=revision.change.made_at,
            comment=None
            if revision.change_id in hidden
            else _credited(revision.change.comment, senders.get(revision.change_id)),
            rows=(row_words(revision, references),),
        )
        for revision in found
    ]


def whole_change(session: Session, change: Change, *, after: int = 0) -> ChangeWords:
    """Put one change into words with a page of its rows, behind the row `after`."""
    found = revisions_of(session, change.id, TABLES, after=after, limit=_ROWS_A_PAGE + 1)
    shown = found[:_ROWS_A_PAGE]
    references = references_of(session, shown)
    more = len(found) > _ROWS_A_PAGE
    return ChangeWords(
        id=change.id,
        author=_author(change),
        author_url=_author_url(change),
        blanked=blanked_words(change.redaction),
        made_at=change.made_at,
        comment=None
        if changes_of_hidden_places(session, [change.id])
        else _credited(change.comment, senders_of(session, [change.id]).get(change.id)),
        rows=tuple(row_words(revision, references) for revision in shown),
        more=more,
        next_after=shown[-1].id if more else 0,
    )


def _credited(comment: str, sender: str | None) -> str:
    """Answer a change's comment with whom the words that it let count came from."""
    return f"{comment}, sent in by {sender}" if sender else comment


def _author(change: Change) -> str:
    return change.author.name if change.author else INSTALLATION


def _author_url(change: Change) -> str:
    if change.author is None or change.author.is_deleted:
        return ""
    return url_for("people.show", name=change.author.name)
