"""The built gazetteer of the whole world: places that films have been shot at, and names that trap."""

from __future__ import annotations

import pytest

from tracker.geocoding import Gazetteer
from tracker.geocoding.sphere import distance_m


@pytest.mark.parametrize(
    ("query", "context", "kind", "country", "lat", "lon"),
    [
        ("Rauma", "Norway", "municipality", "NO", 62.57, 7.69),
        ("Stranda", "", "municipality", "NO", 62.31, 6.94),
        ("Åndalsnes", "", "town", "NO", 62.57, 7.69),
        ("Roma", "", "town", "IT", 41.89, 12.48),
        ("Venezia", "", "town", "IT", 45.44, 12.33),
        ("Venice", "", "town", "IT", 45.44, 12.33),
        ("Piazza Venezia, Rome", "", "square", "IT", 41.896, 12.483),
        ("UK (Leavesden)", "", "studio", "GB", 51.69, -0.42),
        ("Longcross Film Studios, Surrey", "", "studio", "GB", 51.38, -0.59),
        ("Levisham, near Pickering", "", "town", "GB", 54.30, -0.72),
        ("Darlton Quarry, Stoney Middleton", "", "quarry", "GB", 53.28, -1.67),
        ("Abu Dhabi", "AE", "town", "AE", 24.45, 54.38),
        ("Modrany Studios, Prague", "", "studio", "CZ", 50.01, 14.41),
        ("Prague Airport", "", "airport", "CZ", 50.10, 14.26),
        ("Coral Harbour, Bahamas", "", "area", "BS", 24.99, -77.47),
        ("Buena Vista, Nassau, Bahamas", "", "building", "BS", 25.07, -77.35),
        ("Pont de Bir-Hakeim, Paris", "", "bridge", "FR", 48.856, 2.288),
        ("Villa La Gaeta, Lake Como", "", "building", "IT", 46.06, 9.27),
        ("University College London library", "GB", "building", "GB", 51.52, -0.13),
        ("Tangier, Morocco", "", "town", "MA", 35.77, -5.80),
        ("Petra", "", "area", "JO", 30.33, 35.44),
        ("Ouarzazate", "", "town", "MA", 30.92, -6.89),
        ("Matera", "", "town", "IT", 40.67, 16.60),
        ("Firenze", "", "town", "IT", 43.77, 11.25),
        ("Český Krumlov", "", "town", "CZ", 48.81, 14.32),
        ("Москва", "", "town", "RU", 55.75, 37.62),
        ("Vancouver, B.C.", "", "town", "CA", 49.25, -123.12),
        ("Wilmington, N.C.", "", "town", "US", 34.23, -77.94),
        ("Saint Petersburg, Florida", "", "town", "US", 27.77, -82.68),
        ("Tirol", "", "region", "AT", 47.25, 11.40),
        ("日本", "", "country", "JP", 36.0, 138.0),
        ("Mexico", "", "country", "MX", 23.0, -102.0),
        ("Kent, England", "", "municipality", "GB", 51.27, 0.52),
    ],
)
def test_a_place_of_film_is_found(  # noqa: PLR0917
    world: Gazetteer, query: str, context: str, kind: str, country: str, lat: float, lon: float
) -> None:
    answer = world.resolve(query, context=context)
    best = answer.best
    assert best is not None
    assert (best.kind, best.country, answer.ambiguous, best.approximate) == (kind, country, False, False)
    assert distance_m(lat, lon, best.lat, best.lon) <= max(best.uncertainty_m, 3_000)


def test_rauma_alone_offers_the_town_and_the_municipality(world: Gazetteer) -> None:
    answer = world.resolve("Rauma")
    offered = {(each.kind, each.country) for each in answer.candidates}
    assert answer.ambiguous
    assert {("town", "FI"), ("municipality", "NO")} <= offered


@pytest.mark.parametrize("query", ["Georgia", "Birmingham", "Salem", "Springfield", "Pinewood", "Cambridge"])
def test_a_name_of_several_comparable_places_is_ambiguous(world: Gazetteer, query: str) -> None:
    answer = world.resolve(query)
    assert answer.ambiguous
    assert answer.candidates[0].confidence <= 0.5
    assert len({(each.country, each.region) for each in answer.candidates}) > 1


@pytest.mark.parametrize(
    "query",
    [
        "Tatooine",
        "Gotham",
        "Arctic Ocean",
        "Space, Outer space",
        "Stage 16",
        "Hotel California",
        "Cafe Roma",
        "The Alps",
    ],
)
def test_what_is_no_listed_place_gets_no_pin(world: Gazetteer, query: str) -> None:
    assert world.resolve(query).best is None


def test_the_seas_and_poles_have_no_nearest_town(world: Gazetteer) -> None:
    assert [world.around(lat, lon) for lat, lon in ((0.0, -30.0), (89.9, 0.0), (-90.0, 180.0))] == [
        [],
        [],
        [],
    ]


def test_reverse_knows_the_municipality_of_a_pin(world: Gazetteer) -> None:
    around = world.around(62.46, 7.67, limit=1)
    assert [(each.kind, each.name) for each in around] == [
        ("town", "Åndalsnes"),
        ("municipality", "Rauma"),
        ("region", "Møre og Romsdal"),
        ("country", "Norway"),
    ]
