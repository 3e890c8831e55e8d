"""The case that must work first: both results that the product states."""

from __future__ import annotations

from tests.routes.making import sequence, stop
from tracker.routes.plan import plan_route
from tracker.routes.stops import Sequence

RAUMA = stop(3, "Rauma", "2020-08/2020-10", "2020-10-05~", at=(62.567, 7.687))
STRANDA = stop(2, "Stranda", "2020-08/2020-10", "2020-10-05~", at=(62.31, 6.95))
SAID = [
    Sequence(earlier=3, later=4, words="the director’s post says Rome is next"),
    Sequence(earlier=2, later=4, words="the director’s post says Rome is next"),
]
TODAY = [
    stop(1, "Leavesden", "2020-07", "2020-08~", at=(51.69, -0.42)),
    STRANDA,
    RAUMA,
    stop(4, "Rome", "2020-10-06", "2020-10-20~", at=(41.893, 12.483)),
    stop(5, "Venice", "2020-10-21", "2020-11", at=(45.437, 12.335)),
    stop(6, "Piazza Venezia", "2020-11-29", "2020-11-29", at=(41.896, 12.4825)),
    stop(7, "Longcross", "2021-01~", "..", planned=True, at=(51.386, -0.59)),
    stop(8, "Abu Dhabi", "2021-01/2021-02", "2021-02~", at=(24.45, 54.38)),
    stop(9, "Levisham", "2021-04-20~", "2021-04~", at=(54.312, -0.724)),
    stop(10, "Stoney Middleton", "2021-08~", "2021-09~", at=(53.276, -1.66)),
]


def test_as_known_on_5_october_2020_rome_comes_after_because_the_director_says_so() -> None:
    rome = stop(4, "Rome", "2020-10~", planned=True, at=(41.893, 12.483))
    with_post = plan_route([rome, RAUMA, STRANDA], SAID)
    assert sequence(with_post) == [["Rauma", "Stranda"], ["Rome"]]
    (leg,) = with_post.lanes[0].legs
    assert (leg.planned, leg.certain) == (True, False)
    assert leg.why == "likely: the director’s post says Rome is next; dates are approximate"
    # Without the post the dates alone decide nothing.
    assert sequence(plan_route([rome, RAUMA, STRANDA])) == [["Rauma", "Stranda", "Rome"]]


def test_today_the_route_runs_from_leavesden_to_stoney_middleton_with_rome_twice() -> None:
    route = plan_route(reversed(TODAY), SAID)
    assert sequence(route) == [
        ["Leavesden"],
        ["Rauma", "Stranda"],
        ["Rome"],
        ["Venice"],
        ["Piazza Venezia"],
        ["Abu Dhabi", "Longcross"],
        ["Levisham"],
        ["Stoney Middleton"],
    ]
    assert (route.undated, route.contradictions, route.lanes[0].floaters) == ((), (), ())
    assert [leg.days for leg in route.lanes[0].legs] == [
        (1, 96),
        (1, 66),
        (15, 15),
        (39, 39),
        (33, 91),
        (51, 109),
        (103, 133),
    ]
    assert [leg.certain for leg in route.lanes[0].legs] == [False, False, True, True, False, False, False]
    assert [leg.planned for leg in route.lanes[0].legs] == [False] * 7
    assert route.lanes[0].legs[2].why == "certain: the dates decide"


def test_a_leg_to_a_scattered_cluster_forks_and_a_branch_to_a_plan_is_dashed() -> None:
    leg = plan_route(TODAY, SAID).lanes[0].legs[4]
    assert {(line.from_stop, line.to_stop, line.planned) for line in leg.lines} == {
        (6, 8, False),
        (6, 7, True),
    }
