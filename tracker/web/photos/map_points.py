"""Where cameras stood, for the map of a place."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.foundation.geo import Point
from tracker.productions.photos import Photo
from tracker.web.photos.showing import ShownPhoto, shown
from tracker.web.places.geojson import Json, feature


def camera_features(photos: Sequence[Photo]) -> list[Json]:
    """Answer a point for each photo whose camera point is for everybody; `heading` in degrees from north."""
    return [found for photo in photos if (found := _feature(shown(photo))) is not None]


def _feature(one: ShownPhoto) -> Json | None:
    camera = one.camera
    if camera is None:
        return None
    properties = {
        "role": "camera",
        "id": one.id,
        "name": f"Photo {one.id}",
        "heading": camera.heading,
        "uncertainty_m": camera.uncertainty_m,
        "words": camera.words,
        "taken": one.taken,
        "credit": f"{one.author}, {one.licence}",
        "url": one.url,
        "picture": one.small,
        "alt": one.alt,
    }
    position = Point(camera.lat, camera.lon).position()
    return feature({"type": "Point", "coordinates": position}, properties)
