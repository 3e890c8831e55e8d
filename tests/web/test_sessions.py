"""Sessions: begun anew at each signing in, in a cookie that no script and no other site gets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from tests.cast import PASSWORD, owner
from tests.serving import application
from tests.web.visitors import Visitor
from tracker.config import Settings
from tracker.extensions import db

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


def sign_up_ingrid(app: Flask) -> None:
    with app.app_context():
        owner(db.session)
        db.session.commit()


def test_nothing_of_the_session_before_outlives_signing_in(app: Flask) -> None:
    sign_up_ingrid(app)
    visitor = Visitor(app)
    before = visitor.token()
    with visitor.client.session_transaction() as session:
        session["planted"] = "by somebody else"
    visitor.sign_in("Ingrid")
    with visitor.client.session_transaction() as session:
        assert "planted" not in session
        assert "by somebody else" not in str(dict(session))
    stale = visitor.client.post("/account/sessions/end", data={"csrf_token": before})
    assert stale.status_code == 400


def test_behind_tls_the_cookie_is_of_this_host_alone(settings: Settings) -> None:
    with application(replace(settings, secure_cookies=True)) as (app, _):
        sign_up_ingrid(app)
        client = app.test_client()
        page = client.get("/sign-in", base_url="https://localhost").text
        token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
        answer = client.post(
            "/sign-in",
            data={"csrf_token": token, "name": "Ingrid", "password": PASSWORD},
            base_url="https://localhost",
            headers={"Referer": "https://localhost/sign-in"},
        )
        cookie = answer.headers["Set-Cookie"]
        assert answer.status_code == 303
        assert cookie.startswith("__Host-session=")
        for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            assert part in cookie
        assert "Domain" not in cookie


def test_a_session_that_was_made_up_is_nobodys(app: Flask) -> None:
    sign_up_ingrid(app)
    visitor = Visitor(app)
    for made_up in ("1:", "1:x", "1", "x:y", "1:\u00e4", "99:x"):
        with visitor.client.session_transaction() as session:
            session["_user_id"] = made_up
        assert visitor.get("/account").status_code == 303
