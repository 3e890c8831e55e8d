"""The shapes of photos in answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tracker.api.shapes import Bound, Shape


class Camera(Shape):
    """Where the camera stood and looked."""

    lat: Annotated[float, Field(description="WGS84 degrees")]
    lon: Annotated[float, Field(description="WGS84 degrees")]
    uncertainty_m: int | None
    heading: Annotated[float | None, Field(description="Degrees clockwise from north.")]


class Photo(Shape):
    """A photo of a place, with whom to name and its licence. Show it with both."""

    id: int
    url: str
    role: Annotated[str, Field(description="then: from the shoot; now: the place as it is")]
    author: str
    licence: str
    licence_url: str
    alt: Annotated[str | None, Field(description="What can be seen; null where nobody has said so yet.")]
    taken: Bound
    shoot: int | None
    same_view_as: Annotated[int | None, Field(description="The photo of then that one of now repeats.")]
    camera: Annotated[Camera | None, Field(description="Null where it is not known or not public.")]
    width: int
    height: int
    image: Annotated[str | None, Field(description="JPEG; null where it would give a story away.")]
    image_960: str | None
    image_320: str | None


class Photos(Shape):
    """The photos of a place that everybody may see, at most sixty."""

    items: list[Photo]
