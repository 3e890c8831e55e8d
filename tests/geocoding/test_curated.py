"""Our own tables: landmarks and the middles of countries."""

from __future__ import annotations

from collections import Counter

import pytest

from tracker.foundation.errors import DataFileError
from tracker.geocoding import Gazetteer
from tracker.geocoding.curated import read_country_points, read_landmarks
from tracker.geocoding.folding import fold
from tracker.geocoding.sphere import distance_m

_HEADER = "name,aliases,kind,country,town,lat,lon,uncertainty_m,standing"


def test_no_landmark_is_listed_twice() -> None:
    # Several towns have a Union Station; each is listed with its town.
    names = Counter(
        (name, landmark.country, fold(landmark.town))
        for landmark in read_landmarks()
        for name in {fold(name) for name in (landmark.name, *landmark.aliases)}
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_each_landmark_is_near_the_town_it_names_and_in_its_country(world: Gazetteer) -> None:
    astray = []
    for landmark in read_landmarks():
        towns = [
            hit.place
            for hit in world.store.named(landmark.town)
            if hit.place.kind == "town" and hit.place.country == landmark.country
        ]
        away = min(
            (distance_m(landmark.lat, landmark.lon, town.lat, town.lon) for town in towns),
            default=float("inf"),
        )
        if away > 80_000 + landmark.uncertainty_m:
            astray.append((landmark.name, landmark.town, away))
    assert astray == []


def test_each_country_stands_among_its_own_towns(world: Gazetteer) -> None:
    astray = []
    for code, point in read_country_points().items():
        near = world.store.nearest(point.lat, point.lon, "town", 12)
        # In a desert or an ocean state there may be no town around.
        if world.store.country(code) is None or (
            len(near) == 12 and code not in {town.country for town in near}
        ):
            astray.append((code, near[0].name if near else ""))
    assert astray == []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("A,,castle,GB,B,1,2,3,1", "line 2 has the kind 'castle'"),
        ("A,,studio,GB,B,north,2,3,1", "line 2 cannot be read"),
        ("A,,studio,GB,B,1,2,3,9", "line 2 cannot be read"),
    ],
)
def test_a_bad_line_is_named(row: str, message: str) -> None:
    with pytest.raises(DataFileError, match=message):
        read_landmarks([_HEADER, row])
