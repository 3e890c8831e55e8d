"""Drafts: a form that somebody has begun, kept for its writer alone until it is saved or too old."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key
from tracker.foundation.errors import InvalidValueError

KEPT_FOR = timedelta(days=30)
MOST_FIELDS = 600
# A pasted text has 15,000 characters at most; the decisions on it and the other fields are short.
MOST_CHARACTERS = 60_000

Fields = Sequence[tuple[str, str]]


class KeptDraft(Base):
    """What one user has typed into the form of a sighting: its fields in order, names and values.

    `saves` counts up, so that a browser notices that another one has saved since.
    """

    __tablename__ = "sighting_draft"
    __table_args__ = (UniqueConstraint("user_id"), CheckConstraint("saves > 0", name="saves_counted"))

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    fields: Mapped[list[Any]] = mapped_column(JSON)
    saves: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


def kept_draft(session: Session, user: User) -> KeptDraft | None:
    """Answer a user's draft, None if there is none or it is too old."""
    return session.scalar(select(KeptDraft).where(KeptDraft.user_id == user.id, KeptDraft.expires_at > now()))


def keep_draft(session: Session, user: User, fields: Fields) -> KeptDraft:
    """Keep a draft in place of the one before; the newest wins. Drafts of anybody that are too old go.

    Raises InvalidValueError for more than a form can hold.
    """
    if len(fields) > MOST_FIELDS or sum(len(name) + len(value) for name, value in fields) > MOST_CHARACTERS:
        raise InvalidValueError("This draft is too long to be kept. Save it, or shorten the text.")
    moment = now()
    session.execute(delete(KeptDraft).where(KeptDraft.expires_at <= moment))
    draft = session.scalar(select(KeptDraft).where(KeptDraft.user_id == user.id).with_for_update())
    if draft is None:
        draft = KeptDraft(user_id=user.id, saves=0)
        session.add(draft)
    draft.fields = [list(field) for field in fields]
    draft.saves += 1
    draft.saved_at, draft.expires_at = moment, moment + KEPT_FOR
    session.flush()
    return draft


def drop_draft(session: Session, user: User) -> None:
    """Throw a user's draft away: it was saved, or its writer starts afresh."""
    session.execute(delete(KeptDraft).where(KeptDraft.user_id == user.id))
