"""Accounts: signing up, in and out; nothing tells who has an account, and nobody is sent elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import PASSWORD, moderator, owner
from tests.web.visitors import Visitor, errors_in, seen, signed_in, value_of
from tracker import create_app
from tracker.accounts.models import Role, User
from tracker.accounts.operations import find_user
from tracker.accounts.standing import set_role, suspend
from tracker.config import Settings
from tracker.extensions import db
from tracker.people.leaving import delete_account

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
NO_FIT = "This name and password do not belong together. Check both; capitals count in the password."


@pytest.fixture
def ingrid(app: Flask) -> str:
    """Sign up a contributor; answer the name."""
    with app.app_context():
        name = owner(db.session).name
        db.session.commit()
    return name


def users(app: Flask) -> list[tuple[str, Role]]:
    with app.app_context():
        return [(user.name, user.role) for user in db.session.scalars(select(User).order_by(User.id))]


def test_a_new_account_is_a_contributor_and_signed_in_at_once(app: Flask) -> None:
    visitor = Visitor(app)
    answer = visitor.post("/sign-up", name="  Kari  Nordmann ", password=PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account")
    assert users(app) == [("Kari Nordmann", Role.CONTRIBUTOR)]
    assert "Contributor since" in seen(visitor.get("/account"))


@SQLITE
def test_the_password_is_kept_only_as_an_argon2_hash(app: Flask) -> None:
    Visitor(app).post("/sign-up", name="Kari", password=PASSWORD)
    with app.app_context():
        user = find_user(db.session, "kari")
        assert user is not None
        assert user.password_hash.startswith("$argon2id$")
        assert PASSWORD not in user.password_hash


@SQLITE
@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", "A user name has 2 to 40 characters."),
        ("x", "A user name has 2 to 40 characters."),
        ("x" * 41, "A user name has 2 to 40 characters."),
        (
            "\u200b\u202e",
            "The user name holds a character that cannot be seen or turns the text round. Type it anew.",
        ),
        ("<b>Kari</b>", "'<b>Kari</b>' cannot be a user name. Use letters, digits, blanks and . ' - _"),
        ("...", "'...' cannot be a user name. Use letters, digits, blanks and . ' - _"),
        ("{{7*7}}", "'{{7*7}}' cannot be a user name. Use letters, digits, blanks and . ' - _"),
    ],
)
def test_a_name_that_cannot_be_one_is_refused_at_its_field(app: Flask, name: str, error: str) -> None:
    page = Visitor(app).post("/sign-up", name=name, password=PASSWORD)
    assert (page.status_code, errors_in(page), users(app)) == (422, [error], [])


@pytest.mark.parametrize("name", ["Ingrid", "INGRID", "ingrid ", "Íngrid", "Ｉｎｇｒｉｄ", "Ingrid."])
@pytest.mark.usefixtures("ingrid")
def test_a_name_that_looks_like_a_taken_one_is_taken(app: Flask, name: str) -> None:
    page = Visitor(app).post("/sign-up", name=name, password=PASSWORD)
    assert page.status_code == 422
    assert [error.split(" is taken")[1] for error in errors_in(page)] == [
        ", or looks like one that is. Choose another."
    ]
    assert users(app) == [("Ingrid", Role.CONTRIBUTOR)]


@SQLITE
@pytest.mark.parametrize(
    ("password", "error"),
    [
        ("tiny-one", "Too short to be safe: write at least 10 characters."),
        ("x" * 201, "Too long: write at most 200 characters."),
        ("x" * 1_000_000, "Too long: write at most 200 characters."),
    ],
)
def test_a_password_too_short_or_too_long_is_refused_and_not_sent_back(
    app: Flask, password: str, error: str
) -> None:
    page = Visitor(app).post("/sign-up", name="Kari", password=password)
    assert (page.status_code, errors_in(page), value_of(page, "name")) == (422, [error], "Kari")
    assert password not in page.text
    assert users(app) == []


@pytest.mark.parametrize("name", ["Ingrid", "ingrid", "  INGRID "])
@pytest.mark.usefixtures("ingrid")
def test_signing_in_works_however_the_name_is_spelt(app: Flask, name: str) -> None:
    visitor = Visitor(app)
    answer = visitor.sign_in(name)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account")
    assert "Ingrid" in seen(visitor.get("/account"))


@SQLITE
@pytest.mark.usefixtures("ingrid")
def test_unknown_name_wrong_password_and_deleted_account_get_the_same_answer(app: Flask) -> None:
    with app.app_context():
        delete_account(db.session, moderator(db.session), password=PASSWORD)
        db.session.commit()
    answers = []
    for name, password in (("Nobody", PASSWORD), ("Ingrid", "not the password"), ("Solveig", PASSWORD)):
        page = Visitor(app).sign_in(name, password)
        answers.append((page.status_code, seen(page).replace(name, "NAME")))
        assert NO_FIT in seen(page)
    assert len(set(answers)) == 1
    assert answers[0][0] == 422


@SQLITE
@pytest.mark.usefixtures("ingrid")
def test_a_suspended_user_loses_the_open_session(app: Flask) -> None:
    visitor = signed_in(app, "Ingrid")
    with app.app_context():
        user = find_user(db.session, "Ingrid")
        assert user is not None
        suspend(db.session, user)
        db.session.commit()
    answer = visitor.get("/account")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in?next=/account")


@SQLITE
@pytest.mark.usefixtures("ingrid")
def test_a_new_role_ends_the_open_session(app: Flask) -> None:
    visitor = signed_in(app, "Ingrid")
    with app.app_context():
        user = find_user(db.session, "Ingrid")
        assert user is not None
        set_role(db.session, user, Role.MODERATOR)
        db.session.commit()
    assert visitor.get("/moderation").status_code == 303
    assert signed_in(app, "Ingrid").get("/moderation").status_code == 200


@SQLITE
@pytest.mark.usefixtures("ingrid")
def test_signing_out_ends_the_session_and_takes_a_post(app: Flask) -> None:
    visitor = signed_in(app, "Ingrid")
    assert visitor.get("/sign-out").status_code == 405
    answer = visitor.post("/sign-out")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    assert visitor.get("/account").status_code == 303


@SQLITE
@pytest.mark.usefixtures("ingrid")
def test_signing_in_throws_away_whatever_the_session_held_before(app: Flask) -> None:
    visitor = Visitor(app)
    with visitor.client.session_transaction() as session:
        session["planted"] = "by somebody else"
        before = session.get("csrf_token")
    visitor.sign_in("Ingrid")
    with visitor.client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") in (None, before) or session["csrf_token"] != before


@SQLITE
@pytest.mark.usefixtures("ingrid")
def test_a_post_without_the_sessions_token_is_refused(app: Flask) -> None:
    client = app.test_client()
    page = client.post("/sign-in", data={"name": "Ingrid", "password": PASSWORD})
    assert page.status_code == 400
    assert client.get("/account").status_code == 303


@SQLITE
@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        ("/sightings/new?production=mi7", "/sightings/new?production=mi7"),
        ("//evil.example", "/account"),
        ("/\\evil.example", "/account"),
        ("https://evil.example/", "/account"),
        ("javascript:alert(1)", "/account"),
        ("/%0d%0aSet-Cookie:x=1", "/account"),
        ("sightings/new", "/account"),
    ],
)
@pytest.mark.usefixtures("ingrid")
def test_after_signing_in_one_goes_on_only_within_the_site(app: Flask, wanted: str, got: str) -> None:
    visitor = Visitor(app)
    fields = {"csrf_token": visitor.token(), "name": "Ingrid", "password": PASSWORD}
    query = {"next": wanted.replace("%0d%0a", "\r\n")}
    answer = visitor.client.post("/sign-in", query_string=query, data=fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, got)


@SQLITE
@pytest.mark.usefixtures("ingrid")
def test_a_private_page_leads_through_signing_in_and_back(app: Flask) -> None:
    visitor = Visitor(app)
    answer = visitor.get("/account/tokens?production=mi7")
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        "/sign-in?next=/account/tokens?production%3Dmi7",
    )
    answer = visitor.sign_in("Ingrid", next="/account/tokens?production%3Dmi7")
    assert answer.headers["Location"] == "/account/tokens?production=mi7"


@SQLITE
@pytest.mark.usefixtures("ingrid")
def test_who_is_signed_in_is_sent_on_from_the_doors(app: Flask) -> None:
    visitor = signed_in(app, "Ingrid")
    for door in ("/sign-in", "/sign-up"):
        answer = visitor.get(door)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/account")


@SQLITE
@pytest.mark.usefixtures("ingrid")
def test_pages_with_a_session_are_never_stored(app: Flask) -> None:
    visitor = signed_in(app, "Ingrid")
    assert visitor.get("/account").headers["Cache-Control"] == "no-store"


@pytest.fixture
def limited(settings: Settings) -> Iterator[Flask]:
    app = create_app(replace(settings, limits=True))
    with app.app_context():
        owner(db.session)
        db.session.commit()
    yield app
    with app.app_context():
        db.engine.dispose()


@SQLITE
def test_the_eleventh_attempt_in_a_minute_is_told_to_wait(limited: Flask) -> None:
    visitor = Visitor(limited)
    answers = [visitor.sign_in("Ingrid", f"guess number {n}").status_code for n in range(11)]
    assert answers == [422] * 10 + [429]
    page = visitor.sign_in("Ingrid")
    assert page.status_code == 429
    assert "Too many at once" in seen(page)
    assert visitor.get("/sign-in").status_code == 200
