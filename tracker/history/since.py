"""The history from a point on, in the order in which it happened, for programs that follow it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from tracker.history.models import Change, ChangeSubject
from tracker.history.queries import PUBLIC

_MOST_SUBJECTS = 100


def changes_since(session: Session, change_id: int, *, limit: int) -> list[Change]:
    """Answer changes of the record behind a change, oldest first, with their authors."""
    public = exists().where(ChangeSubject.change_id == Change.id, ChangeSubject.kind.in_(PUBLIC))
    return list(
        session.scalars(
            select(Change)
            .where(Change.id > change_id, public)
            .options(joinedload(Change.author))
            .order_by(Change.id)
            .limit(limit)
        )
    )


def subjects_of(session: Session, change_ids: Sequence[int]) -> dict[int, list[tuple[str, int]]]:
    """Answer what changes are about, by change, at most a hundred of each: an import has thousands."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for change_id in change_ids:
        rows = session.execute(
            select(ChangeSubject.kind, ChangeSubject.subject_id)
            .where(ChangeSubject.change_id == change_id, ChangeSubject.kind.in_(PUBLIC))
            .order_by(ChangeSubject.kind, ChangeSubject.subject_id)
            .limit(_MOST_SUBJECTS)
        )
        found[change_id] = [(kind, subject_id) for kind, subject_id in rows]
    return found
