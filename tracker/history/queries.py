"""What everybody may read of the history, however large single changes are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, exists, select, union_all
from sqlalchemy.orm import Session, aliased, joinedload

from tracker.history.models import Action, Change, ChangeSubject, Revision

# A change about nothing of these, such as a sighting on its way to the desk, is no part of the record yet.
PUBLIC = ("production", "place", "shoot", "source")
# At most this many changes are listed together, each one term of a statement.
PAGE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which changes are asked for. `tables` are those of which at least one row was written.

    `since` and `until` are days in UTC, both included.
    """

    about: tuple[str, int] | None = None
    tables: tuple[str, ...] = ()
    author_id: int | None = None
    since: date | None = None
    until: date | None = None


ALL = Wanted()


def public_changes(
    session: Session,
    *,
    about: tuple[str, int] | None = None,
    wanted: Wanted = ALL,
    before: int | None = None,
    limit: int = PAGE,
) -> list[Change]:
    """Answer changes of the record with authors, newest first: all, those about a (kind, id), those wanted.

    `before` is the id of the last change of the page before this one. Revisions are not loaded: an import
    has thousands.
    """
    found = select(Change).where(_is_public(), *_narrowed(wanted)).options(*_WITH_NAMES)
    if about is not None:
        found = found.where(_is_about((about[0],), about[1]))
    if before is not None:
        found = found.where(Change.id < before)
    return list(session.scalars(found.order_by(Change.id.desc()).limit(limit)))


def public_change(session: Session, change_id: int) -> Change | None:
    """Answer one change of the record with its author."""
    return session.scalar(select(Change).where(Change.id == change_id, _is_public()).options(*_WITH_NAMES))


def first_revisions(
    session: Session, change_ids: Sequence[int], tables: Sequence[str], *, limit: int
) -> dict[int, list[Revision]]:
    """Answer the first rows of tables that each change wrote, by change."""
    if not change_ids:
        return {}
    parts = [
        select(Revision.id)
        .where(Revision.change_id == change_id, Revision.table_name.in_(tables))
        .order_by(Revision.id)
        .limit(limit)
        .subquery()
        for change_id in change_ids
    ]
    ids = union_all(*(select(part.c.id) for part in parts)).subquery()
    revision = aliased(Revision)
    found: dict[int, list[Revision]] = defaultdict(list)
    for row in session.scalars(
        select(revision)
        .join(ids, ids.c.id == revision.id)
        .options(joinedload(revision.redaction).joinedload(Change.author))
        .order_by(revision.change_id, revision.id)
    ):
        found[row.change_id].append(row)
    return found


def revisions_of(
    session: Session, change_id: int, tables: Sequence[str], *, after: int = 0, limit: int
) -> list[Revision]:
    """Answer a page of the rows of tables that a change wrote, behind the revision `after`."""
    return list(
        session.scalars(
            select(Revision)
            .where(Revision.change_id == change_id, Revision.table_name.in_(tables), Revision.id > after)
            .options(_BLANKED)
            .order_by(Revision.id)
            .limit(limit)
        )
    )


def revisions_by_ids(session: Session, ids: Sequence[int]) -> dict[int, Revision]:
    """Answer the revisions of those ids, by id."""
    found = session.scalars(select(Revision).where(Revision.id.in_(ids)).options(_BLANKED))
    return {revision.id: revision for revision in found}


def revisions_of_row(session: Session, table: str, row_id: int, *, limit: int) -> list[Revision]:
    """Answer what was written of one row, newest first, with the changes and their authors."""
    return list(
        session.scalars(
            select(Revision)
            .where(Revision.table_name == table, Revision.row_id == row_id)
            .options(_OF_CHANGE, _BLANKED)
            .order_by(Revision.id.desc())
            .limit(limit)
        )
    )


def author_of_row(session: Session, table: str, row_id: int) -> int | None:
    """Answer the number of the user who added a row, None where the installation did."""
    return session.scalar(
        select(Change.author_id)
        .join(Revision, Revision.change_id == Change.id)
        .where(Revision.table_name == table, Revision.row_id == row_id, Revision.action == Action.ADDED)
        .order_by(Revision.id.desc())
        .limit(1)
    )


def rows_added_by(session: Session, user_id: int, table: str, row_ids: Sequence[int]) -> set[int]:
    """Answer which of the rows a user added."""
    added = (
        select(Revision.row_id)
        .join(Change, Revision.change_id == Change.id)
        .where(
            Change.author_id == user_id,
            Revision.table_name == table,
            Revision.row_id.in_(row_ids),
            Revision.action == Action.ADDED,
        )
    )
    return set(session.scalars(added))


def latest_revisions(session: Session, tables: Sequence[str], *, limit: int) -> list[Revision]:
    """Answer the rows of tables that were written last, newest first, with their changes."""
    return list(
        session.scalars(
            select(Revision)
            .where(Revision.table_name.in_(tables))
            .options(_OF_CHANGE, _BLANKED)
            .order_by(Revision.id.desc())
            .limit(limit)
        )
    )


_WITH_NAMES = (joinedload(Change.author), joinedload(Change.redaction).joinedload(Change.author))
_BLANKED = joinedload(Revision.redaction).joinedload(Change.author)
_OF_CHANGE = joinedload(Revision.change).options(*_WITH_NAMES)


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.about is not None:
        conditions.append(_is_about((wanted.about[0],), wanted.about[1]))
    if wanted.tables:
        written = Revision.table_name.in_(wanted.tables)
        conditions.append(exists().where(Revision.change_id == Change.id, written))
    if wanted.author_id is not None:
        conditions.append(Change.author_id == wanted.author_id)
    if wanted.since is not None:
        conditions.append(Change.made_at >= datetime.combine(wanted.since, time(), UTC))
    if wanted.until is not None:
        conditions.append(Change.made_at < datetime.combine(wanted.until + timedelta(days=1), time(), UTC))
    return conditions


def _is_public() -> ColumnElement[bool]:
    return _is_about(PUBLIC)


def _is_about(kinds: Sequence[str], subject_id: int | None = None) -> ColumnElement[bool]:
    found = select(ChangeSubject.id).where(
        ChangeSubject.change_id == Change.id, ChangeSubject.kind.in_(kinds)
    )
    if subject_id is not None:
        found = found.where(ChangeSubject.subject_id == subject_id)
    return exists(found)
