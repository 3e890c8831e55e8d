"""A film's route from the record: what is known of its shoots on a day, arranged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from tracker.foundation.geo import Point
from tracker.places.models import Place
from tracker.places.privacy import public_name
from tracker.productions.claims import Claim, known_by
from tracker.productions.evidence import Citation, OrderCitation, Stance
from tracker.productions.knowledge import Knowledge, knowledge_of
from tracker.productions.models import Grade, Production, Shoot, Status
from tracker.productions.queries import (
    citations_of,
    claims_of,
    orders_of_all,
    settlements_of,
    shoots_of_all,
)
from tracker.productions.release import is_kept_back
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

    `settled` holds, by key of `contradictions`, why both sides of one stand.

    `orders` is all that sources say of the order, also what is disputed or closed; `sayings` is what counts.

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
    orders: tuple[OrderCitation, ...] = ()
    settled: Mapping[str, str] = field(default_factory=dict)


def film_route(session: Session, production: Production, *, as_of: date | None, today: date) -> FilmRoute:
    """Derive the route as known on a day; a day from today on, or none, is today's view."""
    return film_routes(session, [production], as_of=as_of, today=today)[0]


def film_routes(
    session: Session, productions: Sequence[Production], *, as_of: date | None, today: date
) -> list[FilmRoute]:
    """Derive the routes of productions, in as many statements as for one."""
    replayed = as_of if as_of is not None and as_of < today else None
    ids = [production.id for production in productions]
    shoots: dict[int, list[Shoot]] = {number: [] for number in ids}
    for shoot in shoots_of_all(session, ids):
        shoots[shoot.production_id].append(shoot)
    every = [shoot for of_one in shoots.values() for shoot in of_one]
    citations = citations_of(session, [shoot.id for shoot in every])
    claims = claims_of(session, every, citations)
    orders: dict[int, list[OrderCitation]] = {number: [] for number in ids}
    for order in orders_of_all(session, ids):
        orders[order.production_id].append(order)
    settled = settlements_of(session, ids)
    return [
        _film(
            production,
            _known(production, shoots[production.id], citations, claims, replayed, today),
            orders[production.id],
            _learned_on((claims[s.id] for s in shoots[production.id]), orders[production.id], today),
            settled.get(production.id, {}),
            days=(replayed, today),
        )
        for production in productions
    ]


def _film(
    production: Production,
    known: dict[int, KnownShoot],
    orders: Sequence[OrderCitation],
    learned_on: tuple[date, ...],
    settled: Mapping[str, str],
    *,
    days: tuple[date | None, date],
) -> FilmRoute:
    replayed, today = days
    shown = {i: k for i, k in known.items() if k.knowledge.grade is not Grade.Z}
    stops = [stop_at(k.shoot, k.place, k.knowledge) for k in known.values()]
    said = [o for o in orders if replayed is None or _is_known_by(o.source.known_from, replayed)]
    disputed = disputed_pairs(said)
    secret = {i for i, k in known.items() if is_kept_back(production, k.shoot, today)}
    sayings = _sayings((o for o in said if (o.earlier_id, o.later_id) not in disputed), secret)
    return FilmRoute(
        production=production,
        as_of=replayed,
        day=replayed or today,
        route=plan_route([stop for stop in stops if stop is not None], sayings, settled),
        sayings=sayings,
        shoots=known,
        ghosts=_listed(shown, _GHOSTS),
        rumours=_listed(shown, {Status.RUMOURED}),
        refuted=tuple(k for k in known.values() if k.knowledge.grade is Grade.Z),
        learned_on=learned_on,
        orders=tuple(said),
        settled=settled,
    )


def disputed_pairs(orders: Iterable[OrderCitation]) -> set[tuple[int, int]]:
    """Answer the (earlier, later) pairs of shoots for which live sources say yes and no."""
    stances: dict[tuple[int, int], set[Stance]] = {}
    for order in orders:
        if order.is_live:
            stances.setdefault((order.earlier_id, order.later_id), set()).add(order.stance)
    return {pair for pair, said in stances.items() if {Stance.SUPPORTS, Stance.REFUTES} <= said}


def _is_known_by(known_from: date | None, day: date) -> bool:
    return known_from is not None and known_from <= day


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


def _sayings(orders: Iterable[OrderCitation], secret: set[int]) -> list[Saying]:
    """Answer what counts of the order; the words of what gives the story away are left out."""
    return [
        Saying(
            earlier=o.earlier_id,
            later=o.later_id,
            words="a source says so" if {o.earlier_id, o.later_id} & secret else o.words,
            implied=o.manner.value == "implies",
        )
        for o in orders
        if o.is_live and o.stance is Stance.SUPPORTS
    ]


def _listed(
    known: Mapping[int, KnownShoot], statuses: set[Status] | frozenset[Status]
) -> tuple[KnownShoot, ...]:
    return tuple(
        sorted(
            (k for k in known.values() if k.knowledge.status in statuses),
            key=lambda k: (
                k.knowledge.period.start.earliest or date.max,
                public_name(k.place).casefold(),
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
