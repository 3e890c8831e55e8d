"""A sighting without scripts: typed, shown back as understood, saved, followed, taken back."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.cast import film, film_case, latest_changes, moderator, owner, stranger
from tests.web.visitors import Visitor, checked_in, errors_in, seen, signed_in, value_of
from tracker.extensions import db
from tracker.foundation.dates import describe
from tracker.productions.models import Status
from tracker.sightings.models import Sighting, State

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
RAUMA_NORWAY, RAUMA_FINLAND = "municipality:NO.08.1539", "geonames:639734"
ANDALSNES = "geonames:3163155"
FILM = "Mission: Impossible – Dead Reckoning Part One"
FORM = {"title": "MI7", "place": "Åndalsnes", "when": "early Sept 2020", "status": "confirmed"}
# What the form holds once it has been shown back.
SHOWN = {"candidate": ANDALSNES, "offered_for": "Åndalsnes", "shown_when": "early Sept 2020"}


@pytest.fixture(autouse=True)
def cast(app: Flask) -> None:
    """Sign up a contributor, a stranger and a moderator; put in the film of the case."""
    with app.app_context():
        owner(db.session), stranger(db.session), moderator(db.session)
        film_case(db.session)
        db.session.commit()


@pytest.fixture
def ingrid(app: Flask) -> Visitor:
    return signed_in(app, "Ingrid")


def send(visitor: Visitor, **changes: str) -> TestResponse:
    return visitor.post("/sightings/new", **{**FORM, **SHOWN, **changes})


def stored(app: Flask) -> list[Sighting]:
    with app.app_context():
        return list(db.session.scalars(select(Sighting).order_by(Sighting.id)))


def test_what_was_typed_comes_back_as_understood_before_it_is_saved(app: Flask, ingrid: Visitor) -> None:
    page = ingrid.post("/sightings/new", **FORM)
    assert page.status_code == 200
    text = seen(page)
    assert f"Known as {FILM}: film, 2023." in text
    assert "Means: Between 1 and 10 September 2020. Began and ended somewhere within these ten days." in text
    assert "Town of 2,000, Rauma, Møre og Romsdal, Norway" in text
    assert checked_in(page, "candidate") == ANDALSNES
    assert {
        name: value_of(page, name) for name in ("title", "place", "when", "offered_for", "shown_when")
    } == {
        "title": "MI7",
        "place": "Åndalsnes",
        "when": "early Sept 2020",
        "offered_for": "Åndalsnes",
        "shown_when": "early Sept 2020",
    }
    assert stored(app) == []


def test_the_second_post_saves_exactly_what_was_shown(app: Flask, ingrid: Visitor) -> None:
    page = ingrid.post("/sightings/new", **FORM)
    shown = {name: value_of(page, name) for name in ("offered_for", "shown_when")}
    answer = ingrid.post(
        "/sightings/new",
        **FORM,
        **shown,
        candidate=checked_in(page, "candidate"),
        address="www.example.org/crew-in-town?utm_source=x",
        seen="y",
        note="A closed road.\nAnd a helicopter.",
    )
    (sighting,) = stored(app)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/sightings/{sighting.id}")
    assert (sighting.production_title, sighting.place_text, sighting.start.text) == (
        "MI7",
        "Åndalsnes",
        "early Sept 2020",
    )
    assert (sighting.place_name, sighting.place_country, sighting.place_municipality) == (
        "Åndalsnes",
        "NO",
        "Rauma",
    )
    assert (sighting.place_gazetteer_id, sighting.place_lat, sighting.place_lon) == (
        ANDALSNES,
        62.56749,
        7.68709,
    )
    assert (sighting.start.edtf, sighting.end.edtf) == ("2020-09-01/2020-09-10", "2020-09-01/2020-09-10")
    assert (sighting.status, sighting.seen_by_sender) == (Status.CONFIRMED, True)
    assert sighting.address == "https://www.example.org/crew-in-town?utm_source=x"
    assert sighting.note == "A closed road.\nAnd a helicopter."
    assert sighting.production_id is not None
    assert sighting.state is State.PENDING


def test_sending_in_is_written_into_the_history_under_its_sender(app: Flask, ingrid: Visitor) -> None:
    send(ingrid)
    with app.app_context():
        (change,) = latest_changes(db.session, about=("sighting", 1))
        assert change.author is not None
        assert (change.author.name, change.comment) == ("Ingrid", "Sent in a sighting: MI7, Åndalsnes")


@SQLITE
def test_the_senders_page_says_place_in_the_queue_grade_and_what_would_raise_it(
    app: Flask, ingrid: Visitor
) -> None:
    send(signed_in(app, "Marcello"))
    send(ingrid, address="https://example.org/a")
    text = seen(ingrid.get("/sightings/2"))
    assert "Saved: your sighting is waiting." in text
    assert "2nd of 2 in the queue. The public map has not changed yet." in text
    assert "Grade D once accepted. Reported by example.org; nobody first-hand is cited." in text
    assert "To reach C: somebody who was there (a photograph, own reporting, an interview)." in text
    assert "You wrote “Åndalsnes”, “early Sept 2020”" in text
    assert "Rauma, within Aug–Oct, by 5 Oct 2020 is already there." in text


@SQLITE
def test_only_its_sender_and_moderators_see_a_sighting(app: Flask, ingrid: Visitor) -> None:
    send(ingrid)
    assert ingrid.get("/sightings/1").status_code == 200
    assert signed_in(app, "Solveig").get("/sightings/1").status_code == 200
    other = signed_in(app, "Marcello").get("/sightings/1")
    assert other.status_code == 404
    assert "Åndalsnes" not in seen(other)
    assert Visitor(app).get("/sightings/1").status_code == 303
    assert ingrid.get("/sightings/2").status_code == 404


@SQLITE
def test_the_account_lists_ones_own_sightings_alone(app: Flask, ingrid: Visitor) -> None:
    send(ingrid)
    send(signed_in(app, "Marcello"), candidate="no-pin", place="Rome", offered_for="Rome")
    text = seen(ingrid.get("/account"))
    assert "Åndalsnes" in text
    assert "Waiting" in text
    assert "Rome" not in text


# Places ---------------------------------------------------------------------------------------------------


@SQLITE
def test_of_two_namesakes_none_is_chosen_for_the_sender(app: Flask, ingrid: Visitor) -> None:
    page = ingrid.post("/sightings/new", **{**FORM, "place": "Rauma"})
    assert (page.status_code, errors_in(page)) == (422, ["Two places are called Rauma. Choose one."])
    assert checked_in(page, "candidate") == ""
    text = seen(page)
    assert (
        "Municipality, Møre og Romsdal, Norway "
        "Already in the record, 1 shoot. Rauma is a stop of this film already" in text
    )
    assert "Town of 39,000, Satakunta, Finland 744 km from Rauma, this film’s nearest other stop" in text
    assert "It is listed as not located until somebody finds it." in text
    # The film's own stops put the Norwegian one first.
    assert page.text.index(RAUMA_NORWAY) < page.text.index(RAUMA_FINLAND)
    assert stored(app) == []


@SQLITE
@pytest.mark.parametrize(
    ("choice", "saved"),
    [
        (RAUMA_NORWAY, ("Rauma", "NO", RAUMA_NORWAY, 62.56749)),
        (RAUMA_FINLAND, ("Rauma", "FI", RAUMA_FINLAND, 61.12724)),
        ("no-pin", ("", None, None, None)),
    ],
)
def test_the_namesake_chosen_is_the_one_saved(
    app: Flask, ingrid: Visitor, choice: str, saved: tuple[object, ...]
) -> None:
    send(ingrid, place="Rauma", offered_for="Rauma", candidate=choice)
    (sighting,) = stored(app)
    assert sighting.place_text == "Rauma"
    assert (
        sighting.place_name,
        sighting.place_country,
        sighting.place_gazetteer_id,
        sighting.place_lat,
    ) == saved


@SQLITE
def test_coordinates_that_are_posted_beside_a_candidate_are_not_believed(app: Flask, ingrid: Visitor) -> None:
    send(ingrid, lat="1.5", lon="2.5", place_lat="3", place_lon="4")
    (sighting,) = stored(app)
    assert (sighting.place_lat, sighting.place_lon) == (62.56749, 7.68709)


@SQLITE
@pytest.mark.parametrize("choice", [RAUMA_FINLAND, "geonames:0", "own-pin'; drop table sighting", ""])
def test_a_choice_that_was_not_offered_is_asked_for_again(app: Flask, ingrid: Visitor, choice: str) -> None:
    page = ingrid.post("/sightings/new", **{**FORM, **SHOWN, "candidate": choice})
    assert page.status_code == 200
    assert checked_in(page, "candidate") == ANDALSNES
    assert stored(app) == []


@SQLITE
def test_a_choice_made_for_other_words_does_not_count(app: Flask, ingrid: Visitor) -> None:
    page = ingrid.post("/sightings/new", **{**FORM, **SHOWN, "place": "Stranda", "candidate": "no-pin"})
    assert page.status_code == 200
    assert value_of(page, "offered_for") == "Stranda"
    assert checked_in(page, "candidate") == "municipality:NO.08.1525"
    assert stored(app) == []


@SQLITE
def test_a_pin_set_on_the_map_is_saved_with_what_lies_around_it(app: Flask, ingrid: Visitor) -> None:
    send(
        ingrid, place="Old bridge", offered_for="Old bridge", candidate="own-pin", lat="62.5671", lon="7.6869"
    )
    (sighting,) = stored(app)
    assert (sighting.place_name, sighting.place_lat, sighting.place_lon) == ("Old bridge", 62.5671, 7.6869)
    assert (sighting.place_country, sighting.place_municipality) == ("NO", "Rauma")
    assert (sighting.place_gazetteer_id, sighting.place_uncertainty_m) == (None, 500)


@SQLITE
@pytest.mark.parametrize(("lat", "lon"), [("", ""), ("95", "0"), ("nan", "7"), ("7", "inf"), ("x", "7")])
def test_a_pin_off_the_earth_is_refused_at_the_place(app: Flask, ingrid: Visitor, lat: str, lon: str) -> None:
    page = ingrid.post("/sightings/new", **{**FORM, **SHOWN, "candidate": "own-pin", "lat": lat, "lon": lon})
    assert page.status_code == 422
    assert [error[-18:] for error in errors_in(page)] == ["Set the pin again."]
    assert stored(app) == []


@SQLITE
def test_a_place_that_nobody_knows_keeps_its_words_without_a_pin(app: Flask, ingrid: Visitor) -> None:
    words = "Qzxv Wklmq"
    page = ingrid.post("/sightings/new", **{**FORM, "place": words})
    assert page.status_code == 200
    assert f"No place called “{words}” was found." in seen(page)
    assert checked_in(page, "candidate") == "no-pin"
    send(ingrid, place=words, offered_for=words, candidate="no-pin")
    (sighting,) = stored(app)
    assert (sighting.place_text, sighting.place_lat) == (words, None)
    assert "place not located" in seen(ingrid.get("/sightings/1"))


@SQLITE
def test_without_a_gazetteer_the_form_still_works_and_says_so(app: Flask, ingrid: Visitor) -> None:
    app.config["GAZETTEER_PATH"] = app.config["GAZETTEER_PATH"].with_name("none.sqlite3")
    page = ingrid.post("/sightings/new", **FORM)
    assert page.status_code == 200
    assert "Places cannot be looked up just now. The words are kept." in seen(page)
    send(ingrid, candidate="no-pin")
    (sighting,) = stored(app)
    assert (sighting.place_text, sighting.place_lat) == ("Åndalsnes", None)


# Dates ----------------------------------------------------------------------------------------------------


@SQLITE
def test_an_impossible_date_is_refused_with_what_to_write_and_everything_kept(
    app: Flask, ingrid: Visitor
) -> None:
    typed = {
        **FORM,
        "when": "31 Sept 2020",
        "status": "planned",
        "address": "https://example.org/a",
        "note": 'A "quoted" <note> & more',
        "seen": "y",
    }
    page = ingrid.post("/sightings/new", **typed)
    assert page.status_code == 422
    assert errors_in(page) == [
        "September has 30 days, so 31 September cannot be. Write 30 September or 1 October."
    ]
    assert "Not saved yet: one thing needs you" in seen(page)
    assert {name: value_of(page, name) for name in ("title", "place", "when", "address", "note")} == {
        name: typed[name] for name in ("title", "place", "when", "address", "note")
    }
    assert checked_in(page, "status") == "planned"
    assert checked_in(page, "seen") == "y"
    assert stored(app) == []


@SQLITE
def test_a_suggested_date_takes_one_press_and_is_shown_before_it_is_saved(
    app: Flask, ingrid: Visitor
) -> None:
    page = ingrid.post(
        "/sightings/new", **{**FORM, **SHOWN, "when": "31 Sept 2020", "use_when": "1 October 2020"}
    )
    assert page.status_code == 200
    assert value_of(page, "when") == "1 October 2020"
    assert "Means: Thursday, 1 October 2020. Began and ended on this day." in seen(page)
    assert stored(app) == []


@SQLITE
def test_a_date_changed_after_it_was_shown_is_shown_again(app: Flask, ingrid: Visitor) -> None:
    page = ingrid.post("/sightings/new", **{**FORM, **SHOWN, "when": "2021"})
    assert page.status_code == 200
    assert "Means: Between 1 January and 31 December 2021." in seen(page)
    assert stored(app) == []


@SQLITE
@pytest.mark.parametrize(
    ("place", "choice", "days"),
    [
        ("Åndalsnes", ANDALSNES, "2020-06/2020-08"),
        ("Queenstown, New Zealand", "geonames:2204582", "2020-12/2021-02"),
    ],
)
def test_a_summer_is_that_of_the_places_half_of_the_earth(
    app: Flask, ingrid: Visitor, place: str, choice: str, days: str
) -> None:
    when = "summer 2020"
    page = ingrid.post("/sightings/new", **{**FORM, "place": place, "when": when})
    choice = checked_in(page, "candidate") or choice
    send(ingrid, place=place, offered_for=place, candidate=choice, when=when, shown_when=when)
    (sighting,) = stored(app)
    assert sighting.start.edtf == days


# Titles ---------------------------------------------------------------------------------------------------


@SQLITE
def test_a_film_that_is_new_is_taken_and_said_to_be_new(app: Flask, ingrid: Visitor) -> None:
    page = ingrid.post("/sightings/new", **{**FORM, "title": "The Salt Path"})
    assert "New to us. Fine: it is added when a moderator accepts your sighting." in seen(page)
    send(ingrid, title="The Salt Path")
    (sighting,) = stored(app)
    assert (sighting.production_title, sighting.production_id) == ("The Salt Path", None)


@SQLITE
def test_the_form_comes_filled_in_from_a_films_page(ingrid: Visitor) -> None:
    page = ingrid.get("/sightings/new?production=mission-impossible-dead-reckoning-part-one")
    assert value_of(page, "title") == FILM
    assert value_of(ingrid.get("/sightings/new?production=nothing"), "title") == ""


@SQLITE
def test_two_films_of_one_name_are_told_apart_by_the_page_one_came_from(app: Flask, ingrid: Visitor) -> None:
    with app.app_context():
        first, second = film(db.session, "Dune", year=1984), film(db.session, "Dune", year=2021)
        ids, slug = (first.id, second.id), second.slug
        db.session.commit()
    send(ingrid, title="Dune")
    ingrid.post(f"/sightings/new?production={slug}", **{**FORM, **SHOWN, "title": "Dune"})
    assert [sighting.production_id for sighting in stored(app)] == [None, ids[1]]


@SQLITE
def test_titles_are_offered_while_typing(app: Flask) -> None:
    answer = Visitor(app).get("/productions/titles.json?q=libra")
    assert answer.json == {
        "titles": [
            {
                "title": FILM,
                "slug": "mission-impossible-dead-reckoning-part-one",
                "detail": "film, 2023",
            }
        ],
        "sentence": f"Known as {FILM}: film, 2023.",
    }
    assert Visitor(app).get("/productions/titles.json").json == {"titles": [], "sentence": ""}


# The JSON that the form asks while somebody types ---------------------------------------------------------


@SQLITE
def test_the_meaning_of_a_date_is_answered_while_typing(ingrid: Visitor) -> None:
    assert ingrid.get("/sightings/meaning?when=5+Oct+2020").json == {
        "means": "Means: Monday, 5 October 2020. Began and ended on this day.",
        "problem": "",
        "suggestions": [],
    }
    assert ingrid.get("/sightings/meaning?when=31+Sept+2020").json == {
        "means": "",
        "problem": "September has 30 days, so 31 September cannot be. Write 30 September or 1 October.",
        "suggestions": ["30 September 2020", "1 October 2020", "about end of September 2020"],
    }
    assert ingrid.get("/sightings/meaning").json == {"means": "", "problem": "", "suggestions": []}


@SQLITE
def test_places_are_answered_while_typing_as_the_page_would_show_them(ingrid: Visitor) -> None:
    answer = ingrid.get("/geocode/candidates?q=Rauma&title=MI7").json
    assert answer is not None
    assert (answer["ambiguous"], answer["preselected"]) == (True, "")
    assert answer["sentence"] == "Two places are called Rauma. Choose one."
    assert answer["candidates"][0] == {
        "id": RAUMA_NORWAY,
        "name": "Rauma",
        "kind": "municipality",
        "country": "NO",
        "where": "Municipality, Møre og Romsdal, Norway",
        "why": "Already in the record, 1 shoot. Rauma is a stop of this film already",
        "text": "Rauma",
        "sign": "area",
        "lat": 62.56749,
        "lon": 7.68709,
        "uncertainty_m": 30000.0,
        "provider": "gazetteer",
        "licence": "GeoNames, CC BY 4.0",
    }
    only_finland = ingrid.get("/geocode/candidates?q=Rauma&country=FI").json
    assert only_finland is not None
    assert RAUMA_NORWAY not in [candidate["id"] for candidate in only_finland["candidates"]]
    assert ingrid.get("/geocode/candidates?q=Rauma&country=ZZZ").status_code == 400


# Refusals -------------------------------------------------------------------------------------------------


@SQLITE
def test_an_empty_form_names_the_three_things_it_needs(ingrid: Visitor) -> None:
    page = ingrid.post("/sightings/new")
    assert (page.status_code, errors_in(page)) == (
        422,
        [
            "Write which film or series it is.",
            "Write where it was.",
            "Write when it was; if you do not know, write not sure.",
        ],
    )
    assert "Not saved yet: three things need you" in seen(page)


@SQLITE
@pytest.mark.parametrize(
    ("field", "text", "error"),
    [
        ("title", "x" * 301, "Too long: at most 300 characters are kept."),
        ("place", "x" * 301, "Too long: at most 300 characters are kept."),
        ("when", "x" * 201, "Too long: at most 200 characters are kept."),
        ("note", "x" * 1_000_000, "Too long: at most 5,000 characters are kept."),
        ("address", "javascript:alert(1)", None),
        ("address", "https://user:secret@example.org/", None),
        ("address", "not an address", None),
        ("status", "confirmed'", None),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(
    app: Flask, ingrid: Visitor, field: str, text: str, error: str | None
) -> None:
    page = ingrid.post("/sightings/new", **{**FORM, **SHOWN, field: text})
    assert page.status_code == 422
    assert len(errors_in(page)) == 1
    assert error is None or errors_in(page) == [error]
    assert stored(app) == []


@SQLITE
def test_more_than_the_server_takes_is_a_page_that_says_so(ingrid: Visitor) -> None:
    page = ingrid.post("/sightings/new", **{**FORM, **SHOWN, "note": "x" * 3_000_000})
    assert page.status_code == 413


HOSTILE = [
    "{{7*7}}",
    "{% for x in ().__class__ %}{% endfor %}",
    "${alert(1)}",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'; drop table sighting; --",
    "=cmd|' /C calc'!A0",
    "\u202eevil\u200b\ufeff",
    "a\x00b",
    "\ud7ff\uffff",
    "`id`",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_stored_and_shown_as_words(app: Flask, ingrid: Visitor, text: str) -> None:
    answer = send(ingrid, title=text, place=text, offered_for=text, candidate="no-pin", note=text)
    assert answer.status_code == 303
    desk = signed_in(app, "Solveig")
    for page in (
        ingrid.get("/sightings/1"),
        ingrid.get("/account"),
        desk.get("/moderation"),
        desk.get("/moderation/1"),
    ):
        assert page.status_code == 200
        for tag in ("<script>alert", "<img src=x", "<svg onload"):
            assert tag not in page.text
        if "7*7" in text:
            assert text in seen(page)


# Taking back ----------------------------------------------------------------------------------------------


def test_a_sighting_can_be_taken_back_while_it_waits(app: Flask, ingrid: Visitor) -> None:
    send(ingrid)
    answer = ingrid.post("/sightings/1/withdrawal")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sightings/1")
    assert [sighting.state for sighting in stored(app)] == [State.WITHDRAWN]
    assert "Withdrawn. Nothing of it is published." in seen(ingrid.get("/sightings/1"))
    assert ingrid.post("/sightings/1/withdrawal").status_code == 409


@SQLITE
def test_nobody_takes_back_what_somebody_else_sent(app: Flask, ingrid: Visitor) -> None:
    send(ingrid)
    assert signed_in(app, "Marcello").post("/sightings/1/withdrawal").status_code == 404
    assert signed_in(app, "Solveig").post("/sightings/1/withdrawal").status_code == 403
    assert [describe(sighting.period) for sighting in stored(app)] == ["within 1–10 Sep 2020"]
    assert [sighting.state for sighting in stored(app)] == [State.PENDING]
