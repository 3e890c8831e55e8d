"""Routes in words, and the route as it would be with one stop more."""

from __future__ import annotations

import pytest

from tests.routes.making import stop
from tracker.routes.plan import plan_route
from tracker.routes.stops import Sequence
from tracker.routes.what_if import route_with, stops_in
from tracker.routes.words import days_words, distance_words, length_m, route_in_words, steps_of

LEAVESDEN = stop(1, "Leavesden", "2020-07", "2020-08", at=(51.69, -0.42))
RAUMA = stop(2, "Rauma", "2020-09", "2020-09", at=(62.57, 7.69))
STRANDA = stop(3, "Stranda", "2020-09", "2020-09", at=(62.31, 6.95))
ROME = stop(4, "Rome", "2020-10-06", "2020-10-06", at=(41.89, 12.48), planned=True)
UNDATED = stop(5, "Petra", at=(30.33, 35.44))


def test_a_route_reads_from_left_to_right_with_brackets_where_the_order_is_unknown() -> None:
    route = plan_route([ROME, UNDATED, STRANDA, LEAVESDEN, RAUMA])
    assert route_in_words(route) == "Leavesden → [Rauma, Stranda] → Rome (planned); undated: Petra"


def test_a_stop_beside_the_line_is_named_beside_it() -> None:
    vague = stop(6, "Longcross", "2020", "2020")
    route = plan_route([LEAVESDEN, RAUMA, ROME, vague])
    assert route_in_words(route) == "Leavesden → Rauma → Rome (planned); beside the line: Longcross"


def test_lanes_are_told_apart_by_their_unit() -> None:
    second = stop(7, "Venice", "2020-09", "2020-09", unit="second")
    assert route_in_words(plan_route([LEAVESDEN, second])) == "second unit: Venice; unknown unit: Leavesden"


def test_a_film_without_stops_says_so() -> None:
    assert route_in_words(plan_route([])) == "no stop yet"


def test_each_step_tells_how_far_and_how_long_it_is_to_the_next() -> None:
    route = plan_route([LEAVESDEN, RAUMA, ROME])
    steps = steps_of(route.lanes[0])
    assert [(step.names, step.stops, step.planned) for step in steps] == [
        ("Leavesden", (1,), False),
        ("Rauma", (2,), False),
        ("Rome", (4,), True),
    ]
    assert [step.leg for step in steps] == [
        "32 to 91 days · 1,300 km · certain: the dates decide",
        "planned next · 2,320 km · certain: the dates decide",
        "",
    ]
    assert distance_words(length_m(route)) == "3,630 km"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((1, 1), "1 day"),
        ((0, 0), "the same day"),
        ((0, 3), "up to 3 days"),
        ((2, None), "at least 2 days"),
        ((0, None), ""),
        ((None, 9), "up to 9 days"),
        ((None, None), ""),
        ((1, 1200), "1 to 1,200 days"),
    ],
)
def test_days_between_are_said_as_exactly_as_they_are_known(
    days: tuple[int | None, int | None], words: str
) -> None:
    assert days_words(*days) == words


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (None, "distance unknown"),
        (0.0, "the same place"),
        (400.0, "400 m"),
        (9_000.0, "9 km"),
        (84_300.0, "84 km"),
        (2_304_400.0, "2,300 km"),
    ],
)
def test_distances_are_no_finer_than_places_are_known(metres: float | None, words: str) -> None:
    assert distance_words(metres) == words


def test_one_stop_more_is_put_where_its_dates_belong() -> None:
    route = plan_route([LEAVESDEN, ROME])
    assert route_in_words(route_with(route, RAUMA)) == "Leavesden → Rauma → Rome (planned)"
    assert route_in_words(route) == "Leavesden → Rome (planned)"


def test_a_stop_known_better_takes_the_place_of_the_one_with_its_id() -> None:
    route = plan_route([LEAVESDEN, RAUMA, STRANDA, ROME])
    better = stop(3, "Stranda", "2020-10-01", "2020-10-01", at=(62.31, 6.95))
    assert route_in_words(route_with(route, better)) == "Leavesden → Rauma → Stranda → Rome (planned)"


def test_what_sources_say_of_the_order_goes_on_counting() -> None:
    said = [Sequence(earlier=3, later=2, words="the crew came from Stranda")]
    route = plan_route([LEAVESDEN, RAUMA, STRANDA], said)
    assert route_in_words(route) == "Leavesden → Stranda → Rauma"
    assert route_in_words(route_with(route, ROME, said)) == "Leavesden → Stranda → Rauma → Rome (planned)"


def test_nothing_more_is_the_route_itself() -> None:
    route = plan_route([LEAVESDEN, RAUMA])
    assert route_with(route, None) is route


def test_no_stop_is_lost_whether_on_the_line_or_beside_it() -> None:
    vague = stop(6, "Longcross", "2020", "2020")
    torn = [Sequence(earlier=2, later=1, words="a"), Sequence(earlier=1, later=2, words="b")]
    for stops, sayings in (
        ([LEAVESDEN, RAUMA, ROME, vague, UNDATED], []),
        ([LEAVESDEN, RAUMA, STRANDA, ROME], torn),
    ):
        assert set(stops_in(plan_route(stops, sayings))) == {one.id for one in stops}
