"""A film's route from the record: what is known of its shoots on a day, arranged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from tracker.foundation.geo import Point
from tracker.places.models import Place
from tracker.places.privacy import public_name
from tracker.productions.claims import Claim, known_by
from tracker.productions.evidence import Citation, OrderCitation
from tracker.productions.knowledge import Knowledge, knowledge_of
from tracker.productions.models import Grade, Production, Shoot, Status
from tracker.productions.queries import citations_of, claims_of, order_citations_of, shoots_of
from tracker.routes.plan import Route, plan_route
from tracker.routes.stops import Sequence as Saying
from tracker.routes.stops import Stop

_DONE = frozenset({Status.UNDER_WAY, Status.WRAPPED, Status.SUSPENDED})
_MEANT = frozenset({Status.PLANNED, Status.PERMITTED})
_GHOSTS = frozenset({Status.CANCELLED, Status.POSTPONED})


@dataclass(frozen=True, slots=True)
class KnownShoot:
    """A shoot with what is known of it on the day asked, and the citations that say so."""

    shoot: Shoot
    place: Place
    knowledge: Knowledge
    citations: tuple[Citation, ...]

    @property
    def is_planned(self) -> bool:
        return self.knowledge.status in _MEANT


@dataclass(frozen=True, slots=True)
class FilmRoute:
    """A production's route as known on `day`.

    `as_of` is that day, or None for today's view, in which sources without a date count as well.

    `shoots` are by id, and hold all that are known: on the line, beside it, ghosts, rumours, refuted.
    """

    production: Production
    as_of: date | None
    day: date
    route: Route
    sayings: Sequence[Saying]
    shoots: Mapping[int, KnownShoot]
    ghosts: tuple[KnownShoot, ...]
    rumours: tuple[KnownShoot, ...]
    refuted: tuple[KnownShoot, ...]
    learned_on: tuple[date, ...]


def film_route(session: Session, production: Production, *, as_of: date | None, today: date) -> FilmRoute:
    """Derive the route as known on a day; a day from today on, or none, is today's view."""
    replayed = as_of if as_of is not None and as_of < today else None
    shoots = shoots_of(session, production.id)
    citations = citations_of(session, [shoot.id for shoot in shoots])
    claims = claims_of(session, shoots, citations)
    known = _known(production, shoots, citations, claims, replayed, today)
    shown = {i: k for i, k in known.items() if k.knowledge.grade is not Grade.Z}
    orders = order_citations_of(session, production.id)
    stops = [stop_at(k.shoot, k.place, k.knowledge) for k in known.values()]
    sayings = _sayings(orders, replayed)
    return FilmRoute(
        production=production,
        as_of=replayed,
        day=replayed or today,
        route=plan_route([stop for stop in stops if stop is not None], sayings),
        sayings=sayings,
        shoots=known,
        ghosts=_listed(shown, _GHOSTS),
        rumours=_listed(shown, {Status.RUMOURED}),
        refuted=tuple(k for k in known.values() if k.knowledge.grade is Grade.Z),
        learned_on=_learned_on(claims.values(), orders, today),
    )


def _known(
    production: Production,
    shoots: Sequence[Shoot],
    citations: Mapping[int, Sequence[Citation]],
    claims: Mapping[int, Sequence[Claim]],
    as_of: date | None,
    today: date,
) -> dict[int, KnownShoot]:
    known: dict[int, KnownShoot] = {}
    for shoot in shoots:
        knowledge = knowledge_of(
            claims[shoot.id],
            on=as_of or today,
            as_known=as_of is not None,
            released=production.released,
            refuted_reason=shoot.refuted_reason,
        )
        if knowledge is None:
            continue
        by_then = {claim.id for claim in known_by(claims[shoot.id], as_of)}
        cited = tuple(c for c in citations.get(shoot.id, ()) if c.id in by_then)
        known[shoot.id] = KnownShoot(shoot, shoot.place, knowledge, cited)
    return known


def stop_of(
    knowledge: Knowledge, *, shoot_id: int, name: str, point: Point | None, unit: str = "unknown"
) -> Stop | None:
    """Answer the stop that a shoot so known is; None for a rumour, a ghost and what is refuted."""
    if knowledge.status not in _DONE | _MEANT or knowledge.grade is Grade.Z:
        return None
    return Stop(
        id=shoot_id,
        name=name,
        unit=unit,
        start=knowledge.period.start,
        end=knowledge.period.end,
        attested=knowledge.attested,
        planned=knowledge.status in _MEANT,
        point=point,
    )


def stop_at(shoot: Shoot, place: Place, knowledge: Knowledge) -> Stop | None:
    """Answer the stop that a recorded shoot is, at the public point of its place."""
    located = place.public_lat is not None and place.public_lon is not None
    return stop_of(
        knowledge,
        shoot_id=shoot.id,
        name=public_name(place),
        point=Point(place.public_lat or 0.0, place.public_lon or 0.0) if located else None,
        unit=shoot.unit.value,
    )


def _sayings(orders: Sequence[OrderCitation], as_of: date | None) -> list[Saying]:
    return [
        Saying(earlier=o.earlier_id, later=o.later_id, words=o.words, implied=o.manner.value == "implies")
        for o in orders
        if as_of is None or (o.source.known_from is not None and o.source.known_from <= as_of)
    ]


def _listed(
    known: Mapping[int, KnownShoot], statuses: set[Status] | frozenset[Status]
) -> tuple[KnownShoot, ...]:
    return tuple(
        sorted(
            (k for k in known.values() if k.knowledge.status in statuses),
            key=lambda k: (
                k.knowledge.period.start.earliest or date.max,
                k.place.name.casefold(),
                k.shoot.id,
            ),
        )
    )


def _learned_on(
    claims: Iterable[Sequence[Claim]], orders: Sequence[OrderCitation], today: date
) -> tuple[date, ...]:
    """Answer the days before today on which a source was published that changed what is known."""
    days = {c.known_from for group in claims for c in group if c.known_from}
    days |= {o.source.known_from for o in orders if o.source.known_from}
    return tuple(sorted(day for day in days if day is not None and day < today))
