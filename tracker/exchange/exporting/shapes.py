"""Outlines of places, wound as RFC 7946 asks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

Json = dict[str, Any]
Ring = Sequence[Sequence[float]]


def right_handed(geometry: Json) -> Json:
    """Answer the geometry with outer rings counter-clockwise and holes clockwise (RFC 7946, 3.1.6)."""
    kind = geometry.get("type")
    if kind == "Polygon":
        return {**geometry, "coordinates": _wound(geometry["coordinates"])}
    if kind == "MultiPolygon":
        return {**geometry, "coordinates": [_wound(rings) for rings in geometry["coordinates"]]}
    if kind == "GeometryCollection":
        return {**geometry, "geometries": [right_handed(part) for part in geometry["geometries"]]}
    return geometry


def _wound(rings: Sequence[Ring]) -> list[Ring]:
    return [
        ring if (_signed_area(ring) >= 0) == (index == 0) else list(reversed(ring))
        for index, ring in enumerate(rings)
    ]


def _signed_area(ring: Ring) -> float:
    """Answer twice the area in square degrees, positive for a counter-clockwise ring (shoelace formula)."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
