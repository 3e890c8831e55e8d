"""Whatever is written: no text breaks the resolver, and what people vary without thinking changes nothing."""

from __future__ import annotations

import random
import sqlite3
import unicodedata
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tracker.geocoding import Candidate, Gazetteer
from tracker.geocoding.sphere import distance_m

_TOWNS_DRAWN = 4_000
_TOLERANCE_M = 15_000
_GAPS = ["", " ", "  ", "\t", "\N{NO-BREAK SPACE}"]
# The words that the reader treats in a way of its own, thrown together with anything.
_TRICKY = [
    "near",
    "Paris",
    "St.",
    "-",
    ",",
    "(",
    ")",
    "\N{REPLACEMENT CHARACTER}",
    "75002",
    "kommune",
    "Ō",
    "/",
]

# No deadline: the machine may be busy, and a test does not time.
calmly = settings(
    deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One town of the gazetteer."""

    name: str
    country: str
    lat: float
    lon: float
    uncertainty_m: float

    def is_at(self, pin: Candidate | None) -> bool:
        reach = max(_TOLERANCE_M, self.uncertainty_m)
        return pin is not None and distance_m(self.lat, self.lon, pin.lat, pin.lon) <= reach


@pytest.fixture(scope="module")
def listed(gazetteer_path: Path) -> list[Listed]:
    uri = f"{gazetteer_path.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        rows = connection.execute(
            "SELECT town.name, country.name, town.lat, town.lon, town.uncertainty_m FROM place town "
            "JOIN place country ON country.ref = 'country:' || town.country "
            "WHERE town.kind = 'town' ORDER BY town.id"
        ).fetchall()
    return [Listed(*row) for row in random.Random(1).sample(rows, _TOWNS_DRAWN)]  # noqa: S311 - not a secret


# Which of the listed towns is meant.
towns = st.integers(0, _TOWNS_DRAWN - 1)
texts = st.one_of(
    st.text(max_size=80),
    st.lists(st.one_of(st.sampled_from(_TRICKY), st.text(max_size=6)), max_size=12).map(" ".join),
)


@calmly
@given(query=texts, context=texts)
def test_no_text_breaks_the_resolver(world: Gazetteer, query: str, context: str) -> None:
    answer = world.resolve(query, context=context)
    assert answer.query == query
    assert all(0 <= each.confidence <= 1 and each.uncertainty_m > 0 for each in answer.candidates)


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@calmly
@given(
    at=towns,
    spelling=st.sampled_from([str.upper, str.lower, str.title, _without_accents]),
    gaps=st.lists(st.sampled_from(_GAPS), min_size=5, max_size=5),
)
def test_case_accents_and_spaces_do_not_change_the_answer(
    world: Gazetteer, listed: list[Listed], at: int, spelling: Callable[[str], str], gaps: list[str]
) -> None:
    town = listed[at]
    # A single plain letter is no name, though Å is one.
    assume(len(town.name) > 1)
    name, country = (spelling(text).replace(" ", gaps[0] or " ") for text in (town.name, town.country))
    varied = f"{gaps[1]}{name}{gaps[2]},{gaps[3]}{country}{gaps[4]}"
    plain, other = world.resolve(f"{town.name}, {town.country}"), world.resolve(varied)
    assert [each.id for each in other.candidates] == [each.id for each in plain.candidates]


@calmly
@given(at=towns)
def test_adding_the_right_country_never_turns_a_right_answer_wrong(
    world: Gazetteer, listed: list[Listed], at: int
) -> None:
    town = listed[at]
    assume(town.is_at(world.resolve(town.name).pin))
    assert town.is_at(world.resolve(f"{town.name}, {town.country}").pin)
    assert town.is_at(world.resolve(town.name, context=town.country).pin)
