"""Deleting an account: facts stay under no name, the person is gone from every table."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import PASSWORD, moderator, owner, stranger
from tracker.accounts.models import FORMER, Role
from tracker.accounts.operations import authenticate, find_user, sign_up
from tracker.accounts.tokens import ApiToken, Scope, make_token
from tracker.foundation.database import Base
from tracker.foundation.dates import parse_period
from tracker.foundation.errors import ConflictError, InvalidValueError
from tracker.history.models import Change
from tracker.history.recording import change
from tracker.mail.outbox import Letter, OutgoingLetter, post
from tracker.people.holdings import HOLDINGS
from tracker.people.leaving import delete_account
from tracker.places.models import Place
from tracker.productions.models import Production
from tracker.productions.operations import add_production
from tracker.sightings.models import Reason, Sighting, State
from tracker.sightings.moderation import accept, reject
from tracker.sightings.operations import SightingDraft, submit
from tracker.sources.models import SourceKind
from tracker.tables import metadata
from tracker.watching.models import Telling, Watch
from tracker.watching.operations import new_feed, watch

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


def send_in(session: Session, title: str, where: str) -> Sighting:
    draft = SightingDraft(
        production_title=title, place_text=where, period=parse_period("2020"), note=f"Seen in {where}"
    )
    ingrid = find_user(session, "Ingrid")
    assert ingrid is not None
    return submit(session, draft, by=ingrid)


def everything(session: Session) -> str:
    """Answer all that the database holds, as text."""
    return "\n".join(
        repr(row) for table in metadata.sorted_tables for row in session.execute(select(table)).all()
    )


def test_every_table_that_names_a_user_says_what_becomes_of_it() -> None:
    naming = {
        (table.name, key.parent.name)
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "user_account"
    }
    listed = {(holding.table.name, holding.column) for holding in HOLDINGS} - {("user_account", "id")}
    assert naming == listed, "add what is new to HOLDINGS in tracker/people/holdings.py"


def test_the_record_keeps_the_facts_and_loses_the_person(session: Session) -> None:
    ingrid, solveig = owner(session), moderator(session)
    ingrid.email, ingrid.email_key = "ingrid@example.org", "ingrid@example.org"
    taken = send_in(session, "A Film", "Rauma")
    stop = accept(session, taken, by=solveig, kind=SourceKind.EYEWITNESS_MEDIA)
    refused, waiting = send_in(session, "A Film", "Ann Lee's house"), send_in(session, "A Film", "Secret Bay")
    reject(session, refused, by=solveig, reason=Reason.SOMEONES_HOME, words="A home.")
    with change(session, by=ingrid, comment="Add another"):
        another = add_production(session, title="Another", year=2021)
    watch(session, ingrid, another)
    new_feed(session, ingrid)
    make_token(session, ingrid, name="Phone", scopes=[Scope.CITE])
    post(session, ingrid, Letter("Hello", "Hello Ingrid"), to="ingrid@example.org")
    with change(session, by=solveig, comment="Revert of all changes by Ingrid: spam"):
        add_production(session, title="Third", year=2021)
    session.commit()

    delete_account(session, ingrid, password=PASSWORD)
    session.commit()
    session.expire_all()
    held = everything(session)
    for word in ("Ingrid", "ingrid@", "Ann Lee", "Secret Bay", "Phone", "argon2id$v=19$m=8,t=1,p=1$x"):
        assert word not in held, word
    assert session.get_one(type(stop), stop.id).place_id == stop.place_id
    assert session.get_one(Production, another.id).title == "Another"
    assert waiting.state is State.WITHDRAWN
    assert {made.comment for made in session.scalars(select(Change))} >= {
        "Add another",
        "Revert of all changes by a former contributor: spam",
    }
    for gone in (ApiToken, Watch, Telling, OutgoingLetter):
        assert session.scalars(select(gone)).all() == []
    assert (ingrid.name, ingrid.role) == (FORMER, Role.CONTRIBUTOR)
    assert session.scalars(select(Place.name)).all() == ["Rauma"]


def test_the_name_is_nobodys_any_more(session: Session) -> None:
    delete_account(session, owner(session), password=PASSWORD)
    assert find_user(session, "Ingrid") is None
    assert find_user(session, FORMER) is None
    assert authenticate(session, name="Ingrid", password=PASSWORD) is None
    with pytest.raises(InvalidValueError, match="is taken, or looks like one that is"):
        sign_up(session, name="ÍNGRID", password=PASSWORD)


def test_two_who_left_are_two_rows(session: Session) -> None:
    for user in (owner(session), stranger(session)):
        delete_account(session, user, password=PASSWORD)
        assert user.name == FORMER


@SQLITE
def test_a_wrong_password_and_the_last_admin_delete_nothing(session: Session) -> None:
    ingrid = owner(session)
    with pytest.raises(InvalidValueError, match="Nothing is deleted"):
        delete_account(session, ingrid, password="a guess")
    boss = sign_up(session, name="Admin", password=PASSWORD, role=Role.ADMIN)
    with pytest.raises(ConflictError, match="Admin is the only admin"):
        delete_account(session, boss, password=PASSWORD)
    assert (ingrid.name, boss.name, boss.deleted_at) == ("Ingrid", "Admin", None)
    assert issubclass(type(boss), Base)
