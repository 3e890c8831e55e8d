"""Flags: what anybody says is wrong with a page, for moderators."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key, LongText, enum_column
from tracker.foundation.errors import ConflictError, InvalidValueError
from tracker.foundation.text import clean


class FlagReason(enum.StrEnum):
    WRONG = "wrong"
    SPAM = "spam"
    PRIVACY = "privacy"
    SPOILER = "spoiler"
    OTHER = "other"

    @property
    def words(self) -> str:
        return _REASON_WORDS[self]


_REASON_WORDS = {
    FlagReason.WRONG: "It is wrong",
    FlagReason.SPAM: "It is advertising or nonsense",
    FlagReason.PRIVACY: "It tells something private",
    FlagReason.SPOILER: "It gives the story away",
    FlagReason.OTHER: "Something else",
}


class Flag(Base):
    """One flag on the page at `page`, a path of this site. Closed with the words of whoever looked."""

    __tablename__ = "page_flag"
    __table_args__ = (Index("ix_page_flag_queue", "closed_at", "sent_at"),)

    id: Mapped[Key]
    sent_at: Mapped[datetime] = mapped_column(default=now)
    page: Mapped[str] = mapped_column(String(500))
    reason: Mapped[FlagReason] = mapped_column(enum_column(FlagReason))
    words: Mapped[LongText] = mapped_column(default="")
    network: Mapped[str] = mapped_column(String(64), default="")
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    outcome: Mapped[LongText] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the form that SQLAlchemy wants


def raise_flag(session: Session, *, page: str, reason: FlagReason, words: str, network: str) -> Flag:
    """Keep a flag. Raises InvalidValueError where only words could tell what is meant, and none are given."""
    told = clean(words)[:2000]
    if not told and reason in (FlagReason.OTHER, FlagReason.WRONG):
        raise InvalidValueError("Say in a sentence what is wrong.")
    flag = Flag(page=page[:500], reason=reason, words=told, network=network)
    session.add(flag)
    session.flush()
    return flag


def open_flags(session: Session, *, reason: FlagReason | None = None, limit: int = 100) -> list[Flag]:
    """Answer the flags that nobody has looked at, what is private first, then the oldest."""
    found = select(Flag).where(Flag.closed_at.is_(None))
    if reason is not None:
        found = found.where(Flag.reason == reason)
    private_first = (Flag.reason != FlagReason.PRIVACY, Flag.id)
    return list(session.scalars(found.order_by(*private_first).limit(limit)))


def count_open_flags(session: Session) -> int:
    """Answer how many flags nobody has looked at."""
    return session.scalar(select(func.count()).where(Flag.closed_at.is_(None))) or 0


def close_flag(session: Session, flag_id: int, *, by: User, outcome: str) -> None:
    """Close a flag, with words on what was done. Raises ConflictError if somebody did already."""
    told = clean(outcome)[:2000]
    if not told:
        raise InvalidValueError("Say in a few words what you did about it.")
    flag = session.scalar(select(Flag).where(Flag.id == flag_id).with_for_update())
    if flag is None or flag.closed_at is not None:
        raise ConflictError(f"Flag {flag_id} is closed already.")
    flag.closed_at, flag.closed_by_id, flag.outcome = now(), by.id, told
    session.flush()
