"""GeoJSON from people: what is accepted, what is refused, and that each refusal names value and remedy."""

from __future__ import annotations

import json
from typing import Any

import pytest
from shapely.geometry import shape

from tracker.foundation.errors import InvalidValueError
from tracker.foundation.geometry import (
    MOST_POSITIONS,
    SwappedAxesError,
    read_geojson,
    shape_from_vertices,
    shape_of,
    swapped,
    vertices_of,
)


def box(west: float, east: float, south: float = 0, north: float = 2) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def polygon(*rings: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


FIJI = {
    "type": "MultiPolygon",
    "coordinates": [[box(178, 180)], [[[-178, 2], [-180, 2], [-180, 0], [-178, 0], [-178, 2]]]],
}


@pytest.mark.parametrize("given", [box(178, 182), box(178, -178), box(-182, -178), box(538, -178)], ids=str)
def test_an_area_across_180_is_cut_there_however_it_was_written(given: list[list[float]]) -> None:
    assert shape_of(polygon(given)) == FIJI
    assert shape(shape_of(polygon(given[::-1]))).equals(shape(FIJI))


def test_a_line_across_180_is_cut_there() -> None:
    line = shape_of({"type": "LineString", "coordinates": [[179, 1], [-179, 2]]})
    assert line["coordinates"] == [[[179, 1], [180, 1.5]], [[-180, 1.5], [-179, 2]]]


def test_rings_are_wound_by_the_right_hand_rule() -> None:
    hole = box(0.5, 1, 0.5, 1)
    assert shape_of(polygon(box(0, 2)[::-1], hole)) == polygon(box(0, 2), _clockwise(hole))


def _clockwise(ring: list[list[float]]) -> list[list[float]]:
    return [ring[0], *ring[1:-1][::-1], ring[0]]


def test_a_hole_follows_its_area_across_180() -> None:
    [west, east] = shape_of(polygon(box(178, 182), box(-179.5, -179, 0.5, 1)))["coordinates"]
    assert (len(west), len(east)) == (1, 2)


def test_features_and_collections_are_unwrapped_and_areas_side_by_side_become_one() -> None:
    features = [{"type": "Feature", "properties": {}, "geometry": polygon(box(w, w + 2))} for w in (0, 2)]
    found = shape_of({"type": "FeatureCollection", "features": features})
    assert found["type"] == "Polygon"
    assert [0, 0] in found["coordinates"][0] and [4, 2] in found["coordinates"][0]
    assert shape_of({"type": "Feature", "geometry": {"type": "Point", "coordinates": [190, 5, 99]}}) == {
        "type": "Point",
        "coordinates": [-170, 5],
    }


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (polygon([[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]), "crosses or touches itself at 1, 1"),
        (polygon([[0, 0], [2, 0], [2, 2]]), "not closed: it begins at"),
        (polygon([[0, 0], [1, 1], [0, 0]]), "at least three different corners"),
        (polygon([[0, 0], [1, 1], [2, 2], [0, 0]]), "crosses|one line|at least"),
        (polygon(box(0, 2), box(5, 6)), "hole of the area lies outside"),
        (polygon([[0, 80], [120, 80], [-120, 80], [0, 80]]), "around a pole"),
        ({"type": "Point", "coordinates": [7, 95.5]}, "swapped"),
        ({"type": "Point", "coordinates": [107, 95.5]}, "Latitude 95.5 is not between -90 and 90"),
        ({"type": "Point", "coordinates": [600, 5]}, "Longitude 600"),
        ({"type": "Point", "coordinates": [True, 5]}, "is not a position"),
        ({"type": "Point", "coordinates": ["7", 5]}, "is not a position"),
        ({"type": "Point", "coordinates": [7]}, "is not a position"),
        ({"type": "LineString", "coordinates": [[1, 1], [1, 1]]}, "two different positions"),
        ({"type": "LineString", "coordinates": {"a": 1}}, "are not lists"),
        ({"type": "Circle"}, "'Circle' is no shape"),
        ({"type": "FeatureCollection", "features": []}, "holds nothing"),
        ({"type": "Polygon", "coordinates": []}, "no positions"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "no positions"),
        ([], "not GeoJSON"),
        (None, "not GeoJSON"),
        (
            {
                "type": "GeometryCollection",
                "geometries": [{"type": "Point", "coordinates": [1, 1]}, polygon(box(0, 1))],
            },
            "different kinds",
        ),
        (
            {"type": "LineString", "coordinates": [[i / 100, 0] for i in range(MOST_POSITIONS + 1)]},
            "2001 positions; at most 2000",
        ),
    ],
)
def test_what_is_no_sound_shape_is_refused_with_the_reason(given: object, words: str) -> None:
    with pytest.raises(InvalidValueError, match=words):
        read_geojson(json.dumps(given))


@pytest.mark.parametrize("text", ["", "{", "NaN", "[" * 100_000, '{"type":"Point","coordinates":[1e999,0]}'])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        read_geojson(text)


def test_swapped_axes_are_noticed_and_can_be_put_right() -> None:
    given = {"type": "LineString", "coordinates": [[10, 120], [11, 130]]}
    with pytest.raises(SwappedAxesError, match="Latitude 120"):
        shape_of(given)
    assert shape_of(swapped(given))["coordinates"] == [[120, 10], [130, 11]]


def test_corners_as_text_give_the_same_shape_again() -> None:
    fiji = shape_of(polygon(box(178, 182), box(-179.5, -179, 0.5, 1)))
    assert vertices_of(fiji).count("hole") == 1
    assert shape_from_vertices(vertices_of(fiji), area=True) == fiji


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("62, 7\nsomewhere", "Line 2, 'somewhere'"),
        ("hole\n62, 7", "needs an area before it"),
        ("  \n", "No corners"),
        ("62, 7", "at least three different corners"),
    ],
)
def test_corners_that_cannot_be_read_are_named_by_their_line(text: str, words: str) -> None:
    with pytest.raises(InvalidValueError, match=words):
        shape_from_vertices(text, area=True)
