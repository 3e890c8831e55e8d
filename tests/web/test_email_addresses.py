"""An e-mail address: asked for where mail goes out, confirmed by a link, shown to nobody, in no log."""

from __future__ import annotations

import pytest
from flask import Flask
from structlog.testing import capture_logs

from tests.cast import PASSWORD, film_case, owner, stranger
from tests.mail.smtp import Mailbox
from tests.web.letters import letters, link_in
from tests.web.visitors import Visitor, errors_in, seen, signed_in
from tracker.accounts.operations import find_user
from tracker.accounts.tokens import Scope, make_token
from tracker.extensions import db

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
ADDRESS = "ingrid.surname@example.org"


@pytest.fixture
def site(mailing_app: Flask) -> Flask:
    with mailing_app.app_context():
        owner(db.session), stranger(db.session)
        film_case(db.session)
        db.session.commit()
    return mailing_app


def test_publishing_waits_for_a_confirmed_address(site: Flask, mailbox: Mailbox) -> None:
    visitor = signed_in(site, "Ingrid")
    for address in ("/sightings/saved", "/places/1/edit", "/shoots/1/sources/new"):
        answer = visitor.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/account/email")
    assert visitor.post("/sightings/entries").status_code == 403
    assert visitor.get("/productions").status_code == 200
    assert errors_in(visitor.post("/account/email", address="ingrid")) == [
        "This is no e-mail address. Write one such as name@example.org."
    ]
    assert visitor.post("/account/email", address=ADDRESS).status_code == 303
    assert visitor.get("/shoots/1/sources/new").status_code == 303, "asking is not confirming"
    (letter,) = letters(site, mailbox)
    assert letter["To"] == ADDRESS
    link = link_in(letter, "email/")
    # Whoever reads mail may do so in another browser, signed in nowhere.
    elsewhere = Visitor(site)
    assert "For the account of Ingrid" in seen(elsewhere.get(link))
    assert visitor.get("/shoots/1/sources/new").status_code == 303, "looking is not confirming"
    assert elsewhere.post(link).status_code == 303
    assert visitor.get("/shoots/1/sources/new").status_code == 200
    assert elsewhere.get(link).status_code == 404


@SQLITE
def test_a_program_waits_as_well(site: Flask) -> None:
    with site.app_context():
        user = find_user(db.session, "Ingrid")
        assert user is not None
        _, secret = make_token(db.session, user, name="Test", scopes=list(Scope))
        db.session.commit()
    answer = site.test_client().post(
        "/api/v1/sightings", json={}, headers={"Authorization": f"Bearer {secret}"}
    )
    assert (answer.status_code, answer.get_json()["detail"]) == (
        403,
        "Confirm an e-mail address on your account's page first.",
    )


@SQLITE
def test_an_address_is_on_no_page_and_in_no_log(
    site: Flask, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    with capture_logs() as logged:
        visitor = signed_in(site, "Ingrid")
        visitor.post("/account/email", address=ADDRESS)
        visitor.post(link_in(letters(site, mailbox)[0], "email/"))
        mailbox.answer = b"550 no"
        visitor.post("/account/email", address="other.surname@example.org")
        letters(site, mailbox)
        for address in ("/account", "/account/email", "/users/Ingrid", "/changes", "/account/watching"):
            assert "surname" not in visitor.get(address).text, address
    assert {(one["event"], one["sent"], one["failed"]) for one in logged} == {
        ("mail sent", 1, 0),
        ("mail sent", 0, 1),
    }
    assert "surname" not in str(logged) + caplog.text


@SQLITE
def test_an_address_is_taken_away(site: Flask, mailbox: Mailbox) -> None:
    visitor = signed_in(site, "Ingrid")
    visitor.post("/account/email", address=ADDRESS)
    visitor.post(link_in(letters(site, mailbox)[0], "email/"))
    assert visitor.post("/account/email/removal").status_code == 303
    assert visitor.get("/shoots/1/sources/new").status_code == 303
    with site.app_context():
        user = find_user(db.session, "Ingrid")
        assert user is not None
        assert (user.email, user.email_key, user.pending_email) == (None, None, None)


@SQLITE
def test_who_signs_up_is_led_to_the_address(mailing_app: Flask) -> None:
    visitor = Visitor(mailing_app)
    answer = visitor.post("/sign-up", name="Kari", password=PASSWORD)
    assert answer.headers["Location"] == "/account/email"


@SQLITE
def test_without_a_mail_server_nobody_is_asked(app: Flask) -> None:
    visitor = Visitor(app)
    assert visitor.post("/sign-up", name="Kari", password=PASSWORD).headers["Location"] == "/account"
    assert visitor.get("/account/tokens").status_code == 200
    assert "This site sends no mail" in seen(visitor.get("/account/email"))
