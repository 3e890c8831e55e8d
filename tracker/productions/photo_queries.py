"""Reads of photos: those that everybody may see, one, those that wait, and whether a file is still needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.places.models import Place, Privacy
from tracker.productions.models import Shoot
from tracker.productions.photos import Photo, PhotoRole, PhotoState
from tracker.productions.release import is_released

MOST_SHOWN = 60


def photos_at(session: Session, place_id: int, *, limit: int = MOST_SHOWN) -> list[Photo]:
    """Answer the photos of a place that everybody may see, with place, shoot and film; pairs side by side."""
    return list(session.scalars(_shown().where(Photo.place_id == place_id).limit(limit)))


def photos_of_film(session: Session, production_id: int, *, limit: int = MOST_SHOWN) -> list[Photo]:
    """Answer the photos of a film's shoots that everybody may see."""
    of_film = select(Shoot.id).where(Shoot.production_id == production_id)
    return list(session.scalars(_shown().where(Photo.shoot_id.in_(of_film)).limit(limit)))


def photo_by_id(session: Session, photo_id: int) -> Photo | None:
    """Answer a photo in whatever state, with place, shoot, film and sender."""
    return session.scalar(_with_names().where(Photo.id == photo_id))


def photos_by_ids(session: Session, ids: Sequence[int]) -> dict[int, Photo]:
    """Answer photos in whatever state, by id."""
    return {photo.id: photo for photo in session.scalars(_with_names().where(Photo.id.in_(ids)))}


def photos_with(session: Session, digest: str) -> list[Photo]:
    """Answer the photos whose file that is."""
    return list(session.scalars(_with_names().where(Photo.digest == digest)))


def stills_at(session: Session, place_id: int) -> list[Photo]:
    """Answer the photos of then at a place, to which one of now can be put."""
    return list(
        session.scalars(_shown().where(Photo.place_id == place_id, Photo.role == PhotoRole.THEN).limit(200))
    )


def is_file_needed(session: Session, digest: str) -> bool:
    """Say whether any photo that waits, is shown or may be brought back is that file."""
    kept = (PhotoState.PENDING, PhotoState.PUBLISHED, PhotoState.REMOVED)
    needed = select(Photo.id).where(Photo.digest == digest, Photo.state.in_(kept)).limit(1)
    return session.scalar(needed) is not None


def is_shown(photo: Photo) -> bool:
    """Say whether everybody may see a photo: published, at an open place or opened by a moderator."""
    if not photo.is_published or photo.place is None:
        return False
    return photo.place.privacy is Privacy.OPEN or photo.opened


def gives_story_away(photo: Photo, today: date) -> bool:
    """Say whether a photo would tell the story of a film that is not out; without a film it is left out."""
    level = photo.spoiler
    if photo.shoot is not None and photo.role is PhotoRole.THEN:
        level = max(level, photo.shoot.spoiler)
    if not level:
        return False
    return photo.shoot is None or not is_released(photo.shoot.production, today)


def may_show_camera(photo: Photo, *, at: datetime, delay: timedelta) -> bool:
    """Say whether everybody may know where the camera stood: never of a hidden place, nor live.

    Live is what was taken less than `delay` before, counted from the end of its day.
    """
    if photo.point is None or photo.place is None or photo.place.privacy is not Privacy.OPEN:
        return False
    last = photo.taken.latest
    over = datetime.combine(last + timedelta(days=1), time(), UTC) if last is not None else photo.sent_at
    return over + delay <= at


def _with_names() -> Select[Photo]:
    return select(Photo).options(
        joinedload(Photo.place),
        joinedload(Photo.sent_by),
        joinedload(Photo.shoot).joinedload(Shoot.production),
    )


def _shown() -> Select[Photo]:
    """What everybody may see; a photo of then before those of now that were put to it."""
    open_or_opened: ColumnElement[bool] = or_(Place.privacy == Privacy.OPEN, Photo.opened.is_(True))
    return (
        _with_names()
        .join(Place, Place.id == Photo.place_id)
        .where(Photo.state == PhotoState.PUBLISHED, open_or_opened)
        .order_by(func.coalesce(Photo.then_id, Photo.id), Photo.then_id.is_not(None), Photo.id)
    )
