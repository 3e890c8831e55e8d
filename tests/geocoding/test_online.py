"""Asking a provider over real HTTP: what it answers, how it fails, when it may be asked again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from tests.nominatim import HOTEL, LocalNominatim, local_nominatim, row
from tracker.config import ROOT
from tracker.foundation.clock import now
from tracker.foundation.database import writing
from tracker.geocoding.memory import Question, begin_asking, recall
from tracker.geocoding.models import AnswerState, ProviderTurn, RememberedAnswer
from tracker.geocoding.online import OnlineGeocoder
from tracker.geocoding.turns import take_turn

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
UNION = Question("Hotel Union Øye")


@pytest.fixture
def nominatim() -> Iterator[LocalNominatim]:
    with local_nominatim() as server:
        yield server


@pytest.fixture
def online(nominatim: LocalNominatim, database: Engine) -> OnlineGeocoder:
    return OnlineGeocoder(nominatim.provider(), partial(Session, database))


def rested(database: Engine) -> None:
    """Let the time pass for which a provider is left alone."""
    with Session(database) as session, writing(session):
        session.execute(update(ProviderTurn).values(resting_until=None))


def aged(database: Engine, days: float) -> None:
    """Let what is remembered become older."""
    with Session(database) as session, writing(session):
        for answer in session.scalars(select(RememberedAnswer)):
            answer.fetched_at -= timedelta(days=days)


def test_a_hit_is_a_candidate_with_kind_width_and_licence(
    online: OnlineGeocoder, nominatim: LocalNominatim
) -> None:
    (found,) = online.ask(Question("Hotel Union Øye", country="no")).candidates
    assert (found.name, found.kind, found.country) == ("Hotel Union Øye", "building", "NO")
    assert (found.municipality, found.region) == ("Stranda", "Møre og Romsdal")
    assert (found.lat, found.lon, found.provider) == (62.1956, 6.6547, "nominatim")
    # The corners of its box lie 61 m away.
    assert 60 <= found.uncertainty_m <= 63
    assert found.licence == "© OpenStreetMap contributors, ODbL"
    assert found.id == f"nominatim:way/{HOTEL['osm_id']}"
    (asked,) = nominatim.asked
    assert (asked["q"], asked["countrycodes"], asked["User-Agent"]) == ("Hotel Union Øye", "no", "shot-here")


def test_hits_and_misses_are_remembered_after_a_restart(
    online: OnlineGeocoder, nominatim: LocalNominatim, database: Engine
) -> None:
    first = online.ask(UNION)
    assert online.ask(Question("Nowhere At All")).state is AnswerState.NOTHING
    restarted = OnlineGeocoder(nominatim.provider(), partial(Session, database))
    # The same words in another spelling.
    assert restarted.ask(Question("hotel union oye")) == first
    assert restarted.ask(Question("nowhere at all")).state is AnswerState.NOTHING
    assert len(nominatim.asked) == 2


@SQLITE
@pytest.mark.parametrize(("words", "lives"), [("Hotel Union Øye", 180), ("Nowhere At All", 14)])
def test_a_remembered_answer_is_asked_again_when_its_time_is_over(
    online: OnlineGeocoder, nominatim: LocalNominatim, database: Engine, words: str, lives: int
) -> None:
    online.ask(Question(words))
    aged(database, lives - 0.1)
    online.ask(Question(words))
    assert len(nominatim.asked) == 1
    aged(database, 0.2)
    online.ask(Question(words))
    assert len(nominatim.asked) == 2


@SQLITE
def test_another_context_or_country_is_another_question(
    online: OnlineGeocoder, nominatim: LocalNominatim
) -> None:
    for question in (UNION, Question(UNION.text, "Stranda"), Question(UNION.text, country="SE")):
        online.ask(question)
    assert [asked["q"] for asked in nominatim.asked] == [
        "Hotel Union Øye",
        "Hotel Union Øye, Stranda",
        "Hotel Union Øye",
    ]


@SQLITE
@pytest.mark.parametrize(
    ("status", "body", "note"),
    [
        (429, None, "nominatim asks to be left alone (too many requests)"),
        (500, None, "nominatim answers with an error (500)"),
        (503, None, "nominatim is not reachable"),
        (200, b"<html>Down for maintenance</html>", "nominatim answered something that is no answer"),
        (200, b'[1, "two"]', "nominatim answered something that is no answer"),
        (
            200,
            b'[{"lat": "far", "lon": "0", "display_name": "X"}]',
            "nominatim answered something that is no",
        ),
        (200, b"\xff\xfe", "nominatim answered something that is no answer"),
        (403, None, "nominatim refuses us; check GEOCODER_KEY and GEOCODER_USER_AGENT"),
    ],
)
def test_each_failure_has_its_sentence_and_the_provider_is_left_alone(
    online: OnlineGeocoder, nominatim: LocalNominatim, database: Engine, status: int, body: bytes, note: str
) -> None:
    nominatim.breaks(status, body)
    failed = online.ask(UNION)
    assert (failed.state, failed.candidates) == (AnswerState.FAILED, ())
    assert failed.note.startswith(note)
    nominatim.breaks()
    again = online.ask(UNION)
    assert again.note.startswith(f"{failed.note}; it is asked again after ")
    assert len(nominatim.asked) == 1
    rested(database)
    assert online.ask(UNION).state is AnswerState.FOUND


def test_a_provider_that_does_not_answer_is_given_up_after_the_timeout(
    nominatim: LocalNominatim, database: Engine
) -> None:
    impatient = OnlineGeocoder(nominatim.provider(timeout_seconds=0.2), partial(Session, database))
    nominatim.hold.clear()
    assert impatient.ask(UNION).note == "nominatim is not reachable (timeout after 0.2 s)"


@SQLITE
def test_rests_double_with_each_failure_and_are_as_long_as_the_provider_asks(
    online: OnlineGeocoder, nominatim: LocalNominatim, database: Engine
) -> None:
    nominatim.breaks(500)
    rests = []
    for headers in ({}, {}, {}, {"Retry_After": "600"}):
        if headers:
            nominatim.breaks(429, None, **headers)
        rested(database)
        asked_at = now()
        online.ask(UNION)
        with Session(database) as session:
            turn = session.scalars(select(ProviderTurn)).one()
        assert turn.resting_until is not None
        rests.append(round((turn.resting_until - asked_at).total_seconds(), -1))
    assert (rests, turn.failures) == ([10, 20, 40, 600], 4)
    nominatim.breaks()
    rested(database)
    online.ask(UNION)
    with Session(database) as session:
        assert session.scalars(select(ProviderTurn.failures)).one() == 0


def test_of_eight_who_want_the_turn_at_once_one_has_it(database: Engine) -> None:
    def take(_: int) -> bool:
        with Session(database) as session, writing(session):
            return take_turn(session, "nominatim", lease_seconds=60).taken

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(take, range(8))) == 1
    with Session(database) as session, writing(session):
        # The lease of one who died with it runs out.
        session.execute(update(ProviderTurn).values(next_at=now()))
    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(take, range(8))) == 1


def test_of_eight_who_begin_to_ask_the_same_one_asks(database: Engine) -> None:
    def begin(_: int) -> bool:
        with Session(database) as session, writing(session):
            return begin_asking(session, "nominatim", UNION)

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(begin, range(8))) == 1
    with Session(database) as session:
        known = recall(session, "nominatim", UNION)
    assert known is not None
    assert known.state is AnswerState.ASKING
    # Whoever asked has died meanwhile.
    aged(database, 1)
    assert begin(0)


_ASKS_THREE = """
import sys
from functools import partial
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from tracker.foundation.database import prepare_sqlite
from tracker.geocoding.memory import Question
from tracker.geocoding.online import OnlineGeocoder
from tracker.geocoding.providers import make_provider

url, domain, name = sys.argv[1:]
engine = create_engine(url)
prepare_sqlite(engine)
provider = make_provider("nominatim", domain=domain, seconds_apart=0.5)
online = OnlineGeocoder(provider, partial(Session, engine))
for number in range(3):
    assert not online.ask(Question(f"{name} {number}")).note
"""


def test_two_processes_together_ask_one_at_a_time_and_so_far_apart(
    nominatim: LocalNominatim, engine_url: str
) -> None:
    command = [sys.executable, "-c", _ASKS_THREE, engine_url, f"127.0.0.1:{nominatim.port}"]
    processes = [subprocess.Popen([*command, name], cwd=ROOT) for name in ("Here", "There")]
    assert [process.wait(timeout=60) for process in processes] == [0, 0]
    assert len(nominatim.arrivals) == 6
    assert nominatim.most_at_once == 1
    # Five pauses of half a second; nothing that asks as it likes would come near to half of that.
    assert nominatim.arrivals[-1] - nominatim.arrivals[0] > 1.25


@SQLITE
@pytest.mark.parametrize(
    ("told", "kind", "least_m", "most_m"),
    [
        (
            {"class": "boundary", "type": "administrative", "addresstype": "municipality"},
            "municipality",
            60,
            70,
        ),
        ({"class": "boundary", "type": "administrative", "addresstype": "county"}, "region", 60, 70),
        ({"class": "place", "type": "village"}, "town", 60, 70),
        ({"class": "natural", "type": "peak"}, "mountain", 60, 70),
        ({"class": "railway", "type": "station"}, "station", 60, 70),
        ({"class": "railway", "type": "rail"}, "railway", 60, 70),
        ({"class": "highway", "type": "residential"}, "street", 60, 70),
        ({"class": "aeroway", "type": "aerodrome"}, "airport", 60, 70),
        ({"class": "unheard", "type": "of"}, "area", 60, 70),
        ({"reach": 0.00001}, "building", 25, 25),
        ({"boundingbox": None}, "area", 5000, 5000),
    ],
)
def test_a_kind_is_read_from_the_map_features_and_the_width_from_the_box(
    online: OnlineGeocoder,
    nominatim: LocalNominatim,
    told: dict[str, object],
    kind: str,
    least_m: float,
    most_m: float,
) -> None:
    nominatim.answers["X"] = [row("X", 62.2, 6.7, **told)]
    (found,) = online.ask(Question("X")).candidates
    assert found.kind == kind
    assert least_m <= found.uncertainty_m <= most_m
