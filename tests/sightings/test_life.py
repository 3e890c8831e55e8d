"""The life of a sighting: sent in, decided once, by somebody else."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.cast import PASSWORD, film_case, moderator, owner, stranger
from tracker.accounts.models import Role, User
from tracker.accounts.operations import sign_up
from tracker.foundation.database import begin_writing
from tracker.foundation.dates import parse_period
from tracker.foundation.errors import ConflictError, InvalidValueError, NotAllowedError
from tracker.history.recording import change
from tracker.productions.models import Shoot
from tracker.productions.operations import add_production
from tracker.sightings.desk import waiting_page
from tracker.sightings.models import Reason, Sighting, State
from tracker.sightings.moderation import accept, merge, reject
from tracker.sightings.operations import SightingDraft, submit, withdraw
from tracker.sightings.queries import place_in_queue, sent_by
from tracker.sources.models import SourceKind

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
PRESS = SourceKind.TRADE_PRESS


def send(session: Session, by: User, place: str = "Åndalsnes", when: str = "2020") -> Sighting:
    draft = SightingDraft(production_title="A Film", place_text=place, period=parse_period(when))
    sighting = submit(session, draft, by=by)
    session.commit()
    return sighting


def test_the_queue_is_in_the_order_of_sending(session: Session) -> None:
    ingrid, marcello = owner(session), stranger(session)
    first, second, third = (send(session, by) for by in (ingrid, marcello, ingrid))
    assert [one.id for one in waiting_page(session)] == [first.id, second.id, third.id]
    assert [place_in_queue(session, sighting) for sighting in (first, second, third)] == [1, 2, 3]
    withdraw(session, first, by=ingrid)
    session.commit()
    assert place_in_queue(session, third) == 2
    assert [sighting.id for sighting in sent_by(session, ingrid.id)] == [third.id, first.id]


@SQLITE
@pytest.mark.parametrize(("title", "place"), [("", "Rome"), ("A Film", " \u200b ")])
def test_a_sighting_without_film_or_place_is_refused(session: Session, title: str, place: str) -> None:
    draft = SightingDraft(production_title=title, place_text=place, period=parse_period("2020"))
    with pytest.raises(InvalidValueError, match="Say w"):
        submit(session, draft, by=owner(session))
    session.rollback()
    assert session.scalar(select(func.count(Sighting.id))) == 0


@SQLITE
def test_what_is_decided_stays_decided(session: Session) -> None:
    ingrid, solveig = owner(session), moderator(session)
    sighting = send(session, ingrid)
    reject(session, sighting, by=solveig, reason=Reason.NO_SOURCE, words="Where did you read it?")
    session.commit()
    again: list[Callable[[], object]] = [
        lambda: accept(session, sighting, by=solveig, kind=PRESS),
        lambda: reject(session, sighting, by=solveig, reason=Reason.CANNOT_BE, words="Once more."),
        lambda: withdraw(session, sighting, by=ingrid),
    ]
    for act in again:
        with pytest.raises(ConflictError, match="rejected already; the first decision counts"):
            act()
        session.rollback()
        assert (sighting.state, sighting.reason) == (State.REJECTED, Reason.NO_SOURCE)
    assert session.scalar(select(func.count(Shoot.id))) == 0


@SQLITE
def test_nobody_decides_about_ones_own_and_nobody_withdraws_anothers(session: Session) -> None:
    ingrid, solveig = owner(session), moderator(session)
    hers = send(session, solveig)
    with pytest.raises(NotAllowedError, match="This sighting is yours"):
        accept(session, hers, by=solveig, kind=PRESS)
    session.rollback()
    with pytest.raises(NotAllowedError, match="Only its sender"):
        withdraw(session, hers, by=ingrid)
    session.rollback()
    assert hers.state is State.PENDING


@SQLITE
def test_a_sighting_of_one_film_is_not_merged_into_anothers_shoot(session: Session) -> None:
    solveig, ingrid = moderator(session), owner(session)
    case = film_case(session)
    with change(session, by=None, comment="Add another film"):
        other = add_production(session, title="A Film")
    draft = SightingDraft(
        production_title="A Film", production=other, place_text="Rome", period=parse_period("2020")
    )
    sighting = submit(session, draft, by=ingrid)
    with pytest.raises(InvalidValueError, match="belongs to another production"):
        merge(session, sighting, case.shoots["Rome"], by=solveig, kind=PRESS)


@SQLITE
def test_turning_down_takes_words(session: Session) -> None:
    solveig = moderator(session)
    sighting = send(session, owner(session))
    with pytest.raises(InvalidValueError, match="Say in a sentence why"):
        reject(session, sighting, by=solveig, reason=Reason.NO_SOURCE, words=" \u202e ")
    session.rollback()
    assert sighting.state is State.PENDING


def test_of_eight_sessions_that_accept_at_once_one_wins_and_seven_are_told(
    session: Session, database: Engine
) -> None:
    ingrid = owner(session)
    moderators = [
        sign_up(session, name=f"Moderator {n}", password=PASSWORD, role=Role.MODERATOR).id for n in range(8)
    ]
    session.commit()
    for _ in range(3):
        number = send(session, ingrid).id
        session.rollback()  # what it has read would be stale for the next round

        def decide(moderator_id: int, number: int = number) -> str:
            with Session(database) as own:
                begin_writing(own)
                # Held as a door holds it: on PostgreSQL the others wait here, on SQLite one line above.
                sighting = own.get(Sighting, number, with_for_update=True)
                user = own.get(User, moderator_id)
                assert sighting is not None
                assert user is not None
                try:
                    reject(own, sighting, by=user, reason=Reason.NO_SOURCE, words="No link.")
                    own.commit()
                except ConflictError as error:
                    return str(error)
                return "won"

        with ThreadPoolExecutor(8) as pool:
            told = sorted(pool.map(decide, moderators))
        assert told.count("won") == 1
        assert all("the first decision counts" in words for words in told if words != "won")


@pytest.mark.postgresql
@pytest.mark.parametrize("engine_url", ["postgresql"], indirect=True)
def test_a_decision_on_what_was_decided_since_it_was_read_is_refused(
    session: Session, database: Engine
) -> None:
    """Without a row lock both read it as waiting; the version column tells the second one."""
    solveig = moderator(session)
    number = send(session, owner(session)).id
    with Session(database) as slow, Session(database) as quick:
        read = slow.get(Sighting, number)
        late = slow.get(User, solveig.id)
        assert read is not None
        assert late is not None
        faster, quicker = quick.get(Sighting, number), quick.get(User, solveig.id)
        assert faster is not None
        assert quicker is not None
        reject(quick, faster, by=quicker, reason=Reason.NO_SOURCE, words="No link.")
        quick.commit()
        with pytest.raises(ConflictError, match=f"sighting {number} a moment ago"):
            reject(slow, read, by=late, reason=Reason.NOT_FILMING, words="A fair.")
