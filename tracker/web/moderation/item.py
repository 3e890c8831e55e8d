"""What a moderator sees of one sighting: doubts, likely duplicates, and the route before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.foundation.clock import today
from tracker.foundation.dates import UNKNOWN
from tracker.foundation.geo import Point
from tracker.productions.claims import Claim
from tracker.productions.knowledge import Knowledge
from tracker.productions.models import Production, Shoot
from tracker.productions.queries import citations_of, claims_of, shoots_of
from tracker.routes.film import FilmRoute, film_route, stop_at, stop_of
from tracker.routes.plan import Route, plan_route
from tracker.routes.what_if import route_with
from tracker.routes.words import Step, distance_words, length_m, route_in_words, steps_of
from tracker.sightings.doubts import OnLand
from tracker.sightings.findings import Finding
from tracker.sightings.models import Sighting
from tracker.sightings.outlook import UNSAVED, claim_from, further_claims, known_with, likely_kind
from tracker.sightings.plausibility import plausibility
from tracker.sightings.queries import Duplicate, beside, production_of
from tracker.sources.operations import find_source


@dataclass(frozen=True, slots=True)
class RouteView:
    """A route in words. `touched` is the stop that makes the difference, `steps` the lanes in order."""

    sentence: str
    length: str
    lanes: tuple[tuple[str, tuple[Step, ...]], ...]
    touched: int


@dataclass(frozen=True, slots=True)
class Prospect:
    """What one decision would lead to: what is known of the shoot then, and the route."""

    knowledge: Knowledge
    route: RouteView
    changes_route: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One sighting with everything that a decision rests on. `beside` is its likeliest duplicate."""

    sighting: Sighting
    production: Production | None
    sent_before: int
    against: tuple[Finding, ...]
    checked: tuple[Finding, ...]
    duplicates: list[Duplicate]
    shoots: list[Shoot]
    beside: Knowledge | None
    now: RouteView
    accepted: Prospect
    merged: Prospect | None


def item_of(session: Session, sighting: Sighting, *, on_land: OnLand | None = None) -> Item:
    """Gather what a moderator needs to decide; `on_land` tells land from sea."""
    production = production_of(session, sighting)
    findings = plausibility(session, sighting, production, today=today(), on_land=on_land)
    duplicates = beside(session, sighting)
    film = film_route(session, production, as_of=None, today=today()) if production else None
    source = find_source(session, sighting.address) if sighting.address else None
    claim = claim_from(sighting, likely_kind(sighting), source)
    route = film.route if film else plan_route(())
    first = duplicates[0].shoot if duplicates else None
    return Item(
        sighting=sighting,
        production=production,
        sent_before=_sent_before(session, sighting),
        against=tuple(f for f in findings if f.against),
        checked=tuple(f for f in findings if not f.against),
        duplicates=duplicates,
        shoots=shoots_of(session, production.id) if production else [],
        beside=film.shoots[first.id].knowledge if film and first and first.id in film.shoots else None,
        now=_view(route, first.id if first else UNSAVED),
        accepted=_if_accepted(sighting, claim, film, route, further_claims(session, sighting)),
        merged=_if_merged(session, film, first, claim, further_claims(session, sighting))
        if film and first
        else None,
    )


def _if_accepted(
    sighting: Sighting, claim: Claim, film: FilmRoute | None, route: Route, further: Sequence[Claim]
) -> Prospect:
    released = film.production.released if film else UNKNOWN
    knowledge = known_with(claim, further, today=today(), released=released)
    located = sighting.place_lat is not None and sighting.place_lon is not None
    stop = stop_of(
        knowledge,
        shoot_id=UNSAVED,
        name=sighting.place_name or sighting.place_text,
        point=Point(sighting.place_lat or 0.0, sighting.place_lon or 0.0) if located else None,
    )
    after = route_with(route, stop, film.sayings if film else ())
    return Prospect(knowledge, _view(after, UNSAVED), changes_route=stop is not None)


def _if_merged(
    session: Session, film: FilmRoute, shoot: Shoot, claim: Claim, further: Sequence[Claim]
) -> Prospect:
    claims = claims_of(session, [shoot], citations_of(session, [shoot.id]))[shoot.id]
    knowledge = known_with(
        claim,
        [*claims, *further],
        today=today(),
        released=film.production.released,
        refuted_reason=shoot.refuted_reason,
    )
    stop = stop_at(shoot, shoot.place, knowledge)
    after = route_with(film.route, stop, film.sayings)
    return Prospect(knowledge, _view(after, shoot.id), changes_route=_shape(after) != _shape(film.route))


def _shape(route: Route) -> list[tuple[str, list[tuple[frozenset[int], bool, str]]]]:
    """Answer what makes a route the same: its steps and legs. Inside brackets the listing says nothing."""
    return [
        (lane.unit, [(frozenset(step.stops), step.planned, step.leg) for step in steps_of(lane)])
        for lane in route.lanes
    ]


def _view(route: Route, touched: int) -> RouteView:
    return RouteView(
        sentence=route_in_words(route),
        length=distance_words(length_m(route)),
        lanes=tuple((lane.unit, steps_of(lane)) for lane in route.lanes),
        touched=touched,
    )


def _sent_before(session: Session, sighting: Sighting) -> int:
    return (
        session.scalar(
            select(func.count(Sighting.id)).where(
                Sighting.submitted_by_id == sighting.submitted_by_id, Sighting.id < sighting.id
            )
        )
        or 0
    )
