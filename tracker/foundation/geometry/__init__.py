"""Shapes of places: GeoJSON (RFC 7946) read from people, checked, cut at 180 degrees, and measured.

A shape is kept as a GeoJSON geometry: positions are [lon, lat] in WGS84 degrees with six decimals, rings are
closed and wound by the right-hand rule, and whatever crosses the 180th meridian is cut there (3.1.9).
"""

from __future__ import annotations

from tracker.foundation.geometry.measures import Representative, representative, simplified
from tracker.foundation.geometry.reading import (
    MOST_POSITIONS,
    SwappedAxesError,
    is_shape,
    read_geojson,
    shape_of,
    swapped,
)
from tracker.foundation.geometry.vertices import shape_from_vertices, vertices_of

__all__ = [
    "MOST_POSITIONS",
    "Representative",
    "SwappedAxesError",
    "is_shape",
    "read_geojson",
    "representative",
    "shape_from_vertices",
    "shape_of",
    "simplified",
    "swapped",
    "vertices_of",
]
