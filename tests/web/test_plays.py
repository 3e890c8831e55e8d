"""What a place plays, whether it is in the film, and what gives the story away: told as sources tell it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import film, place, say, shoot, source
from tests.web.reading import read
from tracker.extensions import db
from tracker.foundation.dates import parse_bound
from tracker.history.recording import change
from tracker.productions.evidence import Stance
from tracker.productions.models import InFilm, Shoot, Status
from tracker.sources.models import SourceKind

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
FILM = "/productions/the-train"
SECRETS = ("Swiss Alps", "The hero dies", "dies on the bridge", "Only the butler knows")


def filmed(app: Flask, *, spoiler: int = 0, released: str = "2021-05-01") -> str:
    """Add a film at one place that two sources say played something else; answer the place's address."""
    with app.app_context():
        production = film(db.session, "The Train", year=2021)
        where = place(db.session, "Fjord", 62.0, 7.0, country="NO")
        made = shoot(db.session, production, where, scene="The hero dies", note="Only the butler knows")
        seen = source(db.session, "Diary", SourceKind.OWN_REPORTING, published="2020-10-01")
        say(
            db.session,
            seen,
            made,
            Status.CONFIRMED,
            "2020-09",
            "2020-09",
            quote="dies on the bridge",
            note="Only the butler knows",
        )
        later = {"stance": Stance.MENTIONS}
        for title, published, plays in (
            ("Paper", "2021-06-01", "Austrian Alps"),
            ("Magazine", "2021-07-01", "Swiss Alps"),
            ("Blog", "2021-08-01", "The Alps"),
        ):
            report = source(db.session, title, published=published)
            say(db.session, report, made, None, story_place=plays, **later)
        with change(db.session, by=None, comment="Spoiler and release"):
            made.spoiler = spoiler
            production.released = parse_bound(released)
        db.session.commit()
        return f"/places/{where.id}-fjord"


def test_two_answers_stand_side_by_side_and_a_wider_one_is_no_contradiction(
    app: Flask, client: FlaskClient
) -> None:
    filmed(app)
    # The latest published of those that weigh the same; the Alps alone are wider than both, and give way.
    assert "Plays Swiss Alps ; other sources say Austrian Alps" in read(client, FILM).words
    with app.app_context():
        decisive = source(db.session, "Interview", SourceKind.INTERVIEW, published="2022-01-01")
        say(db.session, decisive, db.session.get_one(Shoot, 1), None, story_place="Austrian Alps")
        db.session.commit()
    page = read(client, FILM)
    assert "Plays Austrian Alps ; other sources say Swiss Alps" in page.words
    assert "Fjord: what does it play? Shown Austrian Alps" in page.words
    assert "Other value Swiss Alps" in page.words
    contradictions = client.get(f"{FILM}/route.json").get_json()["contradictions"]
    assert contradictions == [
        {
            "kind": "plays",
            "stops": [1],
            "words": "Fjord: what does it play? Austrian Alps by Interview, Swiss Alps by Magazine.",
        }
    ]


def test_what_a_place_plays_is_known_from_the_day_a_source_said_so(app: Flask, client: FlaskClient) -> None:
    address = filmed(app)
    for page in (FILM, address):
        assert "Alps" not in read(client, f"{page}?as_of=2021-05-31").words
        assert "Austrian Alps" in read(client, f"{page}?as_of=2021-06-01").words


def test_the_place_page_says_what_was_known_to_have_been_shot_there(app: Flask, client: FlaskClient) -> None:
    address = filmed(app)
    before = read(client, f"{address}?as_of=2020-09-30")
    assert "Nothing was known to have been shot here on this date." in before.words
    after = read(client, f"{address}?as_of=2020-10-01")
    assert "Known to have been shot here on 1 Oct 2020" in after.words
    assert "The Train 2021" in after.words
    assert after.html.count("data-day=") == 4
    geojson = client.get(f"{address}.geojson?as_of=2020-09-30").get_json()
    assert "status" not in geojson["features"][0]["properties"]
    assert client.get(f"{address}?as_of=soon").status_code == 400
    assert client.get(f"{address}.geojson?as_of=soon").status_code == 400


@pytest.mark.parametrize("level", [1, 2])
def test_no_output_tells_a_spoiler_before_release(app: Flask, client: FlaskClient, level: int) -> None:
    address = filmed(app, spoiler=level, released="2199-01-01")
    for output in (
        FILM,
        f"{FILM}?as_of=2021-09-01",
        f"{FILM}.geojson",
        f"{FILM}/route.json",
        address,
        f"{address}?as_of=2021-09-01",
        f"{address}.geojson",
        "/places",
        "/places?q=Fjord",
        "/map",
        "/",
        "/search?q=Fjord",
        "/changes",
        "/changes/3",
        "/changes/5",
        "/changes/6",
        "/changes/7",
        "/sources/1",
        "/sources/2",
        "/sources/3",
    ):
        answer = client.get(output)
        assert answer.status_code == 200, output
        assert [secret for secret in (*SECRETS, "Austrian") if secret in answer.text] == [], output


def test_after_release_a_spoiler_is_folded_on_the_film_page_and_left_out_elsewhere(
    app: Flask, client: FlaskClient
) -> None:
    address = filmed(app, spoiler=1)
    page = read(client, FILM)
    assert "What was shot (tells the story)" in page.words
    assert "The hero dies" in page.words
    for output in (f"{FILM}.geojson", f"{FILM}/route.json", address, "/places?q=Fjord"):
        assert "The hero dies" not in client.get(output).text


def test_what_was_cut_is_said_by_a_source_and_not_before_it(app: Flask, client: FlaskClient) -> None:
    filmed(app)
    with app.app_context():
        director = source(db.session, "Commentary", SourceKind.INTERVIEW, published="2022-02-01")
        say(db.session, director, db.session.get_one(Shoot, 1), None, in_film=InFilm.CUT)
        db.session.commit()
        assert db.session.get_one(Shoot, 1).in_film is InFilm.CUT
    assert "Cut from the film" in read(client, FILM).words
    assert "Cut from the film" not in read(client, f"{FILM}?as_of=2022-01-31").words
    assert client.get(f"{FILM}/route.json").get_json()["lanes"][0]["clusters"][0]["stops"][0]["in_film"] == (
        "cut from the film"
    )


def test_the_map_is_told_of_story_place_and_scene_apart_from_where_it_is(
    app: Flask, client: FlaskClient
) -> None:
    filmed(app)
    stop = client.get(f"{FILM}.geojson").get_json()["features"][0]["properties"]
    assert (stop["name"], stop["where"], stop["plays"], stop["scene"]) == (
        "Fjord",
        "Norway",
        ["Swiss Alps", "Austrian Alps"],
        "The hero dies",
    )
