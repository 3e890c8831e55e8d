"""Our own tables: landmarks and the middles of countries."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.geocoding.outlines import Outlines, read_outlines
from tracker.foundation.errors import DataFileError
from tracker.geocoding import Gazetteer
from tracker.geocoding.curated import Landmark, read_area_aliases, read_country_points, read_landmarks
from tracker.geocoding.folding import fold
from tracker.geocoding.sphere import distance_m
from tracker.geocoding.territories import holds_country

_HEADER = "name,aliases,kind,country,town,lat,lon,uncertainty_m,standing"
# How far off a coast or a border may be drawn, and how far islets lie from what is drawn at all.
_DRAWN_WITHIN_M = 2_000.0
_ISLETS_WITHIN_M = 40_000.0
# Counted in another country by the map: enclaves, and a city that two states claim.
_DRAWN_AS = {("VA", "IT"), ("PS", "IL"), ("IL", "PS")}


@pytest.fixture(scope="module")
def outlines() -> Outlines:
    return read_outlines()


def test_the_outlines_tell_countries_apart(outlines: Outlines) -> None:
    assert outlines.countries_within(47.0, 2.0, 1_000) == {"FR"}
    assert outlines.countries_within(0.0, -30.0, 40_000) == set()
    assert outlines.countries_within(47.56, 7.59, 5_000) == {"CH", "FR", "DE"}


def test_there_are_landmarks_all_over_the_world() -> None:
    landmarks = read_landmarks()
    assert len(landmarks) >= 600
    assert len({landmark.country for landmark in landmarks}) >= 100


def test_no_landmark_is_listed_twice() -> None:
    # Several towns have a Union Station; each is listed with its town.
    names = Counter(
        (name, landmark.country, fold(landmark.town))
        for landmark in read_landmarks()
        for name in {fold(name) for name in (landmark.name, *landmark.aliases)}
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_each_landmark_lies_inside_its_country(outlines: Outlines) -> None:
    astray = []
    for landmark in read_landmarks():
        near = _drawn_around(landmark, outlines)
        if not any(_drawn_as(landmark.country, code) for code in near):
            astray.append((landmark.name, landmark.country, sorted(near)))
    assert astray == []


def _drawn_around(landmark: Landmark, outlines: Outlines) -> set[str]:
    reach = landmark.uncertainty_m + _DRAWN_WITHIN_M
    near = outlines.countries_within(landmark.lat, landmark.lon, reach)
    return near or outlines.countries_within(landmark.lat, landmark.lon, reach + _ISLETS_WITHIN_M)


def _drawn_as(country: str, code: str) -> bool:
    return holds_country(code, country) or holds_country(country, code) or (country, code) in _DRAWN_AS


def test_each_landmark_is_near_the_town_it_names_in_its_country(world: Gazetteer) -> None:
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


def test_each_row_of_area_aliases_names_an_area_and_is_found_by_each_alias(world: Gazetteer) -> None:
    unknown = []
    for (kind, country, name), aliases in read_area_aliases().items():
        for word in (name, *aliases):
            hits = [hit for hit in world.store.exact(fold(word)) if hit.own]
            if not any(
                (hit.place.kind, hit.place.country, hit.place.name) == (kind, country, name) for hit in hits
            ):
                unknown.append((kind, country, name, word))
        if not aliases:
            unknown.append((kind, country, name, "has no alias"))
    assert unknown == []


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
