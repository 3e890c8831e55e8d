"""What is not listed: somewhere in a town that is, or nothing; what is no place at all is nothing."""

from __future__ import annotations

import pytest

from tests.geocoding.asking import contains, the_pin
from tracker.geocoding import Gazetteer


@pytest.mark.parametrize(
    ("query", "town", "lat", "lon"),
    [
        # The points are those of the street or of the far edge of the town.
        ("29 rue Vivienne, paris", "Paris", 48.8698, 2.3412),
        ("Café Zyqqa, Ljubljana", "Ljubljana", 46.0800, 14.4800),
        ("Hotel Zyqqa, Ljubljana, Slovenia", "Ljubljana", 46.0800, 14.4800),
        ("The Old Bakery, Whitby, England", "Whitby", 54.4780, -0.6320),
        ("Gare Zyqqa, Lyon", "Lyon", 45.7200, 4.8300),
        ("Kastell Brumbach, Graz, Austria", "Graz", 47.0300, 15.4000),
        ("Zyqqa Square, Salzburg", "Salzburg", 47.8300, 13.0300),
        ("Zyqqa House, 14 High Street, Richmond, North Yorkshire", "Richmond", 54.4050, -1.7400),
    ],
)
def test_an_unknown_street_or_sight_is_somewhere_in_its_town(
    world: Gazetteer, query: str, town: str, lat: float, lon: float
) -> None:
    pin = the_pin(world.resolve(query))
    assert (pin.name, pin.kind, pin.approximate) == (town, "town", True)
    assert contains(pin, lat, lon)
    assert "which is not listed" in pin.why


def test_an_unknown_street_is_in_the_arrondissement_that_its_postcode_tells(world: Gazetteer) -> None:
    pin = the_pin(world.resolve("29 rue Vivienne, 75002 paris"))
    assert (pin.name, pin.approximate) == ("Paris 2e arrondissement", True)
    assert contains(pin, 48.8698, 2.3412)


def test_an_unknown_sight_is_less_sure_and_wider_than_its_town(world: Gazetteer) -> None:
    sight = the_pin(world.resolve("Café Zyqqa, Ljubljana"))
    town = the_pin(world.resolve("Ljubljana"))
    assert sight.confidence < town.confidence
    assert sight.uncertainty_m >= 2 * town.uncertainty_m


@pytest.mark.parametrize(
    "query",
    [
        "Zzyzx, California",
        "Zzyzx Road, California",
        "Zyqqapueblo, Guatemala",
        "Zyqqabourg, Luxembourg",
    ],
)
def test_a_state_or_country_does_not_stand_for_an_unknown_place_in_it(world: Gazetteer, query: str) -> None:
    assert world.resolve(query).candidates == ()


@pytest.mark.parametrize(
    ("query", "capital"),
    [
        ("Zyqqadorf, Salzburg, Austria", "Salzburg, Austria"),
        ("Zyqqapueblo, San Luis Potosí, Mexico", "San Luis Potosí, Mexico"),
        ("Zyqqaville, Québec, Canada", "Québec, Canada"),
        ("Zyqqa, Groningen, Netherlands", "Groningen, Netherlands"),
        # Provinces of Spain, which the list keeps among the municipalities.
        ("Zyqqavilla, Salamanca, Spain", "Salamanca, Spain"),
        ("Zyqqavilla, Toledo, Spain", "Toledo, Spain"),
    ],
)
def test_an_unlisted_village_is_not_put_on_the_capital_that_its_province_is_named_after(
    world: Gazetteer, query: str, capital: str
) -> None:
    assert world.resolve(capital).best is not None
    assert world.resolve(query).candidates == ()


def test_an_unknown_street_is_in_the_capital_that_shares_its_provinces_name(world: Gazetteer) -> None:
    pin = the_pin(world.resolve("Calle Zyqqa, Salamanca, Spain"))
    assert (pin.name, pin.region, pin.approximate) == ("Salamanca", "Castille and León", True)


def test_a_county_is_not_overlooked_for_a_town_of_its_name_elsewhere(world: Gazetteer) -> None:
    assert world.resolve("Zyqqaham, Somerset").candidates == ()


def test_a_name_that_its_qualifier_speaks_against_is_ambiguous(world: Gazetteer) -> None:
    answer = world.resolve("Wellington, Somerset")
    assert answer.ambiguous
    assert answer.candidates[0].confidence <= 0.5


@pytest.mark.parametrize(
    "query",
    [
        "TBA",
        "tbd",
        "n/a",
        "???",
        "-",
        "Unknown",
        "various locations",
        "multiple locations",
        "undisclosed location",
        "the beach",
        "studio",
        "Narnia",
        "Wakanda",
        "Mordor",
        "Hogwarts",
        "Westeros",
        "Atlantis",
        "Pacific Ocean",
        "Atlantic Ocean",
        "Europe",
        "Africa",
        "Various locations, Europe",
    ],
)
def test_what_is_no_place_to_point_at_gets_no_pin(world: Gazetteer, query: str) -> None:
    assert world.resolve(query).candidates == ()
