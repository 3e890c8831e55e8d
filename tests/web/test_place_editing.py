"""Editing a place: who may change what, what a shape does, and that nothing typed is lost."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.cast import PASSWORD, film, moderator, owner, place, say, shoot, source, stranger
from tests.web.visitors import Visitor, errors_in, seen, signed_in, value_of
from tracker.accounts.models import Role
from tracker.accounts.operations import sign_up
from tracker.extensions import db
from tracker.history.recording import change
from tracker.places.models import Cell, Place, PlaceKind, Privacy

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
AREA = "62.3, 7.4\n62.3, 8\n62.7, 8\n62.7, 7.4"
SECRET = "62.5123"


@pytest.fixture(autouse=True)
def cast(app: Flask) -> None:
    """Put in Rauma with a shoot, a home that is obscured, and who edits them."""
    with app.app_context():
        owner(db.session), stranger(db.session), moderator(db.session)
        rauma = place(
            db.session, "Rauma", 62.57, 7.69, kind=PlaceKind.MUNICIPALITY, country="NO", uncertainty_m=24000
        )
        seen_there = shoot(db.session, film(db.session), rauma)
        say(db.session, source(db.session, "A report"), seen_there, start="2020-10", end="2020-10")
        place(db.session, "The home", 62.5123, 7.7123, country="NO", privacy=Privacy.OBSCURED)
        place(db.session, "The flat", 62.5123, 7.7123, country="NO", privacy=Privacy.PRIVATE)
        db.session.commit()


def fields_of(page: TestResponse) -> dict[str, str]:
    """Answer what a browser would send from the edit form as it stands."""
    html = page.text
    found = {name: value_of(page, name) for name in re.findall(r'<textarea[^>]*name="([^"]+)"', html)}
    for tag in re.findall(r"<input[^>]*>", html):
        kind, name = re.search(r'type="(\w+)"', tag), re.search(r'name="([^"]+)"', tag)
        value = re.search(r'\bvalue="([^"]*)"', tag)
        if name and kind and (kind[1] != "radio" or "checked" in tag) and name[1] not in ("q",):
            found[name[1]] = unescape(value[1]) if value else ""
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'<option selected[^>]*value="([^"]*)"', options)
        found[name] = chosen[1] if chosen else ""
    return found


def edit(visitor: Visitor, number: int, **changed: str) -> TestResponse:
    address = f"/places/{number}/edit"
    fields = {**fields_of(visitor.get(address)), **changed}
    return visitor.client.post(address, data=fields)


def stored(app: Flask, number: int = 1) -> Place:
    with app.app_context():
        found = db.session.get(Place, number)
        assert found is not None
        db.session.expunge(found)
        return found


def cells(app: Flask) -> list[tuple[int, int]]:
    with app.app_context():
        return [(cell.level, cell.n) for cell in db.session.query(Cell).order_by(Cell.level).all()]


def json_of(visitor: Visitor, address: str) -> Any:
    return visitor.get(address).get_json()


def test_an_area_by_its_corners_gives_point_reach_and_outline_everywhere(app: Flask) -> None:
    visitor = signed_in(app, "Ingrid")
    answer = edit(visitor, 1, shape="area", vertices=AREA, comment="Drawn from the municipality's page")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/places/1-rauma")
    rauma = stored(app)
    assert (rauma.lat, rauma.lon, rauma.provider) == (62.5, 7.7, "contributor")
    assert (rauma.public_lat, rauma.public_lon) == (62.5, 7.7)
    assert rauma.uncertainty_m is not None and 26_000 < rauma.uncertainty_m < 28_000
    assert cells(app) == [(level, 1) for level in range(2, 13)]
    ring = [[7.4, 62.3], [8.0, 62.3], [8.0, 62.7], [7.4, 62.7], [7.4, 62.3]]
    shapes = [
        f["geometry"]
        for f in json_of(visitor, "/places/1-rauma.geojson")["features"]
        if f["properties"]["role"] == "area"
    ]
    shapes += [
        f["geometry"]
        for f in json_of(visitor, "/productions/a-film.geojson")["features"]
        if f["properties"]["role"] == "area"
    ]
    shapes += [p["geometry"] for p in json_of(visitor, "/map/cells.json?bbox=6,62,9,63&zoom=9")["places"]]
    shapes += [s["place"]["geometry"] for s in every_stop(json_of(visitor, "/productions/a-film/route.json"))]
    assert shapes == [{"type": "Polygon", "coordinates": [ring]}] * 4
    assert value_of(visitor.get("/places/1/edit"), "vertices") == AREA


def every_stop(found: object) -> list[dict[str, dict[str, object]]]:
    if isinstance(found, dict):
        own = [found] if "place" in found and "shoot" in found else []
        return own + [stop for value in found.values() for stop in every_stop(value)]
    return [stop for one in found for stop in every_stop(one)] if isinstance(found, list) else []


def test_pasted_geojson_counts_before_the_other_fields(app: Flask) -> None:
    line = {
        "type": "Feature",
        "properties": {},
        "geometry": {"type": "LineString", "coordinates": [[7, 62], [8, 62]]},
    }
    assert edit(signed_in(app, "Ingrid"), 1, geojson=json.dumps(line)).status_code == 303
    assert stored(app).geometry == line["geometry"]


def test_a_point_is_typed_with_comma_or_degree_sign(app: Flask) -> None:
    answer = edit(signed_in(app, "Ingrid"), 1, shape="point", lat="62,5", lon="7.5°", uncertainty_m="150 m")
    assert answer.status_code == 303
    rauma = stored(app)
    assert (rauma.lat, rauma.lon, rauma.uncertainty_m, rauma.geometry) == (62.5, 7.5, 150, None)


def test_not_located_takes_the_place_off_the_map(app: Flask) -> None:
    assert edit(signed_in(app, "Ingrid"), 1, shape="").status_code == 303
    rauma = stored(app)
    assert (rauma.lat, rauma.public_lat, rauma.uncertainty_m, rauma.cell) == (None, None, None, None)
    assert cells(app) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"shape": "area", "vertices": "1, 1\n2, 2\n1, 2\n2, 1"}, "crosses or touches itself"),
        ({"shape": "line", "vertices": "1, 1\nnowhere"}, "Line 2, 'nowhere'"),
        ({"geojson": '{"type": "Polygon"'}, "This is not JSON"),
        ({"shape": "point", "lat": "62.5 north"}, "is not a number of degrees"),
        ({"shape": "point", "lon": "181"}, "Longitude 181"),
        ({"shape": "point", "uncertainty_m": "far"}, "whole number of metres"),
        ({"within": "Atlantis"}, "No place is called"),
        ({"within": "999"}, "no place with the number 999"),
    ],
)
def test_a_refusal_stands_at_its_field_and_keeps_what_was_typed(
    app: Flask, changed: dict[str, str], words: str
) -> None:
    typed = {"name": "Rauma kommune", "comment": "My reason", **changed}
    answer = edit(signed_in(app, "Ingrid"), 1, **typed)
    assert answer.status_code == 422
    assert any(words in sentence for sentence in errors_in(answer)), errors_in(answer)
    kept = fields_of(answer)
    assert {name: kept[name] for name in typed} == typed
    assert stored(app).name == "Rauma"


@pytest.mark.parametrize(
    "typed",
    [
        {"shape": "point", "lat": "7.69", "lon": "62.57"},
        {"shape": "line", "vertices": "7.6, 62.5\n7.7, 62.6"},
        {"geojson": '{"type":"LineString","coordinates":[[62.5,7.6],[62.6,7.7]]}'},
    ],
)
def test_swapped_axes_are_asked_about_and_either_answer_is_taken(app: Flask, typed: dict[str, str]) -> None:
    visitor = signed_in(app, "Ingrid")
    asked = edit(visitor, 1, **typed)
    assert asked.status_code == 422
    assert "Are latitude and longitude swapped?" in seen(asked)
    assert edit(visitor, 1, **typed, swap="yes").status_code == 303
    rauma = stored(app)
    assert rauma.lat is not None and rauma.lat == pytest.approx(62.55, abs=0.05)
    assert edit(visitor, 1, **{**typed, "geojson": typed.get("geojson", "")}, swap="no").status_code == 303
    assert stored(app).lat == pytest.approx(7.65, abs=0.05)


def test_anybody_hides_a_place_and_only_two_moderators_show_it_again(app: Flask) -> None:
    visitor, desk = signed_in(app, "Ingrid"), signed_in(app, "Solveig")
    assert edit(visitor, 1, shape="area", vertices=AREA).status_code == 303
    assert edit(visitor, 1, privacy="obscured").status_code == 303
    assert cells(app) == []
    assert edit(visitor, 1, privacy="open").status_code == 422
    assert stored(app).privacy is Privacy.OBSCURED
    assert edit(desk, 1, privacy="open", comment="Nobody lives there.").status_code == 303
    assert stored(app).privacy is Privacy.OBSCURED
    with app.app_context():
        sign_up(db.session, name="Ines", password=PASSWORD, role=Role.MODERATOR)
        db.session.commit()
    second = signed_in(app, "Ines").post("/moderation/requests/1", action="confirm")
    assert second.status_code == 303
    assert stored(app).privacy is Privacy.OPEN
    assert cells(app) == [(level, 1) for level in range(2, 13)]


def test_a_hidden_place_shows_its_position_and_shape_to_moderators_alone(app: Flask) -> None:
    with app.app_context():
        with change(db.session, by=None, comment="Shape"):
            for number in (2, 3):
                home = db.session.get(Place, number)
                assert home is not None
                ring = [[7.71, 62.51], [7.72, 62.51], [7.72, 62.5123], [7.71, 62.51]]
                home.geometry = {"type": "Polygon", "coordinates": [ring]}
                shoot(db.session, film(db.session, f"Film {number}"), home)
        db.session.commit()
    contributor, desk = signed_in(app, "Ingrid"), signed_in(app, "Solveig")
    assert SECRET in desk.get("/places/2/edit").text
    assert contributor.get("/places/3/edit").status_code == 403
    assert edit(contributor, 2, name="A home").status_code == 303
    assert stored(app, 2).lat == 62.5123
    pages = ["/places/2/edit", "/places/2-a-home", "/places/2-a-home.geojson", "/places/1-rauma.geojson"]
    pages += ["/productions/film-2.geojson", "/productions/film-2/route.json", "/productions/film-3.geojson"]
    pages += ["/changes", "/map/cells.json?bbox=6,62,9,63&zoom=9", "/places/3-place-kept-private.geojson"]
    pages += [f"/changes/{number}" for number in range(1, 14)]
    for address in pages:
        text = contributor.client.get(address, follow_redirects=True).text
        assert SECRET not in text and "Polygon" not in text, address


def test_a_place_cannot_lie_in_itself_nor_in_what_lies_in_it(app: Flask) -> None:
    with app.app_context():
        bridge = place(db.session, "Sogge bridge", 62.5, 7.6, country="NO").id
        db.session.commit()
    visitor = signed_in(app, "Ingrid")
    assert edit(visitor, bridge, within="rauma").status_code == 303
    assert stored(app, bridge).within_id == 1
    assert fields_of(visitor.get(f"/places/{bridge}/edit"))["within"] == "1 Rauma"
    for outer in ("1", str(bridge)):
        answer = edit(visitor, 1, within=outer)
        assert answer.status_code == 422
        assert "cannot lie in itself" in seen(answer)


def test_two_who_edit_at_once_see_both_versions(app: Flask) -> None:
    first, second = signed_in(app, "Ingrid"), signed_in(app, "Marcello")
    opened = fields_of(second.get("/places/1/edit"))
    assert edit(first, 1, shape="area", vertices=AREA).status_code == 303
    clash = second.client.post("/places/1/edit", data={**opened, "lat": "62.1", "lon": "7.1"})
    assert clash.status_code == 409
    assert "Someone saved before you" in seen(clash)
    assert stored(app).lat == 62.5
