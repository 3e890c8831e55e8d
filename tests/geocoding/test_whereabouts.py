"""Where a point is: borders, seas, poles, and the line where the longitudes meet."""

from __future__ import annotations

import math

import pytest

from tracker.foundation.errors import InvalidValueError
from tracker.geocoding import Gazetteer
from tracker.geocoding.sphere import distance_m

KNOWN = [
    ("Basel, the market", 47.5581, 7.5878, "CH", "Europe/Zurich", "Basel"),
    ("Weil am Rhein", 47.5950, 7.6106, "DE", "Europe/Berlin", "Weil am Rhein"),
    ("Saint-Louis beside Basel", 47.5860, 7.5600, "FR", "Europe/Paris", "Saint-Louis"),
    ("Tornio", 65.8481, 24.1466, "FI", "Europe/Helsinki", "Tornio"),
    ("Haparanda", 65.8355, 24.1368, "SE", "Europe/Stockholm", "Haparanda"),
    ("Niagara Falls, American side", 43.0828, -79.0700, "US", "America/New_York", "Niagara Falls"),
    ("Niagara Falls, Canadian side", 43.0915, -79.0745, "CA", "America/Toronto", "Niagara Falls"),
    ("Tijuana", 32.5331, -117.0190, "MX", "America/Tijuana", "Tijuana"),
    ("San Ysidro in San Diego", 32.5525, -117.0440, "US", "America/Los_Angeles", "Imperial Beach"),
    ("El Paso", 31.7580, -106.4870, "US", "America/Denver", "El Paso"),
    ("Juárez across the river", 31.7380, -106.4860, "MX", "America/Ciudad_Juarez", "Ciudad Juárez"),
    ("Cieszyn", 49.7497, 18.6323, "PL", "Europe/Warsaw", "Cieszyn"),
    ("Český Těšín", 49.7461, 18.6210, "CZ", "Europe/Prague", "Český Těšín"),
    ("Görlitz", 51.1560, 14.9885, "DE", "Europe/Berlin", "Görlitz"),
    ("Zgorzelec", 51.1500, 15.0070, "PL", "Europe/Warsaw", "Zgorzelec"),
    ("Kehl", 48.5750, 7.8150, "DE", "Europe/Berlin", "Kehl"),
    ("Strasbourg", 48.5734, 7.7521, "FR", "Europe/Paris", "Strasbourg"),
    ("Geneva", 46.2044, 6.1432, "CH", "Europe/Zurich", "Geneva"),
    ("Annemasse", 46.1930, 6.2360, "FR", "Europe/Paris", "Annemasse"),
    ("St Peter's", 41.9022, 12.4533, "VA", "Europe/Vatican", "Vatican City"),
    ("Büsingen, an exclave", 47.6967, 8.6900, "DE", "Europe/Busingen", "Büsingen"),
    ("Victoria Falls", -17.9318, 25.8307, "ZW", "Africa/Harare", "Victoria Falls"),
    ("Livingstone", -17.8519, 25.8285, "ZM", "Africa/Lusaka", "Livingstone"),
    ("Foz do Iguaçu", -25.5469, -54.5882, "BR", "America/Sao_Paulo", "Foz do Iguaçu"),
    ("Puerto Iguazú", -25.5972, -54.5786, "AR", "America/Argentina/Cordoba", "Puerto Iguazú"),
    ("Hanoi, whose zone is Bangkok's", 21.0285, 105.8542, "VN", "Asia/Bangkok", "Hoàn Kiếm"),
    ("Bangkok", 13.7563, 100.5018, "TH", "Asia/Bangkok", "Bangkok"),
    ("Pristina, whose zone is Belgrade's", 42.6629, 21.1655, "XK", "Europe/Belgrade", "Pristina"),
    ("Longyearbyen", 78.2232, 15.6267, "SJ", "Arctic/Longyearbyen", "Longyearbyen"),
    ("Trolltindene", 62.4811, 7.7290, "NO", "Europe/Oslo", "Åndalsnes"),
    ("Wadi Rum", 29.5763, 35.4200, "JO", "Asia/Amman", "Ad Dīsah"),
    ("Cape Dezhnev, west of 180°", 66.16, -169.81, "RU", "Asia/Anadyr", "Uelen"),
    ("Suva, once more around", -18.1416, 178.4419 + 360, "FJ", "Pacific/Fiji", "Suva"),
]


@pytest.mark.parametrize(
    ("lat", "lon", "country", "zone", "town"), [row[1:] for row in KNOWN], ids=[row[0] for row in KNOWN]
)
def test_a_point_lies_in_its_country_zone_and_by_its_town(
    world: Gazetteer, lat: float, lon: float, country: str, zone: str, town: str
) -> None:
    here = world.locate(lat, lon)
    assert here.town is not None
    assert here.country is not None
    assert (here.country_code, here.time_zone, here.town.place.name) == (country, zone, town)
    assert (here.country.place.country, here.town.place.country, here.at_sea) == (country, country, False)
    measured = distance_m(lat, lon, here.town.place.lat, here.town.place.lon)
    assert here.town.distance_m == pytest.approx(measured)


def test_municipality_and_region_come_with_their_distance(world: Gazetteer) -> None:
    here = world.locate(62.5, 7.7)
    assert here.municipality is not None
    assert here.region is not None
    assert (here.municipality.place.name, here.region.place.name) == ("Rauma", "Møre og Romsdal")
    assert 7_000 < here.municipality.distance_m < 8_000


@pytest.mark.parametrize(
    ("lat", "lon", "zone"),
    [
        (30.0, -40.0, "Etc/GMT+3"),
        (90.0, 0.0, "Etc/GMT"),
        (42.0, 50.5, "Etc/GMT-3"),
        (-40.0, 180.0, "Etc/GMT+12"),
    ],
)
def test_the_sea_has_a_time_zone_and_nothing_else(
    world: Gazetteer, lat: float, lon: float, zone: str
) -> None:
    here = world.locate(lat, lon)
    assert (here.at_sea, here.time_zone, here.country_code) == (True, zone, "")
    assert (here.town, here.municipality, here.region, here.country) == (None, None, None, None)
    assert world.around(lat, lon) == []


def test_the_south_pole_is_antarctica_whatever_the_longitude(world: Gazetteer) -> None:
    for lon in (0.0, 90.0, 180.0, -180.0):
        here = world.locate(-90.0, lon)
        assert (here.country_code, here.at_sea, here.town) == ("AQ", False, None)


def test_both_names_of_the_antimeridian_are_one_place(world: Gazetteer) -> None:
    east, west = world.locate(-16.80, 180.0), world.locate(-16.80, -180.0)
    assert east == west
    assert (east.country_code, east.lon) == ("FJ", -180.0)


def test_far_from_any_town_the_country_is_known_and_no_municipality_claimed(world: Gazetteer) -> None:
    here = world.locate(22.0, 5.0)
    assert (here.country_code, here.municipality, here.region) == ("DZ", None, None)
    assert here.town is not None
    assert here.town.distance_m > 100_000


@pytest.mark.parametrize(("lat", "lon"), [(91.0, 0.0), (0.0, 541.0), (math.nan, 0.0), (0.0, math.inf)])
def test_what_is_no_point_is_refused_by_name(world: Gazetteer, lat: float, lon: float) -> None:
    with pytest.raises(InvalidValueError, match=f"{lat}, {lon} is no point"):
        world.locate(lat, lon)


@pytest.mark.parametrize(
    ("lat", "lon"),
    [(80.0, 20.0), (69.9, -179.9), (-16.8, 179.99), (51.5, -0.1), (0.1, 0.1), (-54.8, -68.3), (65.1, -179.8)],
)
def test_the_nearest_towns_are_the_nearest_by_the_ruler(world: Gazetteer, lat: float, lon: float) -> None:
    rows = world.store._connection().execute("SELECT id, lat, lon FROM place WHERE kind = 'town'")
    measured = sorted((distance_m(lat, lon, row[1], row[2]), row[0]) for row in rows)[:3]
    expected = [number for metres, number in measured if metres <= 220_000]
    assert [town.number for town in world.store.nearest(lat, lon, "town", 3)] == expected
