"""Photos that come with a sighting: they wait with it, and become photos of its place and shoot."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key
from tracker.productions.models import Shoot
from tracker.productions.photos import Photo, PhotoState
from tracker.sightings.models import Sighting

MOST_PHOTOS = 6


class SightingPhoto(Base):
    """Which sighting a photo came with."""

    __tablename__ = "sighting_photo"
    __table_args__ = (UniqueConstraint("photo_id"),)

    id: Mapped[Key]
    sighting_id: Mapped[int] = mapped_column(ForeignKey(Sighting.id), index=True)
    # A photo whose adding is reverted takes this row along.
    photo_id: Mapped[int] = mapped_column(ForeignKey(Photo.id, ondelete="CASCADE"))


def send_with(session: Session, sighting: Sighting, photo: Photo) -> None:
    """Let a photo wait with a sighting."""
    session.add(SightingPhoto(sighting_id=sighting.id, photo_id=photo.id))
    session.flush()


def photos_of(session: Session, sighting: Sighting) -> list[Photo]:
    """Answer the photos that came with a sighting and were not taken away since."""
    came = select(SightingPhoto.photo_id).where(SightingPhoto.sighting_id == sighting.id)
    there = (PhotoState.PENDING, PhotoState.PUBLISHED)
    return list(
        session.scalars(select(Photo).where(Photo.id.in_(came), Photo.state.in_(there)).order_by(Photo.id))
    )


def publish_with(session: Session, sighting: Sighting, shoot: Shoot, *, by: User | None) -> None:
    """Let the photos of an accepted sighting be seen, as photos of its shoot and place. In an open change."""
    for photo in photos_of(session, sighting):
        if photo.state is not PhotoState.PENDING:
            continue
        photo.place_id, photo.shoot_id = shoot.place_id, shoot.id
        photo.state, photo.decided_by_id, photo.decided_at = (
            PhotoState.PUBLISHED,
            by.id if by else None,
            now(),
        )
    session.flush()


def drop_with(session: Session, sighting: Sighting, *, by: User) -> None:
    """Take the photos of a sighting along that is turned down or withdrawn. In an open change."""
    for photo in photos_of(session, sighting):
        if photo.state is PhotoState.PENDING:
            photo.state, photo.decided_by_id, photo.decided_at = PhotoState.REJECTED, by.id, now()
    session.flush()
