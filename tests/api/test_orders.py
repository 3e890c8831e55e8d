"""A program reads, adds, disputes and takes back what sources say of the order of shoots."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.api.asking import Api, Json
from tests.cast import PASSWORD, film, latest_changes, moderator, place, say, shoot, source, stranger
from tracker.accounts.models import Role, User
from tracker.accounts.operations import sign_up
from tracker.accounts.tokens import Scope, make_token
from tracker.extensions import db
from tracker.history.recording import change
from tracker.places.models import Privacy
from tracker.productions.corrections import close_orders
from tracker.productions.evidence import OrderCitation, Relation
from tracker.productions.models import Shoot
from tracker.productions.operations import cite_order
from tracker.sightings.offered import OfferedCitation

POST = {"kind": "official_post", "title": "The director's post", "address": "https://social.example/9"}
SECRETS = ("the villa", "the butler")


def token_of(user: User, *scopes: Scope) -> str:
    _, secret = make_token(db.session, user, name="Script", scopes=scopes or list(Scope))
    db.session.commit()
    return secret


@pytest.fixture
def desk(app: Flask, client: FlaskClient) -> Api:
    """A film of two stops of one month, and the token of a moderator, whose word counts at once."""
    with app.app_context():
        story = film(db.session, "Story")
        for name, lat in (("Rauma", 62.5), ("Rome", 41.9)):
            stop = shoot(db.session, story, place(db.session, name, lat, 10.0))
            say(db.session, source(db.session, f"On {name}"), stop, start="2020-10", end="2020-10")
        secret = token_of(moderator(db.session))
    return Api(client, secret)


def body(api: Api, **more: object) -> Json:
    rauma, rome = (one["id"] for one in api.items("/shoots?production=story"))
    return {
        "shoot": rome,
        "relation": "next",
        "other": rauma,
        "source": POST,
        "words": "Rome is next",
        **more,
    }


def line(api: Api) -> list[list[str]]:
    """Answer the places of the route, step by step."""
    return [
        [stop["shoot"]["place"]["name"] for stop in cluster["stops"]]
        for lane in api.get("/productions/story/route").get_json()["lanes"]
        for cluster in lane["clusters"]
    ]


def states(api: Api) -> list[tuple[str, str]]:
    return [(one["stance"], one["state"]) for one in api.items("/productions/story/orders")]


def test_the_route_follows_an_order_until_it_is_disputed_and_again_when_that_is_taken_back(
    app: Flask, desk: Api
) -> None:
    before = line(desk)
    answer = desk.post("/orders", body(desk))
    sent = answer.get_json()
    assert (answer.status_code, sent["state"]) == (201, "recorded")
    assert desk.get(answer.headers["Location"]).get_json() == sent["order"]
    told = sent["order"]
    assert (told["shoot"]["place"], told["relation"], told["other"]["place"]) == ("Rome", "next", "Rauma")
    assert (told["words"], told["manner"], told["stance"]) == ("Rome is next", "states", "supports")
    assert (told["source"]["title"], told["source"]["address"]) == (POST["title"], POST["address"])
    ordered = line(desk)
    assert ordered == [["Rauma"], ["Rome"]] != before

    with app.app_context():
        report = source(db.session, "Report").id
        db.session.commit()
    against = desk.post("/orders", body(desk, source=report, stance="refutes", words="Not so")).get_json()
    assert states(desk) == [("supports", "disputed"), ("refutes", "disputed")]
    assert line(desk) == before
    removed = desk.delete(f"/orders/{against['id']}?reason=Misread")
    assert (removed.status_code, removed.get_json()) == (
        200,
        {"id": against["id"], "reason": "Misread", "state": "removed"},
    )
    assert (line(desk), states(desk)) == (ordered, [("supports", "live")])
    assert desk.delete(f"/orders/{sent['id']}?reason=Misread").status_code == 200
    assert (line(desk), states(desk)) == (before, [])
    assert desk.delete(f"/orders/{sent['id']}?reason=Misread").status_code == 404
    with app.app_context():
        last = latest_changes(db.session)[0]
        assert last.author is not None
        assert (last.author.name, last.comment) == ("Solveig", "Removed an order: Misread")


def test_a_moderators_program_asks_a_second_one_to_remove_anothers_order(
    app: Flask, client: FlaskClient, desk: Api
) -> None:
    number = desk.post("/orders", body(desk)).get_json()["id"]
    with app.app_context():
        secret = token_of(sign_up(db.session, name="Ines", password=PASSWORD, role=Role.MODERATOR))
    ines = Api(client, secret)
    asked = ines.delete(f"/orders/{number}?reason=Misread").get_json()
    assert asked == {"id": number, "reason": "Misread", "state": "asked"}
    assert ines.delete(f"/orders/{number}?reason=Misread").status_code == 409
    assert states(desk) == [("supports", "live")]


def test_a_source_says_it_once_and_does_not_contradict_itself(desk: Api) -> None:
    first = desk.post("/orders", body(desk)).get_json()
    assert desk.post("/orders", body(desk, words="Said again")).get_json() == first
    known = first["order"]["source"]["id"]
    turned = desk.post("/orders", body(desk, source=known, stance="refutes"))
    assert (turned.status_code, turned.mimetype) == (409, "application/problem+json")
    assert f"order {first['id']}" in turned.get_json()["detail"]
    assert states(desk) == [("supports", "live")]


def test_a_closed_order_is_told_with_its_reason(app: Flask, desk: Api) -> None:
    number = desk.post("/orders", body(desk)).get_json()["id"]
    with app.app_context():
        with change(db.session, by=None, comment="Close"):
            close_orders(db.session, [db.session.get_one(OrderCitation, number)], reason="An old plan")
        db.session.commit()
    told = desk.get(f"/orders/{number}").get_json()
    assert (told["state"], told["closed_reason"]) == ("closed", "An old plan")
    assert len(desk.items("/productions/story/orders?limit=1")) == 1


def test_a_newcomers_order_waits_for_a_moderator(app: Flask, client: FlaskClient, desk: Api) -> None:
    with app.app_context():
        newcomer = Api(client, token_of(stranger(db.session)))
    answer = newcomer.post("/orders", body(desk))
    assert (answer.status_code, answer.get_json()["state"]) == (201, "waiting")
    assert answer.get_json()["order"] is None
    assert answer.headers["Location"] == "http://localhost/api/v1/productions/story/orders"
    assert states(desk) == []
    with app.app_context():
        (waiting,) = db.session.scalars(select(OfferedCitation))
        assert waiting.says == {"words": "Rome is next", "manner": "states", "stance": "supports"}


def test_only_the_citer_or_a_moderator_with_the_scope_takes_it_back(
    app: Flask, client: FlaskClient, desk: Api
) -> None:
    with app.app_context():
        marcello = stranger(db.session)
        other, reading = token_of(marcello), token_of(marcello, Scope.SUBMIT_SIGHTINGS)
    order = desk.post("/orders", body(desk)).get_json()
    address = f"/orders/{order['id']}?reason=Wrong"
    assert [Api(client, key).delete(address).status_code for key in ("", "made up")] == [401, 401]
    assert [Api(client, key).post("/orders", body(desk)).status_code for key in ("", reading)] == [401, 403]
    lacking = Api(client, reading).delete(address)
    assert lacking.status_code == 403 and "scope cite" in lacking.get_json()["detail"]
    refused = Api(client, other).delete(address)
    assert (refused.status_code, refused.mimetype) == (403, "application/problem+json")
    assert desk.delete(f"/orders/{order['id']}").status_code == 400
    assert states(desk) == [("supports", "live")]


@pytest.mark.parametrize(
    ("wrong", "status", "names"),
    [
        ({"other": 999}, 422, "999"),
        ({"source": 999}, 422, "999"),
        ({"source": {**POST, "address": "javascript:alert(1)"}}, 422, "javascript"),
        ({"source": {**POST, "published": "31 September 2020"}}, 422, "31"),
        ({"source": {**POST, "kind": "gossip"}}, 400, "kind"),
        ({"words": " "}, 422, "words"),
        ({"stance": "mentions"}, 400, "stance"),
        ({"relation": "beside"}, 400, "relation"),
    ],
)
def test_what_cannot_be_is_refused_by_name(desk: Api, wrong: Json, status: int, names: str) -> None:
    answer = desk.post("/orders", body(desk, **wrong))
    assert answer.status_code == status and names in answer.get_json()["detail"], answer.text
    assert states(desk) == []


def test_an_order_is_between_two_shoots_of_one_production(app: Flask, desk: Api) -> None:
    with app.app_context():
        foreign = shoot(db.session, film(db.session, "Another"), place(db.session, "Oslo", 59.9, 10.7)).id
        db.session.commit()
    for other in (foreign, body(desk)["shoot"]):
        answer = desk.post("/orders", body(desk, other=other))
        assert answer.status_code == 422 and "one production" in answer.get_json()["detail"]
    assert desk.get("/productions/nothing/orders").status_code == 404


def secret_order(stop: Shoot, first: Shoot, words: str) -> None:
    with change(db.session, by=None, comment="Say"):
        says = cite_order(
            db.session, stop, Relation.AFTER, first, source(db.session, f"On {stop.id}"), words=words
        )
        close_orders(db.session, [says], reason=words)


def test_words_that_tell_a_hidden_place_or_a_story_stay_out(app: Flask, desk: Api) -> None:
    with app.app_context():
        story = film(db.session, "Later", year=2099)
        first = shoot(db.session, story, place(db.session, "Oslo", 59.9, 10.7))
        home = place(db.session, "the villa", 62.1, 7.6, privacy=Privacy.PRIVATE, municipality="Rauma")
        spoiler = shoot(db.session, story, place(db.session, "Rome", 41.9, 12.5))
        with change(db.session, by=None, comment="Spoiler"):
            spoiler.spoiler = 1
        secret_order(shoot(db.session, story, home), first, "the villa came later")
        secret_order(spoiler, first, "the butler dies later")
        db.session.commit()
    answer = desk.get("/productions/later/orders")
    told = answer.get_json()["items"]
    assert [one["shoot"]["place"] for one in told] == ["Rauma", "Rome"]
    assert [(one["words"], one["closed_reason"]) for one in told] == [("", "closed")] * 2
    assert not [secret for secret in SECRETS if secret in answer.text]
