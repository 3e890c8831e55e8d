"""Places while one is being typed: what they mean or may become, and nothing that is kept from the public."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask

from tests.cast import film, film_case, owner, place, shoot
from tests.web.visitors import Visitor, checked_in, errors_in, seen, signed_in, value_of
from tracker.extensions import db
from tracker.places.models import Privacy
from tracker.sightings.models import Sighting

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
RAUMA_FINLAND = "geonames:639734"


@pytest.fixture(autouse=True)
def cast(app: Flask) -> None:
    """Sign up a contributor; put in the film of the case."""
    with app.app_context():
        owner(db.session)
        film_case(db.session)
        db.session.commit()


@pytest.fixture
def ingrid(app: Flask) -> Visitor:
    return signed_in(app, "Ingrid")


def ask(visitor: Visitor, typed: str, **more: str) -> dict[str, Any]:
    query = "&".join(f"{name}={quote(value)}" for name, value in {"q": typed, **more}.items())
    answer = visitor.get(f"/geocode/candidates?{query}")
    assert answer.status_code == 200
    assert isinstance(answer.json, dict)
    return answer.json


def names(offer: dict[str, Any]) -> list[str]:
    return [f"{row['name']} {row['country']}" for row in offer["candidates"]]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Aandal", "Åndalsnes NO"),
        ("Åndals", "Åndalsnes NO"),
        ("andalsn", "Åndalsnes NO"),
        ("goetebo", "Göteborgs stad SE"),
        ("Tromsø", "Tromsø NO"),
        ("St Petersb", "Saint Petersburg RU"),
        ("Москв", "Moscow RU"),
        ("東京", "Tokyo JP"),
        ("Venez", "Venezuela VE"),
        ("veni", "Venice IT"),
        ("rome, it", "Rome IT"),
        ("Rome, Georgia", "Rome US"),
        ("Springf, Illinois", "Springfield US"),
    ],
)
def test_the_beginning_of_a_name_finds_it_in_every_spelling(ingrid: Visitor, typed: str, first: str) -> None:
    assert names(ask(ingrid, typed))[0] == first


def test_a_row_says_kind_region_country_and_why(ingrid: Visitor) -> None:
    (row,) = ask(ingrid, "Åndalsne", title="MI7")["candidates"]
    assert (row["name"], row["where"], row["sign"], row["text"]) == (
        "Åndalsnes",
        "Town of 2,000, Rauma, Møre og Romsdal, Norway",
        "area",
        "Åndalsnes",
    )
    assert row["why"] == "Where Rauma is pinned, a stop of this film"


def test_a_country_after_the_comma_leaves_only_places_there(ingrid: Visitor) -> None:
    assert {row["country"] for row in ask(ingrid, "R, Norway")["candidates"]} == {"NO"}
    assert {row["country"] for row in ask(ingrid, "Sp", country="IT")["candidates"]} == {"IT"}


def test_the_country_chosen_last_orders_and_shuts_nothing_out(ingrid: Visitor) -> None:
    plainly, lately = names(ask(ingrid, "Ber")), names(ask(ingrid, "Ber", lately="NO"))
    assert "Bergen NO" not in plainly[:3]
    assert "Bergen NO" in lately
    assert "Berlin DE" in lately
    assert names(ask(ingrid, "Ber", lately="nonsense")) == plainly


def test_a_whole_name_keeps_what_was_typed_and_a_begun_one_is_written_out(ingrid: Visitor) -> None:
    rows = ask(ingrid, "Rome, Italy")["candidates"]
    assert rows[0]["text"] == "Rome, Italy"
    assert [row["text"] for row in rows[1:]] == [row["name"] for row in rows[1:]]


def test_of_two_equal_names_none_is_preselected(ingrid: Visitor) -> None:
    offer = ask(ingrid, "Rauma")
    assert (offer["ambiguous"], offer["preselected"]) == (True, "")
    assert offer["sentence"] == "Two places are called Rauma. Choose one."
    assert ask(ingrid, "Rauma", lately="FI")["preselected"] == ""
    assert ask(ingrid, "Raum")["preselected"] == ""


def test_one_clear_answer_to_a_whole_name_is_preselected(ingrid: Visitor) -> None:
    offer = ask(ingrid, "Åndalsnes")
    assert offer["preselected"] == offer["candidates"][0]["id"] == "geonames:3163155"


def test_our_own_places_come_first_with_how_often_they_were_used(app: Flask, ingrid: Visitor) -> None:
    with app.app_context():
        ranch = place(
            db.session, "Springfield Ranch", 34.1, -118.8, kind="studio", country="US", region="California"
        )
        shoot(db.session, film(db.session, "One"), ranch)
        shoot(db.session, film(db.session, "Two"), ranch)
        db.session.commit()
        own = f"record:{ranch.id}"
    row = next(row for row in ask(ingrid, "springfi")["candidates"] if row["id"] == own)
    assert names(ask(ingrid, "springfi"))[:2] == ["Springfield Ranch US", "Springfield US"]
    assert (row["where"], row["why"], row["sign"]) == (
        "Studio, California, United States",
        "Already in the record, 2 shoots",
        "building",
    )


def test_a_place_of_the_record_can_be_chosen_and_saved(app: Flask, ingrid: Visitor) -> None:
    with app.app_context():
        ranch = place(db.session, "Qzxv Ranch", 34.1, -118.8, kind="studio", country="US")
        db.session.commit()
        own = f"record:{ranch.id}"
    form = {"title": "MI7", "place": "Qzxv Ranch", "when": "2020", "status": "confirmed"}
    shown = {"offered_for": "Qzxv Ranch", "shown_when": "2020", "candidate": own}
    assert ingrid.post("/sightings/new", **form, **shown).status_code == 303
    with app.app_context():
        (sighting,) = db.session.query(Sighting).all()
        assert (sighting.place_name, sighting.place_lat, sighting.place_gazetteer_id) == (
            "Qzxv Ranch",
            34.1,
            None,
        )


def test_an_obscured_place_is_offered_by_its_grid_cell_and_a_private_one_not_at_all(
    app: Flask, ingrid: Visitor
) -> None:
    with app.app_context():
        more = {"country": "US", "region": "California", "municipality": "Malibu"}
        place(db.session, "Qzxv Home", 34.0312, -118.7654, privacy=Privacy.OBSCURED, **more)
        place(db.session, "Qzxv Villa", 34.0312, -118.7654, privacy=Privacy.PRIVATE, **more)
        db.session.commit()
    answer = ingrid.get("/geocode/candidates?q=qzxv")
    assert answer.json is not None
    (row,) = answer.json["candidates"]
    assert (row["name"], row["lat"], row["lon"], row["sign"]) == ("Qzxv Home", 34.1, -118.7, "cell")
    assert row["why"] == "Already in the record; shown as a grid cell"
    for secret in ("34.0312", "118.7654", "Malibu", "Villa"):
        assert secret not in answer.text


def test_nobody_is_told_which_row_of_the_gazetteer_an_obscured_place_is(app: Flask, ingrid: Visitor) -> None:
    with app.app_context():
        place(
            db.session,
            "Åndalsnes",
            62.56749,
            7.68709,
            kind="town",
            country="NO",
            gazetteer_id="geonames:3163155",
            privacy=Privacy.OBSCURED,
        )
        db.session.commit()
    offer = ask(ingrid, "Åndalsnes")
    assert [(row["id"][:6], row["why"]) for row in offer["candidates"]] == [
        ("record", "Already in the record; shown as a grid cell"),
        ("geonam", ""),
    ]
    assert offer["preselected"] == ""


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        ",",
        ",,,Norway",
        "%",
        "_",
        "a" * 5_000,
        "a\x00b",
        "'; drop table place; --",
        "{{7*7}}",
        "<img src=x onerror=alert(1)>",
        "\u202eamuaR",
        "\U0010ffff",
        "☃",
    ],
)
def test_hostile_words_are_words(ingrid: Visitor, typed: str) -> None:
    offer = ask(ingrid, typed)
    assert len(offer["candidates"]) <= 8
    assert "%" not in typed or offer["candidates"] == []


def test_who_fills_in_the_form_before_signing_in_is_answered_as_well(app: Flask) -> None:
    assert Visitor(app).get("/geocode/candidates?q=Rauma").status_code == 200


def test_an_answer_may_be_kept_for_a_minute_by_who_asked_and_nobody_else(ingrid: Visitor) -> None:
    headers = ingrid.get("/geocode/candidates?q=Rauma").headers
    assert (headers["Cache-Control"], headers["Vary"]) == ("private, max-age=60", "Cookie")
    assert "max-age" not in ingrid.get("/geocode/candidates?q=R&country=nowhere").headers["Cache-Control"]


# Without scripts ------------------------------------------------------------------------------------------


def test_look_up_shows_the_candidates_and_keeps_what_was_typed(app: Flask, ingrid: Visitor) -> None:
    typed = {"title": "", "place": "Rauma", "when": "31 Sept 2020", "note": "A closed road", "seen": "y"}
    page = ingrid.post("/sightings/new", **typed, look_up="place")
    assert (page.status_code, errors_in(page)) == (200, [])
    assert {name: value_of(page, name) for name in ("place", "when", "note")} == {
        "place": "Rauma",
        "when": "31 Sept 2020",
        "note": "A closed road",
    }
    assert checked_in(page, "seen") == "y"
    assert "Two places are called Rauma. Choose one." in seen(page)
    assert "Town of 39,000, Satakunta, Finland" in seen(page)
    assert checked_in(page, "candidate") == ""
    again = ingrid.post("/sightings/new", **{**typed, "when": "2020", "title": "MI7"}, look_up="place")
    shown = {name: value_of(again, name) for name in ("offered_for", "shown_when")}
    sent = {**typed, "when": "2020", "title": "MI7", "status": "confirmed", "candidate": RAUMA_FINLAND}
    assert ingrid.post("/sightings/new", **sent, **shown).status_code == 303
    with app.app_context():
        assert [s.place_gazetteer_id for s in db.session.query(Sighting).all()] == [RAUMA_FINLAND]


def test_look_up_offers_what_half_a_name_may_become(ingrid: Visitor) -> None:
    page = ingrid.post("/sightings/new", place="Aandal", look_up="place")
    assert "Did you mean one of these? Åndalsnes" in seen(page).replace("  ", " ")


def test_looking_nothing_up_asks_for_a_place(ingrid: Visitor) -> None:
    page = ingrid.post("/sightings/new", look_up="place")
    assert (page.status_code, errors_in(page)) == (422, ["Write where it was."])


def test_a_namesake_beyond_the_list_can_be_chosen_by_its_name(app: Flask, ingrid: Visitor) -> None:
    form = {"title": "MI7", "place": "Springfield", "when": "2020", "status": "confirmed"}
    listed = ingrid.post("/sightings/new", **form, look_up="place").text
    offered = [row["id"] for row in ask(ingrid, "Springfield, Vermont")["candidates"]][:1]
    assert offered[0] not in listed
    shown = {"offered_for": "Springfield", "shown_when": "2020", "candidate": offered[0]}
    assert ingrid.post("/sightings/new", **form, **shown).status_code == 303
    with app.app_context():
        assert [s.place_gazetteer_id for s in db.session.query(Sighting).all()] == offered
