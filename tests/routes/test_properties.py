"""What holds for every route, whatever the evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tracker.foundation.dates import DateBound
from tracker.foundation.geo import Point
from tracker.routes.anchors import anchor_of
from tracker.routes.order import known_before
from tracker.routes.plan import Route, plan_route
from tracker.routes.stops import Sequence, Stop

_DAYS = st.dates(date(2020, 1, 1), date(2021, 12, 31))


def _bound(first: date, last: date, mark: str = "") -> DateBound:
    return DateBound(edtf=f"{first}/{last}{mark}", earliest=first, latest=last)


@st.composite
def _bounds(draw: st.DrawFn) -> DateBound:
    if draw(st.integers(0, 5)) == 0:
        return DateBound()
    first = draw(_DAYS)
    return _bound(
        first,
        first + timedelta(days=draw(st.sampled_from([0, 0, 3, 30, 200]))),
        draw(st.sampled_from(["", "~"])),
    )


@st.composite
def _stops(draw: st.DrawFn) -> list[Stop]:
    ids = draw(st.lists(st.integers(1, 99), min_size=1, max_size=9, unique=True))
    return [
        Stop(
            id=i,
            name=draw(st.sampled_from("ABCDEF")),
            unit=draw(st.sampled_from(["main", "unknown"])),
            start=draw(_bounds()),
            end=draw(_bounds()),
            planned=draw(st.booleans()),
            point=draw(st.one_of(st.none(), st.builds(Point, st.floats(-80, 80), st.floats(-180, 180)))),
        )
        for i in ids
    ]


@st.composite
def _cases(draw: st.DrawFn) -> tuple[list[Stop], list[Sequence]]:
    stops = draw(_stops())
    ids = [s.id for s in stops]
    said = draw(
        st.lists(
            st.tuples(st.sampled_from(ids), st.sampled_from(ids)).filter(lambda p: p[0] != p[1]), max_size=4
        )
    )
    return stops, [Sequence(earlier=a, later=b, words="x") for a, b in said]


def _everything(route: Route) -> list[int]:
    on_line = [s.id for lane in route.lanes for c in lane.clusters for s in c.stops]
    beside = [s.id for lane in route.lanes for s, _ in lane.floaters]
    tangled = [s.id for c in route.contradictions if c.kind == "cycle" for s in c.stops]
    return sorted([*on_line, *beside, *tangled, *(s.id for s in route.undated)])


@settings(max_examples=60, deadline=None)
@given(_cases(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_never_matters(
    case: tuple[list[Stop], list[Sequence]], random: Random
) -> None:
    stops, said = case
    expected = plan_route(stops, said)
    random.shuffle(stops)
    random.shuffle(said)
    assert plan_route(stops, said) == expected


@settings(max_examples=60, deadline=None)
@given(_cases())
def test_every_stop_is_somewhere_exactly_once(case: tuple[list[Stop], list[Sequence]]) -> None:
    stops, said = case
    assert _everything(plan_route(stops, said)) == sorted(s.id for s in stops)


@settings(max_examples=60, deadline=None)
@given(_cases())
def test_an_undated_stop_is_never_on_the_line(case: tuple[list[Stop], list[Sequence]]) -> None:
    stops, said = case
    route = plan_route(stops, said)
    undated = {s.id for s in stops if not s.start.is_known and not s.end.is_known}
    assert {s.id for s in route.undated} == undated


@settings(max_examples=60, deadline=None)
@given(_cases())
def test_clusters_are_ordered_between_and_unordered_within(case: tuple[list[Stop], list[Sequence]]) -> None:
    stops, said = case
    route = plan_route(stops, said)
    tangled = {s.id for c in route.contradictions if c.kind == "cycle" for s in c.stops}
    anchors = {s.id: anchor_of(s) for s in stops if anchor_of(s).is_dated and s.id not in tangled}
    later = known_before(anchors, ((s.earlier, s.later) for s in said))
    for lane in route.lanes:
        groups = [[s.id for s in c.stops] for c in lane.clusters]
        if len(groups) > 1:
            assert not any(b in later[a] for group in groups for a in group for b in group)
        for i, group in enumerate(groups):
            assert all(b in later[a] for a in group for rest in groups[i + 1 :] for b in rest)


@settings(max_examples=150, deadline=None)
@given(_stops(), st.data())
def test_widening_a_date_never_creates_an_order(stops: list[Stop], data: st.DataObject) -> None:
    dated = [s for s in stops if s.start.earliest and s.start.latest and _is_sane(s)]
    assume(dated)
    chosen = data.draw(st.sampled_from(dated))
    assert chosen.start.earliest and chosen.start.latest
    wider = replace(
        chosen,
        start=_bound(
            chosen.start.earliest - timedelta(days=data.draw(st.integers(0, 100))),
            chosen.start.latest + timedelta(days=data.draw(st.integers(0, 100))),
        ),
    )
    before = _pairs(stops)
    after = _pairs([wider if s.id == chosen.id else s for s in stops])
    assert after <= before


@settings(max_examples=150, deadline=None)
@given(_stops(), st.data())
def test_widening_an_end_never_creates_an_order(stops: list[Stop], data: st.DataObject) -> None:
    ended = [s for s in stops if s.end.earliest and s.end.latest and _is_sane(s)]
    assume(ended)
    chosen = data.draw(st.sampled_from(ended))
    assert chosen.end.earliest and chosen.end.latest
    longer = chosen.end.latest + timedelta(days=data.draw(st.integers(0, 300)))
    wider = replace(chosen, end=_bound(chosen.end.earliest, longer))
    assert _pairs([wider if s.id == chosen.id else s for s in stops]) <= _pairs(stops)


def _is_sane(s: Stop) -> bool:
    """An end that lies before the start is a contradiction of its own, refused where it is typed."""
    return not (s.start.earliest and s.end.latest and s.end.latest < s.start.earliest)


def _pairs(stops: list[Stop]) -> set[tuple[int, int]]:
    anchors = {s.id: anchor_of(s) for s in stops}
    return {(a, b) for a, later in known_before(anchors, ()).items() for b in later}
