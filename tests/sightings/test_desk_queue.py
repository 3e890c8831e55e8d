"""The desk's queue: by risk, then by age, nothing twice, nothing left out, nothing starved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.cast import PASSWORD, film, film_case, moderator, owner, place, shoot, stranger
from tracker.accounts.models import Role, User
from tracker.accounts.operations import sign_up
from tracker.foundation.clock import now
from tracker.foundation.dates import parse_period
from tracker.history.recording import change
from tracker.photos.licences import Licence
from tracker.productions.models import Shoot
from tracker.productions.operations import CitationDraft
from tracker.productions.photos import Photo
from tracker.sightings.citing import cite_or_offer
from tracker.sightings.desk import (
    Filters,
    Mark,
    Section,
    Waiting,
    count_waiting,
    queue_place,
    waiting_page,
)
from tracker.sightings.flags import Flag, FlagReason
from tracker.sightings.merging import MergeKind, merge_rows
from tracker.sightings.models import Risk, Sighting
from tracker.sightings.notes import Note
from tracker.sightings.offered import OfferedCitation
from tracker.sightings.operations import SightingDraft, submit
from tracker.sightings.removal_desk import confirm, refuse
from tracker.sightings.removals import Asker, Removal, RemovalDraft, RemovalOf, RemovalRules, ask_removal
from tracker.sightings.second_person import Asked, SecondPersonRequest, ask_for
from tracker.sightings.secret_links import make_secret
from tracker.sightings.what_waits import Kind
from tracker.sources.models import SourceKind
from tracker.sources.operations import SourceDraft

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
HOURS = st.integers(0, 100) | st.sampled_from([23, 24, 25, 71, 72, 73])


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


def offered(session: Session, by: User, _risk: Risk, since: datetime, at: Stop) -> int:
    row = OfferedCitation(shoot_id=at.shoot.id, sent_by_id=by.id, sent_at=since, source={}, says={})
    return add(session, row)


def wish(session: Session, by: User, _risk: Risk, since: datetime, _at: Stop) -> int:
    count = session.scalar(select(func.count(SecondPersonRequest.id))) or 0
    row = SecondPersonRequest(
        kind=Asked.CITATION, row_id=count + 1, label="A", reason="B", asked_by_id=by.id, asked_at=since
    )
    return add(session, row)


def removal(session: Session, _by: User, _risk: Risk, since: datetime, at: Stop) -> int:
    row = Removal(
        asked_at=since,
        deadline=since + timedelta(days=7),
        about=RemovalOf.PLACE,
        place_id=at.shoot.place_id,
        asker=Asker.RESIDENT,
        words="I live there.",
        digest=make_secret()[1],
    )
    return add(session, row)


def photo(session: Session, by: User, _risk: Risk, since: datetime, at: Stop) -> int:
    row = Photo(
        digest="a" * 64,
        width=1,
        height=1,
        place_id=at.shoot.place_id,
        author="Ingrid",
        licence=Licence.CC0,
        sent_by_id=by.id,
        sent_at=since,
    )
    return add(session, row)


def note(session: Session, _by: User, _risk: Risk, since: datetime, _at: Stop) -> int:
    return add(session, Note(sent_at=since, words="A crane", digest=make_secret()[1]))


def flag(session: Session, _by: User, risk: Risk, since: datetime, _at: Stop) -> int:
    reason = FlagReason.PRIVACY if risk is Risk.PRIVACY else FlagReason.WRONG
    return add(session, Flag(sent_at=since, page="/map", reason=reason, words="No."))


def sighting(session: Session, by: User, risk: Risk, since: datetime, _at: Stop) -> int:
    return waiting(session, by, risk, since).id


@dataclass(frozen=True)
class Stop:
    """A shoot that the entries of a queue are about."""

    shoot: Shoot


def add(session: Session, row: Any) -> int:
    session.add(row)
    session.flush()
    number: int = row.id
    return number


# How an entry of each kind comes into the queue, and which risks it can have.
MAKERS: dict[Kind, tuple[Callable[[Session, User, Risk, datetime, Stop], int], tuple[Risk, ...]]] = {
    Kind.SIGHTING: (sighting, tuple(Risk)),
    Kind.CITATION: (offered, (Risk.NEW_ACCOUNT,)),
    Kind.SECOND_PERSON: (wish, (Risk.PRIVACY,)),
    Kind.REMOVAL: (removal, (Risk.PRIVACY,)),
    Kind.PHOTO: (photo, (Risk.NEW_ACCOUNT,)),
    Kind.NOTE: (note, (Risk.NONE,)),
    Kind.FLAG: (flag, (Risk.PRIVACY, Risk.NONE)),
}
ENTRIES = st.sampled_from([(kind, risk) for kind, (_, risks) in MAKERS.items() for risk in risks])
QUEUES = st.lists(st.tuples(ENTRIES, HOURS), min_size=1, max_size=14)


def test_the_property_knows_every_kind() -> None:
    assert set(MAKERS) == set(Kind)


@SQLITE
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(queue=QUEUES, size=st.integers(1, 5))
def test_what_has_waited_three_days_is_passed_by_nothing_but_privacy_and_what_is_older(
    session: Session, queue: list[tuple[tuple[Kind, Risk], int]], size: int
) -> None:
    at = now()
    with change(session, by=None, comment="Fill the queue"):
        sender = User(name="Sender", name_key="sender", password_hash="-", session_key="-")
        session.add(sender)
        session.flush()
    stop = Stop(shoot(session, film(session), place(session, "Bergen", 60.39, 5.32, country="NO")))
    with change(session, by=None, comment="Fill the queue"):
        risks = {
            (kind, MAKERS[kind][0](session, sender, risk, at - timedelta(hours=hours), stop)): risk
            for (kind, risk), hours in queue
        }
    found = list(all_pages(session, at, size))
    # Each once, whatever the size of a page.
    assert sorted((one.kind, one.id) for one in found) == sorted(risks)
    assert count_waiting(session) == len(found)
    assert [(one.section, one.since, one.kind, one.id) for one in found] == sorted(
        (one.section, one.since, one.kind, one.id) for one in found
    )
    for kind in Kind:
        narrowed = waiting_page(session, filters=Filters(kind=kind), at=at)
        assert narrowed == [one for one in found if one.kind is kind]
    for before, one in enumerate(found):
        earlier = found[:before]
        if at - one.since >= timedelta(hours=72):
            assert all(other.section is Section.PRIVACY or other.since <= one.since for other in earlier)
        if risks[one.kind, one.id] is Risk.PRIVACY:
            assert all(risks[other.kind, other.id] is Risk.PRIVACY for other in earlier)
        if one.kind is Kind.SIGHTING:
            sent = session.get_one(Sighting, one.id)
            assert queue_place(session, sent, at=at) == (before + 1, len(found))
    session.rollback()


def test_a_removal_waits_also_when_its_place_is_merged_and_for_another_when_one_has_refused_it(
    session: Session,
) -> None:
    solveig = moderator(session)
    gone, stays = place(session, "Bergen", 60.39, 5.32, country="NO"), place(session, "Bergen by", 60.4, 5.3)
    draft = RemovalDraft(about=RemovalOf.PLACE, asker=Asker.OWNER, words="Mine.", place=gone)
    asked, _ = ask_removal(session, draft, network="a", rules=RemovalRules())
    merge_rows(session, MergeKind.PLACE, survivor_id=stays.id, loser_id=gone.id, by=solveig)
    session.commit()
    (one,) = waiting_page(session)
    assert (one.kind, one.id, one.section, one.sender_id) == (Kind.REMOVAL, asked.id, Section.PRIVACY, None)
    refuse(session, asked, by=solveig, words="It is a street.")
    (one,) = waiting_page(session)
    assert one.sender_id == solveig.id
    confirm(session, asked, by=sign_up(session, name="Ines", password=PASSWORD, role=Role.MODERATOR))
    assert waiting_page(session) == []


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
