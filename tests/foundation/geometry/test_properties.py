"""What holds for every shape, whoever drew it and wherever on earth."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point as Spot
from shapely.geometry import shape
from shapely.geometry.polygon import LinearRing

from tracker.foundation.geo import Point, distance_m
from tracker.foundation.geometry import (
    representative,
    shape_from_vertices,
    shape_of,
    simplified,
    vertices_of,
)

middles = st.tuples(st.floats(-180, 180), st.floats(-60, 60))


@st.composite
def rings(draw: st.DrawFn) -> list[list[float]]:
    """Draw a star-shaped ring around a point, wound either way, across 180 degrees or not."""
    lon, lat = draw(middles)
    reaches = draw(st.lists(st.floats(0.5, 20), min_size=3, max_size=12))
    step = 2 * math.pi / len(reaches)
    ring = [
        [round(lon + r * math.cos(i * step), 6), round(lat + r * math.sin(i * step), 6)]
        for i, r in enumerate(reaches)
    ]
    ring = ring[:: draw(st.sampled_from((1, -1)))]
    if draw(st.booleans()):
        ring = [[(x + 180) % 360 - 180, y] for x, y in ring]
        ring = [[round(x, 6), y] for x, y in ring]
    return [*ring, ring[0]]


areas = rings().map(lambda ring: shape_of({"type": "Polygon", "coordinates": [ring]}))
lines = rings().map(lambda ring: shape_of({"type": "LineString", "coordinates": ring[:-1]}))


def parts_of(geometry: dict[str, Any]) -> list[list[list[list[float]]]]:
    found = geometry["coordinates"]
    return found if geometry["type"] == "MultiPolygon" else [found]


@given(areas)
def test_areas_are_sound_wound_right_and_within_180(area: dict[str, Any]) -> None:
    assert shape(area).is_valid
    for part in parts_of(area):
        assert [LinearRing(ring).is_ccw for ring in part] == [True] + [False] * (len(part) - 1)
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for ring in part for lon, lat in ring)
        assert all(abs(a[0] - b[0]) <= 180 for ring in part for a, b in pairwise(ring))


@given(areas)
def test_reading_what_is_stored_changes_nothing(area: dict[str, Any]) -> None:
    assert shape_of(area) == area
    assert shape_from_vertices(vertices_of(area), area=True) == area


@given(rings())
def test_it_does_not_matter_how_the_way_across_180_is_written(ring: list[list[float]]) -> None:
    shifted = [[lon + (360 if lon < 0 else 0), lat] for lon, lat in ring]
    a, b = (shape_of({"type": "Polygon", "coordinates": [one]}) for one in (ring, shifted))
    assert shape(a).symmetric_difference(shape(b)).area < 1e-4


@given(areas)
def test_the_point_of_an_area_lies_in_it_and_the_area_within_its_reach(area: dict[str, Any]) -> None:
    found = representative(area)
    assert shape(area).covers(Spot(found.point.lon, found.point.lat))
    for lon, lat in shapely.get_coordinates(shape(area)).tolist():
        assert distance_m(found.point, Point(lat, lon)) <= found.reach_m


@given(lines)
def test_the_point_of_a_line_lies_on_it(line: dict[str, Any]) -> None:
    found = representative(line)
    assert shape(line).distance(Spot(found.point.lon, found.point.lat)) < 1e-9
    assert shape_of(line) == line


@given(areas, st.floats(0.0001, 1))
def test_a_coarser_drawing_has_no_more_positions_and_stays_an_area(
    area: dict[str, Any], tolerance: float
) -> None:
    coarse = simplified(area, tolerance_degrees=tolerance)
    assert coarse["type"] == area["type"]
    assert len(shapely.get_coordinates(shape(coarse))) <= len(shapely.get_coordinates(shape(area)))
