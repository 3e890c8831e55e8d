"""The append-only history: a change is one author's saved edit, a revision one row of it."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key, LongText, ShortText, enum_column


class Action(enum.StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class Change(Base):
    """One saved edit with its author and comment. Without an author the installation itself did it."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_made_at", "made_at"),)

    id: Mapped[Key]
    made_at: Mapped[datetime] = mapped_column(default=now)
    author_id: Mapped[int | None] = mapped_column(ForeignKey(User.id), index=True)
    comment: Mapped[ShortText]
    # The change by which an admin blanked the comment: it tells who, when and why.
    redaction_id: Mapped[int | None] = mapped_column(ForeignKey("change.id"), index=True)

    author: Mapped[User | None] = relationship(lazy="raise")
    revisions: Mapped[list[Revision]] = relationship(
        lazy="raise",
        order_by="Revision.id",
        back_populates="change",
        viewonly=True,
        foreign_keys="Revision.change_id",
    )
    redaction: Mapped[Change | None] = relationship(
        lazy="raise", remote_side="Change.id", foreign_keys=[redaction_id]
    )


class Revision(Base):
    """One row before and after a change, column by column; the values are as JSON can hold them."""

    __tablename__ = "revision"
    __table_args__ = (Index("ix_revision_row", "table_name", "row_id"),)

    id: Mapped[Key]
    change_id: Mapped[int] = mapped_column(ForeignKey(Change.id), index=True)
    table_name: Mapped[str] = mapped_column(String(60))
    row_id: Mapped[int]
    action: Mapped[Action] = mapped_column(enum_column(Action))
    label: Mapped[LongText]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    # The change by which an admin blanked label, before and after; the row itself stays.
    redaction_id: Mapped[int | None] = mapped_column(ForeignKey(Change.id), index=True)

    change: Mapped[Change] = relationship(
        lazy="raise", back_populates="revisions", viewonly=True, foreign_keys=[change_id]
    )
    redaction: Mapped[Change | None] = relationship(lazy="raise", foreign_keys=[redaction_id])


class ChangeSubject(Base):
    """What a change is about, so that a production's or a place's history is one look-up."""

    __tablename__ = "change_subject"
    __table_args__ = (
        UniqueConstraint("change_id", "kind", "subject_id"),
        Index("ix_change_subject_of", "kind", "subject_id", "change_id"),
    )

    id: Mapped[Key]
    change_id: Mapped[int] = mapped_column(ForeignKey(Change.id))
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
