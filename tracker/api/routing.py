"""A film's route in the shapes of the API."""

from __future__ import annotations

from tracker.api import shapes
from tracker.api.shaping import shoot_in
from tracker.exchange.exporting.film import rows_of_film
from tracker.exchange.exporting.rows import Row, Site
from tracker.foundation.clock import today
from tracker.routes.film import FilmRoute
from tracker.routes.plan import Lane


def route_of(film: FilmRoute, site: Site) -> shapes.Route:
    """Answer the route with every stop once."""
    rows = list(rows_of_film(film, (), today()))
    stops = {row.shoot: _stop(film, row, site) for row in rows}
    beside = {role: [stops[row.shoot] for row in rows if row.role == role] for role in _BESIDE}
    return shapes.Route(
        production=shapes.ProductionName(
            slug=film.production.slug, title=film.production.title, url=site.film(film.production.slug)
        ),
        as_of=film.day,
        today=film.as_of is None,
        lanes=[_lane(lane, stops) for lane in film.route.lanes],
        unsettled=beside["unsettled"],
        undated=beside["undated"],
        ghosts=beside["ghost"],
        contradictions=[
            shapes.Clash(kind=clash.kind, shoots=[stop.id for stop in clash.stops], words=clash.words)
            for clash in film.route.contradictions
        ],
    )


_BESIDE = ("unsettled", "undated", "ghost")


def _stop(film: FilmRoute, row: Row, site: Site) -> shapes.Stop:
    anchor = film.route.anchors.get(row.shoot)
    return shapes.Stop(
        shoot=shoot_in(row, site),
        anchor=[anchor.first, anchor.last] if anchor else [None, None],
        why_grade=row.why_grade,
    )


def _lane(lane: Lane, stops: dict[int, shapes.Stop]) -> shapes.Lane:
    return shapes.Lane(
        unit=lane.unit,
        clusters=[
            shapes.Cluster(ordered=cluster.ordered, stops=[stops[stop.id] for stop in cluster.stops])
            for cluster in lane.clusters
        ],
        legs=[
            shapes.Leg(
                start=leg.start,
                end=leg.end,
                distance_m=None if leg.distance_m is None else round(leg.distance_m),
                days=list(leg.days),
                certain=leg.certain,
                planned=leg.planned,
                why=leg.why,
            )
            for leg in lane.legs
        ],
        floaters=[
            shapes.Floater(stop=stops[stop.id], after=list(floater.after), before=list(floater.before))
            for stop, floater in lane.floaters
        ],
    )
