"""What somebody wrote, and the places it may mean."""

from __future__ import annotations

import pytest

from tracker.foundation.errors import InvalidValueError
from tracker.geocoding import Answer, Gazetteer


def best(answer: Answer) -> tuple[str, str, str] | None:
    """Answer name, kind and country of the first candidate."""
    found = answer.best
    return (found.name, found.kind, found.country) if found else None


RAUMA_IN_NORWAY = ("Rauma", "municipality", "NO")


@pytest.mark.parametrize(
    "context", ["Norway", "Norge", "NO", "NOR", "Møre og Romsdal", "More og Romsdal, Norway", "Stranda"]
)
def test_a_context_makes_rauma_the_norwegian_municipality(small: Gazetteer, context: str) -> None:
    answer = small.resolve("Rauma", context=context)
    assert (best(answer), answer.ambiguous) == (RAUMA_IN_NORWAY, False)


def test_rauma_alone_offers_both_and_says_that_it_is_ambiguous(small: Gazetteer) -> None:
    answer = small.resolve("Rauma")
    assert answer.ambiguous
    assert {(each.kind, each.country) for each in answer.candidates} == {
        ("town", "FI"),
        ("municipality", "NO"),
    }
    assert answer.candidates[0].confidence <= 0.5


def test_rauma_near_the_fjords_is_norwegian(small: Gazetteer) -> None:
    answer = small.resolve("Rauma", near=(62.3, 6.9))
    assert (best(answer), answer.ambiguous) == (RAUMA_IN_NORWAY, False)


@pytest.mark.parametrize(
    "query", ["Rauma kommune", "Rauma, Norway", "Norway (Rauma)", "RAUMA - Møre og Romsdal"]
)
def test_the_text_itself_may_say_which_rauma(small: Gazetteer, query: str) -> None:
    assert best(small.resolve(query)) == RAUMA_IN_NORWAY


def test_a_village_and_its_municipality_are_read_as_the_municipality(small: Gazetteer) -> None:
    answer = small.resolve("Stranda")
    assert [each.kind for each in answer.candidates] == ["municipality", "town"]
    assert not answer.ambiguous


def test_a_city_and_its_municipality_are_read_as_the_city(small: Gazetteer) -> None:
    assert best(small.resolve("Oslo")) == ("Oslo", "town", "NO")
    assert best(small.resolve("Oslo kommune")) == ("Oslo", "municipality", "NO")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Roma", ("Rome", "town", "IT")),
        ("Venezia", ("Venice", "town", "IT")),
        ("Venice", ("Venice", "town", "IT")),
        ("Venice, USA", ("Venice", "town", "US")),
        ("Rome, Georgia, USA", ("Rome", "town", "US")),
        ("Paris", ("Paris", "town", "FR")),
        ("Paris, TX", ("Paris", "town", "US")),
        ("Paris France", ("Paris", "town", "FR")),
        ("75002 paris", ("Paris", "town", "FR")),
        ("andalsnes", ("Åndalsnes", "town", "NO")),
        ("UK (Leavesden)", ("Leavesden Studios", "studio", "GB")),
        ("Piazza Venezia, Rome", ("Piazza Venezia", "square", "IT")),
        ("Levisham, near Pickering", ("Levisham", "town", "GB")),
        ("Norge", ("Norway", "country", "NO")),
        ("Veneto", ("Veneto", "region", "IT")),
        ("S\N{REPLACEMENT CHARACTER}o Paulo, Brazil", ("São Paulo", "town", "BR")),
        ("Birmignham, UK", ("Birmingham", "town", "GB")),
        ("Göteborgs kommun", ("Göteborgs Kommun", "municipality", "SE")),
        ("Gothenburg", ("Göteborg", "town", "SE")),
    ],
)
def test_a_name_with_its_qualifiers_is_one_place(
    small: Gazetteer, query: str, expected: tuple[str, str, str]
) -> None:
    answer = small.resolve(query)
    assert (best(answer), answer.ambiguous) == (expected, False)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "  ",
        "TBA",
        "various locations",
        "on location",
        "Gotham",
        "the church",
        "Nowhere in Particular",
    ],
)
def test_what_names_no_place_gets_no_pin(small: Gazetteer, query: str) -> None:
    assert small.resolve(query).candidates == ()


@pytest.mark.parametrize("query", ["", "TBA", "various locations", "the church"])
def test_a_context_does_not_make_a_place_of_nothing(small: Gazetteer, query: str) -> None:
    assert small.resolve(query, context="Rome, Italy").candidates == ()


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("Venice, Norway", "the only Venices lie elsewhere"),
        ("Isle of Skye", "a town called Skye in Australia is no island"),
        ("A barn, Norway", "a country cannot stand for a barn"),
        ("Heathrow, UK (unknown)", "a country cannot stand for what is not understood"),
    ],
)
def test_a_wrong_pin_is_worse_than_none(small: Gazetteer, query: str, why: str) -> None:
    assert small.resolve(query).best is None, why


def test_an_unknown_street_in_a_known_town_is_somewhere_in_the_town(small: Gazetteer) -> None:
    town = small.resolve("Paris, France").candidates[0]
    answer = small.resolve("29 rue Vivienne, 75002 Paris")
    assert (best(answer), answer.ignored) == (("Paris", "town", "FR"), ("29 rue Vivienne",))
    assert answer.candidates[0].approximate
    assert answer.candidates[0].uncertainty_m >= 2 * town.uncertainty_m
    assert answer.candidates[0].confidence < town.confidence


def test_an_unknown_sight_is_somewhere_in_the_town_of_the_context(small: Gazetteer) -> None:
    answer = small.resolve("Dean and Deluca", context="Rome, Italy")
    assert best(answer) == ("Rome", "town", "IT")
    assert answer.candidates[0].approximate


def test_a_country_asked_for_is_a_hard_filter(small: Gazetteer) -> None:
    assert {each.country for each in small.resolve("Venice", country="us").candidates} == {"US"}
    assert small.resolve("Venice", country="NO").candidates == ()


def test_a_country_in_the_text_prevails_over_the_context(small: Gazetteer) -> None:
    assert best(small.resolve("Rome, Georgia, USA", context="Italy")) == ("Rome", "town", "US")


def test_two_large_namesakes_are_ambiguous(small: Gazetteer) -> None:
    assert small.resolve("Birmingham").ambiguous
    assert not small.resolve("Birmingham", context="UK").ambiguous


def test_a_country_code_that_is_none_is_refused_with_the_remedy(small: Gazetteer) -> None:
    with pytest.raises(InvalidValueError, match=r"'XQ' is no country code\. Write two letters"):
        small.resolve("Rauma", country="XQ")


def test_the_answer_says_what_was_used_and_why(small: Gazetteer) -> None:
    answer = small.resolve("Rauma", context="Norway")
    assert answer.used == ("Rauma", "Norway")
    assert answer.candidates[0].why == "its own name; agrees with “Norway”"
    assert answer.candidates[0].label == "Rauma, Møre og Romsdal, NO"


def test_no_more_than_the_limit_is_answered(small: Gazetteer) -> None:
    assert len(small.resolve("Venice", limit=2).candidates) == 2
