"""Clusters, floaters, lanes, cycles and impossible hops."""

from __future__ import annotations

from dataclasses import replace

from tests.routes.making import sequence, stop
from tracker.routes.anchors import anchor_of
from tracker.routes.legs import leg_between, too_fast
from tracker.routes.plan import plan_route
from tracker.routes.stops import Sequence


def test_a_stop_unordered_against_two_ordered_ones_floats_between_its_known_neighbours() -> None:
    route = plan_route(
        [
            stop(1, "First", "2020-01-01"),
            stop(2, "Second", "2020-03-01"),
            stop(3, "Third", "2020-05-01"),
            stop(4, "Last", "2020-12-01"),
            stop(5, "Somewhen", "2020-02/2020-06"),
        ]
    )
    assert sequence(route) == [["First"], ["Second"], ["Third"], ["Last"]]
    ((floating, floater),) = route.lanes[0].floaters
    assert (floating.name, floater.after, floater.before) == ("Somewhen", (0,), (3,))


def test_where_everything_floats_the_whole_is_one_cluster() -> None:
    route = plan_route(
        [stop(1, "a", "2020"), stop(2, "b", "2020"), stop(3, "c", "2020"), stop(4, "d", "2020")],
        [Sequence(earlier=1, later=2, words="x"), Sequence(earlier=3, later=4, words="y")],
    )
    assert sequence(route) == [["a", "b", "c", "d"]]
    assert route.lanes[0].floaters == ()


def test_what_sources_say_is_closed_over_together_with_the_dates() -> None:
    # a before b by dates, b before c by a source: so a before c, although the dates of a and c overlap.
    route = plan_route(
        [stop(1, "a", "2020-01/2020-02"), stop(2, "b", "2020-03"), stop(3, "c", "2020-01/2020-12")],
        [Sequence(earlier=2, later=3, words="the diary says so", implied=True)],
    )
    assert sequence(route) == [["a"], ["b"], ["c"]]
    assert [leg.certain for leg in route.lanes[0].legs] == [True, False]
    assert route.lanes[0].legs[1].why == "likely: the diary says so; it is implied, not stated"


def test_each_unit_has_its_own_line_and_unknown_units_come_last() -> None:
    route = plan_route(
        [
            stop(1, "a", "2020-01", unit="unknown"),
            stop(2, "b", "2020-02", unit="second"),
            stop(3, "c", "2020-03", unit="main"),
            stop(4, "d", "2020-04", unit="main"),
        ]
    )
    assert [(lane.unit, [[s.name for s in c.stops] for c in lane.clusters]) for lane in route.lanes] == [
        ("main", [["c"], ["d"]]),
        ("second", [["b"]]),
        ("unknown", [["a"]]),
    ]


def test_a_cycle_is_a_contradiction_and_no_line_runs_through_it() -> None:
    route = plan_route(
        [stop(1, "a", "2020-01"), stop(2, "b", "2020-02"), stop(3, "c", "2020-03")],
        [Sequence(earlier=3, later=2, words="x")],
    )
    assert sequence(route) == [["a"]]
    (contradiction,) = route.contradictions
    assert (contradiction.kind, [s.name for s in contradiction.stops]) == ("cycle", ["b", "c"])
    assert contradiction.words == "By dates and sources together, b and c would each come before the other."


def test_a_hop_faster_than_an_airliner_is_named_with_its_least_speed() -> None:
    a, b = stop(1, "a", "2020-01-01", unit="main"), stop(2, "b", "2020-01-02", unit="main")
    anchors = {s.id: anchor_of(s) for s in (a, b)}
    leg = leg_between((0, 1), [a], [b], anchors, [])
    # Two days are the most that these anchors allow, so 43,200 km are just possible at 900 km/h. No two
    # points on earth lie so far apart: with dates by the day the rule can only catch wrong geometry.
    assert too_fast([a], [b], replace(leg, distance_m=43_200_000), anchors) is None
    assert too_fast([a], [b], replace(leg, distance_m=48_000_000), anchors) == 1000
    assert too_fast([a], [b], leg, anchors) is None


def test_undated_stops_stand_beside_the_line_even_when_a_source_orders_them() -> None:
    route = plan_route(
        [stop(1, "a", "2020-01"), stop(2, "b")], [Sequence(earlier=1, later=2, words="b was next")]
    )
    assert sequence(route) == [["a"]]
    assert [s.name for s in route.undated] == ["b"]


def test_a_stop_without_a_pin_stays_in_the_sequence_and_its_legs_have_no_line() -> None:
    route = plan_route([stop(1, "a", "2020-01", at=(1, 1)), stop(2, "b", "2020-02")])
    assert sequence(route) == [["a"], ["b"]]
    (leg,) = route.lanes[0].legs
    assert (leg.distance_m, leg.lines) == (None, ())


def test_clusters_list_by_earliest_day_then_name_never_by_id() -> None:
    same = [stop(9, "Aa", "2020-01"), stop(1, "Zz", "2020-01"), stop(5, "Mm", "2019-12/2020-02")]
    assert sequence(plan_route(same)) == [["Mm", "Aa", "Zz"]]
