"""Reads of watching: a user's list, and what happened to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.history.merging import WITH_MERGED
from tracker.history.models import Change, ChangeSubject
from tracker.places.models import Place
from tracker.productions.models import Production, Shoot
from tracker.watching.models import Watch

Row = TypeVar("Row", Production, Place)


@dataclass(frozen=True, slots=True)
class Watched:
    """One thing on a user's list: the production or place that is meant today."""

    id: int
    since: datetime
    what: Production | Place


def watch_of(session: Session, user_id: int, what: Production | Place) -> Watch | None:
    """Answer the watch by which a user watches something, also by way of what was merged into it."""
    model, column = (
        (Production, Watch.production_id) if isinstance(what, Production) else (Place, Watch.place_id)
    )
    meant = (
        select(model.id)
        .where(or_(model.id == what.id, model.merged_into_id == what.id))
        .execution_options(**WITH_MERGED)
    )
    found = select(Watch).where(Watch.user_id == user_id, column.in_(meant)).order_by(Watch.id).limit(1)
    return session.scalar(found.execution_options(**WITH_MERGED))


def watched_by(session: Session, user_id: int) -> list[Watched]:
    """Answer a user's list, the latest first; what became one by a merge stands once."""
    watches = session.scalars(select(Watch).where(Watch.user_id == user_id).order_by(Watch.id.desc())).all()
    productions = _meant(session, Production, [w.production_id for w in watches if w.production_id])
    places = _meant(session, Place, [w.place_id for w in watches if w.place_id])
    found: list[Watched] = []
    seen: set[tuple[str, int]] = set()
    for one in watches:
        what = productions.get(one.production_id or 0) or places.get(one.place_id or 0)
        if what is not None and (name := (what.__tablename__, what.id)) not in seen:
            seen.add(name)
            found.append(Watched(one.id, one.made_at, what))
    return found


def changes_of(session: Session, watched: Sequence[Watched], *, limit: int) -> list[Change]:
    """Answer changes of the record about what is watched, newest first, with their authors."""
    if not watched:
        return []
    found = (
        select(Change)
        .where(about(watched))
        .options(joinedload(Change.author), joinedload(Change.redaction).joinedload(Change.author))
        .order_by(Change.id.desc())
        .limit(limit)
    )
    return list(session.scalars(found))


def about(watched: Sequence[Watched]) -> ColumnElement[bool]:
    """Answer the condition that a change is about one of these, or about a shoot of it."""
    productions = [w.what.id for w in watched if isinstance(w.what, Production)]
    places = [w.what.id for w in watched if isinstance(w.what, Place)]
    shoot = Shoot.__table__.c
    shoots = select(shoot.id).where(or_(shoot.production_id.in_(productions), shoot.place_id.in_(places)))
    subject = ChangeSubject
    return exists().where(
        subject.change_id == Change.id,
        or_(
            and_(subject.kind == "production", subject.subject_id.in_(productions)),
            and_(subject.kind == "place", subject.subject_id.in_(places)),
            and_(subject.kind == "shoot", subject.subject_id.in_(shoots)),
        ),
    )


def last_change(session: Session) -> int:
    """Answer the number of the last change of all."""
    return session.scalar(select(func.max(Change.id))) or 0


def _meant(session: Session, model: type[Row], ids: Sequence[int]) -> dict[int, Row]:
    """Answer by each number the row that it stands for today."""
    numbers = session.execute(
        select(model.id, func.coalesce(model.merged_into_id, model.id))
        .where(model.id.in_(ids))
        .execution_options(**WITH_MERGED)
    )
    survivors = {number: survivor for number, survivor in numbers}  # noqa: C416 - rows are no pairs to mypy
    rows = {
        row.id: row for row in session.scalars(select(model).where(model.id.in_(set(survivors.values()))))
    }
    return {number: rows[meant] for number, meant in survivors.items() if meant in rows}
