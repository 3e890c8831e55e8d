"""Qualifiers in any order and number, and countries and regions by whatever name people give them."""

from __future__ import annotations

import pytest

from tests.geocoding.asking import told
from tracker.geocoding import Gazetteer


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Sydney, New South Wales, Australia", ("Sydney", "town", "AU")),
        ("Australia, New South Wales, Sydney", ("Sydney", "town", "AU")),
        ("Sydney (New South Wales)", ("Sydney", "town", "AU")),
        ("Paris France", ("Paris", "town", "FR")),
        ("Paris, 75002", ("Paris", "town", "FR")),
        ("London SW1A 1AA", ("London", "town", "GB")),
        ("UK (Leavesden)", ("Leavesden Studios", "studio", "GB")),
        ("Piazza Venezia, Rome", ("Piazza Venezia", "square", "IT")),
        ("Trafalgar Square, London, England, UK", ("Trafalgar Square", "square", "GB")),
        ("Levisham, near Pickering", ("Levisham", "town", "GB")),
        ("Norway - Stranda", ("Stranda", "municipality", "NO")),
        ("(Norway) Stranda", ("Stranda", "municipality", "NO")),
        ("Stranda / Norway", ("Stranda", "municipality", "NO")),
        ("Tunisia; Matmata", ("Matmata", "municipality", "TN")),
        ("Whistler, B.C., Canada", ("Whistler", "town", "CA")),
        ("Durham, N.C., U.S.A.", ("Durham", "town", "US")),
        ("Marylebone, London, England, UK", ("Marylebone", "town", "GB")),
    ],
)
def test_qualifiers_stand_in_any_order_and_number(
    world: Gazetteer, query: str, expected: tuple[str, str, str]
) -> None:
    assert told(world.resolve(query)) == expected


@pytest.mark.parametrize(
    ("query", "name", "country"),
    [
        ("日本", "Japan", "JP"),
        ("Россия", "Russia", "RU"),
        ("Norge", "Norway", "NO"),
        ("Ελλάδα", "Greece", "GR"),
        ("Deutschland", "Germany", "DE"),
        ("España", "Spain", "ES"),
        ("Magyarország", "Hungary", "HU"),
        ("UAE", "United Arab Emirates", "AE"),
        ("U.K.", "United Kingdom", "GB"),
        ("East Germany", "Germany", "DE"),
    ],
)
def test_a_country_is_known_by_its_names_and_short_forms(
    world: Gazetteer, query: str, name: str, country: str
) -> None:
    assert told(world.resolve(query)) == (name, "country", country)


@pytest.mark.parametrize(
    ("query", "name", "country"),
    [
        ("Dubai, U.A.E.", "Dubai", "AE"),
        ("Whitby, U.K.", "Whitby", "GB"),
        ("Bergen, Norge", "Bergen", "NO"),
        ("Sevilla, España", "Sevilla", "ES"),
        ("Salzburg, Österreich", "Salzburg", "AT"),
        ("Asheville, N.C.", "Asheville", "US"),
        ("Athens, Ga.", "Athens", "US"),
        ("Los Angeles, Calif.", "Los Angeles", "US"),
        ("Victoria, B.C.", "Victoria", "CA"),
        ("Newcastle, N.S.W.", "Newcastle", "AU"),
        ("Girona, Cataluña", "Girona", "ES"),
        ("Aylesbury, Bucks", "Aylesbury", "GB"),
        ("Cambridge, Cambs", "Cambridge", "GB"),
        ("N.Y.C.", "New York City", "US"),
    ],
)
def test_regions_and_countries_are_known_by_abbreviations_and_in_their_own_language(
    world: Gazetteer, query: str, name: str, country: str
) -> None:
    assert told(world.resolve(query)) == (name, "town", country)


@pytest.mark.parametrize(
    ("query", "name", "country"),
    [
        ("Prague, Czechoslovakia", "Prague", "CZ"),
        ("Bratislava, Czechoslovakia", "Bratislava", "SK"),
        ("Belgrade, Yugoslavia", "Belgrade", "RS"),
        ("Leningrad, USSR", "Saint Petersburg", "RU"),
        ("Leipzig, East Germany", "Leipzig", "DE"),
        ("Kinshasa, Zaire", "Kinshasa", "CD"),
        ("Rangoon, Burma", "Yangon", "MM"),
        ("Saigon, Vietnam", "Ho Chi Minh City", "VN"),
    ],
)
def test_countries_that_are_no_more_still_tell_where_a_town_is(
    world: Gazetteer, query: str, name: str, country: str
) -> None:
    assert told(world.resolve(query)) == (name, "town", country)


@pytest.mark.parametrize(
    ("query", "name", "country"),
    [
        ("San Juan, Puerto Rico, USA", "San Juan", "PR"),
        ("Ponce, USA", "Ponce", "PR"),
        ("Charlotte Amalie, U.S. Virgin Islands, USA", "Charlotte Amalie", "VI"),
        ("Douglas, Isle of Man, UK", "Douglas", "IM"),
        ("Nuuk, Denmark", "Nuuk", "GL"),
        ("Papeete, France", "Papeete", "PF"),
        ("Willemstad, Curaçao, Netherlands", "Willemstad", "CW"),
        ("Longyearbyen, Norway", "Longyearbyen", "SJ"),
    ],
)
def test_a_territory_is_found_under_the_country_that_people_count_it_in(
    world: Gazetteer, query: str, name: str, country: str
) -> None:
    assert told(world.resolve(query)) == (name, "town", country)


@pytest.mark.parametrize(("query", "country"), [("Macau, China", "MO"), ("Hong Kong, China", "HK")])
def test_a_city_that_is_a_territory_is_found_in_the_country_around_it(
    world: Gazetteer, query: str, country: str
) -> None:
    assert told(world.resolve(query))[2] == country


@pytest.mark.parametrize(
    ("query", "name", "country"),
    [
        ("大阪, 日本", "Osaka", "JP"),
        ("Казань, Россия", "Kazan", "RU"),
        ("Αθήνα, Ελλάδα", "Athens", "GR"),
        ("القاهرة", "Cairo", "EG"),
        ("서울", "Seoul", "KR"),
        ("กรุงเทพมหานคร", "Bangkok", "TH"),
        ("Київ", "Kyiv", "UA"),
        ("תל אביב", "Tel Aviv", "IL"),
        ("TROMSØ", "Tromsø", "NO"),
        ("tromso, norway", "Tromsø", "NO"),
        ("Tromsö", "Tromsø", "NO"),
        ("sao paulo", "São Paulo", "BR"),
        ("lodz, poland", "Łódź", "PL"),
        ("Koeln, Germany", "Köln", "DE"),
        ("MUNCHEN, DEUTSCHLAND", "Munich", "DE"),
    ],
)
def test_scripts_case_and_accents_lead_to_the_same_town(
    world: Gazetteer, query: str, name: str, country: str
) -> None:
    assert told(world.resolve(query)) == (name, "town", country)
