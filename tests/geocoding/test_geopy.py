"""The gazetteer as any user of geopy would use it."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from geopy.exc import GeocoderQueryError, GeocoderServiceError  # type: ignore[import-untyped]
from geopy.extra.rate_limiter import RateLimiter  # type: ignore[import-untyped]
from geopy.geocoders.base import Geocoder  # type: ignore[import-untyped]
from geopy.location import Location  # type: ignore[import-untyped]
from geopy.point import Point  # type: ignore[import-untyped]

from tracker.geocoding import Gazetteer


def test_it_is_a_geopy_geocoder_and_answers_a_location(small: Gazetteer) -> None:
    location = small.geocode("Rauma", country_codes="no")
    assert isinstance(small, Geocoder)
    assert isinstance(location, Location)
    assert (location.address, location.latitude, location.longitude) == (
        "Rauma, Møre og Romsdal, NO",
        62.56749,
        7.68709,
    )
    told = {
        key: location.raw[key] for key in ("kind", "country", "region", "ambiguous", "provider", "licence")
    }
    assert told == {
        "kind": "municipality",
        "country": "NO",
        "region": "Møre og Romsdal",
        "ambiguous": False,
        "provider": "gazetteer",
        "licence": "GeoNames, CC BY 4.0",
    }


def test_all_locations_come_when_more_than_one_is_asked_for(small: Gazetteer) -> None:
    locations = small.geocode("Rauma", exactly_one=False)
    assert isinstance(locations, list)
    assert [(each.raw["country"], each.raw["ambiguous"]) for each in locations] == [
        ("FI", True),
        ("NO", True),
    ]
    only = small.geocode("Rauma", exactly_one=False, limit=1)
    assert isinstance(only, list)
    assert len(only) == 1


def test_several_country_codes_and_a_context_are_understood(small: Gazetteer) -> None:
    found = small.geocode("Venice", exactly_one=False, country_codes=["US", "NO"])
    assert isinstance(found, list)
    assert {each.raw["country"] for each in found} == {"US"}
    norway = small.geocode("Rauma", context="Norway")
    assert isinstance(norway, Location)
    assert norway.raw["country"] == "NO"


def test_nothing_known_is_none(small: Gazetteer) -> None:
    assert small.geocode("Xyzzyville") is None
    assert small.geocode("Xyzzyville", exactly_one=False) is None


def test_wrong_questions_raise_what_geopy_raises(small: Gazetteer, tmp_path: Path) -> None:
    with pytest.raises(GeocoderQueryError, match="empty"):
        small.geocode(" ")
    with pytest.raises(GeocoderQueryError, match="no country code"):
        small.geocode("Rauma", country_codes="ZZ")
    with pytest.raises(GeocoderQueryError, match="no point"):
        small.reverse("somewhere")
    with pytest.raises(GeocoderServiceError, match="gazetteer build"):
        Gazetteer(tmp_path / "missing")


def test_reverse_answers_the_nearest_town_and_what_holds_it(small: Gazetteer) -> None:
    nearest = small.reverse((62.5, 7.7))
    assert isinstance(nearest, Location)
    assert nearest.raw["name"] == "Åndalsnes"
    around = small.reverse(Point(62.5, 7.7), exactly_one=False, limit=2)
    assert isinstance(around, list)
    assert [(each.raw["kind"], each.raw["name"]) for each in around] == [
        ("town", "Åndalsnes"),
        ("town", "Molde"),
        ("municipality", "Rauma"),
        ("region", "Møre og Romsdal"),
        ("country", "Norway"),
    ]


def test_reverse_far_out_at_sea_is_none(small: Gazetteer) -> None:
    assert small.reverse((0.0, -30.0)) is None


def test_typing_ahead_offers_the_prominent_first_and_the_near_before_the_far(small: Gazetteer) -> None:
    assert [each.name for each in small.suggest("ve")][:1] == ["Venice"]
    assert [each.country for each in small.suggest("ven", limit=1)] == ["IT"]
    assert [each.country for each in small.suggest("rau", near=(62.3, 6.9), limit=1)] == ["NO"]
    assert {each.country for each in small.suggest("Veni", country="us")} == {"US"}
    assert small.suggest("") == []
    assert small.suggest("qqqq") == []


def test_the_examples_of_the_documentation_are_true(gazetteer_path: Path) -> None:
    document = Path(__file__).parents[2] / "docs" / "geocoder.md"
    failed, tried = doctest.testfile(
        str(document), module_relative=False, globs={"path": gazetteer_path}, optionflags=doctest.ELLIPSIS
    )
    assert (failed, tried > 15) == (0, True)


def test_what_other_geocoders_take_is_taken_and_rate_limited(small: Gazetteer) -> None:
    limited = RateLimiter(small.geocode, min_delay_seconds=0)
    assert limited("Rauma", country_codes=["no"], language="nb", timeout=3).raw["country"] == "NO"
    assert small.reverse("62.5, 7.7", language="nb", timeout=3).raw["name"] == "Åndalsnes"  # type: ignore[union-attr]
    with pytest.raises(GeocoderQueryError, match="no point"):
        small.reverse((float("nan"), 7.0))
