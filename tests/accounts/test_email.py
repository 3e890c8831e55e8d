"""An address is used only once its owner has followed the link."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.cast import owner, stranger
from tracker.accounts.email import ask_for_email, check_email, confirm_email, user_to_confirm
from tracker.foundation.clock import now
from tracker.foundation.errors import ConflictError, InvalidValueError, NotFoundError

KEY = "a key of this installation"
SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ingrid",
        "@example.org",
        "a@b",
        "a b@example.org",
        "a@example.org, b@example.org",
        "a@example.org\nBcc: x@y.z",
        "<a@example.org>",
        "ä@example.org",
        "a@" + "x" * 250 + ".org",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="This is no e-mail address"):
        check_email(text)


def test_a_link_takes_an_address_into_use_once(session: Session) -> None:
    ingrid = owner(session)
    signed = ask_for_email(session, ingrid, " Ingrid@example.org ", key=KEY)
    assert (ingrid.email, ingrid.pending_email) == (None, "Ingrid@example.org")
    assert confirm_email(session, signed, key=KEY) is ingrid
    assert (ingrid.email, ingrid.email_key, ingrid.pending_email) == (
        "Ingrid@example.org",
        "ingrid@example.org",
        None,
    )
    with pytest.raises(NotFoundError, match="does not work any more"):
        confirm_email(session, signed, key=KEY)


@SQLITE
def test_a_newer_address_ends_the_link_of_an_older_one(session: Session) -> None:
    ingrid = owner(session)
    old = ask_for_email(session, ingrid, "old@example.org", key=KEY)
    new = ask_for_email(session, ingrid, "new@example.org", key=KEY)
    with pytest.raises(NotFoundError):
        user_to_confirm(session, old, key=KEY)
    with pytest.raises(NotFoundError):
        user_to_confirm(session, new, key=KEY, at=now() + timedelta(hours=25))
    confirm_email(session, new, key=KEY)
    assert ingrid.email == "new@example.org"


def test_one_address_is_of_one_account_whatever_its_capitals(session: Session) -> None:
    ingrid, marcello = owner(session), stranger(session)
    confirm_email(session, ask_for_email(session, ingrid, "film@example.org", key=KEY), key=KEY)
    signed = ask_for_email(session, marcello, "FILM@example.org", key=KEY)
    with pytest.raises(ConflictError, match="Another account has confirmed this address"):
        confirm_email(session, signed, key=KEY)
    assert marcello.email is None
