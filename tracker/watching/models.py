"""Who watches what, and how he is told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key
from tracker.places.models import Place
from tracker.productions.models import Production


class Watch(Base):
    """A production or a place that a user watches. After a merge the one that stays is meant."""

    __tablename__ = "watch"
    __table_args__ = (
        UniqueConstraint("user_id", "production_id"),
        UniqueConstraint("user_id", "place_id"),
        CheckConstraint("(production_id is null) <> (place_id is null)", name="one_of_two"),
    )

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    # What is taken back from the record is watched by nobody; a watch must not keep it there.
    production_id: Mapped[int | None] = mapped_column(
        ForeignKey(Production.id, ondelete="CASCADE"), index=True
    )
    place_id: Mapped[int | None] = mapped_column(ForeignKey(Place.id, ondelete="CASCADE"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)


class Telling(Base):
    """How a user is told. The feed's address is signed with its key; without one there is no feed."""

    __tablename__ = "telling"

    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), primary_key=True)
    feed_key: Mapped[str | None] = mapped_column(String(40))
    by_mail: Mapped[bool] = mapped_column(default=False)
    # Part of the link that ends the mails.
    mail_key: Mapped[str] = mapped_column(String(40))
    # The last change that was told by mail.
    told_up_to: Mapped[int] = mapped_column(default=0)
