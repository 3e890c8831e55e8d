"""The shapes of orders: what sources say of which shoot came first."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tracker.api.shapes import Shape, Source


class OrderedShoot(Shape):
    """A shoot that an order speaks of, by the public name of its place."""

    id: int
    url: str
    place: str


class Order(Shape):
    """One source on whether `shoot` came next after, after, or before `other`.

    `words` are empty where they could tell a hidden place, or a story before release.
    """

    id: int
    shoot: OrderedShoot
    relation: Annotated[str, Field(description="next, after or before")]
    other: OrderedShoot
    source: Source
    stance: Annotated[str, Field(description="supports or refutes")]
    manner: str
    words: str
    state: Annotated[str, Field(description="live, disputed (both sides count, so it is not used) or closed")]
    closed_reason: str | None


class SentOrder(Shape):
    """What became of an order that was sent in: it is recorded, or waits for a moderator."""

    state: Annotated[str, Field(description="recorded or waiting")]
    id: int | None
    order: Order | None
    see: Annotated[str, Field(description="Where it can be read, now or once it counts.")]
