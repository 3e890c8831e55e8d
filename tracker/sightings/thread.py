"""What was said about a sighting: why it was turned down, what its sender answered, moderators' notes.

Append-only, so it needs no history of its own. Notes are for the desk; the rest is for the sender as well.
"""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key, LongText, enum_column
from tracker.foundation.text import clean
from tracker.sightings.models import Reason, Sighting


class RemarkKind(enum.StrEnum):
    TURNED_DOWN = "turned_down"
    ANSWER = "answer"
    NOTE = "note"


class Remark(Base):
    """One thing said. A rejection comes here once it is answered; until then the sighting holds it."""

    __tablename__ = "sighting_remark"

    id: Mapped[Key]
    sighting_id: Mapped[int] = mapped_column(ForeignKey(Sighting.id), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    made_at: Mapped[datetime] = mapped_column(default=now)
    kind: Mapped[RemarkKind] = mapped_column(enum_column(RemarkKind))
    reason: Mapped[Reason | None] = mapped_column(enum_column(Reason))
    words: Mapped[LongText] = mapped_column(default="")

    author: Mapped[User] = relationship(lazy="raise")


def thread_of(session: Session, sighting_id: int, *, with_notes: bool) -> list[Remark]:
    """Answer what was said about a sighting, oldest first; notes only where the reader is the desk."""
    found = select(Remark).where(Remark.sighting_id == sighting_id).options(joinedload(Remark.author))
    if not with_notes:
        found = found.where(Remark.kind != RemarkKind.NOTE)
    return list(session.scalars(found.order_by(Remark.id)))


def last_decider_id(session: Session, sighting_id: int) -> int | None:
    """Answer who turned the sighting down before its sender answered: somebody else should look at it now."""
    return session.scalar(
        select(Remark.author_id)
        .where(Remark.sighting_id == sighting_id, Remark.kind == RemarkKind.TURNED_DOWN)
        .order_by(Remark.id.desc())
        .limit(1)
    )


def keep_as_note(session: Session, sighting_id: int, words: str, *, by: User) -> bool:
    """Keep the words of a moderator who was too late; answer whether there were any."""
    text = clean(words)[:2000]
    if text:
        session.add(Remark(sighting_id=sighting_id, author_id=by.id, kind=RemarkKind.NOTE, words=text))
        session.flush()
    return bool(text)
