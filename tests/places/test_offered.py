"""Places on record as candidates: open ones at their public point, beside the gazetteer's namesakes."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy.orm import Session

from tests.cast import place
from tracker.geocoding import Gazetteer
from tracker.geocoding.candidates import Candidate
from tracker.geocoding.cascade import Cascade
from tracker.geocoding.memory import Question, Remembered
from tracker.geocoding.models import AnswerState
from tracker.places.models import PlaceKind, Privacy
from tracker.places.offered import candidates_named

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
BARN = {"kind": PlaceKind.BUILDING, "country": "NO", "region": "Møre og Romsdal", "uncertainty_m": 40}


@pytest.fixture
def cascade(session: Session, gazetteer_path: object) -> Cascade:
    return Cascade(Gazetteer(str(gazetteer_path)), own=partial(candidates_named, session))


def names(cascade: Cascade, query: str, **narrowed: str) -> list[tuple[str, str, str]]:
    return [
        (each.name, each.country, each.provider)
        for each in cascade.resolve(query, **narrowed).candidates  # type: ignore[arg-type]  # any of its options by name
    ]


def test_a_place_on_record_is_found_by_its_name_however_it_is_spelt(
    session: Session, cascade: Cascade
) -> None:
    place(session, "Horgheimseidet Låve", 62.48, 7.78, **BARN)
    answer = cascade.resolve("horgheimseidet lave")
    assert answer.is_settled
    (found,) = answer.candidates
    assert (found.name, found.lat, found.provider, found.licence) == (
        "Horgheimseidet Låve",
        62.48,
        "record",
        "CC0",
    )


@SQLITE
def test_obscured_private_and_unlocated_places_are_not_offered(session: Session) -> None:
    place(session, "Home of Somebody", 62.48123, 7.78123, privacy=Privacy.OBSCURED, **BARN)
    place(session, "Home of Another", 62.48123, 7.78123, privacy=Privacy.PRIVATE, **BARN)
    place(session, "Known by Name")
    for name in ("Home of Somebody", "Home of Another", "Known by Name", ""):
        assert candidates_named(session, name) == ([] if name else ())


@SQLITE
def test_context_and_country_narrow_places_on_record_too(session: Session, cascade: Cascade) -> None:
    place(session, "Horgheimseidet Låve", 62.48, 7.78, **BARN)
    ours = [("Horgheimseidet Låve", "NO", "record")]
    for context in ("", "Norway", "Møre og Romsdal", "Åndalsnes, Norway"):
        assert names(cascade, "Horgheimseidet Låve", context=context) == ours, context
    assert names(cascade, "Horgheimseidet Låve, Norway") == ours
    assert ours[0] not in names(cascade, "Horgheimseidet Låve", context="Finland")
    assert ours[0] not in names(cascade, "Horgheimseidet Låve", country="SE")
    assert ours[0] not in names(cascade, "Horgheimseidet Låve, Rome, Italy")


@SQLITE
def test_a_place_on_record_comes_first_and_hides_no_namesake(session: Session, cascade: Cascade) -> None:
    place(session, "Rauma", 62.57, 7.69, kind=PlaceKind.MUNICIPALITY, country="NO", uncertainty_m=24_000)
    answer = cascade.resolve("Rauma")
    assert answer.ambiguous
    assert [each.country for each in answer.candidates][:2] == ["NO", "FI"]


@SQLITE
def test_a_position_that_came_from_elsewhere_keeps_its_licence(session: Session) -> None:
    rows = {
        "A": ("gazetteer", "geonames:1"),
        "B": ("nominatim", "nominatim:way/1"),
        "C": ("contributor", None),
    }
    for name, (provider, number) in rows.items():
        place(session, f"Place {name}", 62.0, 7.0, provider=provider, gazetteer_id=number)
    assert [candidates_named(session, f"Place {name}")[0].licence for name in rows] == [
        "GeoNames, CC BY 4.0",
        "© OpenStreetMap contributors, ODbL",
        "CC0",
    ]


def online(*found: Candidate, note: str = "") -> Remembered:
    state = AnswerState.FAILED if note else AnswerState.FOUND if found else AnswerState.NOTHING
    return Remembered(state, found, note)


def hotel(lat: float, lon: float, country: str = "NO") -> Candidate:
    return Candidate(
        id=f"nominatim:way/{lat}",
        name="Hotel Aak",
        kind="building",
        country=country,
        region=None,
        municipality=None,
        lat=lat,
        lon=lon,
        uncertainty_m=30,
        confidence=0.4,
        population=0,
        approximate=False,
        provider="nominatim",
    )


@SQLITE
def test_a_remembered_answer_improves_what_is_only_about_there(cascade: Cascade) -> None:
    asked: list[Question] = []

    def with_answer(answer: Remembered) -> Cascade:
        def recall(question: Question) -> Remembered:
            asked.append(question)
            return answer

        return Cascade(cascade.gazetteer, remembered=recall, provider="nominatim")

    words = "Hotel Aak, Åndalsnes"
    assert cascade.resolve(words).candidates[0].approximate
    near, far = hotel(62.56, 7.70), hotel(41.9, 12.5, "IT")
    better = with_answer(online(near)).resolve(words)
    assert (better.candidates[0], better.is_settled) == (near, True)
    # One in Italy cannot be the hotel at Åndalsnes.
    assert far not in with_answer(online(far)).resolve(words).candidates
    note = with_answer(online(note="nominatim is not reachable (timeout after 5 s)")).resolve(words).note
    assert note == "nominatim is not reachable (timeout after 5 s); this is the offline answer"
    # What is beyond doubt offline is not asked at all.
    asked.clear()
    assert with_answer(online(far)).resolve("Rome").is_settled
    assert asked == []


@SQLITE
def test_a_row_within_the_accuracy_of_a_place_on_record_is_that_place(
    session: Session, cascade: Cascade
) -> None:
    known = cascade.resolve("Åndalsnes").candidates[0]
    place(session, "Åndalsnes", known.lat + 0.1, known.lon, kind="town", country="NO", uncertainty_m=15_000)
    answer = cascade.resolve("Åndalsnes")
    assert answer.is_settled
    assert [each.id.partition(":")[0] for each in answer.candidates if each.country == "NO"] == ["record"]
