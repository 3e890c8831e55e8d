"""The API tells what the pages tell, in the shapes that it documents, and nothing that is not public."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from tests.api.asking import Api
from tests.cast import film, place, say, shoot, source
from tracker.extensions import db
from tracker.history.recording import change
from tracker.places.models import Privacy

SLUG = "mission-impossible-dead-reckoning-part-one"
SECRET_LAT, SECRET_LON = 62.123456, 7.654321
SECRETS = ("62.123", "7.654", "private villa", "private-villa", "butler", "Ring twice", "number 12")


@pytest.fixture
def api(client: FlaskClient, token: str) -> Api:
    return Api(client, token)


def test_the_description_is_valid_openapi_and_names_every_endpoint(app: Flask, client: FlaskClient) -> None:
    document = client.get("/api/openapi.json").get_json()
    validate(document)
    assert document["openapi"] == "3.1.0"
    served = {
        (rule.rule.replace("int:", "").replace("<", "{").replace(">", "}"), method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/v1/")
    }
    assert {(path, m.upper()) for path, methods in document["paths"].items() for m in methods} == served


def test_productions_are_listed_found_and_told_with_their_titles(api: Api) -> None:
    (listed,) = api.items("/productions?q=mi7")
    assert (listed["slug"], listed["year"], listed["kind"]) == (SLUG, 2023, "film")
    told = api.get("/productions/mi7").get_json()
    assert [title["text"] for title in told["titles"]][1:] == ["Mission: Impossible 7", "MI7", "Libra"]
    assert told["released"]["edtf"] == "2023-07-12"
    assert (
        api.get("/productions/nothing").get_json()["detail"].startswith("No production is called 'nothing'")
    )


def test_the_route_replays_what_was_known_on_a_day(api: Api) -> None:
    def names(address: str) -> list[list[str]]:
        (lane,) = api.get(address).get_json()["lanes"]
        return [[s["shoot"]["place"]["name"] for s in cluster["stops"]] for cluster in lane["clusters"]]

    assert names(f"/productions/{SLUG}/route?as_of=2020-10-05") == [["Rauma", "Stranda"], ["Rome"]]
    assert names(f"/productions/{SLUG}/route")[1] == ["Rauma", "Stranda"]
    wrong = api.get(f"/productions/{SLUG}/route?as_of=soon")
    assert (wrong.status_code, wrong.get_json()["errors"][0]["field"]) == (400, "as_of")


def test_lists_are_paged_by_key_with_link_headers(api: Api) -> None:
    first = api.get("/shoots?limit=4")
    assert first.headers["Link"] == f'<{first.get_json()["next"]}>; rel="next"'
    assert len(api.items("/shoots?limit=4")) == len(api.items("/shoots")) == 11
    assert "Link" not in api.get("/shoots?limit=11").headers
    ids = [one["id"] for one in api.items("/citations?limit=3")]
    assert ids == sorted(set(ids))
    assert len(api.items(f"/shoots?production={SLUG}&limit=5")) == 11
    assert [one["slug"] for one in api.items("/productions?limit=1")] == [SLUG]


def test_shoots_places_sources_and_citations_point_at_each_other(api: Api) -> None:
    (rauma,) = api.items("/places?q=Rauma")
    (found,) = api.items(f"/shoots?place={rauma['id']}")
    assert (found["grade"], found["status"], found["place"]["uncertainty_m"]) == ("B", "wrapped", 24000)
    assert api.get(f"/shoots/{found['id']}").get_json() == found
    assert api.get(f"/places/{rauma['id']}").get_json()["name"] == "Rauma"
    cited = api.items(f"/citations?shoot={found['id']}")
    assert {one["source"] for one in cited} == {one["id"] for one in found["sources"]}
    article = next(s for s in api.items("/sources") if s["kind"] == "repeated_reporting" and s["repeats"])
    root = api.get(f"/sources/{article['repeats']}").get_json()
    assert (root["kind"], root["author"]) == ("official_post", "Christopher McQuarrie")


def test_the_map_and_the_search_answer_as_the_pages_do(api: Api) -> None:
    in_norway = {one["name"] for one in api.items("/places?bbox=5,60,9,63")}
    assert in_norway == {"Rauma", "Stranda"}
    view = api.get("/map/cells?bbox=-180,-85,180,85&zoom=2").get_json()
    assert view["total"] == sum(cell["n"] for cell in view["cells"]) == 10
    found = api.get("/search?q=rauma").get_json()
    assert ([p["name"] for p in found["places"]], found["productions"]) == (["Rauma"], [])
    upside_down = api.get("/map/cells?bbox=0,50,10,40")
    assert (upside_down.status_code, upside_down.get_json()["title"]) == (422, "Unprocessable Content")


def test_changes_are_followed_by_a_cursor(app: Flask, api: Api) -> None:
    cursor = api.get("/changes?limit=200").get_json()["cursor"]
    assert api.get(f"/changes?since={cursor}").get_json() == {"items": [], "cursor": cursor, "next": None}
    with app.app_context():
        number = film(db.session, "Another").id
        db.session.commit()
    answer = api.get(f"/changes?since={cursor}").get_json()
    (told,) = answer["items"]
    assert (told["comment"], told["subjects"]) == ("Add a film", [{"kind": "production", "id": number}])
    assert answer["cursor"] == told["id"]


def test_who_has_an_answer_already_gets_304(api: Api) -> None:
    for address in ("/productions", f"/productions/{SLUG}/route", "/places/1", "/changes"):
        tag = api.get(address).headers["ETag"]
        assert api.get(address, **{"If-None-Match": tag}).status_code == 304


def test_nothing_that_is_not_public_is_told(app: Flask, api: Api) -> None:
    with app.app_context():
        home = film(db.session, "Home", year=2099)
        for privacy in (Privacy.OBSCURED, Privacy.PRIVATE):
            where = place(
                db.session,
                f"{privacy.value} villa",
                SECRET_LAT,
                SECRET_LON,
                privacy=privacy,
                country="NO",
                municipality="Rauma",
            )
            stop = shoot(db.session, home, where, scene="The butler dies", note="Ring twice")
            with change(db.session, by=None, comment="Spoiler"):
                stop.spoiler = 1
            say(
                db.session,
                source(db.session, f"On {privacy.value}"),
                stop,
                quote="at number 12",
                note="the gate",
            )
        db.session.commit()
    addresses = [
        "/productions/home",
        "/productions/home/route",
        "/places",
        "/places?country=NO",
        "/places?q=villa",
    ]
    addresses += ["/shoots", "/citations", "/search?q=villa", "/changes?limit=200", "/places?bbox=5,60,9,63"]
    addresses += [f"/places/{one['id']}" for one in api.items("/places")]
    for address in addresses:
        text = api.get(address).text
        for secret in (
            "62.123",
            "7.654",
            "private villa",
            "private-villa",
            "butler",
            "Ring twice",
            "number 12",
        ):
            assert secret not in text, (address, secret)
    assert {p["name"] for p in api.items("/places?q=villa")} == {"obscured villa"}
