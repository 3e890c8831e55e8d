"""A lost password: a link by mail, the same answer for everybody, once, and no session outlives it."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import PASSWORD, owner, stranger
from tests.mail.smtp import Mailbox
from tests.web.letters import letters, link_in
from tests.web.visitors import Visitor, errors_in, seen, signed_in
from tracker.accounts.resets import ResetRequest
from tracker.cli.users import user_group
from tracker.extensions import db

NEW = "another roof in Norway"
SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


def people(app: Flask) -> None:
    """Sign up Ingrid, whose address is confirmed, and Marcello, who has none."""
    with app.app_context():
        ingrid = owner(db.session)
        ingrid.email, ingrid.email_key = "ingrid@example.org", "ingrid@example.org"
        stranger(db.session)
        db.session.commit()


def ask(app: Flask, who: str) -> tuple[int, str, str]:
    visitor = Visitor(app)
    answer = visitor.post("/sign-in/lost", asked=who)
    return answer.status_code, answer.headers["Location"], seen(visitor.get("/sign-in"))


def test_a_lost_password_is_replaced_by_the_link_in_a_mail(mailing_app: Flask, mailbox: Mailbox) -> None:
    people(mailing_app)
    before = signed_in(mailing_app, "Ingrid")
    ask(mailing_app, "ingrid")
    (letter,) = letters(mailing_app, mailbox)
    assert letter["To"] == "ingrid@example.org"
    link = link_in(letter, "new-password")
    visitor = Visitor(mailing_app)
    page = visitor.get(link)
    # The address is a key: no cache keeps it, and no other site is told of it.
    assert (page.status_code, page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == (
        200,
        "no-store",
        "no-referrer",
    )
    assert visitor.get(link).status_code == 200, "looking does not use it up"
    assert errors_in(visitor.post(link, password="short")) == [
        "Too short to be safe: write at least 10 characters."
    ]
    assert visitor.post(link, password=NEW).headers["Location"] == "/sign-in"
    assert before.get("/account").status_code == 303, "the session of before is ended"
    assert visitor.get(link).status_code == 404
    assert Visitor(mailing_app).sign_in("Ingrid").status_code == 422
    assert Visitor(mailing_app).sign_in("Ingrid", NEW).status_code == 303
    assert [one["Subject"] for one in letters(mailing_app, mailbox)] == [
        "A new password",
        "Your password was changed",
    ]


def test_the_answer_is_the_same_whoever_is_asked_for(mailing_app: Flask, mailbox: Mailbox) -> None:
    people(mailing_app)
    asked = ("Ingrid", "Marcello", "Nobody", "ingrid@example.org", "nobody@example.org")
    assert len({ask(mailing_app, who) for who in asked}) == 1
    # By name and by address is once: the second link within ten minutes is not sent.
    assert [letter["To"] for letter in letters(mailing_app, mailbox)] == ["ingrid@example.org"]
    with mailing_app.app_context():
        assert db.session.scalars(select(ResetRequest)).all() == []


@SQLITE
def test_a_link_leads_to_the_site_and_not_to_the_host_that_the_request_names(
    mailing_app: Flask, mailbox: Mailbox
) -> None:
    people(mailing_app)
    visitor = Visitor(mailing_app)
    visitor.client.post(
        "/sign-in/lost",
        data={"csrf_token": visitor.token(), "asked": "Ingrid"},
        headers={"X-Forwarded-Host": "evil.example"},
        base_url="http://localhost",
    )
    text = letters(mailing_app, mailbox)[0].get_content()
    assert "https://films.example/sign-in/new-password/" in text
    assert "localhost" not in text


@SQLITE
def test_without_a_mail_server_the_page_says_whom_to_ask(app: Flask) -> None:
    people(app)
    assert "This site sends no mail" in seen(Visitor(app).get("/sign-in/lost"))
    assert Visitor(app).post("/sign-in/lost", asked="Ingrid").status_code == 200


@SQLITE
def test_the_operator_makes_a_link(app: Flask) -> None:
    people(app)
    result = app.test_cli_runner().invoke(user_group, ["reset-link", "ingrid"])
    link = result.stdout.strip()
    assert (result.exit_code, link.startswith("/sign-in/new-password/")) == (0, True)
    assert Visitor(app).post(link, password=NEW).status_code == 303
    assert Visitor(app).sign_in("Ingrid", NEW).status_code == 303
    missing = app.test_cli_runner().invoke(user_group, ["reset-link", "Nobody"])
    assert (missing.exit_code, missing.stderr) == (
        1,
        "Error: There is no account 'Nobody'. Add it with the command user add.\n",
    )


@SQLITE
def test_a_changed_password_keeps_this_browser_and_ends_the_others(app: Flask) -> None:
    people(app)
    here, there = signed_in(app, "Ingrid"), signed_in(app, "Ingrid")
    wrong = here.post("/account/password", old="a guess", password=NEW)
    assert (wrong.status_code, errors_in(wrong)) == (422, ["This is not your present password."])
    assert here.post("/account/password", old=PASSWORD, password=NEW).status_code == 303
    assert (here.get("/account").status_code, there.get("/account").status_code) == (200, 303)


@SQLITE
def test_signing_out_everywhere_ends_every_session(app: Flask) -> None:
    people(app)
    here, there = signed_in(app, "Ingrid"), signed_in(app, "Ingrid")
    assert here.post("/account/sessions/end").headers["Location"] == "/sign-in"
    assert [one.get("/account").status_code for one in (here, there)] == [303, 303]
