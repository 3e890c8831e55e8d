"""A film's route as rows in its own order, and the lines between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.exchange.exporting.cited import public_sources
from tracker.exchange.exporting.rows import (
    PublicProduction,
    Row,
    public_partners,
    public_place,
    public_production,
    told_of,
)
from tracker.foundation.geo import Position, geodesic
from tracker.places.models import Privacy
from tracker.productions.models import ProductionIdentifier
from tracker.productions.partners import PartnerRole
from tracker.routes.film import FilmRoute, KnownShoot
from tracker.routes.plan import Lane
from tracker.routes.words import leg_words


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteLine:
    """A leg of the route: sequence, not a road. `parts` are GeoJSON positions, cut at 180 degrees."""

    lane: str
    planned: bool
    certain: bool
    words: str
    why: str
    parts: tuple[list[Position], ...]


def rows_of_film(
    film: FilmRoute,
    identifiers: Sequence[ProductionIdentifier],
    today: date,
    roles: Mapping[int, Sequence[PartnerRole]] | None = None,
) -> Iterator[Row]:
    """Yield the shoots lane by lane in their order, then what stands beside the line; refuted ones never.

    `roles` are who made the shoots possible, by shoot.
    """
    production = public_production(film.production, [(i.scheme, i.value) for i in identifiers])
    done: set[int] = set()
    for shoot_id, role, step, ordered in _arranged(film):
        if shoot_id not in done:
            done.add(shoot_id)
            row = _row(film, film.shoots[shoot_id], production, today, role=role, step=step, ordered=ordered)
            helped = (roles or {}).get(shoot_id, ())
            shoot = film.shoots[shoot_id].shoot
            partners = public_partners(shoot, film.production, helped, today, film.as_of)
            yield replace(row, partners=partners)


def lines_of_film(film: FilmRoute) -> list[RouteLine]:
    """Answer the legs that can be drawn."""
    return [
        RouteLine(
            lane=lane.unit,
            planned=line.planned,
            certain=leg.certain,
            words=leg_words(leg),
            why=leg.why,
            parts=tuple(cut(geodesic(line.a, line.b))),
        )
        for lane in film.route.lanes
        for leg in lane.legs
        for line in leg.lines
    ]


def cut(positions: list[Position]) -> list[list[Position]]:
    """Cut an unrolled line where it crosses 180 degrees, so that all longitudes lie within ±180.

    RFC 7946, 3.1.9: a geometry that crosses the antimeridian should be cut in two.
    """
    parts: list[list[Position]] = [[]]
    turn = _turn(positions[0][0])
    for before, here in zip([positions[0], *positions], positions, strict=False):
        now = _turn(here[0])
        if now != turn:
            edge = 180.0 + 360 * (min(now, turn))
            share = (edge - before[0]) / (here[0] - before[0])
            lat = round(before[1] + share * (here[1] - before[1]), 5)
            parts[-1].append([edge - 360 * turn, lat])
            parts.append([[edge - 360 * now, lat]])
            turn = now
        at = [round(here[0] - 360 * turn, 5), here[1]]
        if parts[-1][-1:] != [at]:
            parts[-1].append(at)
    return [part for part in parts if len(part) > 1]


def _turn(lon: float) -> int:
    """Answer how many times round the earth a longitude lies, 0 within ±180."""
    if -180 <= lon <= 180:
        return 0
    return int((lon + 180) // 360)


def _arranged(film: FilmRoute) -> Iterator[tuple[int, str, int | None, bool]]:
    for lane in film.route.lanes:
        yield from _lane(lane)
    tangled = {stop.id for c in film.route.contradictions for stop in c.stops}
    for shoot_id in film.shoots:
        if shoot_id in tangled:
            yield shoot_id, "unsettled", None, False
    for stop in film.route.undated:
        yield stop.id, "undated", None, False
    for known in film.ghosts:
        yield known.shoot.id, "ghost", None, False
    for known in film.rumours:
        yield known.shoot.id, "rumour", None, False


def _lane(lane: Lane) -> Iterator[tuple[int, str, int | None, bool]]:
    for index, cluster in enumerate(lane.clusters):
        for stop in cluster.stops:
            yield stop.id, "stop", index + 1, cluster.ordered
    for stop, _ in lane.floaters:
        yield stop.id, "floater", None, False


def _row(
    film: FilmRoute,
    known: KnownShoot,
    production: PublicProduction,
    today: date,
    *,
    role: str,
    step: int | None,
    ordered: bool,
) -> Row:
    shoot, knowledge = known.shoot, known.knowledge
    return Row(
        shoot=shoot.id,
        production=production,
        place=public_place(known.place),
        unit=shoot.unit.value,
        status=knowledge.status,
        grade=knowledge.grade,
        period=knowledge.period,
        why_grade="" if known.place.privacy is Privacy.PRIVATE else knowledge.assessment.why,
        role=role,
        step=step,
        ordered=ordered,
        sources=public_sources(list(known.citations), private=known.place.privacy is Privacy.PRIVATE),
        # A note has no date of its own: a view of the past goes without it.
        told=told_of(
            shoot,
            film.production,
            today,
            plays=_plays(known),
            note=film.as_of is None,
            as_of=film.as_of,
            in_film=knowledge.in_film[0].value if knowledge.in_film else "",
        ),
    )


def _plays(known: KnownShoot) -> str:
    """Answer what the place stands in for, as sources known by then say, else as somebody entered it."""
    if known.knowledge.plays:
        return known.knowledge.plays[0].value
    return "" if known.knowledge.is_play_cited else known.shoot.story_place
