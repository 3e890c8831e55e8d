"""The outbox: letters that wait to be sent, each with the lease of whoever is sending it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, String, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from tracker.accounts.models import LONGEST_ADDRESS, User
from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key, LongText

# As long as whoever took a letter may need to send it; afterwards another may.
LEASE = timedelta(minutes=10)
# The waits between attempts; after the last one it is given up.
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 480, 1440))
_KEPT_AFTER_FAILURE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written. `unsubscribe` is the address at which one post ends letters of this kind."""

    subject: str
    body: str
    unsubscribe: str = ""


class OutgoingLetter(Base):
    """A letter to a user's address. It is deleted once it is sent: nobody reads here who got what."""

    __tablename__ = "outgoing_letter"
    __table_args__ = (Index("ix_outgoing_letter_due", "failed_at", "due_at"),)

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[LongText]
    unsubscribe: Mapped[str] = mapped_column(String(500), default="")
    # The same at each attempt, so that a letter that arrives twice is known to be one.
    message_id: Mapped[str] = mapped_column(String(80), unique=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(default=now)
    attempts: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(String(300), default="")


def post(session: Session, user: User, letter: Letter, *, to: str) -> OutgoingLetter:
    """Put a letter into the outbox; it is sent once this transaction is committed, never from within it."""
    waiting = OutgoingLetter(
        user_id=user.id,
        address=to,
        subject=" ".join(letter.subject.split())[:200],
        body=letter.body,
        unsubscribe=letter.unsubscribe,
        message_id=secrets.token_hex(16),
    )
    session.add(waiting)
    session.flush()
    return waiting


def take_next(session: Session, *, at: datetime) -> OutgoingLetter | None:
    """Take the letter that has waited longest, for the time of the lease; None if none is due.

    The attempt is counted when it is taken: a letter at which the sender dies each time is given up, too.
    """
    due = (
        select(OutgoingLetter.id)
        .where(OutgoingLetter.failed_at.is_(None), OutgoingLetter.due_at <= at)
        .order_by(OutgoingLetter.due_at, OutgoingLetter.id)
        .limit(1)
    )
    # Of two senders that see the same letter, the second one's condition no longer holds.
    for _ in range(20):
        letter_id = session.scalar(due)
        if letter_id is None:
            return None
        taken = session.execute(
            update(OutgoingLetter)
            .where(OutgoingLetter.id == letter_id, OutgoingLetter.due_at <= at)
            .values(due_at=at + LEASE, attempts=OutgoingLetter.attempts + 1)
            .returning(OutgoingLetter.id)
            .execution_options(synchronize_session=False)
        ).first()
        if taken is not None:
            return session.get_one(OutgoingLetter, letter_id, populate_existing=True)
    return None


def was_sent(session: Session, letter_id: int) -> None:
    """Forget a letter that the server took."""
    session.execute(delete(OutgoingLetter).where(OutgoingLetter.id == letter_id))


def was_not_sent(session: Session, letter_id: int, *, why: str, for_good: bool, at: datetime) -> None:
    """Let a letter wait for its next attempt, or give it up."""
    letter = session.get(OutgoingLetter, letter_id)
    if letter is None:  # its account was deleted meanwhile
        return
    letter.failure = why[:300]
    if for_good or letter.attempts > len(WAITS):
        letter.failed_at = at
    else:
        letter.due_at = at + WAITS[letter.attempts - 1]
    session.flush()


def forget_old_failures(session: Session, *, at: datetime) -> None:
    """Delete what was given up a month ago."""
    session.execute(delete(OutgoingLetter).where(OutgoingLetter.failed_at < at - _KEPT_AFTER_FAILURE))


def waiting_and_failed(session: Session) -> tuple[int, int]:
    """Answer how many letters wait, and how many were given up."""
    counted = select(func.count(OutgoingLetter.id))
    waiting = session.scalar(counted.where(OutgoingLetter.failed_at.is_(None))) or 0
    failed = session.scalar(counted.where(OutgoingLetter.failed_at.is_not(None))) or 0
    return waiting, failed
