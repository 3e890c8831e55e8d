"""A program sends sightings in with a token, for what the token's scopes say and no more."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.api.asking import Api
from tests.cast import stranger
from tests.web.visitors import seen, signed_in
from tracker.accounts.operations import find_user
from tracker.accounts.standing import suspend
from tracker.accounts.tokens import ApiToken, Scope, make_token, revoke_token
from tracker.extensions import db
from tracker.sightings.models import Sighting, State

BODY = {"title": "MI7", "place": "Åndalsnes", "when": "early Sept 2020", "lat": 62.57, "lon": 7.69}


def refused(client: FlaskClient, secret: str, **more: object) -> int:
    api = Api(client, secret)
    return api.post("/sightings", {**BODY, **more}).status_code


def test_a_sighting_waits_in_the_queue_under_its_owners_name(
    app: Flask, client: FlaskClient, token: str
) -> None:
    api = Api(client, token)
    more = {"note": "A train", "address": "https://news.example/1", "uncertainty_m": 180.0}
    answer = api.post("/sightings", {**BODY, **more})
    sent = answer.get_json()
    assert (answer.status_code, sent["state"]) == (201, "pending")
    assert (sent["start"]["earliest"], sent["end"]["latest"]) == ("2020-09-01", "2020-09-10")
    assert answer.headers["Location"] == f"http://localhost/api/v1/sightings/{sent['id']}"
    assert api.get(answer.headers["Location"]).get_json() == sent
    assert api.get("/sightings").get_json() == {"items": [sent]}
    with app.app_context():
        (stored,) = db.session.scalars(select(Sighting))
        user = find_user(db.session, "Ingrid")
        assert user is not None
        assert (stored.submitted_by_id, stored.state, stored.place_lat) == (user.id, State.PENDING, 62.57)
        assert stored.production_id is not None


@pytest.mark.parametrize(
    ("wrong", "status", "names"),
    [
        ({"when": "31 September 2020"}, 422, "31"),
        ({"when": ""}, 400, "when"),
        ({"lat": 95.0}, 400, "lat"),
        ({"lat": None}, 422, "lon"),
        ({"uncertainty_m": 0.5}, 400, "uncertainty_m"),
        ({"address": "javascript:alert(1)"}, 422, "javascript"),
        ({"status": "wrapped"}, 400, "status"),
        ({"state": "accepted"}, 400, "state"),
    ],
)
def test_what_cannot_be_is_refused_by_name_and_nothing_is_kept(
    app: Flask, client: FlaskClient, token: str, wrong: dict[str, object], status: int, names: str
) -> None:
    answer = Api(client, token).post("/sightings", {**BODY, **wrong})
    assert answer.status_code == status and names in answer.get_json()["detail"], answer.text
    with app.app_context():
        assert list(db.session.scalars(select(Sighting))) == []


def test_only_a_good_token_of_a_good_account_with_the_scope_may_send(
    app: Flask, client: FlaskClient, token: str
) -> None:
    with app.app_context():
        ingrid = find_user(db.session, "Ingrid")
        assert ingrid is not None
        _, reading = make_token(db.session, ingrid, name="Reads", scopes=[Scope.READ_SIGHTINGS])
        ended, revoked = make_token(db.session, ingrid, name="Ended", scopes=list(Scope))
        revoke_token(db.session, ended.id, of=ingrid)
        marcello = stranger(db.session)
        _, suspended = make_token(db.session, marcello, name="Out", scopes=list(Scope))
        suspend(db.session, marcello)
        db.session.commit()
    assert [refused(client, secret) for secret in ("", "made up", revoked, suspended)] == [401] * 4
    assert (refused(client, reading), refused(client, token)) == (403, 201)
    assert Api(client, reading).get("/sightings").status_code == 200


def test_a_signed_in_browser_without_a_token_is_nobody_to_the_api(app: Flask, token: str) -> None:
    visitor = signed_in(app, "Ingrid")
    assert visitor.get("/api/v1/sightings").status_code == 401
    assert visitor.client.post("/api/v1/sightings", json=BODY).status_code == 401
    assert token


def test_anothers_sighting_does_not_exist(app: Flask, client: FlaskClient, token: str) -> None:
    with app.app_context():
        _, other = make_token(db.session, stranger(db.session), name="Other", scopes=list(Scope))
        db.session.commit()
    sent = Api(client, token).post("/sightings", BODY).get_json()
    assert Api(client, other).get(f"/sightings/{sent['id']}").status_code == 404
    assert Api(client, other).get("/sightings").get_json() == {"items": []}


def test_a_token_is_made_shown_once_and_revoked_on_the_account_page(
    app: Flask, client: FlaskClient, token: str
) -> None:
    visitor = signed_in(app, "Ingrid")
    assert visitor.post("/account/tokens", name="").status_code == 422
    made = visitor.post("/account/tokens", name="My script", scopes=Scope.SUBMIT_SIGHTINGS.value)
    assert (made.status_code, made.headers["Location"]) == (303, "/account/tokens")
    page = visitor.get("/account/tokens")
    secret = next(word for word in seen(page).split() if len(word) > 40 and word.startswith("shothere_"))
    assert secret not in visitor.get("/account/tokens").text
    assert refused(client, secret) == 201
    with app.app_context():
        row = db.session.scalars(select(ApiToken).where(ApiToken.name == "My script")).one()
        assert secret not in (row.digest, row.shown) and row.shown == secret[:13]
    visitor.post(f"/account/tokens/{row.id}/revocation")
    assert refused(client, secret) == 401
    assert token


def test_nobody_revokes_anothers_token(app: Flask, client: FlaskClient, token: str) -> None:
    with app.app_context():
        stranger(db.session)
        db.session.commit()
    assert signed_in(app, "Marcello").post("/account/tokens/1/revocation").status_code == 404
    assert refused(client, token) == 201
