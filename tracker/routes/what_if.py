"""The route as it would be with one stop more, or with one known better."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.routes.plan import Route, plan_route
from tracker.routes.stops import Sequence, Stop


def stops_in(route: Route) -> dict[int, Stop]:
    """Answer all stops that a route speaks of, by id: on its lines, beside them, undated, torn."""
    on_lines = [stop for lane in route.lanes for cluster in lane.clusters for stop in cluster.stops]
    beside = [stop for lane in route.lanes for stop, _ in lane.floaters]
    torn = [stop for contradiction in route.contradictions for stop in contradiction.stops]
    return {stop.id: stop for stop in (*on_lines, *beside, *route.undated, *torn)}


def route_with(route: Route, stop: Stop | None, sayings: Iterable[Sequence] = ()) -> Route:
    """Derive the route anew with a stop added, or put in the place of the one with its id."""
    if stop is None:
        return route
    settled = [hop.question.key for hop in route.settled]
    return plan_route((stops_in(route) | {stop.id: stop}).values(), sayings, settled)
