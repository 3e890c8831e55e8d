"""Reverting: a new change that brings back what was, without touching what others wrote later."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.cast import FilmCase, film_case, latest_changes, moderator, owner, place, stranger
from tests.places.recount import recounted, stored
from tracker.accounts.models import User
from tracker.foundation.geo import Point
from tracker.history.models import Change
from tracker.history.recording import change
from tracker.history.reverting import Outcome, State
from tracker.places.models import Place, Privacy
from tracker.productions.evidence import Citation, Manner
from tracker.productions.models import Grade, Production, Shoot, Status, Title, TitleKind
from tracker.productions.operations import CitationDraft, add_production, add_title, cite
from tracker.productions.reverting import revert_changes
from tracker.sources.models import Source, SourceKind
from tracker.sources.operations import SourceDraft, find_or_add_source

Edit = Callable[..., Change]


@pytest.fixture
def case(session: Session) -> FilmCase:
    return film_case(session)


@pytest.fixture
def solveig(session: Session) -> User:
    return moderator(session)


def edited(session: Session, row: object, by: User, **fields: object) -> Change:
    with change(session, by=by, comment="Edit") as opened:
        for name, value in fields.items():
            setattr(row, name, value)
    return opened


def undo(session: Session, by: User, *changes: Change) -> Outcome:
    outcome = revert_changes(session, changes, by=by, comment="Revert")
    session.expire_all()
    return outcome


def states(outcome: Outcome) -> list[State]:
    return [step.state for step in outcome.steps]


def test_a_revert_is_a_new_change_by_its_author_and_the_old_one_stays(
    session: Session, case: FilmCase, solveig: User
) -> None:
    shoot = case.shoots["Rauma"]
    wrong = edited(session, shoot, owner(session), scene="Aliens", story_place="Mars")
    outcome = undo(session, solveig, wrong)
    assert (shoot.scene, shoot.story_place) == ("", "")
    assert (outcome.wrote, outcome.left) == (1, 0)
    newest, before, *_ = latest_changes(session)
    assert (newest.id, newest.author, before.id) == (outcome.change.id, solveig, wrong.id)
    (revision,) = newest.revisions
    assert revision.before == {"scene": "Aliens", "story_place": "Mars"}
    assert states(undo(session, solveig, outcome.change)) == [State.UNDONE]
    assert shoot.scene == "Aliens"


def test_what_somebody_else_wrote_later_stays_field_by_field(
    session: Session, case: FilmCase, solveig: User
) -> None:
    shoot = case.shoots["Rauma"]
    wrong = edited(session, shoot, owner(session), scene="Aliens", story_place="Mars")
    edited(session, shoot, stranger(session), scene="The train")
    outcome = undo(session, solveig, wrong)
    assert states(outcome) == [State.PARTLY]
    assert outcome.steps[0].left == {"scene"}
    assert (shoot.scene, shoot.story_place) == ("The train", "")


def test_all_changes_of_one_user_are_undone_newest_first(
    session: Session, case: FilmCase, solveig: User
) -> None:
    shoot, other = case.shoots["Rauma"], case.shoots["Stranda"]
    vandal, helper = owner(session), stranger(session)
    changes = [edited(session, shoot, vandal, scene=words) for words in ("one", "two", "three")]
    changes.append(edited(session, other, vandal, scene="four", note="five"))
    edited(session, other, helper, note="The municipality is thanked.")
    outcome = undo(session, solveig, *changes)
    assert (shoot.scene, other.scene, other.note) == ("", "", "The municipality is thanked.")
    assert (outcome.wrote, outcome.left) == (4, 1)


def test_undoing_twice_writes_nothing(session: Session, case: FilmCase, solveig: User) -> None:
    wrong = edited(session, case.shoots["Rauma"], owner(session), scene="Aliens")
    undo(session, solveig, wrong)
    again = undo(session, solveig, wrong)
    assert (states(again), again.wrote) == ([State.ALREADY], 0)


def test_added_rows_go_with_what_was_added_to_them(session: Session, solveig: User) -> None:
    with change(session, by=owner(session), comment="A film that does not exist") as wrong:
        production = add_production(session, title="Nonsense", year=2020)
        add_title(session, production, "More nonsense", kind=TitleKind.ALIAS)
    outcome = undo(session, solveig, wrong)
    assert set(states(outcome)) == {State.UNDONE}
    assert session.scalar(select(func.count()).select_from(Production)) == 0
    assert session.scalar(select(func.count()).select_from(Title)) == 0


def test_a_row_that_others_build_on_stays_and_says_why(
    session: Session, case: FilmCase, solveig: User
) -> None:
    with change(session, by=owner(session), comment="A source") as wrong:
        report = find_or_add_source(session, SourceDraft(kind=SourceKind.BOOK, title="A book"))
    with change(session, by=stranger(session), comment="Cite it"):
        cite(session, case.shoots["Rauma"], report, CitationDraft())
    (step,) = undo(session, solveig, wrong).steps
    assert (step.state, step.why) == (State.LEFT, "it is still used by a citation")
    assert session.get(Source, report.id) is not None


def test_an_added_row_that_somebody_corrected_stays(session: Session, solveig: User) -> None:
    with change(session, by=owner(session), comment="A source") as wrong:
        report = find_or_add_source(session, SourceDraft(kind=SourceKind.BOOK, title="A boook"))
    edited(session, report, stranger(session), title="A book")
    (step,) = undo(session, solveig, wrong).steps
    assert (step.state, step.why) == (State.LEFT, "changed again since")


def test_a_removed_row_comes_back_with_its_number(session: Session, case: FilmCase, solveig: User) -> None:
    title = session.scalars(select(Title).where(Title.text == "Libra")).one()
    number = title.id
    with change(session, by=owner(session), comment="Remove") as wrong:
        session.delete(title)
    undo(session, solveig, wrong)
    back = session.get_one(Title, number)
    assert (back.text, back.key, back.slug, back.kind, back.production_id) == (
        "Libra",
        "libra",
        "libra",
        TitleKind.WORKING,
        case.production.id,
    )


def test_grade_dates_and_status_follow_the_citations_that_come_and_go(
    session: Session, case: FilmCase, solveig: User
) -> None:
    shoot = case.shoots["Leavesden"]
    assert (shoot.grade, shoot.status) == (Grade.D, Status.WRAPPED)
    before = shoot.period
    with change(session, by=owner(session), comment="Invented") as wrong:
        post = SourceDraft(kind=SourceKind.OFFICIAL_POST, title="No such post")
        period = session.get_one(Shoot, case.shoots["Venice"].id).period
        cite(
            session,
            shoot,
            find_or_add_source(session, post),
            CitationDraft(manner=Manner.STATES, status=Status.CONFIRMED, period=period),
        )
    assert (shoot.grade, shoot.period) == (Grade.A, period)
    outcome = undo(session, solveig, wrong)
    assert outcome.left == 0
    assert (shoot.grade, shoot.status, shoot.period) == (Grade.D, Status.WRAPPED, before)
    assert session.scalar(select(Citation).join(Source).where(Source.title == "No such post")) is None


def test_a_moved_release_and_a_changed_source_are_worked_out_anew(
    session: Session, case: FilmCase, solveig: User
) -> None:
    report = session.scalars(select(Source).where(Source.title == "Report on Leavesden")).one()
    with change(session, by=owner(session), comment="Promote") as wrong:
        report.kind = SourceKind.PRODUCTION_STATEMENT
    undo(session, solveig, wrong)
    assert case.shoots["Leavesden"].grade is Grade.D


def test_a_place_goes_back_with_its_public_point_and_its_cells(session: Session, solveig: User) -> None:
    here = place(session, "Stranda", 62.31, 6.95)
    place(session, "Rauma", 62.57, 7.69)
    with change(session, by=owner(session), comment="Moved to the sea") as wrong:
        added = place(session, "Nowhere", 10.0, 10.0)
        here.name = "Atlantis"
    undo(session, solveig, wrong)
    assert (here.name, here.name_key, here.public_lat) == ("Stranda", "stranda", 62.31)
    assert session.get(Place, added.id) is None
    assert stored(session) == recounted(session)


def test_an_obscured_place_that_goes_back_to_its_point_stays_obscured(
    session: Session, solveig: User
) -> None:
    from tracker.places.privacy import publish  # noqa: PLC0415 - the one test that hides a place

    home = place(session, "A house", 62.31, 6.95)
    with change(session, by=None, comment="Hide"):
        home.privacy = Privacy.OBSCURED
        publish(home)
    wrong = edited(session, home, owner(session), lat=62.5, lon=7.0)
    undo(session, solveig, wrong)
    assert Point(home.lat or 0, home.lon or 0) == Point(62.31, 6.95)
    assert (home.public_lat, home.public_lon) == (62.3, 6.9)


def test_a_revert_shows_no_more_of_a_place_than_before(session: Session, solveig: User) -> None:
    home = place(session, "A house", 62.31, 6.95)
    hidden = edited(session, home, owner(session), privacy=Privacy.PRIVATE)
    outcome = undo(session, solveig, hidden)
    assert home.privacy is Privacy.PRIVATE
    assert [step.why for step in outcome.steps] == [
        "showing more of a place takes two moderators; ask on its edit page"
    ]
