"""The route: lanes of clusters and legs, the stops beside them, and what contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class Lane:
    """The line of one unit."""

    unit: str
    clusters: tuple[Cluster, ...]
    legs: tuple[Leg, ...]
    floaters: tuple[tuple[Stop, Floater], ...]


@dataclass(frozen=True, slots=True)
class Route:
    """What `plan_route` answers. `anchors` are by stop id."""

    lanes: tuple[Lane, ...]
    undated: tuple[Stop, ...]
    contradictions: tuple[Contradiction, ...]
    anchors: Mapping[int, Anchor]


def plan_route(stops: Iterable[Stop], sayings: Iterable[Sequence] = ()) -> Route:
    """Derive the route from the evidence alone: the order in which stops are given never matters."""
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
    for unit in sorted({dated[i].unit for i in later}, key=lambda u: (u == UNKNOWN_UNIT, u != "main", u)):
        members = [i for i in later if dated[i].unit == unit]
        lane, impossible = _lane(unit, arrange(members, later), dated, anchors, said)
        lanes.append(lane)
        contradictions += impossible
    return Route(tuple(lanes), undated, tuple(contradictions), anchors)


def _lane(
    unit: str,
    arrangement: Arrangement,
    stops: Mapping[int, Stop],
    anchors: Mapping[int, Anchor],
    said: Iterable[Sequence],
) -> tuple[Lane, list[Contradiction]]:
    clusters = tuple(
        Cluster(tuple(sorted((stops[i] for i in ids), key=_listing_order))) for ids in arrangement.clusters
    )
    legs: list[Leg] = []
    impossible: list[Contradiction] = []
    for i in range(len(clusters) - 1):
        a, b = clusters[i].stops, clusters[i + 1].stops
        leg = leg_between((i, i + 1), a, b, anchors, said)
        speed = None if unit == UNKNOWN_UNIT else too_fast(a, b, leg, anchors)
        if speed is None:
            legs.append(leg)
        else:
            impossible.append(Contradiction("too_fast", (*a, *b), _hop(a, b, leg, speed)))
    floaters = tuple((stops[f.stop], f) for f in arrangement.floaters)
    in_order = tuple(sorted(floaters, key=lambda pair: _listing_order(pair[0])))
    return Lane(unit, clusters, tuple(legs), in_order), impossible


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
