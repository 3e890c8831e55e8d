"""The route as GeoJSON: what the map draws."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import film, film_case, place, say, shoot, source
from tracker.extensions import db
from tracker.history.recording import change
from tracker.places.models import PlaceKind

Json = dict[str, Any]


@pytest.fixture
def features(app: Flask, client: FlaskClient) -> list[Json]:
    """The features of the case today."""
    with app.app_context():
        slug = film_case(db.session).slug
        db.session.commit()
    answer = client.get(f"/productions/{slug}.geojson")
    assert answer.mimetype == "application/geo+json"
    found: list[Json] = answer.get_json()["features"]
    return found


def of_role(features: list[Json], role: str) -> list[Json]:
    return [f for f in features if f["properties"]["role"] == role]


def test_stops_carry_the_number_of_their_step_and_both_of_a_pair_the_same(features: list[Json]) -> None:
    stops = [f["properties"] for f in of_role(features, "stop")]
    assert [(s["number"], s["name"], s["ordered"], s["bracket"]) for s in stops] == [
        (1, "Leavesden", True, False),
        (2, "Rauma", False, True),
        (2, "Stranda", False, True),
        (3, "Rome", True, False),
        (4, "Venice", True, False),
        (5, "Piazza Venezia", True, False),
        (6, "Abu Dhabi", False, True),
        (6, "Longcross", False, True),
        (7, "Levisham", True, False),
        (8, "Stoney Middleton", True, False),
    ]
    (ghost,) = of_role(features, "ghost")
    assert (ghost["properties"]["number"], ghost["properties"]["status_word"]) == (None, "Cancelled")


def test_coordinates_are_longitude_first(features: list[Json]) -> None:
    rauma = next(f for f in features if f["properties"].get("name") == "Rauma")
    assert rauma["geometry"] == {"type": "Point", "coordinates": [7.69, 62.57]}


def test_legs_run_from_stop_to_stop_and_fork_to_scattered_members(features: list[Json]) -> None:
    names = {
        f["properties"]["shoot"]: f["properties"]["name"] for f in features if "shoot" in f["properties"]
    }
    legs = [f["properties"] for f in of_role(features, "leg")]
    into_six = {
        (names[leg["from_stop"]], names[leg["to_stop"]], leg["planned"]) for leg in legs if leg["to"] == 5
    }
    assert into_six == {("Piazza Venezia", "Abu Dhabi", False), ("Piazza Venezia", "Longcross", True)}
    first = of_role(features, "leg")[0]
    assert first["geometry"]["coordinates"][0] == [-0.42, 51.69]
    assert first["properties"]["words"] == "1 to 96 days · 1,260 km · certain: the dates decide"


def test_a_leg_across_the_180th_meridian_is_unrolled(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        production = film(db.session, "Pacific")
        report = source(db.session, "A report")
        for name, lon, day in (("Suva", 178.44, "2021-01-01"), ("Apia", -171.77, "2021-02-01")):
            stop = shoot(db.session, production, place(db.session, name, -18.0, lon))
            say(db.session, report, stop, start=day, end=day)
        db.session.commit()
    (leg,) = of_role(client.get("/productions/pacific.geojson").get_json()["features"], "leg")
    lons = [lon for lon, _ in leg["geometry"]["coordinates"]]
    assert lons == sorted(lons)
    assert (lons[0], lons[-1]) == (178.44, pytest.approx(188.23))


def test_an_area_is_wound_as_rfc_7946_asks(app: Flask, client: FlaskClient) -> None:
    clockwise = [[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [1.0, 0.0], [0.0, 0.0]]
    hole = [[0.2, 0.2], [0.4, 0.2], [0.4, 0.4], [0.2, 0.4], [0.2, 0.2]]
    with app.app_context():
        park = place(db.session, "A park", 0.5, 0.5, kind=PlaceKind.PARK)
        with change(db.session, by=None, comment="Draw the outline"):
            park.geometry = {"type": "Polygon", "coordinates": [clockwise, hole]}
        stop = shoot(db.session, film(db.session, "In the park"), park)
        say(db.session, source(db.session, "A report"), stop, start="2021-01-01", end="2021-01-01")
        db.session.commit()
    (area,) = of_role(client.get("/productions/in-the-park.geojson").get_json()["features"], "area")
    assert area["geometry"]["coordinates"] == [clockwise[::-1], hole[::-1]]
