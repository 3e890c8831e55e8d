"""The desk's queue: by risk, then by age, nothing twice, nothing left out, nothing starved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tests.cast import film_case, moderator, owner, stranger
from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.dates import parse_period
from tracker.history.recording import change
from tracker.productions.operations import CitationDraft
from tracker.sightings.citing import cite_or_offer
from tracker.sightings.desk import (
    Filters,
    Kind,
    Mark,
    Section,
    Waiting,
    count_waiting,
    queue_place,
    waiting_page,
)
from tracker.sightings.models import Risk, Sighting
from tracker.sightings.operations import SightingDraft, submit
from tracker.sightings.second_person import Asked, ask_for
from tracker.sources.models import SourceKind
from tracker.sources.operations import SourceDraft

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
HOURS = st.integers(0, 100) | st.sampled_from([23, 24, 25, 71, 72, 73])
QUEUES = st.lists(st.tuples(st.sampled_from(Risk), HOURS), min_size=1, max_size=14)


def waiting(session: Session, by: User, risk: Risk, since: datetime, country: str = "NO") -> Sighting:
    """Put a sighting into the queue that was sent in at a moment."""
    period = parse_period("2020")
    sighting = Sighting(
        submitted_by_id=by.id,
        submitted_at=since,
        production_title="A Film",
        place_text="Somewhere",
        place_country=country,
        start=period.start,
        end=period.end,
        risk=risk,
    )
    session.add(sighting)
    session.flush()
    return sighting


def all_pages(session: Session, at: datetime, size: int) -> Iterator[Waiting]:
    page = waiting_page(session, limit=size, at=at)
    while page:
        yield from page
        page = waiting_page(session, after=Mark.after(page[-1], at), limit=size)


@SQLITE
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(queue=QUEUES, size=st.integers(1, 5))
def test_what_has_waited_three_days_is_passed_by_nothing_but_privacy_and_what_is_older(
    session: Session, queue: list[tuple[Risk, int]], size: int
) -> None:
    at = now()
    with change(session, by=None, comment="Fill the queue"):
        sender = User(name="Sender", name_key="sender", password_hash="-", session_key="-")
        session.add(sender)
        session.flush()
        sent = [waiting(session, sender, risk, at - timedelta(hours=hours)) for risk, hours in queue]
    found = list(all_pages(session, at, size))
    # Each once, whatever the size of a page.
    assert sorted(one.id for one in found) == sorted(one.id for one in sent)
    assert [(one.section, one.since, one.id) for one in found] == sorted(
        (one.section, one.since, one.id) for one in found
    )
    risks = {one.id: one.risk for one in sent}
    for place, one in enumerate(found):
        before = found[:place]
        if at - one.since >= timedelta(hours=72):
            assert all(other.section is Section.PRIVACY or other.since <= one.since for other in before)
        if risks[one.id] is Risk.PRIVACY:
            assert all(risks[other.id] is Risk.PRIVACY for other in before)
        sighting = next(each for each in sent if each.id == one.id)
        assert queue_place(session, sighting, at=at) == (place + 1, len(sent))
    session.rollback()


def test_sections_stand_in_their_order_and_the_oldest_first_in_each(session: Session) -> None:
    ingrid, at = owner(session), now()
    with change(session, by=None, comment="Fill the queue"):
        numbers = [
            waiting(session, ingrid, risk, at - timedelta(hours=hours)).id
            for risk, hours in (
                (Risk.NONE, 1),
                (Risk.NEW_ACCOUNT, 2),
                (Risk.NONE, 30),
                (Risk.NEW_ACCOUNT, 40),
                (Risk.CONTRADICTION, 3),
                (Risk.CONTRADICTION, 50),
                (Risk.NONE, 80),
                (Risk.PRIVACY, 0),
                (Risk.PRIVACY, 90),
            )
        ]
    found = waiting_page(session, at=at)
    assert [numbers.index(one.id) for one in found] == [8, 7, 6, 5, 4, 3, 2, 1, 0]
    assert [one.section.name for one in found] == [
        *["PRIVACY"] * 2,
        "OVERDUE",
        *["CONTRADICTION"] * 2,
        *["WAITED"] * 2,
        "NEW_ACCOUNT",
        "REST",
    ]


def test_sources_and_wishes_for_a_second_person_wait_in_the_same_queue(session: Session) -> None:
    ingrid, marcello, solveig = owner(session), stranger(session), moderator(session)
    case = film_case(session)
    draft = SightingDraft(
        production_title="MI7", production=case.production, place_text="Bergen", period=parse_period("2020")
    )
    sighting = submit(session, draft, by=ingrid)
    source = SourceDraft(kind=SourceKind.TRADE_PRESS, title="A paper", address="https://paper.example/a")
    offered = cite_or_offer(session, case.shoots["Rome"], source, CitationDraft(), by=marcello)
    wish = ask_for(session, Asked.CITATION, 1, label="A post", reason="A mistake.", by=solveig)
    session.commit()
    assert offered is not None
    found = [(one.kind, one.id, one.section) for one in waiting_page(session)]
    assert found == [
        (Kind.SECOND_PERSON, wish.id, Section.PRIVACY),
        (Kind.SIGHTING, sighting.id, Section.NEW_ACCOUNT),
        (Kind.CITATION, offered.id, Section.NEW_ACCOUNT),
    ]

    def kinds(filters: Filters) -> list[Kind]:
        narrowed = [one.kind for one in waiting_page(session, filters=filters)]
        assert count_waiting(session, filters) == len(narrowed)
        return narrowed

    assert kinds(Filters(kind=Kind.CITATION)) == [Kind.CITATION]
    assert kinds(Filters(production_id=case.production.id)) == [Kind.SIGHTING, Kind.CITATION]
    assert kinds(Filters(country="IT")) == [Kind.CITATION]
    assert kinds(Filters(country="XX")) == []


def test_of_one_moment_the_first_numbers_come_first_and_no_page_begins_in_their_midst(
    session: Session,
) -> None:
    ingrid, at = owner(session), now() - timedelta(hours=5)
    with change(session, by=None, comment="Fill the queue"):
        sent = [waiting(session, ingrid, Risk.NONE, at).id for _ in range(7)]
    assert [one.id for one in all_pages(session, now(), 2)] == sent
