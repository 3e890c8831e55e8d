"""Searching a place online at the press of a button: the page goes on, the answer comes when it comes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.cast import film_case, owner
from tests.nominatim import HOTEL, LocalNominatim, local_nominatim
from tests.web.visitors import Visitor, checked_in, seen, signed_in
from tracker.config import Settings
from tracker.extensions import db
from tracker.sightings.models import Sighting

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
UNION = "Hotel Union Øye"
JSON = {"Accept": "application/json"}


@pytest.fixture
def nominatim() -> Iterator[LocalNominatim]:
    with local_nominatim() as server:
        yield server


@pytest.fixture
def settings(settings: Settings, nominatim: LocalNominatim) -> Settings:
    return replace(settings, geocoder=nominatim.provider(timeout_seconds=2))


@pytest.fixture
def ingrid(app: Flask) -> Visitor:
    with app.app_context():
        owner(db.session)
        film_case(db.session)
        db.session.commit()
    return signed_in(app, "Ingrid")


def search(visitor: Visitor, place: str = UNION) -> TestResponse:
    fields = {"csrf_token": visitor.token(), "place": place, "title": "MI7"}
    return visitor.client.post("/geocode/online/searches", data=fields, headers=JSON)


def settled(ask: Callable[[], TestResponse], is_running: Callable[[TestResponse], bool]) -> TestResponse:
    """Ask until the search is over."""
    end = time.monotonic() + 20
    while is_running(answer := ask()):
        assert time.monotonic() < end, "the search never ended"
        time.sleep(0.02)
    return answer


def found(visitor: Visitor, started: TestResponse) -> dict[str, object]:
    address = started.headers["Location"]
    answer = settled(lambda: visitor.get(address), lambda answer: answer.status_code == 202)
    assert answer.status_code == 200
    assert answer.json is not None
    return dict(answer.json)


def test_a_search_is_accepted_at_once_and_its_answer_can_be_polled_and_chosen(
    app: Flask, ingrid: Visitor, nominatim: LocalNominatim
) -> None:
    nominatim.hold.clear()
    started = search(ingrid)
    assert started.status_code == 202
    poll = started.headers["Location"]
    assert ingrid.get(poll).status_code == 202
    # While the provider hangs, pages answer, and so does the same question asked again.
    assert ingrid.get("/sightings/new").status_code == 200
    assert ingrid.get("/geocode/candidates?q=Rauma").status_code == 200
    assert search(ingrid).status_code == 202
    nominatim.hold.set()
    offer = found(ingrid, started)
    (candidate,) = [each for each in offer["candidates"] if each["provider"] == "nominatim"]  # type: ignore[attr-defined]
    assert candidate["name"] == UNION
    assert candidate["why"].startswith("From nominatim (© OpenStreetMap contributors, ODbL)")
    assert len(nominatim.asked) == 1

    chosen = {"candidate": candidate["id"], "offered_for": UNION, "shown_when": "2020"}
    saved = ingrid.post("/sightings/new", title="MI7", place=UNION, when="2020", status="confirmed", **chosen)
    assert saved.status_code == 303
    with app.app_context():
        sighting = db.session.query(Sighting).one()
        assert (sighting.place_name, sighting.place_gazetteer_id) == (
            UNION,
            f"nominatim:way/{HOTEL['osm_id']}",
        )


def test_without_scripts_a_page_waits_and_then_shows_what_was_found(
    ingrid: Visitor, nominatim: LocalNominatim
) -> None:
    nominatim.hold.clear()
    sent_on = ingrid.post("/geocode/online/searches", place=UNION, title="MI7")
    assert sent_on.status_code == 303
    address = sent_on.headers["Location"]
    waiting = ingrid.get(address)
    assert "Asking nominatim…" in seen(waiting)
    assert '<meta http-equiv="refresh" content="2">' in waiting.text
    nominatim.hold.set()
    page = settled(lambda: ingrid.get(address), lambda page: "http-equiv" in page.text)
    assert "Your form is still open in the other tab." in seen(page)
    assert f"{UNION} Building, Stranda, Møre og Romsdal, Norway From nominatim" in seen(page)
    # The form in the other tab now has it, and nothing is chosen that was not seen.
    form = ingrid.post("/sightings/new", title="MI7", place=UNION, when="2020", status="confirmed")
    assert form.status_code == 200
    assert checked_in(form, "candidate") == f"nominatim:way/{HOTEL['osm_id']}"


def test_a_failure_and_a_miss_are_said_beside_the_offline_answer(
    ingrid: Visitor, nominatim: LocalNominatim
) -> None:
    missed = found(ingrid, search(ingrid, "Rauma"))
    assert missed["note"] == "Nominatim knows nothing by that name."
    assert missed["sentence"] == "Two places are called Rauma. Choose one."
    nominatim.breaks(500)
    failed = found(ingrid, search(ingrid, "Stranda"))
    assert failed["note"] == "Nominatim answers with an error (500); this is the offline answer."
    assert failed["candidates"]


def test_a_page_never_asks_online_by_itself(ingrid: Visitor, nominatim: LocalNominatim) -> None:
    ingrid.get(f"/geocode/candidates?q={UNION}")
    ingrid.post("/sightings/new", title="MI7", place=UNION, when="2020", status="confirmed")
    ingrid.get(f"/geocode/online?place={UNION}")
    answer = ingrid.get(f"/geocode/online.json?place={UNION}")
    assert answer.json is not None
    assert answer.json["note"] == "nominatim is not being asked for it now. Search again."
    assert nominatim.asked == []


def test_a_search_without_words_or_without_the_sessions_token_is_refused(
    ingrid: Visitor, nominatim: LocalNominatim
) -> None:
    assert (search(ingrid, " ?! ").status_code, ingrid.post("/geocode/online/searches").status_code) == (
        400,
        400,
    )
    assert ingrid.client.post("/geocode/online/searches", data={"place": UNION}).status_code == 400
    assert nominatim.asked == []


def test_the_button_is_there_only_with_a_provider(app: Flask, ingrid: Visitor, settings: Settings) -> None:
    assert "Search online Asks nominatim for these words" in seen(ingrid.get("/sightings/new"))
    app.config["SETTINGS"] = replace(settings, geocoder=None)
    assert "Search online" not in seen(ingrid.get("/sightings/new"))
    assert search(ingrid).status_code == 404
