"""Photos that come with a sighting: they wait with it, and become photos of its place and shoot."""

from __future__ import annotations

from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint, and_, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key
from tracker.foundation.errors import ConflictError
from tracker.productions.models import Shoot
from tracker.productions.photo_queries import photos_by_ids
from tracker.productions.photographing import publish_photo
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


def waits_by_itself() -> ColumnElement[bool]:
    """Answer what holds of a photo that waits, but not for a decision on a sighting.

    It came without one, or with one that was decided and whose delay is over.
    """
    with_decided = (
        select(SightingPhoto.photo_id)
        .join(Sighting, Sighting.id == SightingPhoto.sighting_id)
        .where(Sighting.shoot_id.is_not(None), Sighting.exact_from.is_(None))
    )
    return and_(
        Photo.state == PhotoState.PENDING, or_(Photo.place_id.is_not(None), Photo.id.in_(with_decided))
    )


def waiting_photos(session: Session, *, limit: int = 100) -> list[Photo]:
    """Answer the photos that wait by themselves, with place, shoot, film and sender, oldest first."""
    oldest = select(Photo.id).where(waits_by_itself()).order_by(Photo.sent_at, Photo.id).limit(limit)
    ids = session.scalars(oldest).all()
    found = photos_by_ids(session, ids)
    return [found[number] for number in ids]


def count_waiting_photos(session: Session) -> int:
    """Answer how many photos wait by themselves."""
    return session.scalar(select(func.count()).select_from(Photo).where(waits_by_itself())) or 0


def sighting_with(session: Session, photo: Photo) -> Sighting | None:
    """Answer the sighting that a photo came with, None where it came by itself."""
    came = select(SightingPhoto.sighting_id).where(SightingPhoto.photo_id == photo.id)
    return session.scalar(select(Sighting).where(Sighting.id == came.scalar_subquery()))


def publish_one(session: Session, photo: Photo, *, by: User, alone: bool = False) -> None:
    """Let one photo be seen, where it came with a sighting as one of its shoot and place. In an open change.

    Raises ConflictError while that sighting waits, or its exact place is held back.
    """
    sighting = sighting_with(session, photo)
    if sighting is not None and photo.place_id is None:
        shoot = session.get(Shoot, sighting.shoot_id) if sighting.shoot_id is not None else None
        if shoot is None:
            raise ConflictError(
                f"Photo {photo.id} waits with sighting {sighting.id}. Decide about that first."
            )
        if sighting.exact_from is not None:
            raise ConflictError(f"The place of photo {photo.id} is held back until its delay is over.")
        photo.place_id, photo.shoot_id = shoot.place_id, shoot.id
    publish_photo(session, photo, by=by, alone=alone)
