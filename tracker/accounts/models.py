"""Who may write: users and their roles."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key, enum_column


class Role(enum.StrEnum):
    CONTRIBUTOR = "contributor"
    MODERATOR = "moderator"
    ADMIN = "admin"


class User(Base):
    """Somebody with an account. `name_key` is the folded name: two names that look alike are one name."""

    __tablename__ = "user_account"
    __table_args__ = (CheckConstraint("length(name) between 2 and 40", name="name_length"),)

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(40))
    name_key: Mapped[str] = mapped_column(String(80), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(enum_column(Role), default=Role.CONTRIBUTOR)
    # Part of the signed cookie: a new one signs the user out everywhere.
    session_key: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(default=now)
    suspended_at: Mapped[datetime | None]

    @property
    def is_moderator(self) -> bool:
        return self.role in (Role.MODERATOR, Role.ADMIN)
