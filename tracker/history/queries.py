"""Reads of the history: latest first, for everything or for one subject."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.history.models import Change, ChangeSubject

PAGE = 50


def latest_changes(
    session: Session, *, about: tuple[str, int] | None = None, before: int | None = None, limit: int = PAGE
) -> list[Change]:
    """Answer changes with authors and revisions, newest first: all, or those about a (kind, id).

    `before` is the id of the last change of the page before this one.
    """
    found = select(Change).options(joinedload(Change.author), selectinload(Change.revisions))
    if about is not None:
        found = found.join(ChangeSubject, ChangeSubject.change_id == Change.id).where(
            ChangeSubject.kind == about[0], ChangeSubject.subject_id == about[1]
        )
    if before is not None:
        found = found.where(Change.id < before)
    return list(session.scalars(found.order_by(Change.id.desc()).limit(limit)))


def change_by_id(session: Session, change_id: int) -> Change | None:
    """Answer one change with its author and revisions."""
    return session.scalar(
        select(Change)
        .where(Change.id == change_id)
        .options(joinedload(Change.author), selectinload(Change.revisions))
    )


def subjects_of(session: Session, change_ids: list[int]) -> dict[int, list[tuple[str, int]]]:
    """Answer what changes are about, as (kind, id), by change id."""
    found: dict[int, list[tuple[str, int]]] = {}
    rows = session.execute(
        select(ChangeSubject.change_id, ChangeSubject.kind, ChangeSubject.subject_id)
        .where(ChangeSubject.change_id.in_(change_ids))
        .order_by(ChangeSubject.id)
    )
    for change_id, kind, subject_id in rows:
        found.setdefault(change_id, []).append((kind, subject_id))
    return found
