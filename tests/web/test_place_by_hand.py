"""A place set by hand: a point and how exact it is, or an area; from the fields to the place on record."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import moderator, owner
from tests.web.visitors import Visitor, errors_in, seen, signed_in, value_of
from tracker.accounts.operations import find_user
from tracker.extensions import db
from tracker.places.models import Place, PlaceKind
from tracker.sightings.models import Sighting
from tracker.sightings.moderation import accept
from tracker.sources.models import SourceKind

FIELDS = {
    "title": "Inception",
    "place": "The old quarry",
    "when": "5 October 2020",
    "shown_when": "5 October 2020",
    "status": "confirmed",
}
CORNERS = "62.50, 7.60\n62.50, 7.80\n62.60, 7.80\n62.60, 7.60"


@pytest.fixture(autouse=True)
def cast(app: Flask) -> None:
    with app.app_context():
        owner(db.session), moderator(db.session)
        db.session.commit()


@pytest.fixture
def ingrid(app: Flask) -> Visitor:
    return signed_in(app, "Ingrid")


def accepted(app: Flask) -> tuple[Sighting, Place]:
    """Accept the one sighting; answer it and the place that it made."""
    with app.app_context():
        boss = find_user(db.session, "Solveig")
        assert boss is not None
        sighting = db.session.scalars(select(Sighting)).one()
        accept(db.session, sighting, by=boss, kind=SourceKind.TRADE_PRESS)
        db.session.commit()
        return db.session.scalars(select(Sighting)).one(), db.session.scalars(select(Place)).one()


def test_a_point_typed_in_degrees_is_the_place_and_as_exact_as_was_said(app: Flask, ingrid: Visitor) -> None:
    answer = ingrid.post("/sightings/new", **FIELDS, lat="62,5671°", lon="7.6871", accuracy="200 m")
    assert answer.status_code == 303
    sighting, place = accepted(app)
    assert (sighting.place_lat, sighting.place_lon, sighting.place_uncertainty_m) == (62.5671, 7.6871, 200)
    assert (place.name, place.kind, place.uncertainty_m, place.country) == (
        "The old quarry",
        PlaceKind.POINT,
        200,
        "NO",
    )


def test_an_area_makes_the_place_with_its_shape(app: Flask, ingrid: Visitor) -> None:
    answer = ingrid.post("/sightings/new", **FIELDS, area=CORNERS, lat="1", lon="1")
    assert answer.status_code == 303
    shown = ingrid.get(answer.headers["Location"])
    assert "An area drawn by hand" in seen(shown)
    sighting, place = accepted(app)
    assert sighting.place_geometry == place.geometry
    assert place.geometry is not None and place.geometry["type"] == "Polygon"
    assert place.kind is PlaceKind.AREA
    assert place.lat is not None and 62.5 < place.lat < 62.6
    assert place.uncertainty_m is not None and 5_000 < place.uncertainty_m < 12_000


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"lat": "62", "lon": "7", "accuracy": "very"}, "accuracy", "'very' is no accuracy"),
        ({"lat": "62", "lon": "7", "accuracy": "0"}, "accuracy", "'0' is no accuracy"),
        ({"area": "62, 7\n62, 8"}, "area", "corners"),
        ({"area": "here\nthere\neverywhere"}, "area", "here"),
        ({"lat": "95", "lon": "7"}, "lat", "95"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_kept(
    app: Flask, ingrid: Visitor, wrong: dict[str, str], field: str, sentence: str
) -> None:
    page = ingrid.post("/sightings/new", **FIELDS, **wrong)
    assert page.status_code == 422
    assert sentence in " ".join(errors_in(page))
    assert f'href="#{"place" if field == "lat" else field}"' in page.text
    assert {name: value_of(page, name) for name in wrong} == wrong
    with app.app_context():
        assert db.session.scalars(select(Sighting)).all() == []


def test_a_point_without_a_name_asks_for_the_name(ingrid: Visitor) -> None:
    page = ingrid.post("/sightings/new", **FIELDS | {"place": ""}, candidate="own-pin", lat="62.5", lon="7.7")
    assert page.status_code == 422
    assert errors_in(page) == ["Write where it was."]
    answer = ingrid.get("/sightings/duplicates.json?candidate=own-pin&lat=62.5&lon=7.7")
    assert answer.get_json() == {"found": None}


def test_changing_the_start_keeps_point_accuracy_and_area(ingrid: Visitor) -> None:
    typed = {"lat": "62.5", "lon": "7.7", "accuracy": "200", "area": CORNERS}
    page = ingrid.post("/sightings/new", **FIELDS, **typed, start="link")
    assert {name: value_of(page, name).replace("\r", "") for name in typed} == typed
