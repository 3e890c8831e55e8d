"""Photos of places: public fields only."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app

from tracker.accounts.access import allow
from tracker.accounts.permissions import Permission
from tracker.api import photo_shapes as shapes
from tracker.api.answering import site
from tracker.api.asking import LARGEST_ID
from tracker.api.shaping import bound
from tracker.extensions import db
from tracker.foundation.clock import now, today
from tracker.foundation.errors import NotFoundError
from tracker.places.queries import place_by_id
from tracker.productions.photo_queries import gives_story_away, may_show_camera, photos_at
from tracker.productions.photos import Photo


@allow(Permission.READ)
def of_place(place_id: int) -> shapes.Photos:
    """List the photos of a place. A hidden place has none, but for those that a moderator opened."""
    place = place_by_id(db.session, place_id) if place_id <= LARGEST_ID else None
    if place is None:
        raise NotFoundError(f"No place has the number {place_id}.")
    photos = photos_at(db.session, place.id)
    listed = {photo.id for photo in photos}
    return shapes.Photos(items=[_photo(photo, listed) for photo in photos])


def _photo(photo: Photo, listed: set[int]) -> shapes.Photo:
    kept_back = gives_story_away(photo, today())
    digest = None if kept_back else photo.digest
    return shapes.Photo(
        id=photo.id,
        url=f"{site().base}photos/{photo.id}",
        role=photo.role.value,
        author=photo.author,
        licence=photo.licence.word,
        licence_url=photo.licence.address,
        alt=None if kept_back else photo.alt or None,
        taken=bound(photo.taken),
        shoot=photo.shoot_id,
        same_view_as=photo.then_id if photo.then_id in listed else None,
        camera=None if kept_back else _camera(photo),
        width=photo.width,
        height=photo.height,
        image=_file(digest, "jpg"),
        image_960=_file(digest, "960.webp"),
        image_320=_file(digest, "320.webp"),
    )


def _camera(photo: Photo) -> shapes.Camera | None:
    delay = timedelta(hours=current_app.config["SETTINGS"].sighting_delay_hours)
    if photo.lat is None or photo.lon is None or not may_show_camera(photo, at=now(), delay=delay):
        return None
    return shapes.Camera(
        lat=photo.lat, lon=photo.lon, uncertainty_m=photo.uncertainty_m, heading=photo.heading
    )


def _file(digest: str | None, ending: str) -> str | None:
    return f"{site().base}photos/files/{digest}.{ending}" if digest else None
