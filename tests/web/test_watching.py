"""Watching: a button on a page, a list, a private feed, and mails that one press ends."""

from __future__ import annotations

import re

import feedparser
import pytest
from flask import Flask

from tests.cast import film_case, owner, place, shoot, stranger
from tests.mail.smtp import Mailbox
from tests.web.letters import link_in
from tests.web.visitors import Visitor, seen, signed_in
from tracker.accounts.operations import find_user
from tracker.cli.mail import mail_group, watch_group
from tracker.extensions import db
from tracker.productions.models import Production
from tracker.productions.queries import production_by_slug

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
SLUG = "mission-impossible-dead-reckoning-part-one"


def fill(app: Flask) -> None:
    with app.app_context():
        film_case(db.session)
        ingrid = owner(db.session)
        ingrid.email, ingrid.email_key = "ingrid@example.org", "ingrid@example.org"
        stranger(db.session)
        db.session.commit()


def the_film() -> Production:
    found = production_by_slug(db.session, SLUG)
    assert found is not None
    return found


def feed_of(visitor: Visitor) -> str:
    found = re.search(
        r'href="http://localhost(/watching/[^"]+\.atom)"', visitor.get("/account/watching").text
    )
    assert found
    return found[1]


def test_a_film_and_a_place_are_watched_and_unwatched(app: Flask) -> None:
    fill(app)
    visitor = signed_in(app, "Ingrid")
    assert "You watch nothing yet" in seen(visitor.get("/account/watching"))
    for button in (f"/productions/{SLUG}/watch", "/places/1/watch"):
        answer = visitor.post(button)
        assert answer.status_code == 303
        assert "Watched" in seen(visitor.get(answer.headers["Location"]))
    page = visitor.get("/account/watching")
    assert "2 watched" in seen(page)
    for address in re.findall(r'action="(/account/watching/\d+/removal)"', page.text):
        visitor.post(address)
    assert "You watch nothing yet" in seen(visitor.get("/account/watching"))


@SQLITE
def test_whoever_is_not_signed_in_is_led_there_and_back(app: Flask) -> None:
    fill(app)
    page = Visitor(app).get(f"/productions/{SLUG}").text
    assert f'href="/sign-in?next=/productions/{SLUG}"' in page
    visitor = signed_in(app, "Ingrid")
    assert visitor.post("/productions/no-such-film/watch").status_code == 404
    assert visitor.post("/places/999/watch").status_code == 404


def test_the_feed_needs_its_address_alone_and_tells_what_is_new(app: Flask) -> None:
    fill(app)
    visitor = signed_in(app, "Ingrid")
    visitor.post(f"/productions/{SLUG}/watch")
    visitor.post("/account/watching/feed", feed="new")
    address = feed_of(visitor)
    reader = app.test_client()
    first = reader.get(address)
    assert (first.status_code, first.mimetype) == (200, "application/atom+xml")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert "Ingrid" not in first.text
    assert reader.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    with app.app_context():
        shoot(db.session, the_film(), place(db.session, "Kylling", 62.5, 7.8))
        db.session.commit()
    again = reader.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    parsed = feedparser.parse(again.data)
    assert not parsed.bozo
    assert "Kylling" in parsed.entries[0].summary


@SQLITE
def test_a_new_address_ends_the_old_one_and_so_does_the_end(app: Flask) -> None:
    fill(app)
    visitor, reader = signed_in(app, "Ingrid"), app.test_client()
    visitor.post("/account/watching/feed", feed="new")
    first = feed_of(visitor)
    visitor.post("/account/watching/feed", feed="new")
    second = feed_of(visitor)
    assert [reader.get(one).status_code for one in (first, second)] == [404, 200]
    visitor.post("/account/watching/feed", feed="end")
    assert reader.get(second).status_code == 404
    assert reader.get(second.replace("-0-", "-0-x")).status_code == 404


def test_a_digest_is_mailed_and_one_press_without_a_session_ends_it(
    mailing_app: Flask, mailbox: Mailbox
) -> None:
    fill(mailing_app)
    visitor = signed_in(mailing_app, "Ingrid")
    visitor.post(f"/productions/{SLUG}/watch")
    visitor.post("/account/watching/mails", mails="yes")
    run = mailing_app.test_cli_runner().invoke
    assert run(watch_group, ["send"]).output == (
        "0 of 1 who want mails have news.\nSent 0; 0 wait, 0 were given up.\n"
    )
    with mailing_app.app_context():
        shoot(db.session, the_film(), place(db.session, "Kylling", 62.5, 7.8))
        db.session.commit()
    result = run(watch_group, ["send"])
    assert (result.exit_code, result.output) == (
        0,
        "1 of 1 who want mails have news.\nSent 1; 0 wait, 0 were given up.\n",
    )
    assert run(watch_group, ["send"]).output.startswith("0 of 1")
    (letter,) = mailbox.letters
    assert "1 stop: new" in letter.get_content()
    assert f"https://films.example/changes?production={SLUG}" in letter.get_content()
    link = link_in(letter, "unsubscribe")
    assert letter["List-Unsubscribe"] == f"<https://films.example{link}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    program = mailing_app.test_client()
    assert "End these mails?" in program.get(link).text, "looking ends nothing"
    assert program.post(link, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert "Send me mails" in visitor.get("/account/watching").text
    assert program.post(link.replace("-0-", "-0-x")).status_code == 404


@SQLITE
def test_without_a_mail_server_the_commands_say_so(app: Flask) -> None:
    fill(app)
    for group in (watch_group, mail_group):
        result = app.test_cli_runner().invoke(group, ["send"])
        assert (result.exit_code, result.stderr) == (
            1,
            "Error: No mail goes out here: MAIL_SERVER is not set.\n",
        )
    visitor = signed_in(app, "Ingrid")
    assert "This site sends no mail" in seen(visitor.get("/account/watching"))
    assert visitor.post("/account/watching/mails", mails="yes").status_code == 400


@SQLITE
def test_a_mail_server_that_does_not_answer_fails_the_command_and_loses_nothing(
    mailing_app: Flask, mailbox: Mailbox
) -> None:
    fill(mailing_app)
    visitor = signed_in(mailing_app, "Ingrid")
    visitor.post(f"/productions/{SLUG}/watch")
    visitor.post("/account/watching/mails", mails="yes")
    with mailing_app.app_context():
        shoot(db.session, the_film(), place(db.session, "Kylling", 62.5, 7.8))
        assert find_user(db.session, "Ingrid") is not None
        db.session.commit()
    mailbox.answer = b"451 later"
    result = mailing_app.test_cli_runner().invoke(watch_group, ["send"])
    assert result.exit_code == 1
    assert "Sent 0; 1 wait, 0 were given up." in result.output
    assert "Error: the mail server does not take it now (code 451)." in result.stderr
