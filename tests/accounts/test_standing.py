"""Suspension and roles, with what is written down of them; there is always an admin left."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.cast import PASSWORD, owner
from tracker.accounts.events import events_of, why_suspended
from tracker.accounts.models import Role, User
from tracker.accounts.operations import sign_up
from tracker.accounts.standing import reinstate, set_role, suspend
from tracker.foundation.errors import ConflictError, InvalidValueError

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


def admin(session: Session, name: str = "Admin") -> User:
    return sign_up(session, name=name, password=PASSWORD, role=Role.ADMIN)


def test_each_deed_is_written_down_with_who_and_why(session: Session) -> None:
    ingrid, boss = owner(session), admin(session)
    suspend(session, ingrid, by=boss, reason="Adds homes.")
    assert why_suspended(session, ingrid) == "Adds homes."
    reinstate(session, ingrid, by=boss, reason="Talked it over.")
    assert why_suspended(session, ingrid) == ""
    set_role(session, ingrid, Role.MODERATOR)
    told = [(e.deed.words, e.by.name if e.by else None, e.words) for e in events_of(session, ingrid.id)]
    assert told == [
        ("Role changed", None, "from contributor to moderator"),
        ("Reinstated", "Admin", "Talked it over."),
        ("Suspended", "Admin", "Adds homes."),
    ]


@SQLITE
def test_an_admin_gives_a_reason_and_never_suspends_himself(session: Session) -> None:
    ingrid, boss = owner(session), admin(session)
    with pytest.raises(InvalidValueError, match="Say in a sentence why"):
        suspend(session, ingrid, by=boss, reason="  ")
    with pytest.raises(InvalidValueError, match="Nobody suspends himself"):
        suspend(session, boss, by=boss, reason="Tired.")
    suspend(session, ingrid, by=boss, reason="Adds homes.")
    with pytest.raises(ConflictError, match="is suspended already"):
        suspend(session, ingrid, by=boss, reason="Adds homes.")


def test_the_only_admin_keeps_role_and_standing(session: Session) -> None:
    boss = admin(session)
    with pytest.raises(ConflictError, match="is the only admin"):
        suspend(session, boss)
    with pytest.raises(ConflictError, match="is the only admin"):
        set_role(session, boss, Role.CONTRIBUTOR)
    other = admin(session, "Other")
    suspend(session, other)
    # One who is suspended is no admin to rely on.
    with pytest.raises(ConflictError, match="is the only admin"):
        set_role(session, boss, Role.CONTRIBUTOR)
    reinstate(session, other)
    set_role(session, boss, Role.CONTRIBUTOR)
