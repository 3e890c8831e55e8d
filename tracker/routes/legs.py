"""Legs: from one cluster to the next, with how far, how many days, how sure and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.foundation.geo import Point, distance_m
from tracker.routes.anchors import Anchor
from tracker.routes.stops import Sequence as Saying
from tracker.routes.stops import Stop

FASTEST_KM_PER_H = 900
# Members of a cluster farther apart than this get a line each; nearer ones share one.
SCATTERED_M = 250_000


@dataclass(frozen=True, slots=True)
class Line:
    """One drawn line of a leg, from one stop to another; `planned` if either end is only a plan."""

    from_stop: int
    to_stop: int
    a: Point
    b: Point
    planned: bool


@dataclass(frozen=True, slots=True)
class Leg:
    """The step from one cluster to the next of a lane, by their indexes.

    `distance_m` is between the nearest points of the two, None if either is not located. `days` is the
    least and the most number of days between the first working days; None is no limit.
    """

    start: int
    end: int
    distance_m: float | None
    days: tuple[int | None, int | None]
    certain: bool
    planned: bool
    why: str
    lines: tuple[Line, ...]


def leg_between(
    indexes: tuple[int, int],
    a: Sequence[Stop],
    b: Sequence[Stop],
    anchors: Mapping[int, Anchor],
    sayings: Iterable[Saying],
) -> Leg:
    """Answer the leg from cluster `a` to cluster `b`."""
    first, last = _ends(a, anchors), _ends(b, anchors)
    said = _said(a, b, sayings)
    dates_decide = all(anchors[x.id].is_before(anchors[y.id]) for x in a for y in b)
    qualified = [any(anchors[stop.id].qualified for stop in side) for side in (a, b)]
    certain = not any(qualified) and (dates_decide or not any(s.implied for s in said))
    pair = _nearest(a, b)
    return Leg(
        start=indexes[0],
        end=indexes[1],
        distance_m=pair[2] if pair else None,
        days=(_days(first[1], last[0], floor=0), _days(first[0], last[1], floor=None)),
        certain=certain,
        planned=all(stop.planned for stop in b),
        why=_why(said, sum(qualified), dates_decide=dates_decide, certain=certain),
        lines=_lines(a, b, pair),
    )


def too_fast(a: Sequence[Stop], b: Sequence[Stop], leg: Leg, anchors: Mapping[int, Anchor]) -> float | None:
    """Answer the least speed in km/h that the leg asks for, if it is more than an airliner's; else None."""
    if leg.distance_m is None:
        return None
    days = _days(_ends(a, anchors)[0], _ends(b, anchors)[1], floor=None)
    if days is None:
        return None
    speed = leg.distance_m / 1000 / (24 * (max(days, 0) + 1))
    return speed if speed > FASTEST_KM_PER_H else None


def _ends(side: Sequence[Stop], anchors: Mapping[int, Anchor]) -> tuple[date | None, date | None]:
    firsts = [anchors[stop.id].first for stop in side]
    lasts = [anchors[stop.id].last for stop in side]
    return (
        None if None in firsts else min(d for d in firsts if d),
        None if None in lasts else max(d for d in lasts if d),
    )


def _days(a: date | None, b: date | None, *, floor: int | None) -> int | None:
    if a is None or b is None:
        return floor
    days = (b - a).days
    return days if floor is None else max(floor, days)


def _said(a: Sequence[Stop], b: Sequence[Stop], sayings: Iterable[Saying]) -> list[Saying]:
    before, after = {stop.id for stop in a}, {stop.id for stop in b}
    return [s for s in sayings if s.earlier in before and s.later in after]


def _why(said: Sequence[Saying], qualified_sides: int, *, dates_decide: bool, certain: bool) -> str:
    reasons = sorted({s.words for s in said if s.words})
    if any(s.implied for s in said) and not dates_decide:
        reasons.append("it is implied, not stated")
    if qualified_sides:
        reasons.append("a date is approximate" if qualified_sides == 1 else "dates are approximate")
    if not reasons:
        reasons.append("the dates decide" if dates_decide else "it follows from the stops around it")
    return f"{'certain' if certain else 'likely'}: {'; '.join(reasons)}"


def _nearest(a: Sequence[Stop], b: Sequence[Stop]) -> tuple[Stop, Stop, float] | None:
    pairs = [(x, y, distance_m(x.point, y.point)) for x in a for y in b if x.point and y.point]
    return min(
        pairs, key=lambda pair: (pair[2], pair[0].name, pair[1].name, pair[0].id, pair[1].id), default=None
    )


def _lines(a: Sequence[Stop], b: Sequence[Stop], pair: tuple[Stop, Stop, float] | None) -> tuple[Line, ...]:
    if pair is None:
        return ()
    ends = {(pair[0].id, pair[1].id): (pair[0], pair[1])}
    if _is_scattered(b):
        ends.update(_spread(_nearest(a, [y]) for y in b))
    if _is_scattered(a):
        ends.update(_spread(_nearest([x], b) for x in a))
    return tuple(
        Line(x.id, y.id, x.point, y.point, x.planned or y.planned)
        for x, y in ends.values()
        if x.point and y.point
    )


def _spread(pairs: Iterable[tuple[Stop, Stop, float] | None]) -> dict[tuple[int, int], tuple[Stop, Stop]]:
    return {(pair[0].id, pair[1].id): (pair[0], pair[1]) for pair in pairs if pair}


def _is_scattered(side: Sequence[Stop]) -> bool:
    points = [stop.point for stop in side if stop.point]
    return any(distance_m(p, q) > SCATTERED_M for i, p in enumerate(points) for q in points[i + 1 :])
