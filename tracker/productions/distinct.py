"""Pairs of rows that look like one and are not: a moderator's word, so that nobody has to look again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import CheckConstraint, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from tracker.foundation.database import Base, Key, ShortText
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean_line
from tracker.history.recording import Recorded

Pair = tuple[int, int]
Found = tuple[int, int, str]


class DistinctPair(Recorded, Base):
    """Two rows of one kind (a table's name) that are not one; `first_id` is the lesser number."""

    __tablename__ = "distinct_pair"
    __table_args__ = (
        UniqueConstraint("kind", "first_id", "second_id"),
        CheckConstraint("first_id < second_id", name="in_order"),
        CheckConstraint("kind in ('production', 'place', 'source', 'shoot')", name="kind_known"),
    )

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(20))
    first_id: Mapped[int]
    second_id: Mapped[int]
    reason: Mapped[ShortText] = mapped_column(default="")

    def history_label(self) -> str:
        return f"{self.kind}s {self.first_id} and {self.second_id}"

    def history_subjects(self) -> list[tuple[str, int]]:
        return [(self.kind, self.first_id), (self.kind, self.second_id)]


def keep_apart(session: Session, kind: str, a: int, b: int, *, reason: str) -> DistinctPair:
    """Say that two rows are not one; saying it again changes nothing.

    Raises InvalidValueError for a row and itself.
    """
    if a == b:
        raise InvalidValueError("A row and itself are one. Choose two.")
    first, second = sorted((a, b))
    known: DistinctPair | None = session.scalar(_pair(kind, first, second))
    if known is not None:
        return known
    row = DistinctPair(kind=kind, first_id=first, second_id=second, reason=clean_line(reason)[:500])
    session.add(row)
    session.flush()
    return row


def let_be_one(session: Session, pair: DistinctPair) -> None:
    """Take the word back: the pair is offered again."""
    session.delete(pair)
    session.flush()


def distinct_pairs(session: Session, kind: str) -> set[Pair]:
    """Answer the pairs of a kind that are known not to be one."""
    columns = (DistinctPair.first_id, DistinctPair.second_id)
    rows = session.execute(select(*columns).where(DistinctPair.kind == kind))
    return {(first, second) for first, second in rows}


def latest_distinct(session: Session, *, limit: int = 20) -> list[DistinctPair]:
    """Answer the pairs said last not to be one."""
    return list(session.scalars(select(DistinctPair).order_by(DistinctPair.id.desc()).limit(limit)))


def follow_merge(session: Session, kind: str, *, survivor_id: int, loser_id: int) -> None:
    """Let what is not the one be not the other either, once both are one."""
    named = or_(DistinctPair.first_id == loser_id, DistinctPair.second_id == loser_id)
    for row in session.scalars(select(DistinctPair).where(DistinctPair.kind == kind, named)):
        other = row.second_id if row.first_id == loser_id else row.first_id
        if other == survivor_id:
            continue  # whoever merges them has seen that they are one after all
        first, second = sorted((other, survivor_id))
        if session.scalar(_pair(kind, first, second)) is None:
            row.first_id, row.second_id = first, second
            session.flush()


def undecided(pairs: Iterable[Found], apart: set[Pair], *, limit: int) -> list[Found]:
    """Answer likely pairs, each with why, without those that are known not to be one."""
    return [one for one in pairs if (min(one[:2]), max(one[:2])) not in apart][:limit]


def _pair(kind: str, first: int, second: int) -> Any:
    return select(DistinctPair).where(
        DistinctPair.kind == kind, DistinctPair.first_id == first, DistinctPair.second_id == second
    )
