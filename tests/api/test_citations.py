"""A program cites, takes back and reopens; it says who helped, and a moderator's program decides."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.api.asking import Api, Json
from tests.api.test_orders import token_of
from tests.cast import film, latest_changes, moderator, owner, place, say, shoot, source, stranger
from tests.web.test_contradictions import tangled
from tracker.accounts.tokens import Scope
from tracker.extensions import db
from tracker.history.recording import change
from tracker.places.models import Privacy
from tracker.productions.corrections import close_citations
from tracker.productions.evidence import Citation
from tracker.sightings.offered import OfferedCitation

POST = {"kind": "municipality", "title": "The town's page", "address": "https://town.example/film"}
SECRETS = ("the villa", "the butler", "Ring twice")


@pytest.fixture
def desk(app: Flask, client: FlaskClient) -> Api:
    """A film with a stop of a rumour's grade, one with every contradiction, and a moderator's token."""
    with app.app_context():
        story = film(db.session, "Story")
        for name, lat in (("Rauma", 62.5), ("Rome", 41.9)):
            stop = shoot(db.session, story, place(db.session, name, lat, 10.0))
            say(db.session, source(db.session, f"On {name}"), stop, start="2020-10", end="2020-10")
        tangled(film(db.session, "A Tangled Film"))
        secret = token_of(moderator(db.session))
    return Api(client, secret)


def stop(api: Api, name: str = "Rauma") -> Json:
    found: Json = next(s for s in api.items("/shoots?production=story") if s["place"]["name"] == name)
    return found


def body(api: Api, **more: object) -> Json:
    return {"shoot": stop(api)["id"], "source": POST, **more}


def test_a_citation_counts_with_all_that_it_asserts_and_is_taken_back(app: Flask, desk: Api) -> None:
    before = stop(desk)
    elsewhere = desk.items("/places?q=Rome")[0]["id"]
    answer = desk.post(
        "/citations",
        body(
            desk,
            status="confirmed",
            when="5-7 Oct 2020",
            days=["2020-10-06", "2020-10-05"],
            manner="implies",
            story_place="The Alps",
            in_film="cut",
            quote="We had them for three days",
            locator="second paragraph",
            note="Seen today",
        ),
    )
    sent = answer.get_json()
    assert (answer.status_code, sent["state"]) == (201, "recorded")
    told = sent["citation"]
    assert desk.get(answer.headers["Location"]).get_json() == told
    assert (told["stance"], told["manner"], told["status"], told["shows"]) == (
        "supports",
        "implies",
        "confirmed",
        "work",
    )
    assert (told["start"]["edtf"], told["end"]["edtf"]) == ("2020-10-05", "2020-10-07")
    assert (told["days"], told["story_place"], told["in_film"]) == (
        ["2020-10-05", "2020-10-06"],
        "The Alps",
        "cut",
    )
    assert (told["quote"], told["locator"], told["note"]) == (
        "We had them for three days",
        "second paragraph",
        "Seen today",
    )
    assert told["speaks_of"] is None
    assert (before["grade"], stop(desk)["grade"], stop(desk)["start"]["edtf"]) == ("D", "B", "2020-10-05")
    assert desk.post("/citations", body(desk)).status_code == 409

    other = desk.post("/citations", body(desk, stance="mentions", speaks_of=elsewhere)).get_json()["citation"]
    assert (other["speaks_of"], other["source"]) == (elsewhere, told["source"])
    removed = desk.delete(f"/citations/{sent['id']}?reason=Misread")
    assert (removed.status_code, removed.get_json()) == (
        200,
        {"id": sent["id"], "reason": "Misread", "state": "removed"},
    )
    assert stop(desk)["grade"] == "D"
    assert desk.get(f"/citations/{sent['id']}").status_code == 404
    with app.app_context():
        last = latest_changes(db.session)[0]
        assert last.author is not None
        assert (last.author.name, last.comment) == ("Solveig", "Removed The town's page. Misread")


def test_a_closed_citation_is_told_with_the_reason_and_counts_again_when_reopened(
    app: Flask, desk: Api
) -> None:
    number = desk.post("/citations", body(desk, status="confirmed")).get_json()["id"]
    assert stop(desk)["grade"] == "A"
    with app.app_context():
        with change(db.session, by=None, comment="Close"):
            close_citations(db.session, [db.session.get_one(Citation, number)], reason="Another film")
        db.session.commit()
    assert stop(desk)["grade"] == "D"
    assert desk.get(f"/citations/{number}").get_json()["closed_reason"] == "Another film"
    answer = desk.post(f"/citations/{number}/reopening", {})
    assert (answer.status_code, answer.get_json()["citation"]["closed_reason"]) == (201, None)
    assert stop(desk)["grade"] == "A"


def test_a_newcomers_citation_waits_and_others_may_not_take_it_back(
    app: Flask, client: FlaskClient, desk: Api
) -> None:
    with app.app_context():
        newcomer = Api(client, token_of(stranger(db.session), Scope.CITE))
    answer = newcomer.post("/citations", body(desk, stance="refutes"))
    assert (answer.status_code, answer.get_json()["state"], answer.get_json()["citation"]) == (
        201,
        "waiting",
        None,
    )
    assert stop(desk)["grade"] == "D"
    with app.app_context():
        (waiting,) = db.session.scalars(select(OfferedCitation))
        assert waiting.says["stance"] == "refutes"
    cited = desk.post("/citations", body(desk)).get_json()["id"]
    address = f"/citations/{cited}?reason=Wrong"
    refused = newcomer.delete(address)
    assert (refused.status_code, refused.mimetype) == (403, "application/problem+json")
    assert newcomer.post(f"/citations/{cited}/reopening", {}).status_code == 403
    assert [Api(client, key).delete(address).status_code for key in ("", "made up")] == [401, 401]


@pytest.mark.parametrize(
    ("wrong", "status", "names"),
    [
        ({"shoot": 999}, 422, "999"),
        ({"source": 999}, 422, "999"),
        ({"speaks_of": 999}, 422, "999"),
        ({"when": "31 September 2020"}, 422, "31"),
        ({"repeats": "https://nowhere.example/1"}, 422, "nowhere.example"),
        ({"quote": "x" * 301}, 400, "quote"),
        ({"stance": "doubts"}, 400, "stance"),
        ({"status": "shot"}, 400, "status"),
        ({"days": ["October"]}, 400, "days"),
        ({"grade": "A"}, 400, "grade"),
    ],
)
def test_what_cannot_be_is_refused_by_name(desk: Api, wrong: Json, status: int, names: str) -> None:
    before = len(desk.items("/citations"))
    answer = desk.post("/citations", body(desk, **wrong))
    assert answer.status_code == status and names in answer.get_json()["detail"], answer.text
    assert len(desk.items("/citations")) == before


def test_a_partners_help_is_added_read_and_taken_back(app: Flask, client: FlaskClient, desk: Api) -> None:
    railway = {"name": "State Railway", "kind": "railway", "country": "NO", "site": "https://rail.example"}
    said = {"production": "story", "partner": railway, "help": "permission", "shoot": stop(desk)["id"]}
    answer = desk.post("/roles", {**said, "manner": "implies", "note": "Thanked", "source": 1})
    sent = answer.get_json()
    assert answer.status_code == 201
    assert (sent["words"], sent["note"], sent["source"]) == ("probably gave permission", "Thanked", 1)
    assert (sent["partner"]["name"], sent["partner"]["country"], sent["partner"]["site"]) == (
        "State Railway",
        "NO",
        "https://rail.example",
    )
    told = desk.get(answer.headers["Location"]).get_json()
    assert told == {name: value for name, value in sent.items() if name != "see"}
    number = sent["partner"]["id"]
    assert desk.post("/roles", {**said, "partner": number}).get_json()["id"] == sent["id"]
    assert [one["id"] for one in desk.items("/partners?kind=railway&limit=1")] == [number]
    assert desk.items("/partners?kind=museum") == []
    assert desk.get(f"/partners/{number}").get_json()["roles"] == [told]
    assert desk.items("/productions/story/partners") == [told]
    with app.app_context():
        other = Api(client, token_of(owner(db.session), Scope.CITE))
    assert other.post("/roles", said).status_code == 403
    assert other.delete(f"/roles/{sent['id']}?reason=x").status_code == 403
    assert desk.delete(f"/roles/{sent['id']}").status_code == 400
    removed = desk.delete(f"/roles/{sent['id']}?reason=Another film")
    assert (removed.status_code, removed.get_json()["reason"]) == (200, "Another film")
    assert removed.get_json()["state"] == "removed"
    assert desk.items("/productions/story/partners") == []
    assert desk.get(f"/roles/{sent['id']}").status_code == 404
    assert desk.get("/partners/99").status_code == 404
    with app.app_context():
        assert latest_changes(db.session)[0].comment == (
            "Remove State Railway: probably gave permission. Another film"
        )


@pytest.mark.parametrize(
    ("wrong", "status", "names"),
    [
        ({"production": "nothing"}, 404, "nothing"),
        ({"shoot": 999}, 422, "999"),
        ({"source": 999}, 422, "999"),
        ({"partner": 999}, 422, "999"),
        ({"partner": {"name": " ", "kind": "railway"}}, 422, "name"),
        ({"partner": {"name": "A", "kind": "railway", "site": "javascript:alert(1)"}}, 422, "javascript"),
        ({"help": "money"}, 400, "help"),
    ],
)
def test_help_that_cannot_be_is_refused_by_name(desk: Api, wrong: Json, status: int, names: str) -> None:
    said = {"production": "story", "partner": {"name": "A", "kind": "railway"}, "help": "other"}
    answer = desk.post("/roles", {**said, **wrong})
    assert answer.status_code == status and names in answer.get_json()["detail"], answer.text
    assert desk.items("/productions/story/partners") == desk.items("/partners") == []


def kinds(found: list[Json]) -> set[str]:
    return {one["kind"] for one in found}


def test_contradictions_are_told_everywhere_and_by_production(desk: Api) -> None:
    everywhere = desk.items("/contradictions?limit=1")
    of_film = desk.items("/productions/a-tangled-film/contradictions")
    assert everywhere == of_film
    assert kinds(of_film) == {"dispute", "status", "plays", "scene", "cycle"}
    plays = next(one for one in of_film if one["kind"] == "plays")
    assert [side["value"] for side in plays["sides"]] == ["Vienna", "Prague"]
    assert (plays["state"], plays["reason"], plays["actions"]) == (
        "open",
        None,
        ["keep-0", "keep-1", "stand"],
    )
    assert all(len(side["citations"]) == len(side["sources"]) == 1 for side in plays["sides"])
    cycle = next(one for one in of_film if one["kind"] == "cycle")
    assert cycle["actions"] == ["drop-0", "drop-1"]
    assert [len(side["orders"]) for side in cycle["sides"]] == [1, 1]
    early = desk.items("/productions/a-tangled-film/contradictions?as_of=2021-05-15")
    assert kinds(early) == {"scene"}


def test_a_moderators_program_decides_with_a_reason_and_nobody_elses(
    app: Flask, client: FlaskClient, desk: Api
) -> None:
    address = "/productions/a-tangled-film/contradictions"
    plays = next(one for one in desk.items(address) if one["kind"] == "plays")
    said = {"production": "a-tangled-film", "key": plays["key"], "action": "stand", "reason": "Two scenes"}
    with app.app_context():
        ingrid = Api(client, token_of(owner(db.session)))
    assert [Api(client, "").post("/contradictions", said).status_code] == [401]
    assert ingrid.post("/contradictions", said).status_code == 403
    assert desk.post("/contradictions", {**said, "reason": " "}).status_code == 422
    assert desk.post("/contradictions", {**said, "action": "drop-0"}).status_code == 422
    assert desk.post("/contradictions", {**said, "key": "plays-none"}).status_code == 404
    answer = desk.post("/contradictions", said)
    assert (answer.status_code, answer.get_json()["told"]) == (201, "Settled: both stand.")
    settled = next(one for one in desk.get(answer.headers["Location"]).get_json()["items"] if one["reason"])
    assert (settled["key"], settled["state"], settled["reason"], settled["actions"]) == (
        plays["key"],
        "settled",
        "Two scenes",
        ["reopen"],
    )
    assert "plays" not in kinds(desk.items("/contradictions"))
    assert desk.post("/contradictions", {**said, "action": "reopen"}).status_code == 201
    assert desk.post("/contradictions", {**said, "action": "keep-1"}).status_code == 201
    bud = next(s for s in desk.items("/shoots?production=a-tangled-film") if s["place"]["name"] == "Bud")
    assert bud["story_place"] == "Prague"


def test_words_that_tell_a_hidden_place_or_a_story_stay_out(app: Flask, desk: Api) -> None:
    with app.app_context():
        story = film(db.session, "Later", year=2099)
        home = place(db.session, "the villa", 62.1, 7.6, privacy=Privacy.PRIVATE, municipality="Rauma")
        hidden = shoot(db.session, story, home)
        spoiled = shoot(db.session, story, place(db.session, "Ona", 62.9, 6.5))
        with change(db.session, by=None, comment="Spoiler"):
            spoiled.spoiler = 1
        for each in (hidden, spoiled):
            for words in ("the butler's house", "the butler's grave"):
                told = "a garden" if each is hidden and "house" in words else words
                told = "a park" if each is hidden and "grave" in words else told
                say(db.session, source(db.session, f"Page {each.id} {words[-5:]}"), each, story_place=told)
        db.session.commit()
    found = desk.items("/productions/later/contradictions")
    assert [one["kind"] for one in found] == ["plays", "plays"]
    for one in found:
        said = {"production": "later", "key": one["key"], "action": "stand", "reason": "Ring twice"}
        assert desk.post("/contradictions", said).status_code == 201
    addresses = ["/productions/later/contradictions", "/contradictions", "/productions/later/partners"]
    addresses += [f"/citations/{one['id']}" for one in desk.items("/citations")]
    for address in addresses:
        text = desk.get(address).text
        assert not [secret for secret in SECRETS if secret in text], address
    settled = desk.items("/productions/later/contradictions")
    assert [one["reason"] for one in settled] == ["settled", "settled"]
    assert [side["value"] for side in settled[1]["sides"]] == ["", ""]
