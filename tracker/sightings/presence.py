"""Who has which sighting open on the desk: rows that live for seconds, touched while a page is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.database import Base
from tracker.sightings.models import Sighting

# A page with scripts says every 20 seconds that it is open; one without is believed for as long.
SEEN_FOR = timedelta(seconds=90)
_FORGOTTEN_AFTER = timedelta(hours=1)


class DeskPresence(Base):
    """One moderator who has one sighting open."""

    __tablename__ = "desk_presence"

    sighting_id: Mapped[int] = mapped_column(ForeignKey(Sighting.id), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), primary_key=True)
    opened_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now, index=True)


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody else who has the sighting open, and since when."""

    name: str
    since: datetime


def touch(session: Session, sighting_id: int, *, by: User) -> None:
    """Note that a moderator has a sighting open. Must run in a writing transaction of its own."""
    moment = now()
    session.execute(delete(DeskPresence).where(DeskPresence.seen_at < moment - _FORGOTTEN_AFTER))
    row = session.get(DeskPresence, (sighting_id, by.id))
    if row is None:
        session.add(DeskPresence(sighting_id=sighting_id, user_id=by.id, opened_at=moment, seen_at=moment))
    else:
        if moment - row.seen_at > SEEN_FOR:
            row.opened_at = moment
        row.seen_at = moment
    session.flush()


def leave(session: Session, sighting_id: int, *, by: User) -> None:
    """Note that a moderator has closed a sighting: decided it, or left it for others."""
    session.execute(
        delete(DeskPresence).where(DeskPresence.sighting_id == sighting_id, DeskPresence.user_id == by.id)
    )


def others_at(session: Session, sighting_id: int, *, but: User) -> list[Present]:
    """Answer who else has a sighting open now, who came first before."""
    rows = session.execute(
        select(User.name, DeskPresence.opened_at)
        .join(User, User.id == DeskPresence.user_id)
        .where(
            DeskPresence.sighting_id == sighting_id,
            DeskPresence.user_id != but.id,
            DeskPresence.seen_at >= now() - SEEN_FOR,
        )
        .order_by(DeskPresence.opened_at)
    )
    return [Present(name, since) for name, since in rows]
