"""The route: lanes of clusters and legs, the stops beside them, and what contradicts itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.productions.questions import Question
from tracker.routes.anchors import Anchor, anchor_of
from tracker.routes.legs import Leg, leg_between, too_fast
from tracker.routes.order import Arrangement, Floater, arrange, cycles_in, known_before
from tracker.routes.stops import Sequence, Stop

UNKNOWN_UNIT = "unknown"


@dataclass(frozen=True, slots=True)
class Cluster:
    """Stops that stand at one step of the line; with two or more their order is unknown."""

    stops: tuple[Stop, ...]

    @property
    def ordered(self) -> bool:
        return len(self.stops) == 1


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Stops that cannot all be as told, in words; no line is drawn through them until it is settled."""

    kind: str
    stops: tuple[Stop, ...]
    words: str

    @property
    def question(self) -> Question:
        """What is to be settled: it stays the same while the stops do."""
        return Question.of(self.kind, (stop.id for stop in self.stops))


@dataclass(frozen=True, slots=True)
class Lane:
    """The line of one unit."""

    unit: str
    clusters: tuple[Cluster, ...]
    legs: tuple[Leg, ...]
    floaters: tuple[tuple[Stop, Floater], ...]


@dataclass(frozen=True, slots=True)
class Route:
    """What `plan_route` answers. `anchors` are by stop id; a hop of `settled` is drawn all the same."""

    lanes: tuple[Lane, ...]
    undated: tuple[Stop, ...]
    contradictions: tuple[Contradiction, ...]
    anchors: Mapping[int, Anchor]
    settled: tuple[Contradiction, ...] = ()


def plan_route(
    stops: Iterable[Stop], sayings: Iterable[Sequence] = (), settled: Collection[str] = ()
) -> Route:
    """Derive the route from the evidence alone: the order in which stops are given never matters.

    `settled` holds the keys of questions that a moderator has settled: such a hop is a leg like any other.
    """
    given = sorted(stops, key=_listing_order)
    anchors = {stop.id: anchor_of(stop) for stop in given}
    undated = tuple(stop for stop in given if not anchors[stop.id].is_dated)
    dated = {stop.id: stop for stop in given if anchors[stop.id].is_dated}
    said = [s for s in sayings if s.earlier in dated and s.later in dated]
    later = known_before({i: anchors[i] for i in dated}, ((s.earlier, s.later) for s in said))
    loops = cycles_in(later)
    if loops:
        tangled = frozenset().union(*loops)
        sound = {i: anchors[i] for i in dated if i not in tangled}
        later = known_before(sound, ((s.earlier, s.later) for s in said))
    contradictions = [_loop(sorted((dated[i] for i in loop), key=_listing_order)) for loop in loops]
    lanes: list[Lane] = []
    possible: list[Contradiction] = []
    for unit in sorted({dated[i].unit for i in later}, key=lambda u: (u == UNKNOWN_UNIT, u != "main", u)):
        members = [i for i in later if dated[i].unit == unit]
        lane, hops = _lane(unit, arrange(members, later), (dated, anchors), said, settled)
        lanes.append(lane)
        for hop in hops:
            (possible if hop.question.key in settled else contradictions).append(hop)
    return Route(tuple(lanes), undated, tuple(contradictions), anchors, tuple(possible))


def _lane(
    unit: str,
    arrangement: Arrangement,
    known: tuple[Mapping[int, Stop], Mapping[int, Anchor]],
    said: Iterable[Sequence],
    settled: Collection[str],
) -> tuple[Lane, list[Contradiction]]:
    """Answer the line of one unit and its hops that are too fast; those not settled are no leg."""
    stops, anchors = known
    clusters = tuple(
        Cluster(tuple(sorted((stops[i] for i in ids), key=_listing_order))) for ids in arrangement.clusters
    )
    legs: list[Leg] = []
    hops: list[Contradiction] = []
    for i in range(len(clusters) - 1):
        a, b = clusters[i].stops, clusters[i + 1].stops
        leg = leg_between((i, i + 1), a, b, anchors, said)
        speed = None if unit == UNKNOWN_UNIT else too_fast(a, b, leg, anchors)
        hop = Contradiction("too_fast", (*a, *b), _hop(a, b, leg, speed)) if speed is not None else None
        if hop is not None:
            hops.append(hop)
        if hop is None or hop.question.key in settled:
            legs.append(leg)
    floaters = tuple((stops[f.stop], f) for f in arrangement.floaters)
    in_order = tuple(sorted(floaters, key=lambda pair: _listing_order(pair[0])))
    return Lane(unit, clusters, tuple(legs), in_order), hops


def _listing_order(stop: Stop) -> tuple[date, str, int]:
    """Order for listing only: by earliest day, then name. The id comes last to list the same twice alike."""
    anchor = anchor_of(stop)
    return (anchor.first or anchor.last or date.max, stop.name.casefold(), stop.id)


def _loop(stops: Iterable[Stop]) -> Contradiction:
    stops = tuple(stops)
    names = " and ".join(stop.name for stop in stops)
    return Contradiction(
        "cycle", stops, f"By dates and sources together, {names} would each come before the other."
    )


def _hop(a: Iterable[Stop], b: Iterable[Stop], leg: Leg, speed: float) -> str:
    there, here = ", ".join(s.name for s in b), ", ".join(s.name for s in a)
    return (
        f"From {here} to {there} one unit would have to travel {round((leg.distance_m or 0) / 1000):,} km "
        f"at {round(speed):,} km/h or more."
    )
