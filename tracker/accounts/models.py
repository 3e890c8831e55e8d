"""Who may write: users and their roles."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key, enum_column

# What stands for everybody whose account is gone; nobody else may be called so.
FORMER = "Former contributor"
LONGEST_ADDRESS = 254


class Role(enum.StrEnum):
    CONTRIBUTOR = "contributor"
    MODERATOR = "moderator"
    ADMIN = "admin"


class User(Base):
    """Somebody with an account. `name_key` is the folded name: two names that look alike are one name.

    A row outlives its account, since the record names its author: it is called FORMER then and holds nothing
    else of the person.
    """

    __tablename__ = "user_account"
    __table_args__ = (
        CheckConstraint("length(name) between 2 and 40", name="name_length"),
        CheckConstraint("(email is null) = (email_key is null)", name="email_with_key"),
        Index("uq_user_account_email_key", "email_key", unique=True),
    )

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(40))
    name_key: Mapped[str] = mapped_column(String(80), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(enum_column(Role), default=Role.CONTRIBUTOR)
    # Part of the signed cookie: a new one signs the user out everywhere.
    session_key: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
    suspended_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    # Only an address whose owner followed the link that was sent to it; one account has it at most.
    email: Mapped[str | None] = mapped_column(String(LONGEST_ADDRESS))
    email_key: Mapped[str | None] = mapped_column(String(LONGEST_ADDRESS))
    # Asked for, and used for nothing but to send that link.
    pending_email: Mapped[str | None] = mapped_column(String(LONGEST_ADDRESS))

    @property
    def is_suspended(self) -> bool:
        return self.suspended_at is not None

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    @property
    def is_moderator(self) -> bool:
        return self.role in (Role.MODERATOR, Role.ADMIN) and not self.is_suspended
