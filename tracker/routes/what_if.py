"""The route as it would be with one stop more, or with one known better."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from tracker.foundation.geo import Point
from tracker.productions.grades import is_intent
from tracker.productions.knowledge import Knowledge
from tracker.productions.models import Grade, Status
from tracker.productions.queries import order_citations_of
from tracker.routes.plan import Route, plan_route
from tracker.routes.stops import Sequence, Stop

_BESIDE_THE_ROUTE = frozenset({Status.RUMOURED, Status.CANCELLED, Status.POSTPONED})


def stop_of(
    knowledge: Knowledge, *, shoot_id: int, name: str, point: Point | None, unit: str = "unknown"
) -> Stop | None:
    """Answer the stop that a shoot so known would be; None for a rumour, a ghost and what is refuted."""
    if knowledge.status in _BESIDE_THE_ROUTE or knowledge.grade is Grade.Z:
        return None
    return Stop(
        id=shoot_id,
        name=name,
        unit=unit,
        start=knowledge.period.start,
        end=knowledge.period.end,
        attested=knowledge.attested,
        planned=is_intent(knowledge.status),
        point=point,
    )


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
    return plan_route((stops_in(route) | {stop.id: stop}).values(), sayings)


def sayings_of(session: Session, production_id: int) -> list[Sequence]:
    """Answer what all live sources say of the order of a production's shoots."""
    return [
        Sequence(
            earlier=order.earlier_id,
            later=order.later_id,
            words=order.words,
            implied=order.manner.value == "implies",
        )
        for order in order_citations_of(session, production_id)
    ]
