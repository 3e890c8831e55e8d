"""A photo as pages, maps and programs may show it: what is hidden of it is not in here at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app, url_for

from tracker.foundation.clock import now, today
from tracker.foundation.dates import Period, describe_short
from tracker.places.privacy import public_name
from tracker.productions.photo_queries import gives_story_away, may_show_camera
from tracker.productions.photos import Photo, PhotoRole
from tracker.web.places.public import place_url
from tracker.web.productions.shoot_words import stop_url

NO_ALT = "No description yet."
_COMPASS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the camera stood, exact to `uncertainty_m`, and looked, in degrees clockwise from north."""

    lat: float
    lon: float
    uncertainty_m: int | None
    heading: float | None

    @property
    def words(self) -> str:
        parts = [f"{self.lat:.5f}, {self.lon:.5f}"]
        if self.uncertainty_m:
            parts.append(f"within {self.uncertainty_m:,} m")
        if self.heading is not None:
            side = _COMPASS[round(self.heading / 45) % 8]
            parts.append(f"looking {side} ({self.heading:.0f}°)")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class ShownPhoto:
    """A photo in words and addresses. `kept_back`: it tells a story, so picture and alt text are left out."""

    id: int
    url: str
    kept_back: bool
    full: str
    middle: str
    small: str
    width: int
    height: int
    alt: str
    has_alt: bool
    role: str
    author: str
    licence: str
    licence_url: str
    source_address: str
    taken: str
    place: str
    place_url: str
    film: str
    film_url: str
    camera: Camera | None
    then_id: int | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Then, and now from the same point."""

    then: ShownPhoto
    now: ShownPhoto


@dataclass(frozen=True, slots=True)
class Gallery:
    """The photos of a place or a film: pairs, and those that stand alone."""

    pairs: tuple[Pair, ...]
    single: tuple[ShownPhoto, ...]

    def __bool__(self) -> bool:
        return bool(self.pairs or self.single)


def shown(photo: Photo, *, reveal: bool = False) -> ShownPhoto:
    """Answer what may be shown of a photo; `reveal` shows also what tells a story, to who asked for it."""
    kept_back = gives_story_away(photo, today()) and not reveal
    digest = "" if kept_back else photo.digest or ""
    place, shoot = photo.place, photo.shoot
    return ShownPhoto(
        id=photo.id,
        url=url_for("photos.show", photo_id=photo.id),
        kept_back=kept_back,
        full=file_url(digest, "jpg"),
        middle=file_url(digest, "960.webp"),
        small=file_url(digest, "320.webp"),
        width=photo.width,
        height=photo.height,
        alt="" if kept_back else photo.alt or NO_ALT,
        has_alt=bool(photo.alt),
        role=photo.role.words,
        author=photo.author,
        licence=photo.licence.word,
        licence_url=photo.licence.address,
        source_address=photo.source_address or "",
        taken=describe_short(Period(photo.taken, photo.taken)) if photo.taken.is_known else "",
        place=public_name(place) if place else "",
        place_url=place_url(place) if place else "",
        film=shoot.production.title if shoot else "",
        film_url=stop_url(shoot) if shoot else "",
        camera=None if kept_back else public_camera(photo),
        then_id=photo.then_id,
    )


def public_camera(photo: Photo) -> Camera | None:
    """Answer where the camera stood, None where that is not for everybody."""
    delay = timedelta(hours=current_app.config["SETTINGS"].sighting_delay_hours)
    if not may_show_camera(photo, at=now(), delay=delay):
        return None
    return camera_of(photo)


def camera_of(photo: Photo) -> Camera | None:
    """Answer where the camera stood, for those who may see the exact place."""
    if photo.lat is None or photo.lon is None:
        return None
    return Camera(photo.lat, photo.lon, photo.uncertainty_m, photo.heading)


def gallery_of(photos: Sequence[Photo]) -> Gallery:
    """Put photos into pairs of then and now, as far as both are there; a then may have several nows."""
    all_shown = {photo.id: shown(photo) for photo in photos}
    roles = {photo.id: photo.role for photo in photos}
    pairs = [
        Pair(all_shown[one.then_id], one)
        for one in all_shown.values()
        if one.then_id in all_shown and roles[one.then_id] is PhotoRole.THEN
    ]
    paired = {number for pair in pairs for number in (pair.then.id, pair.now.id)}
    single = tuple(one for one in all_shown.values() if one.id not in paired)
    return Gallery(tuple(pairs), single)


def file_url(digest: str, ending: str) -> str:
    """Answer the address of a picture's file; "" of none."""
    return url_for("photos.file", digest=digest, ending=ending) if digest else ""
