"""Changes of orders, decisions and partners go back and are redacted like any others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import FilmCase, film_case, moderator, owner
from tests.history.test_reverting import undo
from tracker.accounts.models import User
from tracker.history.models import Change, Revision
from tracker.history.recording import change
from tracker.productions.corrections import change_citation, close_orders, remove_citation, settle
from tracker.productions.evidence import Citation, OrderCitation, Relation, Settlement
from tracker.productions.models import Grade, InFilm, Status
from tracker.productions.operations import CitationDraft, cite, cite_order
from tracker.productions.partnering import PartnerDraft, RoleDraft, add_role, find_or_add_partner, remove_role
from tracker.productions.partners import Help, Partner, PartnerKind, PartnerRole
from tracker.productions.questions import Question
from tracker.productions.redacting import redact_change

SECRET = "lives at Storgata 4"


@pytest.fixture
def case(session: Session) -> FilmCase:
    return film_case(session)


@pytest.fixture
def solveig(session: Session) -> User:
    return moderator(session)


def ordered(session: Session, case: FilmCase) -> OrderCitation:
    a, b = case.shoots["Rauma"], case.shoots["Stranda"]
    return cite_order(session, a, Relation.AFTER, b, case.post, words=SECRET)


def settled(session: Session, case: FilmCase) -> Settlement:
    settle(session, case.production, Question.of("start", [1]), reason=SECRET)
    return session.scalars(select(Settlement)).one()


def helped(session: Session, case: FilmCase) -> PartnerRole:
    railway = find_or_add_partner(session, PartnerDraft(name="Raumabanen", kind=PartnerKind.RAILWAY))
    draft = RoleDraft(help=Help.RAILWAY, note=SECRET)
    return add_role(session, railway, case.production, draft, shoot=case.shoots["Rauma"], source=case.post)


def cited(session: Session, case: FilmCase) -> Citation:
    draft = CitationDraft(quote=SECRET, story_place=SECRET, in_film=InFilm.CUT)
    return cite(session, case.shoots["Leavesden"], case.post, draft)


ADDING = [ordered, settled, helped, cited]
Adding = Callable[[Session, FilmCase], OrderCitation | Settlement | PartnerRole | Citation]


@pytest.mark.parametrize("adding", ADDING)
def test_what_was_added_goes_and_comes_back_with_its_number(
    session: Session, case: FilmCase, solveig: User, adding: Adding
) -> None:
    with change(session, by=owner(session), comment="Add") as wrong:
        row = adding(session, case)
    model, number = type(row), row.id
    assert undo(session, solveig, wrong).left == 0
    assert session.get(model, number) is None
    of_revert = session.scalars(select(Change).order_by(Change.id.desc())).first()
    assert of_revert is not None
    undo(session, solveig, of_revert)
    assert session.get(model, number) is not None


@pytest.mark.parametrize("adding", ADDING)
def test_a_redaction_blanks_the_history_and_where_it_still_stands(
    session: Session, case: FilmCase, solveig: User, adding: Adding
) -> None:
    with change(session, by=owner(session), comment="Add") as told:
        row = adding(session, case)
    revisions = session.scalars(select(Revision).where(Revision.change_id == told.id)).all()
    redact_change(
        session,
        told,
        by=solveig,
        reason="A private address",
        revision_ids=[revision.id for revision in revisions],
        comment_too=False,
        live_too=True,
    )
    session.expire_all()
    assert SECRET not in str([(r.label, r.before, r.after) for r in session.scalars(select(Revision))])
    columns = type(row).__table__.columns
    assert SECRET not in str([getattr(row, column.name) for column in columns])
    if isinstance(row, Citation):
        assert SECRET not in case.shoots["Leavesden"].story_place


def test_a_closed_order_and_a_removed_partner_come_back(
    session: Session, case: FilmCase, solveig: User
) -> None:
    with change(session, by=None, comment="Add"):
        order, role = ordered(session, case), helped(session, case)
    order_id, role_id = order.id, role.id
    with change(session, by=owner(session), comment="Wrong") as wrong:
        close_orders(session, [order], reason="No")
        remove_role(session, role)
    assert undo(session, solveig, wrong).left == 0
    assert session.get_one(OrderCitation, order_id).is_live
    assert session.get_one(PartnerRole, role_id).note == SECRET
    assert session.scalars(select(Partner)).one().name == "Raumabanen"


def test_what_a_source_told_is_forgotten_when_it_is_taken_back(
    session: Session, case: FilmCase, solveig: User
) -> None:
    leavesden = case.shoots["Leavesden"]
    with change(session, by=None, comment="Cite"):
        first = cited(session, case)
    assert (leavesden.story_place, leavesden.in_film) == (SECRET, InFilm.CUT)
    with change(session, by=None, comment="Corrected"):
        change_citation(session, first, CitationDraft(story_place="London", in_film=InFilm.IN_THE_FILM))
    assert (leavesden.story_place, leavesden.in_film) == ("London", InFilm.IN_THE_FILM)
    with change(session, by=owner(session), comment="Removed") as removed:
        remove_citation(session, first)
    assert (leavesden.story_place, leavesden.in_film) == ("", InFilm.UNKNOWN)
    undo(session, solveig, removed)
    assert (leavesden.story_place, leavesden.in_film) == ("London", InFilm.IN_THE_FILM)
    assert (leavesden.grade, leavesden.status) == (Grade.A, Status.WRAPPED)
