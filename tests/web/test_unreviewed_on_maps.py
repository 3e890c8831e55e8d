"""Unreviewed sightings on the maps: at their municipality, beside the record, nothing hidden or live."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import film_case, owner
from tests.web.visitors import Visitor
from tracker.accounts.operations import find_user
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.dates import parse_period
from tracker.foundation.geo import Point
from tracker.history.recording import change
from tracker.places.models import Place, PlaceKind, Privacy
from tracker.places.operations import PlaceDraft, find_or_add_place
from tracker.productions.queries import production_titled
from tracker.sightings.models import Risk, Sighting
from tracker.sightings.operations import SightingDraft, submit
from tracker.web.places.page import map_url

pytestmark = [
    pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("gazetteer_path"),
]
FILM = "/productions/mission-impossible-dead-reckoning-part-one"
STATION = PlaceDraft(
    name="Åndalsnes stasjon",
    kind=PlaceKind.STATION,
    country="NO",
    municipality="Rauma",
    point=Point(62.55219, 7.70894),
    uncertainty_m=50,
    gazetteer_id="test:station",
)


@pytest.fixture(autouse=True)
def case(app: Flask) -> None:
    with app.app_context():
        owner(db.session)
        film_case(db.session)
        db.session.commit()


def sent(app: Flask, *, when: str = "3 July 2019", place: PlaceDraft | None = STATION) -> int:
    with app.app_context():
        ingrid = find_user(db.session, "Ingrid")
        assert ingrid
        production = production_titled(db.session, "MI7")
        draft = SightingDraft(
            production_title="MI7",
            production=production,
            place_text="the stasjon where I saw it",
            place=place,
            period=parse_period(when),
            address="https://social.example/stasjon",
        )
        number = submit(db.session, draft, by=ingrid).id
        db.session.commit()
        return number


def unreviewed(app: Flask, address: str = f"{FILM}.geojson") -> list[dict[str, Any]]:
    answer = Visitor(app).get(address)
    assert answer.status_code == 200, answer.text
    features = answer.get_json()["features"]
    return [one for one in features if one["properties"].get("unreviewed")]


def test_it_is_drawn_at_its_municipality_and_no_program_takes_it_for_a_stop(app: Flask) -> None:
    visitor = Visitor(app)
    route, drawn = visitor.get(f"{FILM}/route.json").text, visitor.get(f"{FILM}.geojson").get_json()
    taken_along = visitor.get(f"{FILM}.geojson?download=1").text
    sent(app), sent(app, when="4 July 2019")
    (one,) = unreviewed(app)
    assert (one["properties"]["role"], one["properties"]["name"]) == ("unreviewed", "Rauma")
    assert [told["dates"] for told in one["properties"]["sightings"]] == ["3 Jul 2019", "4 Jul 2019"]
    text = json.dumps(one, ensure_ascii=False)
    assert not [part for part in ("62.552", "7.708", "7.709", "stasjon", "Ingrid") if part in text]
    assert visitor.get(f"{FILM}/route.json").text == route
    assert visitor.get(f"{FILM}.geojson?download=1").text == taken_along
    again = visitor.get(f"{FILM}.geojson").get_json()
    again["features"] = [one for one in again["features"] if one["properties"]["role"] != "unreviewed"]
    assert again == drawn


def test_a_view_of_the_past_does_not_show_it(app: Flask) -> None:
    sent(app)
    assert unreviewed(app, f"{FILM}.geojson?as_of=2021-01-01") == []
    assert len(unreviewed(app, f"{FILM}.geojson?as_of={today().isoformat()}")) == 1


def test_the_municipalitys_own_page_draws_it_with_the_film_and_not_in_the_past(app: Flask) -> None:
    with app.test_request_context():
        rauma = db.session.scalars(select(Place).where(Place.name == "Rauma")).one()
        address = map_url(rauma)
    sent(app)
    (one,) = unreviewed(app, address)
    (told,) = one["properties"]["sightings"]
    assert told["film"].startswith("Mission: Impossible")
    assert told["url"] == f"{FILM}#unreviewed-title"
    assert unreviewed(app, f"{address}?as_of=2021-01-01") == []


def test_what_is_live_hidden_private_or_was_not_located_gives_no_point(app: Flask) -> None:
    assert sent(app, when=today().isoformat()) and sent(app, place=None)
    assert unreviewed(app) == []
    number = sent(app)
    assert len(unreviewed(app)) == 1
    with app.app_context():
        with change(db.session, by=None, comment="A home"):
            db.session.get_one(Sighting, number).risk = Risk.PRIVACY
        db.session.commit()
    assert unreviewed(app) == []


@pytest.mark.parametrize("privacy", [Privacy.OBSCURED, Privacy.PRIVATE])
def test_a_place_that_is_hidden_on_record_gives_no_point(app: Flask, privacy: Privacy) -> None:
    sent(app)
    assert len(unreviewed(app)) == 1
    with app.app_context():
        with change(db.session, by=None, comment="Hide it"):
            find_or_add_place(
                db.session,
                PlaceDraft(
                    name=STATION.name,
                    kind=PlaceKind.STATION,
                    country="NO",
                    point=STATION.point,
                    gazetteer_id=STATION.gazetteer_id,
                    privacy=privacy,
                ),
            )
        db.session.commit()
    assert unreviewed(app) == []
