"""The history: nothing is written without it, and it says what was before and after."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import latest_changes
from tracker.accounts.operations import sign_up
from tracker.history.models import Action, ChangeSubject, Revision
from tracker.history.queries import public_changes
from tracker.history.recording import UnrecordedWriteError, change
from tracker.productions.models import Title, TitleKind
from tracker.productions.operations import add_production, add_title


def test_a_recorded_row_cannot_be_written_outside_a_change(session: Session) -> None:
    with pytest.raises(UnrecordedWriteError, match="Production is written outside a change"):
        add_production(session, title="Inception", year=2010)


def test_a_change_keeps_each_row_before_and_after_and_says_what_it_is_about(session: Session) -> None:
    user = sign_up(session, name="Ingrid", password="a long enough one")
    with change(session, by=user, comment="Add Inception"):
        production = add_production(session, title="Inception", year=2009)
    with change(session, by=user, comment="Correct the year"):
        production.year = 2010
    later, first = latest_changes(session)
    assert (later.comment, later.author.name if later.author else None) == ("Correct the year", "Ingrid")
    (revision,) = later.revisions
    assert (revision.table_name, revision.row_id, revision.action, revision.before, revision.after) == (
        "production",
        production.id,
        Action.CHANGED,
        {"year": 2009},
        {"year": 2010},
    )
    assert {r.table_name for r in first.revisions} == {"production", "title"}
    assert [c.comment for c in public_changes(session, about=("production", production.id))] == [
        "Correct the year",
        "Add Inception",
    ]
    assert public_changes(session, about=("production", production.id + 1)) == []


def test_a_removed_row_stays_in_the_history_whole(session: Session) -> None:
    with change(session, by=None, comment="Add"):
        production = add_production(session, title="Inception", year=2010)
        add_title(session, production, "Oliver’s Arrow", kind=TitleKind.WORKING)
    title = session.scalars(select(Title).where(Title.kind == TitleKind.WORKING)).one()
    with change(session, by=None, comment="Remove the working title"):
        session.delete(title)
    revision = session.scalars(select(Revision).where(Revision.action == Action.REMOVED)).one()
    assert revision.after is None
    assert revision.before is not None
    assert (revision.before["text"], revision.before["kind"]) == ("Oliver’s Arrow", "working")


def test_writing_the_same_value_again_is_no_revision(session: Session) -> None:
    with change(session, by=None, comment="Add"):
        production = add_production(session, title="Inception", year=2010)
    with change(session, by=None, comment="Nothing"):
        production.title = "Inception"
        session.flush()
    assert latest_changes(session)[0].revisions == []


def test_changes_inside_a_change_are_one(session: Session) -> None:
    with (
        change(session, by=None, comment="Outer") as outer,
        change(session, by=None, comment="Inner") as inner,
    ):
        assert inner is outer
        add_production(session, title="Inception")
    assert [c.comment for c in latest_changes(session)] == ["Outer"]
    assert {(s.kind) for s in session.scalars(select(ChangeSubject))} == {"production"}
