"""The world map: what it is told in a view, the list beside it, and the names of towns."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import film, film_case, place, say, shoot, source
from tests.web.reading import read
from tracker.extensions import db
from tracker.places.models import PlaceKind, Privacy

WORLD = "/map/cells.json?bbox=-180,-85,180,85&zoom="
SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


@pytest.fixture
def record(app: Flask) -> None:
    with app.app_context():
        film_case(db.session)
        db.session.commit()


def view(client: FlaskClient, address: str) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_json()


@pytest.mark.usefixtures("record")
def test_far_out_places_are_counted_in_rings(client: FlaskClient) -> None:
    told = view(client, WORLD + "1")
    assert told["kind"] == "cells"
    assert told["total"] == sum(cell["n"] for cell in told["cells"]) == 10
    assert {frozenset(cell) - {"place"} for cell in told["cells"]} == {frozenset({"n", "lat", "lon"})}


@pytest.mark.usefixtures("record")
def test_a_ring_of_one_place_names_it(client: FlaskClient) -> None:
    told = view(client, WORLD + "3")
    (alone,) = [cell for cell in told["cells"] if cell.get("place", {}).get("name") == "Abu Dhabi"]
    assert (alone["n"], alone["lat"], alone["lon"]) == (1, 24.45, 54.38)
    assert [film["title"] for film in alone["place"]["productions"]] == [
        "Mission: Impossible – Dead Reckoning Part One"
    ]


@pytest.mark.usefixtures("record")
def test_close_up_places_are_told_one_by_one(client: FlaskClient) -> None:
    told = view(client, "/map/cells.json?bbox=5,61,9,64&zoom=7")
    assert told["kind"] == "places"
    rauma = next(p for p in told["places"] if p["name"] == "Rauma")
    assert [p["name"] for p in told["places"]] == ["Rauma", "Stranda"]
    assert (told["total"], told["approximate"]) == (2, 2)
    number = rauma.pop("id")
    assert rauma == {
        "name": "Rauma",
        "kind": "municipality",
        "kind_word": "municipality",
        "country": "NO",
        "lat": 62.57,
        "lon": 7.69,
        "within_m": 24000,
        "url": f"/places/{number}-rauma",
        "productions": [
            {
                "title": "Mission: Impossible – Dead Reckoning Part One",
                "url": "/productions/mission-impossible-dead-reckoning-part-one",
            }
        ],
        "production_count": 1,
    }


@SQLITE
def test_five_hundred_and_one_places_stay_rings_at_any_zoom(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        for step in range(501):
            place(db.session, f"Place {step}", 62.5 + step * 1e-5, 7.6)
        db.session.commit()
    box = "/map/cells.json?bbox=7,62,8,63&zoom=12"
    assert view(client, box)["kind"] == "cells"
    with app.app_context():
        place(db.session, "Elsewhere", 10, 10)
        db.session.commit()
    assert view(client, "/map/cells.json?bbox=9,9,11,11&zoom=12")["kind"] == "places"
    listed = client.get("/map?bbox=7,62,8,63&zoom=12", headers={"X-Fragment": "list"}).text
    assert "501 places in view" in listed
    assert "Zoom in until 500 or fewer are in view" in listed


@SQLITE
@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("", "bbox is missing"),
        ("bbox=1,2,3,4", "zoom is missing"),
        ("bbox=1,2,3&zoom=3", "'1,2,3'"),
        ("bbox=a,b,c,d&zoom=3", "'a,b,c,d'"),
        ("bbox=1,60,3,50&zoom=3", "'1,60,3,50'"),
        ("bbox=nan,nan,nan,nan&zoom=3", "'nan,nan,nan,nan'"),
        ("bbox=inf,0,inf,1&zoom=3", "'inf,0,inf,1'"),
        ("bbox=1,2,3,95&zoom=3", "'1,2,3,95'"),
        ("bbox=1,2,3,4&zoom=2.5", "'2.5'"),
        ("bbox=1,2,3,4&zoom=-1", "'-1'"),
        ("bbox=1,2,3,4&zoom=25", "'25'"),
        ("bbox=1,2,3,4&zoom=99999999999999999999", "'99999999999999999999'"),
        ("bbox=1,2,3,4&zoom=²", "'²'"),
    ],
)
def test_a_view_that_cannot_be_read_is_refused_by_name(client: FlaskClient, query: str, named: str) -> None:
    for address in ("/map/cells.json", "/map/labels.json"):
        answer = client.get(f"{address}?{query}")
        assert answer.status_code == 400
        assert answer.mimetype == "application/problem+json"
        problem = answer.get_json()
        assert problem["title"] == "This view of the map cannot be read"
        assert named in problem["detail"]


def test_a_view_across_the_180th_meridian_tells_both_sides(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        for name, lat, lon in (("Suva", -18.14, 178.44), ("Apia", -13.83, -171.77), ("Oslo", 59.9, 10.7)):
            place(db.session, name, lat, lon)
        db.session.commit()
    for box in ("170,-30,-165,0", "170,-30,195,0", "-190,-30,-165,0"):
        told = view(client, f"/map/cells.json?bbox={box}&zoom=7")
        assert {p["name"] for p in told["places"]} == {"Suva", "Apia"}


def test_hidden_places_are_neither_drawn_nor_listed(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        place(db.session, "Open", 62.57, 7.69)
        place(db.session, "Villa", 62.571234, 7.691234, privacy=Privacy.OBSCURED)
        place(db.session, "Hideout", 62.571234, 7.691234, privacy=Privacy.PRIVATE)
        db.session.commit()
    for zoom in range(0, 20):
        told = view(client, f"{WORLD}{zoom}")
        assert told["total"] == 1
        for address in (f"{WORLD}{zoom}", "/map", f"/map?bbox=7,62,8,63&zoom={zoom}"):
            answer = client.get(address).text
            assert "Villa" not in answer
            assert "Hideout" not in answer
            assert "62.571" not in answer


@SQLITE
@pytest.mark.usefixtures("record")
def test_who_has_the_same_view_gets_no_body(app: Flask, client: FlaskClient) -> None:
    first = client.get(WORLD + "2")
    tag = first.headers["ETag"]
    again = client.get(WORLD + "2", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    with app.app_context():
        place(db.session, "New", 1, 1)
        db.session.commit()
    changed = client.get(WORLD + "2", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.get_json()["total"] == 11


@pytest.mark.usefixtures("record")
def test_the_page_lists_all_places_by_country_without_scripts(client: FlaskClient) -> None:
    page = read(client, "/map")
    assert "10 places By country and name." in page.words
    order = [
        "Italy", "Piazza Venezia", "Rome", "Venice", "Norway", "Rauma", "Stranda",
        "United Arab Emirates", "Abu Dhabi", "United Kingdom", "Leavesden", "Levisham", "Longcross",
        "Stoney Middleton",
    ]  # fmt: skip
    positions = [page.words.index(f" {name} ") for name in order]
    assert positions == sorted(positions)
    assert "Feb 2020 to Nov 2020, 2 shoots" in page.words


@pytest.mark.usefixtures("record")
def test_the_list_follows_the_view(client: FlaskClient) -> None:
    answer = client.get("/map?bbox=5,61,9,64&zoom=7", headers={"X-Fragment": "list"})
    assert answer.text.startswith("<aside")
    assert "2 places in view" in answer.text
    assert "Rauma" in answer.text
    assert "Rome" not in answer.text
    assert "X-Fragment" in answer.headers["Vary"]


@SQLITE
def test_a_large_record_is_listed_in_pages_that_hold_every_place_once(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        for step in range(520):
            place(db.session, f"Place {step % 260}", 62 + step * 1e-2 % 5, 7 + step * 1e-2)
        db.session.commit()
    address, seen = "/map", []
    for _ in range(20):
        page = read(client, address)
        seen += [link for link in page.links if link.startswith("/places/")]
        following = [link for link in page.links if link.startswith("/map?after=")]
        if not following:
            break
        address = following[0]
    assert len(seen) == len(set(seen)) == 520


@SQLITE
def test_an_empty_record_says_what_to_do(client: FlaskClient) -> None:
    page = read(client, "/map")
    assert "The record is empty." in page.words
    assert "/sightings/new" in page.links


@SQLITE
@pytest.mark.parametrize("after", ["x", "-", "5", "99999999999999-a", "１-a"])
def test_a_page_of_the_list_that_cannot_be_is_refused(client: FlaskClient, after: str) -> None:
    answer = client.get("/map", query_string={"after": after})
    assert answer.status_code == 400
    assert "Begin at its first page" in answer.text


@SQLITE
@pytest.mark.usefixtures("gazetteer_path")
def test_towns_are_named_by_size_and_more_of_them_close_up(client: FlaskClient) -> None:
    far = view(client, "/map/labels.json?bbox=-10,35,30,70&zoom=4")
    names = [town["name"] for town in far]
    assert {"London", "Paris", "Berlin", "Madrid", "Rome"} <= set(names)
    people = [town["population"] for town in far]
    assert people == sorted(people, reverse=True)
    assert min(people) >= 1_000_000
    near = view(client, "/map/labels.json?bbox=7.0,62.3,8.2,62.9&zoom=9")
    assert {"Molde", "Åndalsnes"} <= {town["name"] for town in near}
    for town in near:
        assert 7.0 <= town["lon"] <= 8.2
        assert 62.3 <= town["lat"] <= 62.9


@SQLITE
@pytest.mark.usefixtures("gazetteer_path")
def test_towns_on_both_sides_of_the_180th_meridian_are_named(client: FlaskClient) -> None:
    towns = view(client, "/map/labels.json?bbox=176,-20,-168,-12&zoom=7")
    names = {town["name"] for town in towns}
    assert {"Suva", "Apia"} <= names


@SQLITE
def test_a_map_without_a_gazetteer_has_no_names_and_no_error(app: Flask, client: FlaskClient) -> None:
    app.config["GAZETTEER_PATH"] = app.config["GAZETTEER_PATH"].with_name("nothing.sqlite3")
    app.extensions.pop("shot_here_gazetteer", None)
    answer = client.get("/map/labels.json?bbox=-10,35,30,70&zoom=4")
    assert (answer.status_code, answer.get_json()) == (200, [])


@SQLITE
def test_a_place_names_at_most_six_films_and_says_how_many_there_are(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        city = place(db.session, "City", 40, 20, kind=PlaceKind.TOWN)
        report = source(db.session, "A report")
        for number in range(9):
            say(db.session, report, shoot(db.session, film(db.session, f"Film {number}"), city))
        db.session.commit()
    (told,) = view(client, "/map/cells.json?bbox=19,39,21,41&zoom=8")["places"]
    assert [film["title"] for film in told["productions"]] == [f"Film {n}" for n in range(6)]
    assert told["production_count"] == 9


@SQLITE
def test_the_map_and_its_list_answer_what_the_list_of_places_may_be_asked(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        for name, lat, kind, month in (
            ("Mountain Line", 62.4, PlaceKind.RAILWAY, "2020-09"),
            ("Valley Line", 62.5, PlaceKind.RAILWAY, "2020-03"),
            ("Old Road", 62.6, PlaceKind.STREET, "2020-09"),
        ):
            stop = shoot(
                db.session, film(db.session, f"On {name}"), place(db.session, name, lat, 8.0, kind=kind)
            )
            say(db.session, source(db.session, f"Report on {name}"), stop, start=month, end=month)
        db.session.commit()

    def names(query: str) -> list[str]:
        view = client.get(f"/map/cells.json?bbox=5,60,12,64&zoom=9{query}").get_json()
        assert view["total"] == len(view["places"])
        return [one["name"] for one in view["places"]]

    assert names("") == ["Mountain Line", "Valley Line", "Old Road"]
    assert names("&kind=railway") == ["Mountain Line", "Valley Line"]
    assert names("&kind=railway&month=9&sure=certainly") == ["Mountain Line"]
    far = client.get("/map/cells.json?bbox=-180,-80,180,80&zoom=2&kind=railway").get_json()
    assert (far["kind"], far["total"], sum(cell["n"] for cell in far["cells"])) == ("cells", 2, 2)
    single = client.get("/map/cells.json?bbox=-180,-80,180,80&zoom=2&kind=street").get_json()
    assert [cell["place"]["name"] for cell in single["cells"]] == ["Old Road"]
    everything = client.get("/map/cells.json?bbox=-180,-80,180,80&zoom=2").get_json()
    assert everything["cells"][0]["lat"] == pytest.approx(62.5)
    for wrong in ("kind=castle", "month=13", "when=31+September+2020"):
        refused = client.get(f"/map/cells.json?bbox=5,60,12,64&zoom=9&{wrong}")
        assert (refused.status_code, refused.mimetype) == (400, "application/problem+json")
    for address in ("/map?kind=railway&month=9", "/map?kind=railway&month=9&bbox=5,60,12,64&zoom=9"):
        page = client.get(address).text
        assert "Mountain Line" in page and "Valley Line" not in page and "Old Road" not in page
        assert "Railway; Shot perhaps in September, any year." in page
        assert 'data-cells="/map/cells.json?kind=railway&amp;month=9"' in page
    assert "No place fits." in client.get("/map?kind=museum").text
