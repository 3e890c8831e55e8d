"""New passwords by a link: once, in time, and not after anything else changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.cast import PASSWORD, owner, stranger
from tracker.accounts.events import Deed, events_of
from tracker.accounts.operations import authenticate
from tracker.accounts.resets import (
    account_to_mail,
    change_password,
    reset_link,
    reset_password,
    user_to_reset,
)
from tracker.accounts.standing import end_sessions
from tracker.foundation.clock import now
from tracker.foundation.errors import InvalidValueError, NotFoundError

KEY = "a key of this installation"
NEW = "another roof in Norway"
SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


def test_a_link_sets_a_password_once_and_ends_all_sessions(session: Session) -> None:
    ingrid = owner(session)
    before, signed = ingrid.session_key, reset_link(ingrid, key=KEY)
    assert reset_password(session, signed, NEW, key=KEY) is ingrid
    assert ingrid.session_key != before
    assert authenticate(session, name="Ingrid", password=PASSWORD) is None
    assert authenticate(session, name="Ingrid", password=NEW) is ingrid
    with pytest.raises(NotFoundError, match="does not work any more"):
        reset_password(session, signed, PASSWORD, key=KEY)
    assert [event.deed for event in events_of(session, ingrid.id)] == [Deed.PASSWORD]


@SQLITE
def test_a_link_ends_with_its_hour_a_changed_password_and_signing_out_everywhere(session: Session) -> None:
    ingrid = owner(session)
    signed = reset_link(ingrid, key=KEY)
    with pytest.raises(NotFoundError):
        user_to_reset(session, signed, key=KEY, at=now() + timedelta(minutes=61))
    end_sessions(session, ingrid)
    with pytest.raises(NotFoundError):
        user_to_reset(session, signed, key=KEY)
    signed = reset_link(ingrid, key=KEY)
    change_password(session, ingrid, old=PASSWORD, new=NEW)
    with pytest.raises(NotFoundError):
        user_to_reset(session, signed, key=KEY)


@SQLITE
def test_a_link_of_one_is_no_link_of_another(session: Session) -> None:
    ingrid, marcello = owner(session), stranger(session)
    signed = reset_link(ingrid, key=KEY)
    with pytest.raises(NotFoundError):
        user_to_reset(session, signed.replace(f"{ingrid.id}-", f"{marcello.id}-", 1), key=KEY)


@SQLITE
def test_a_password_is_changed_only_by_whoever_knows_it(session: Session) -> None:
    ingrid = owner(session)
    with pytest.raises(InvalidValueError, match="not your present password"):
        change_password(session, ingrid, old="a guess", new=NEW)
    with pytest.raises(InvalidValueError, match="at least 10"):
        change_password(session, ingrid, old=PASSWORD, new="short")
    assert authenticate(session, name="Ingrid", password=PASSWORD) is ingrid


@SQLITE
def test_a_mail_goes_only_to_a_confirmed_address_by_name_or_by_address(session: Session) -> None:
    ingrid = owner(session)
    ingrid.pending_email = "ingrid@example.org"
    assert account_to_mail(session, "Ingrid") is None
    assert account_to_mail(session, "ingrid@example.org") is None
    ingrid.email, ingrid.email_key = "Ingrid@Example.org", "ingrid@example.org"
    assert account_to_mail(session, " INGRID@example.org ") is ingrid
    assert account_to_mail(session, "ingrid") is ingrid
    assert account_to_mail(session, "Nobody") is None
