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
            leg=leg_in_words(legs[at]) if at in legs else "",
        )
        for at, cluster in enumerate(lane.clusters)
    )


def length_m(route: Route) -> float:
    """Answer the sum of all legs in metres; a leg to a place that is not located adds nothing."""
    return sum(leg.distance_m or 0.0 for lane in route.lanes for leg in lane.legs)


def leg_in_words(leg: Leg) -> str:
    """Answer how far a leg is, how long it may have taken, and why this order."""
    return " · ".join(part for part in (kilometres(leg.distance_m), days_in_words(leg.days), leg.why) if part)


def kilometres(metres: float | None) -> str:
    """Answer a distance in whole kilometres, with a decimal below ten; nothing for an unknown one."""
    if metres is None:
        return ""
    km = metres / 1000
    return f"{km:.1f} km".replace(".0 ", " ") if km < 9.95 else f"{round(km):,} km"


def days_in_words(days: tuple[int | None, int | None]) -> str:
    """Answer the least and the most days between two first working days; nothing where neither is known."""
    least, most = days
    if least == most and least is not None:
        return _counted(least)
    if most is None:
        return f"at least {_counted(least)}" if least else ""
    return f"{least} to {_counted(most)}" if least is not None else f"at most {_counted(most)}"


def _counted(days: int) -> str:
    return f"{days:,} {'day' if days == 1 else 'days'}"


def _lane_line(lane: Lane, *, named: bool) -> str:
    line = " → ".join(
        f"{step.names} (planned)" if step.planned and len(step.stops) == 1 else step.names
        for step in steps_of(lane)
    )
    return f"{lane.unit} unit: {line}" if named else line


def _names(cluster: Cluster) -> str:
    names = ", ".join(stop.name for stop in cluster.stops)
    return names if cluster.ordered else f"[{names}]"
