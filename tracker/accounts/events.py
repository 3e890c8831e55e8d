"""What was done to accounts, by whom and why: for admins, and for whom it concerns."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key, ShortText, enum_column
from tracker.foundation.text import clean_line


class Deed(enum.StrEnum):
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    ROLE = "role"
    RESET_LINK = "reset_link"
    PASSWORD = "password"  # noqa: S105 - the name of a deed
    SIGNED_OUT = "signed_out"
    DELETED = "deleted"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Deed.SUSPENDED: "Suspended",
    Deed.REINSTATED: "Reinstated",
    Deed.ROLE: "Role changed",
    Deed.RESET_LINK: "Link for a new password made",
    Deed.PASSWORD: "Password changed",
    Deed.SIGNED_OUT: "Signed out everywhere",
    Deed.DELETED: "Deleted",
}


class AccountEvent(Base):
    """One deed. Without `by` the operator did it at the command line, or the installation by itself."""

    __tablename__ = "account_event"
    __table_args__ = (Index("ix_account_event_user_id", "user_id", "id"),)

    id: Mapped[Key]
    at: Mapped[datetime] = mapped_column(default=now)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    deed: Mapped[Deed] = mapped_column(enum_column(Deed))
    words: Mapped[ShortText] = mapped_column(default="")

    user: Mapped[User] = relationship(lazy="raise", foreign_keys=[user_id])
    by: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[by_id])


def note_down(session: Session, user: User, deed: Deed, *, by: User | None, words: str = "") -> None:
    """Write a deed down."""
    session.add(
        AccountEvent(user_id=user.id, by_id=by.id if by else None, deed=deed, words=clean_line(words)[:500])
    )
    session.flush()


def events_of(session: Session, user_id: int, *, limit: int = 50) -> Sequence[AccountEvent]:
    """Answer what was done to an account, the latest first, with who did it."""
    return session.scalars(
        select(AccountEvent)
        .where(AccountEvent.user_id == user_id)
        .options(joinedload(AccountEvent.by))
        .order_by(AccountEvent.id.desc())
        .limit(limit)
    ).all()


def why_suspended(session: Session, user: User) -> str:
    """Answer the reason given for a suspension, "" for none."""
    if not user.is_suspended:
        return ""
    words = session.scalar(
        select(AccountEvent.words)
        .where(AccountEvent.user_id == user.id, AccountEvent.deed == Deed.SUSPENDED)
        .order_by(AccountEvent.id.desc())
        .limit(1)
    )
    return words or ""
