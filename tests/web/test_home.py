"""The home page: true counts, what was learned last, and the same without a map."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import film, film_case, place, say, shoot, source
from tests.web.reading import read
from tracker.extensions import db
from tracker.history.recording import change
from tracker.places.models import Privacy
from tracker.productions.models import Shoot, Status

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


def test_the_counts_are_those_of_the_record(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        film_case(db.session)
        one = film(db.session, "Second Film")
        report = source(db.session, "A report")
        say(db.session, report, shoot(db.session, one, place(db.session, "Oslo", 59.9, 10.7)))
        # Neither a shoot without a source nor a refuted one counts.
        shoot(db.session, one, place(db.session, "Bergen", 60.4, 5.3))
        wrong = shoot(db.session, one, place(db.session, "Molde", 62.7, 7.2))
        with change(db.session, by=None, comment="Refute"):
            wrong.refuted_reason = "It was elsewhere."
        say(db.session, report, wrong)
        db.session.commit()
    assert "The record today: 12 sourced shoots of 2 films at 11 places." in read(client, "/").words


@SQLITE
def test_one_of_each_is_said_in_the_singular(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        one = shoot(db.session, film(db.session), place(db.session, "Oslo", 59.9, 10.7))
        say(db.session, source(db.session, "A report"), one)
        db.session.commit()
    assert "1 sourced shoot of 1 film at 1 place." in read(client, "/").words


def test_the_places_of_the_map_stand_below_it_by_country(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        film_case(db.session)
        place(db.session, "Villa", 45.9, 9.2, country="IT", privacy=Privacy.OBSCURED)
        db.session.commit()
    words = read(client, "/").words
    listed = words.partition("All places by country")[2].partition("Latest changes")[0]
    assert listed.strip() == (
        "4 countries Italy Piazza Venezia , Rome , Venice Norway Rauma , Stranda United Arab Emirates "
        "Abu Dhabi United Kingdom Leavesden , Levisham , Longcross , Stoney Middleton"
    )


def test_the_latest_changes_say_what_was_learned_of_which_shoot(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        one = film(db.session, "One")
        oslo, molde = place(db.session, "Oslo", 59.9, 10.7), place(db.session, "Molde", 62.7, 7.2)
        first = shoot(db.session, one, oslo)
        report = source(db.session, "The report")
        say(db.session, report, first, start="2020-03", end="2020-03")
        with change(db.session, by=None, comment="Add and cite"):
            second = shoot(db.session, one, molde)
            say(db.session, report, second, Status.PLANNED, "2021-01~", "2021-01~")
        with change(db.session, by=None, comment="Say what it plays"):
            db.session.get_one(Shoot, first.id).story_place = "Narvik"
        db.session.commit()
    page = read(client, "/")
    assert page.rows[1:] == [
        ["Oslo One", "plays Narvik worked out anew from the sources", "Grade D reported"],
        ["Molde One", "added as planned, c. Jan 2021 source: The report", "Grade D reported"],
    ]


@SQLITE
def test_seven_shoots_are_listed_each_once(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        film_case(db.session)
        db.session.commit()
    rows = read(client, "/").rows[1:]
    assert len(rows) == 7
    assert len({link for link in read(client, "/").links if "#shoot-" in link}) == 7


@SQLITE
def test_an_empty_record_begins_with_a_sighting(client: FlaskClient) -> None:
    page = read(client, "/")
    assert "0 sourced shoots of 0 films at 0 places" in page.words
    assert "Nothing is recorded yet." in page.words
    assert page.links.count("/sightings/new") >= 3


@SQLITE
def test_a_visitor_is_not_told_that_no_account_is_needed(client: FlaskClient) -> None:
    assert "no account" not in read(client, "/").words.casefold()


@SQLITE
def test_the_search_field_leads_to_the_search(client: FlaskClient) -> None:
    page = read(client, "/")
    assert page.ids.count("home-search") == 1
    assert "/search" in page.links


def test_the_list_of_films_names_shoots_and_countries(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        film_case(db.session)
        film(db.session, "An Empty Film", year=None)
        db.session.commit()
    page = read(client, "/productions")
    assert page.rows[1:] == [
        ["An Empty Film", "Film", "not known", "none yet", "not known"],
        [
            "Mission: Impossible – Dead Reckoning Part One also Mission: Impossible 7, MI7, Libra",
            "Film",
            "2023",
            "11",
            "United Kingdom, Italy, Norway, United Arab Emirates",
        ],
    ]


def test_the_list_of_films_is_narrowed_by_any_title(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        film_case(db.session)
        film(db.session, "Casino Royale")
        db.session.commit()
    for words, titles in (
        ("libra", ["Mission"]),
        ("casino", ["Casino"]),
        ("ROYALE", ["Casino"]),
        ("zzz", []),
    ):
        page = read(client, f"/productions?q={words}")
        assert [row[0].split()[0].rstrip(":") for row in page.rows[1:]] == titles
    assert "No film has a title with “zzz”." in read(client, "/productions?q=zzz").words


@SQLITE
def test_pages_of_films_hold_each_once(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        for step in range(120):
            film(db.session, f"Film {step:03}")
        db.session.commit()
    for start, expected in (("/productions", 120), ("/productions?q=film+1", 20)):
        address, seen = start, []
        for _ in range(5):
            page = read(client, address)
            seen += [row[0] for row in page.rows[1:]]
            following = [link for link in page.links if "after=" in link]
            if not following:
                break
            address = following[0]
        assert len(seen) == len(set(seen)) == expected
        assert seen == sorted(seen)
