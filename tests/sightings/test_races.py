"""Eight moderators decide on one sighting at the same moment, again and again: each time exactly one does."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.cast import PASSWORD, film, owner
from tracker.accounts.models import Role, User
from tracker.accounts.operations import sign_up
from tracker.foundation.database import begin_writing
from tracker.foundation.dates import parse_period
from tracker.foundation.errors import ConflictError
from tracker.productions.evidence import Citation
from tracker.productions.models import Shoot
from tracker.sightings.models import Reason, Sighting, State
from tracker.sightings.moderation import accept, reject
from tracker.sightings.operations import SightingDraft, submit
from tracker.sources.models import SourceKind

ROUNDS, MODERATORS = 100, 8


def test_of_eight_who_decide_at_once_one_wins_in_each_of_a_hundred_rounds(
    session: Session, database: Engine
) -> None:
    sender, production = owner(session), film(session)
    moderators = [
        sign_up(session, name=f"Moderator {n}", password=PASSWORD, role=Role.MODERATOR).id
        for n in range(MODERATORS)
    ]
    drafts = [
        SightingDraft(
            production_title="A Film",
            production=production,
            place_text=f"Place {n}",
            period=parse_period("2020"),
        )
        for n in range(ROUNDS)
    ]
    numbers = [submit(session, draft, by=sender).id for draft in drafts]
    session.commit()
    together = threading.Barrier(MODERATORS)

    def decide_all(at: int) -> list[str]:
        """Decide on one after the other, each time at the same moment as the seven others."""
        told = []
        with Session(database) as own:
            for number in numbers:
                together.wait(timeout=60)
                told.append(_decide(own, number, moderators[at], accepts=(number + at) % 2 == 0))
        return told

    with ThreadPoolExecutor(MODERATORS) as pool:
        told = list(pool.map(decide_all, range(MODERATORS)))
    for answers in zip(*told, strict=True):
        lost = [words for words in answers if words != "won"]
        assert len(lost) == MODERATORS - 1
        assert all("the first decision counts" in words for words in lost)
    session.expire_all()
    decided = session.scalars(select(Sighting)).all()
    accepted = sum(one.state is State.ACCEPTED for one in decided)
    assert all(one.decided_by_id in moderators for one in decided)
    assert 0 < accepted < ROUNDS
    counted = (func.count(Shoot.id), func.count(Citation.id))
    joined = select(*counted).select_from(Shoot).outerjoin(Citation, Citation.shoot_id == Shoot.id)
    assert tuple(session.execute(joined).one()) == (accepted, accepted)


def _decide(session: Session, number: int, moderator_id: int, *, accepts: bool) -> str:
    begin_writing(session)
    # Held as a door holds it: on PostgreSQL the others wait here, on SQLite one line above.
    sighting = session.get(Sighting, number, with_for_update=True, populate_existing=True)
    user = session.get(User, moderator_id)
    assert sighting is not None
    assert user is not None
    try:
        if accepts:
            accept(session, sighting, by=user, kind=SourceKind.TRADE_PRESS)
        else:
            reject(session, sighting, by=user, reason=Reason.NO_SOURCE, words="No link.")
        session.commit()
    except ConflictError as error:
        session.rollback()
        return str(error)
    return "won"
