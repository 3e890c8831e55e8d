"""Pieces of GeoJSON (RFC 7946): features, and polygons wound as it asks."""

from __future__ import annotations

from typing import Any

from tracker.exchange.exporting.shapes import right_handed

__all__ = ["Json", "collection", "feature", "right_handed"]

Json = dict[str, Any]


def feature(geometry: Json | None, properties: Json) -> Json:
    """Answer a feature."""
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def collection(features: list[Json], **members: Any) -> Json:
    """Answer a collection of features with members of our own beside them."""
    return {"type": "FeatureCollection", **members, "features": features}
