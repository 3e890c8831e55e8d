"""The photos that came with a sighting, as its sender and moderators see them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from tracker.productions.photo_queries import photos_by_ids
from tracker.productions.photos import PhotoState
from tracker.sightings.models import Sighting
from tracker.sightings.photos import photos_of
from tracker.web.photos.showing import Camera, ShownPhoto, camera_of, shown


@dataclass(frozen=True, slots=True)
class SentPhoto:
    """A photo with the point where its camera stood, whoever may know that later.

    `waits` says whether nobody has decided about it.
    """

    shown: ShownPhoto
    camera: Camera | None
    waits: bool


def photos_with(session: Session, sighting: Sighting) -> list[SentPhoto]:
    """Answer the photos that came with a sighting."""
    photos = photos_by_ids(session, [photo.id for photo in photos_of(session, sighting)])
    return [
        SentPhoto(shown(photo, reveal=True), camera_of(photo), photo.state is PhotoState.PENDING)
        for _, photo in sorted(photos.items())
    ]
