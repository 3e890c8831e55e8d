"""The search: by any title, by people's words for a place, by country; and what to do without a hit."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import film, film_case, place, say, shoot, source
from tests.web.reading import Page
from tracker.extensions import db
from tracker.history.recording import change
from tracker.places.models import PlaceKind, Privacy
from tracker.productions.models import TitleKind
from tracker.productions.operations import add_title
from tracker.web.search.words import read_search

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
MI7 = "/productions/mission-impossible-dead-reckoning-part-one"


@pytest.fixture
def record(app: Flask) -> None:
    with app.app_context():
        film_case(db.session)
        place(db.session, "Rauma", 61.13, 21.51, kind=PlaceKind.TOWN, country="FI")
        db.session.commit()


def look_for(client: FlaskClient, words: str) -> Page:
    answer = client.get("/search", query_string={"q": words})
    assert answer.status_code == 200
    return Page(answer.text)


def found(page: Page) -> list[str]:
    """Answer the addresses of what was found, in order, without those of the page's frame."""
    return [a for a in page.links if a.startswith(("/places/", "/productions/"))]


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    "words", ["Mission: Impossible 7", "mission impossible 7", "MI7", "Libra", "dead reckoning", "MISSION"]
)
def test_a_film_is_found_by_any_of_its_titles(client: FlaskClient, words: str) -> None:
    assert found(look_for(client, words))[0] == MI7


@pytest.mark.usefixtures("record")
def test_the_title_that_was_asked_for_is_named(client: FlaskClient) -> None:
    assert "Film, 2023, working title Libra" in look_for(client, "libra").words
    assert "Film, 2023, also MI7" in look_for(client, "MI7").words
    assert "Film, 2023 " in look_for(client, "Dead Reckoning").words


def test_a_film_of_exactly_that_title_comes_first(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        for title in ("It", "It Came", "Its", "It Could"):
            film(db.session, title)
        with change(db.session, by=None, comment="Add an alias"):
            add_title(
                db.session, film(db.session, "A Very Long Official Title"), "It Ca", kind=TitleKind.ALIAS
            )
        db.session.commit()
    assert found(look_for(client, "IT"))[0] == "/productions/it"
    assert found(look_for(client, "it ca"))[0] == "/productions/a-very-long-official-title"


@pytest.mark.usefixtures("record")
def test_namesakes_are_told_apart_and_a_country_decides(client: FlaskClient) -> None:
    both = look_for(client, "Rauma")
    assert "Municipality, Møre og Romsdal, Norway" in both.words
    assert "Town, Finland" in both.words
    for words, line in (("Rauma, Finland", "Town, Finland"), ("norway rauma", "Møre og Romsdal, Norway")):
        page = look_for(client, words)
        assert line in page.words
        assert len(found(page)) == 1


@pytest.mark.usefixtures("record")
def test_a_country_finds_its_places(client: FlaskClient) -> None:
    page = look_for(client, "norway")
    assert "Places in Norway" in page.words
    assert [a.rpartition("-")[2] for a in found(page)] == ["rauma", "stranda"]
    assert len(found(look_for(client, "UK"))) == 4


@pytest.mark.usefixtures("record", "gazetteer_path")
def test_people_have_other_words_for_a_place(client: FlaskClient) -> None:
    for words in ("Roma", "Rom", "Rooma"):
        assert any(a.endswith("-rome") for a in found(look_for(client, words))), words
    assert any(a.endswith("-venice") for a in found(look_for(client, "Venezia")))


@SQLITE
@pytest.mark.usefixtures("gazetteer_path")
def test_a_slip_of_the_pen_is_mended_and_said(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        place(
            db.session, "Stockholm", 59.33, 18.07, kind=PlaceKind.TOWN, country="SE",
            gazetteer_id="geonames:2673730",
        )  # fmt: skip
        db.session.commit()
    page = look_for(client, "Stockhlom")
    assert "Perhaps you meant:" in page.words
    assert [a.rpartition("-")[2] for a in found(page)] == ["stockholm"]


@pytest.mark.usefixtures("record")
def test_nothing_found_says_what_to_do_next(client: FlaskClient) -> None:
    page = look_for(client, "zzyzx qqq")
    assert "Nothing is recorded under “zzyzx qqq”." in page.words
    assert "Check the spelling" in page.words
    assert "/sightings/new" in page.links
    assert found(page) == []


@SQLITE
@pytest.mark.parametrize("words", ["", "   ", "\u200b"])
def test_an_empty_search_only_offers_the_field(client: FlaskClient, words: str) -> None:
    page = look_for(client, words)
    assert "Find a film or a place" in page.words
    assert "Nothing is recorded" not in page.words


@SQLITE
def test_what_is_too_long_is_cut_and_said(client: FlaskClient) -> None:
    assert "Only the first 200 characters" not in look_for(client, "x" * 200).words
    for length in (201, 100_000):
        page = look_for(client, "x" * length)
        assert "Only the first 200 characters were searched for." in page.words
        assert "x" * 201 not in page.html


@SQLITE
@pytest.mark.parametrize(
    "words", ["%", "_", "\\", "'", '"; drop table place; --', "%%%", "\x00", "𝕽auma", "-"]
)
def test_signs_of_other_languages_are_plain_text(app: Flask, client: FlaskClient, words: str) -> None:
    with app.app_context():
        place(db.session, "Ordinary", 1, 1)
        film(db.session, "Ordinary Film")
        db.session.commit()
    assert found(look_for(client, words)) == []
    assert len(found(look_for(client, "ordinary"))) == 2


def test_a_private_place_is_not_found_by_its_name_or_its_country(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        home = place(
            db.session, "Secret House", 62.5, 7.5, country="NO", municipality="Rauma", privacy=Privacy.PRIVATE
        )
        place(db.session, "Secret Cove", 58.1, 7.1, country="NO")
        say(db.session, source(db.session, "A report"), shoot(db.session, film(db.session), home))
        db.session.commit()
    for words in ("Secret", "Secret, Norway", "Norway"):
        page = look_for(client, words)
        assert [a.partition("-")[2] for a in found(page)] == ["secret-cove"]
        assert "Secret House" not in page.html
    assert found(look_for(client, "secret house")) == []


@pytest.mark.parametrize(
    ("typed", "name", "country"),
    [
        ("Rauma, Norway", "rauma", "NO"),
        ("United Kingdom", "", "GB"),
        ("the united states of america", "the", "US"),
        ("Georgia", "", "GE"),
        ("Oman", "", "OM"),
        ("Roman Holiday", "roman holiday", None),
        ("", "", None),
    ],
)
def test_a_country_is_read_off_either_end(typed: str, name: str, country: str | None) -> None:
    asked = read_search(typed)
    assert (asked.name, asked.country) == (name, country)
