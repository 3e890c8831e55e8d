"""What is happening now is told as the area around it, and exactly once the delay is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import film_case, latest_changes, moderator, owner
from tracker.foundation.clock import now, today
from tracker.foundation.dates import parse_period
from tracker.foundation.errors import ConflictError
from tracker.foundation.geo import Point
from tracker.history.recording import change
from tracker.places.models import Place, PlaceKind
from tracker.places.operations import PlaceDraft
from tracker.productions.models import Grade, Shoot, Status
from tracker.productions.queries import citations_of
from tracker.sightings.delay import HeldBack, held_back
from tracker.sightings.holding import next_release, release_due
from tracker.sightings.models import Sighting
from tracker.sightings.moderation import accept, merge
from tracker.sightings.operations import SightingDraft, submit
from tracker.sources.models import SourceKind

STATION = PlaceDraft(
    name="Åndalsnes station",
    kind=PlaceKind.STATION,
    country="NO",
    municipality="Rauma",
    region="Møre og Romsdal",
    point=Point(62.56731, 7.68713),
    uncertainty_m=50,
)
LINK = "https://social.example/andalsnes-station"
SEEN = SourceKind.EYEWITNESS_MEDIA


def send(session: Session, when: str, place: PlaceDraft | None = STATION, **more: object) -> Sighting:
    draft = SightingDraft(
        production_title="The Train",
        place_text="Åndalsnes station",
        place=place,
        period=parse_period(when, today=today()),
        address=LINK,
        seen_by_sender=True,
        note="Behind the station",
    )
    return submit(session, replace(draft, **more), by=owner(session))  # type: ignore[arg-type]  # any field


def held(sighting: Sighting, delay_hours: int = 24) -> HeldBack | None:
    return held_back(sighting, delay_hours=delay_hours, gazetteer=None)


def test_until_the_delay_is_over_the_record_has_the_municipality_and_nothing_else(session: Session) -> None:
    sighting = send(session, today().isoformat())
    stop = accept(session, sighting, by=moderator(session), kind=SEEN, held=held(sighting))
    session.commit()
    places = list(session.scalars(select(Place)))
    assert [(one.name, one.kind, one.lat) for one in places] == [("Rauma", PlaceKind.MUNICIPALITY, None)]
    [citation] = citations_of(session, [stop.id])[stop.id]
    assert (citation.note, citation.source.address, citation.source.title) == ("", None, "Sighting 1")
    assert (stop.start.earliest, stop.grade) == (today(), Grade.C)

    assert next_release(session) == sighting.exact_from
    assert release_due(session, at=now()) == 0
    assert release_due(session, at=now() + timedelta(hours=25)) == 1
    session.commit()
    session.expire_all()
    stop = session.get_one(Shoot, stop.id)
    exact = session.get_one(Place, stop.place_id)
    assert (exact.name, exact.public_lat, exact.public_lon) == (STATION.name, 62.56731, 7.68713)
    [citation] = citations_of(session, [stop.id])[stop.id]
    assert (citation.note, citation.source.address) == ("Behind the station", LINK)
    assert (stop.start.earliest, stop.grade) == (today(), Grade.C)
    [made, *_] = latest_changes(session, about=("shoot", stop.id))
    assert (made.author, made.comment) == (None, "The delay of sighting 1 is over")
    assert next_release(session) is None
    assert release_due(session, at=now() + timedelta(days=9)) == 0


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_an_added_source_counts_only_once_the_delay_is_over(session: Session) -> None:
    case = film_case(session)
    stop = case.shoots["Levisham"]
    before = len(citations_of(session, [stop.id])[stop.id])
    sighting = send(session, today().isoformat(), production=case.production)
    merge(session, sighting, stop, by=moderator(session), kind=SEEN, held=held(sighting))
    session.commit()
    assert len(citations_of(session, [stop.id])[stop.id]) == before
    release_due(session, at=now() + timedelta(hours=25))
    assert len(citations_of(session, [stop.id])[stop.id]) == before + 1


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_what_a_moderator_moved_meanwhile_stays_there(session: Session) -> None:
    sighting = send(session, today().isoformat())
    stop = accept(session, sighting, by=moderator(session), kind=SEEN, held=held(sighting))
    case = film_case(session)
    with change(session, by=None, comment="It was there"):
        stop.place_id = case.shoots["Rome"].place_id
    release_due(session, at=now() + timedelta(hours=25))
    assert stop.place_id == case.shoots["Rome"].place_id


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("when", "status", "place", "hours", "is_held"),
    [
        ("today", Status.CONFIRMED, STATION, 24, True),
        ("not sure", Status.CONFIRMED, STATION, 24, True),
        ("from 2020", Status.CONFIRMED, STATION, 24, True),
        ("2020", Status.CONFIRMED, STATION, 24, False),
        ("today", Status.PLANNED, STATION, 24, False),
        ("today", Status.CONFIRMED, STATION, 0, False),
        ("today", Status.CONFIRMED, replace(STATION, kind=PlaceKind.MUNICIPALITY), 24, False),
        ("today", Status.CONFIRMED, replace(STATION, kind=PlaceKind.TOWN, uncertainty_m=5000), 24, False),
        ("today", Status.CONFIRMED, replace(STATION, kind=PlaceKind.TOWN, uncertainty_m=300), 24, True),
    ],
)
def test_only_what_may_be_going_on_now_at_an_exact_place_is_held_back(
    session: Session, when: str, status: Status, place: PlaceDraft, hours: int, is_held: bool
) -> None:
    day = today().isoformat() if when == "today" else when
    assert (held(send(session, day, place, status=status), hours) is not None) is is_held


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_a_place_with_nothing_around_it_waits_for_the_end_of_the_delay(session: Session) -> None:
    sighting = send(session, today().isoformat(), None)
    with pytest.raises(ConflictError, match="happening now, and no municipality around its place is known"):
        accept(session, sighting, by=moderator(session), kind=SEEN, held=held(sighting))


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_of_a_source_that_is_known_already_the_citation_moves_to_it(session: Session) -> None:
    case = film_case(session)
    sighting = send(
        session, today().isoformat(), production=case.production, address="https://social.example/mcquarrie/1"
    )
    stop = accept(session, sighting, by=moderator(session), kind=SEEN, held=held(sighting))
    release_due(session, at=now() + timedelta(hours=25))
    assert [one.source_id for one in citations_of(session, [stop.id])[stop.id]] == [case.post.id]
