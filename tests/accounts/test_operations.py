"""Names, passwords, roles and suspension, below any door."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.cast import PASSWORD, owner
from tracker.accounts.models import Role
from tracker.accounts.operations import authenticate, check_name, find_user, sign_up
from tracker.accounts.passwords import check_password, hash_password
from tracker.accounts.permissions import Permission, may
from tracker.accounts.standing import set_role, suspend
from tracker.foundation.errors import InvalidValueError

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Kari", "Kari"),
        ("  Kari   Nordmann ", "Kari Nordmann"),
        ("O'Brien-Smith_2", "O'Brien-Smith_2"),
        ("Åse", "Åse"),
        ("A\u030ase", "Åse"),
        ("李小龍", "李小龍"),
    ],
)
def test_a_name_is_kept_without_what_cannot_be_seen(typed: str, kept: str) -> None:
    assert check_name(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "x",
        "x" * 41,
        "\u202e\u200b",
        "Ka\u200bri",
        "Kari\u202e",
        "In\u00adgrid",
        "-Kari",
        "K\nari" * 9,
        "Kari/..",
        "@kari",
    ],
)
def test_what_cannot_be_a_name_is_refused(typed: str) -> None:
    with pytest.raises(InvalidValueError, match="user name"):
        check_name(typed)


def test_names_that_look_alike_are_one_name(session: Session) -> None:
    ingrid = owner(session)
    session.commit()
    for alike in ("ingrid", "ÍNGRID", "Ｉｎｇｒｉｄ", "Ingrid."):
        assert find_user(session, alike) is ingrid
        with pytest.raises(InvalidValueError, match="is taken, or looks like one that is"):
            sign_up(session, name=alike, password=PASSWORD)
    assert sign_up(session, name="Ingrid 2", password=PASSWORD).id != ingrid.id


@SQLITE
def test_only_the_right_password_is_let_in_also_of_somebody_who_is_suspended(session: Session) -> None:
    ingrid = owner(session)
    assert authenticate(session, name="INGRID", password=PASSWORD) is ingrid
    assert authenticate(session, name="Ingrid", password=PASSWORD + " ") is None
    assert authenticate(session, name="Ingrid", password="") is None
    assert authenticate(session, name="Nobody", password=PASSWORD) is None
    suspend(session, ingrid)
    assert authenticate(session, name="Ingrid", password=PASSWORD) is ingrid


@pytest.mark.parametrize(
    "name", ["Former contributor", "FORMER  contributor", "The installation", "Shot-Here"]
)
def test_a_name_that_speaks_for_the_site_is_nobodys(name: str) -> None:
    with pytest.raises(InvalidValueError, match="is kept for the site itself"):
        check_name(name)


def test_two_hashes_of_one_password_differ_and_both_fit() -> None:
    first, second = hash_password(PASSWORD), hash_password(PASSWORD)
    assert first != second
    assert check_password(PASSWORD, first)
    assert check_password(PASSWORD, second)
    assert not check_password(PASSWORD, None)
    assert not check_password(PASSWORD, "no hash at all")


@SQLITE
def test_a_new_role_and_a_suspension_each_end_the_open_sessions(session: Session) -> None:
    ingrid = owner(session)
    keys = [ingrid.session_key]
    set_role(session, ingrid, Role.MODERATOR)
    keys.append(ingrid.session_key)
    suspend(session, ingrid)
    keys.append(ingrid.session_key)
    assert len(set(keys)) == 3


@SQLITE
def test_permissions_by_role_are_exactly_these(session: Session) -> None:
    everyone = {Permission.READ, Permission.SIGN_IN, Permission.TELL}
    suspended = everyone | {Permission.OWN_DATA}
    contributor = suspended | {
        Permission.OWN_ACCOUNT,
        Permission.SUBMIT,
        Permission.ANSWER,
        Permission.EDIT,
        Permission.CITE,
    }
    moderator = contributor | {
        Permission.MODERATE,
        Permission.REMOVE,
        Permission.OPEN_PLACE,
        Permission.IMPORT,
        Permission.MERGE,
        Permission.REVERT,
    }
    admin = moderator | {Permission.REDACT, Permission.MANAGE_ACCOUNTS}
    ingrid = owner(session)
    allowed = {}
    for role in Role:
        ingrid.role = role
        allowed[role] = {permission for permission in Permission if may(ingrid, permission)}
    assert allowed == {Role.CONTRIBUTOR: contributor, Role.MODERATOR: moderator, Role.ADMIN: admin}
    assert {permission for permission in Permission if may(None, permission)} == everyone
    ingrid.role = Role.CONTRIBUTOR
    suspend(session, ingrid)
    assert {permission for permission in Permission if may(ingrid, permission)} == suspended
