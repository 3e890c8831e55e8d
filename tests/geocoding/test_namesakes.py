"""Namesakes: ambiguous where nothing decides, and decided by a country, a region or another place."""

from __future__ import annotations

import pytest

from tests.geocoding.asking import the_pin, told
from tracker.geocoding import Gazetteer


@pytest.mark.parametrize(
    ("query", "countries"),
    [
        ("Richmond", {"US", "GB", "CA", "AU"}),
        ("Halifax", {"CA", "GB"}),
        ("Valencia", {"ES", "VE"}),
        ("San José", {"US", "CR"}),
    ],
)
def test_an_ambiguous_name_says_so_and_offers_each_of_its_places(
    world: Gazetteer, query: str, countries: set[str]
) -> None:
    answer = world.resolve(query, limit=12)
    assert answer.ambiguous
    assert answer.candidates[0].confidence <= 0.5
    assert countries <= {each.country for each in answer.candidates}


@pytest.mark.parametrize(
    ("query", "context", "country", "region"),
    [
        ("Valencia", "Spain", "ES", "Valencia"),
        ("Valencia", "Venezuela", "VE", "Carabobo"),
        ("Richmond", "Virginia", "US", "Virginia"),
        ("Richmond", "London", "GB", "England"),
        ("Halifax", "Nova Scotia", "CA", "Nova Scotia"),
        ("Halifax", "Leeds", "GB", "England"),
        ("Perth", "Scotland", "GB", "Scotland"),
        ("Perth", "Australia", "AU", "Western Australia"),
        ("Springfield", "Illinois", "US", "Illinois"),
        ("Newport", "Wales", "GB", "Wales"),
        ("Newport", "Rhode Island", "US", "Rhode Island"),
        ("Newcastle", "Australia", "AU", "New South Wales"),
        ("Cambridge", "Boston", "US", "Massachusetts"),
        ("Cambridge", "London", "GB", "England"),
        ("San Jose", "Costa Rica", "CR", "San José"),
        ("Whitby", "Canada", "CA", "Ontario"),
        ("Waterloo", "Belgium", "BE", "Wallonia"),
    ],
)
def test_a_country_a_region_or_another_place_decides_between_namesakes(
    world: Gazetteer, query: str, context: str, country: str, region: str
) -> None:
    answer = world.resolve(query, context=context)
    assert told(answer)[2] == country
    assert the_pin(answer).region == region


@pytest.mark.parametrize("how", ["context", "text"])
@pytest.mark.parametrize(("city", "region"), [("San Francisco", "California"), ("New York", "New York")])
def test_union_square_is_that_of_the_city_that_is_named(
    world: Gazetteer, how: str, city: str, region: str
) -> None:
    answer = (
        world.resolve("Union Square", context=city)
        if how == "context"
        else world.resolve(f"Union Square, {city}")
    )
    assert told(answer) == ("Union Square", "square", "US")
    assert the_pin(answer).region == region


@pytest.mark.parametrize(("city", "region"), [("Chicago", "Illinois"), ("Los Angeles", "California")])
def test_each_city_has_its_own_union_station(world: Gazetteer, city: str, region: str) -> None:
    assert world.resolve("Union Station").ambiguous
    answer = world.resolve("Union Station", context=city)
    assert told(answer)[1:] == ("station", "US")
    assert the_pin(answer).region == region


def test_context_speaks_of_richmond_in_two_ways_and_finds_two_richmonds(world: Gazetteer) -> None:
    london, yorkshire = (
        the_pin(world.resolve("Richmond", context=context)) for context in ("London", "North Yorkshire")
    )
    assert abs(london.lat - yorkshire.lat) > 2
