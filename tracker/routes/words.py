"""A route in words: "Leavesden → [Rauma, Stranda] → Rome", with how far and how long each leg is."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.routes.legs import Leg
from tracker.routes.plan import Cluster, Lane, Route


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a lane. `names` brackets stops whose order is unknown; `leg` leads to the next step."""

    names: str
    stops: tuple[int, ...]
    planned: bool
    leg: str


def route_in_words(route: Route) -> str:
    """Answer the whole route in one line, its lanes after each other, and what stands beside them."""
    parts = [_lane_line(lane, named=len(route.lanes) > 1) for lane in route.lanes]
    floating = [stop.name for lane in route.lanes for stop, _ in lane.floaters]
    if floating:
        parts.append(f"beside the line: {', '.join(floating)}")
    if route.undated:
        parts.append(f"undated: {', '.join(stop.name for stop in route.undated)}")
    return "; ".join(parts) or "no stop yet"


def steps_of(lane: Lane) -> tuple[Step, ...]:
    """Answer the steps of a lane in order."""
    legs = {leg.start: leg for leg in lane.legs}
    return tuple(
        Step(
            names=_names(cluster),
            stops=tuple(stop.id for stop in cluster.stops),
            planned=all(stop.planned for stop in cluster.stops),
            leg=leg_words(legs[at]) if at in legs else "",
        )
        for at, cluster in enumerate(lane.clusters)
    )


def length_m(route: Route) -> float:
    """Answer the sum of all legs in metres; a leg to a place that is not located adds nothing."""
    return sum(leg.distance_m or 0.0 for lane in route.lanes for leg in lane.legs)


def leg_words(leg: Leg) -> str:
    """Answer "1 to 66 days · 2,320 km · likely: the director's post says Rome is next"."""
    when = "planned next" if leg.planned else days_words(*leg.days)
    return " · ".join(part for part in (when, distance_words(leg.distance_m), leg.why) if part)


def days_words(least: int | None, most: int | None) -> str:
    """Answer the days between two first working days in words; "" where neither limit says anything."""
    if most is None:
        return f"at least {_days(least)}" if least else ""
    if least == most:
        return "the same day" if most == 0 else _days(most)
    return f"{least} to {_days(most)}" if least else f"up to {_days(most)}"


def distance_words(metres: float | None) -> str:
    """Answer a distance no finer than places are known: whole tens of kilometres from 100 km on."""
    if metres is None:
        return "distance unknown"
    if metres < 1:
        return "the same place"
    if metres < 1000:
        return f"{round(metres)} m"
    km = metres / 1000
    if km < 10:
        return f"{km:.1f} km".replace(".0 km", " km")
    return f"{round(km) if km < 100 else round(km, -1):,.0f} km"


def _days(n: int) -> str:
    return "1 day" if n == 1 else f"{n:,} days"


def _lane_line(lane: Lane, *, named: bool) -> str:
    line = " → ".join(
        f"{step.names} (planned)" if step.planned and len(step.stops) == 1 else step.names
        for step in steps_of(lane)
    )
    return f"{lane.unit} unit: {line}" if named else line


def _names(cluster: Cluster) -> str:
    names = ", ".join(stop.name for stop in cluster.stops)
    return names if cluster.ordered else f"[{names}]"
