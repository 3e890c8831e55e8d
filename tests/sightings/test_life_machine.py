"""Whatever senders and moderators do, in any order: one decision each, evidence for each shoot."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import create_engine, func, select, update
from sqlalchemy.orm import Session

from tests.cast import PASSWORD, film, moderator, owner, stranger
from tests.databases import SqliteTemplate
from tracker.accounts.models import Role, User
from tracker.accounts.operations import sign_up
from tracker.foundation.clock import today
from tracker.foundation.database import prepare_sqlite
from tracker.foundation.dates import parse_period
from tracker.foundation.errors import ConflictError, InvalidValueError, NotAllowedError
from tracker.history.models import Revision
from tracker.productions.evidence import Citation
from tracker.productions.models import Shoot
from tracker.sightings.answering import answer
from tracker.sightings.models import Reason, Sighting, State
from tracker.sightings.moderation import accept, merge, reject
from tracker.sightings.operations import SightingDraft, submit, withdraw
from tracker.sightings.states import TAKEN
from tracker.sightings.thread import RemarkKind, thread_of
from tracker.sightings.undoing import undo
from tracker.sources.models import SourceKind

PEOPLE = st.integers(0, 3)
PICKS = st.integers(0, 30)
PLACES = st.sampled_from(["Rauma", "Stranda", "Rome"])
REFUSED = (ConflictError, NotAllowedError, InvalidValueError)


class Life(RuleBasedStateMachine):
    """Two senders and two moderators, who send in as well, and the state that each sighting must have."""

    file: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(self.file, self.folder / "machine.sqlite3")
        self.engine = create_engine(f"sqlite:///{self.folder / 'machine.sqlite3'}")
        prepare_sqlite(self.engine)
        self.session = Session(self.engine)
        # number: state, who decided, hours since; and how often it was answered
        self.known: dict[int, State] = {}
        self.decider: dict[int, int] = {}
        self.age: dict[int, timedelta] = {}
        self.answers: dict[int, int] = {}

    @initialize()
    def begin(self) -> None:
        session = self.session
        ines = sign_up(session, name="Ines", password=PASSWORD, role=Role.MODERATOR)
        self.people: list[User] = [owner(session), stranger(session), moderator(session), ines]
        self.production = film(session)
        session.commit()

    def pick(self, at: int) -> Sighting:
        numbers = sorted(self.known)
        return self.session.get_one(Sighting, numbers[at % len(numbers)])

    @rule(by=PEOPLE, place=PLACES, linked=st.booleans())
    def send(self, by: int, place: str, linked: bool) -> None:
        draft = SightingDraft(
            production_title="A Film",
            production=self.production,
            place_text=place,
            period=parse_period("2020"),
            address=f"https://paper.example/{place}" if linked else "",
        )
        sighting = submit(self.session, draft, by=self.people[by])
        self.session.commit()
        self.known[sighting.id] = State.PENDING
        self.answers[sighting.id] = 0

    @precondition(lambda self: self.known)
    @rule(at=PICKS, by=st.integers(2, 3), to=st.sampled_from([State.ACCEPTED, State.MERGED, State.REJECTED]))
    def decide(self, at: int, by: int, to: State) -> None:
        sighting, user = self.pick(at), self.people[by]
        into = self.session.scalar(select(Shoot).order_by(Shoot.id).limit(1))
        own = sighting.submitted_by_id == user.id
        possible = not own and self.known[sighting.id] is State.PENDING and (to is not State.MERGED or into)
        if to is State.MERGED and into is None:
            return
        number = sighting.id
        try:
            if to is State.ACCEPTED:
                accept(self.session, sighting, by=user, kind=SourceKind.TRADE_PRESS)
            elif to is State.MERGED and into is not None:
                merge(self.session, sighting, into, by=user, kind=SourceKind.TRADE_PRESS)
            else:
                reject(self.session, sighting, by=user, reason=Reason.NO_SOURCE, words="No link.")
            self.session.commit()
        except REFUSED:
            self.session.rollback()
            assert not possible
        else:
            assert possible
            self.known[number], self.decider[number] = to, user.id
            self.age[number] = timedelta()

    @precondition(lambda self: self.known)
    @rule(at=PICKS, by=PEOPLE)
    def take_back(self, at: int, by: int) -> None:
        sighting, user = self.pick(at), self.people[by]
        number = sighting.id
        possible = sighting.submitted_by_id == user.id and self.known[number] is State.PENDING
        try:
            withdraw(self.session, sighting, by=user)
            self.session.commit()
        except REFUSED:
            self.session.rollback()
            assert not possible
        else:
            assert possible
            self.known[number] = State.WITHDRAWN

    @precondition(lambda self: self.known)
    @rule(at=PICKS, by=PEOPLE)
    def answer_back(self, at: int, by: int) -> None:
        sighting, user = self.pick(at), self.people[by]
        number = sighting.id
        in_time = self.known[number] is State.REJECTED and self.age[number] < timedelta(hours=72)
        possible = in_time and sighting.submitted_by_id == user.id
        try:
            answer(self.session, sighting, by=user, words="Look again.", today=today())
            self.session.commit()
        except REFUSED:
            self.session.rollback()
            assert not possible
        else:
            assert possible
            self.known[number] = State.PENDING
            self.answers[number] += 1

    @precondition(lambda self: self.known)
    @rule(at=PICKS, by=PEOPLE)
    def undo_it(self, at: int, by: int) -> None:
        sighting, user = self.pick(at), self.people[by]
        number = sighting.id
        decided = self.known[number] in (*TAKEN, State.REJECTED)
        in_time = decided and self.age[number] < timedelta(seconds=10)
        possible = in_time and self.decider[number] == user.id
        shoot_id = sighting.shoot_id
        try:
            undo(self.session, sighting, by=user)
            self.session.commit()
        except REFUSED:
            self.session.rollback()
            # Also refused: what others have built on would be left without evidence.
            assert not possible or (shoot_id is not None and self._users_of(shoot_id) > 1)
        else:
            assert possible
            self.known[number] = State.PENDING

    @precondition(lambda self: self.known)
    @rule(at=PICKS, hours=st.sampled_from([timedelta(seconds=30), timedelta(hours=70), timedelta(hours=73)]))
    def time_passes(self, at: int, hours: timedelta) -> None:
        sighting = self.pick(at)
        if sighting.decided_at is None:
            return
        number, earlier = sighting.id, sighting.decided_at - hours
        self.session.execute(update(Sighting).where(Sighting.id == number).values(decided_at=earlier))
        self.session.commit()
        self.age[number] = self.age.get(number, timedelta()) + hours

    def _users_of(self, shoot_id: int) -> int:
        rows = self.session.scalars(select(Sighting.id).where(Sighting.shoot_id == shoot_id))
        return len(rows.all())

    @invariant()
    def each_is_as_the_model_has_it(self) -> None:
        for one in self.session.scalars(select(Sighting)):
            assert one.state is self.known[one.id]
            assert (one.decided_at is None) is (one.state is State.PENDING)
            assert (one.shoot_id is not None) is (one.state in TAKEN)
            if one.state is not State.WITHDRAWN:
                assert one.decided_by_id != one.submitted_by_id
            kinds = [said.kind for said in thread_of(self.session, one.id, with_notes=True)]
            assert kinds == [RemarkKind.TURNED_DOWN, RemarkKind.ANSWER] * self.answers[one.id]

    @invariant()
    def no_shoot_stands_without_a_source(self) -> None:
        bare = (
            select(func.count(Shoot.id))
            .outerjoin(Citation, Citation.shoot_id == Shoot.id)
            .where(Citation.id.is_(None))
        )
        assert self.session.scalar(bare) == 0

    @invariant()
    def each_decision_is_in_the_history(self) -> None:
        for number, state in self.known.items():
            last = self.session.scalars(
                select(Revision)
                .where(Revision.table_name == "sighting", Revision.row_id == number)
                .order_by(Revision.id.desc())
            )
            told = next(r.after["state"] for r in last if r.after and "state" in r.after)
            assert told == state.value

    def teardown(self) -> None:
        self.session.close()
        self.engine.dispose()
        shutil.rmtree(self.folder)


def test_any_order_of_sending_deciding_answering_and_undoing(sqlite_template: SqliteTemplate) -> None:
    with tempfile.TemporaryDirectory() as folder, sqlite_template.copy(Path(folder)) as url:
        machine = type("OnThisDatabase", (Life,), {"file": Path(url.removeprefix("sqlite:///"))})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=15,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow],
            ),
        )
