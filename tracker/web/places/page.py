"""What the page of a place shows, worked out before the template sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from tracker.foundation.text import fold
from tracker.places.listing import namesakes_of, open_places_within
from tracker.places.models import Place, Privacy
from tracker.places.privacy import public_name
from tracker.places.queries import place_by_id, places_near
from tracker.productions.at_places import FilmAt, films_at, learned_at
from tracker.productions.models import Grade
from tracker.productions.partner_queries import roles_for
from tracker.productions.partners import PartnerRole
from tracker.productions.queries import shoots_at
from tracker.routes.words import distance_words
from tracker.web.partners.words import Helper, helpers_of
from tracker.web.places.known import State, states_on
from tracker.web.places.precision import Precision, precision_of
from tracker.web.places.public import kind_and_where, place_url, where
from tracker.web.places.words import country_name
from tracker.web.productions.known_on import AsKnown, as_known
from tracker.web.productions.scene import in_film_word
from tracker.web.productions.shoot_words import (
    Told,
    evidence_url,
    film_url,
    span_of_periods,
    stop_url,
    told_of,
)
from tracker.web.productions.stops import date_phrases

_NEAR_M = 300_000
_MOST_NEAR = 8


@dataclass(frozen=True, slots=True)
class Link:
    """A name with the address it leads to."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ShotHere:
    """One shoot in the table of a place's page."""

    shoot: int
    film: Link
    year: int | None
    place: Link
    told: Told
    in_film: str
    when: tuple[str, ...]
    status: str
    grade: str
    sources: Link


@dataclass(frozen=True, slots=True)
class Played:
    """What a place stood in for, in which film, and how well that shoot is proven."""

    story_place: str
    film: Link
    grade: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another place with the films shot there; `distance` in words, "" for one that lies within."""

    place: Link
    around: str
    distance: str
    films: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """Everything on the page of one place. `refuted` is kept and folded."""

    place: Place
    name: str
    url: str
    map_url: str
    world_url: str
    eyebrow: str
    namesakes: tuple[Link, ...]
    lies_in: Link | None
    precision: Precision
    summary: str
    span: str
    as_of: date | None
    known: AsKnown | None
    shot_here: tuple[ShotHere, ...]
    refuted: tuple[ShotHere, ...]
    helpers: tuple[Helper, ...]
    played: tuple[Played, ...]
    within: tuple[Neighbour, ...]
    near: tuple[Neighbour, ...]
    near_is_all: bool


def place_page(session: Session, place: Place, *, as_of: date | None, today: date) -> PlacePage:
    """Gather the page of a place, as known on a day, in a fixed number of statements."""
    replayed = as_of if as_of is not None and as_of < today else None
    shoots = shoots_at(session, [place.id])
    states = states_on(session, shoots, replayed)
    live = [state for state in states if state.grade is not Grade.Z]
    inner = open_places_within(session, place) if place.privacy is Privacy.OPEN else []
    around = places_near(session, place, within_m=_NEAR_M, limit=_MOST_NEAR)
    near = [(p, m) for p, m in around if p.within_id != place.id]
    films = films_at(session, [p.id for p in inner] + [p.id for p, _ in near])
    roles = roles_for(session, [state.shoot for state in live])
    return PlacePage(
        place=place,
        name=public_name(place),
        url=place_url(place),
        map_url=map_url(place),
        world_url=_world_url(place),
        eyebrow=kind_and_where(place),
        namesakes=tuple(_namesake(other) for other in namesakes_of(session, place)),
        lies_in=_lies_in(session, place),
        precision=precision_of(place),
        summary=_summary(live),
        span=span_of_periods([state.period for state in live]) if live else "",
        as_of=replayed,
        known=as_known(learned_at(session, place.id, before=today), replayed, today),
        shot_here=tuple(_shot(state) for state in live),
        refuted=tuple(_shot(state) for state in states if state.grade is Grade.Z),
        helpers=_helpers(roles, replayed),
        played=tuple(_played(live)),
        within=tuple(_neighbour(p, "", films) for p in inner),
        near=tuple(_neighbour(p, distance_words(metres), films) for p, metres in near),
        near_is_all=len(around) < _MOST_NEAR,
    )


def map_url(place: Place) -> str:
    """Answer the address of the place's GeoJSON."""
    slug = place_url(place).rpartition("/")[2].partition("-")[2]
    return url_for("places.geojson", place_id=place.id, slug=slug)


def _world_url(place: Place) -> str:
    if place.public_lat is None or place.public_lon is None:
        return url_for("world.map")
    return f"{url_for('world.map')}#map=7/{place.public_lat:.3f}/{place.public_lon:.3f}"


def _link(place: Place) -> Link:
    return Link(public_name(place), place_url(place))


def _namesake(place: Place) -> Link:
    apart = country_name(place.country) or place.region
    return Link(f"{place.name} in {apart}" if apart else f"another {place.name}", place_url(place))


def _lies_in(session: Session, place: Place) -> Link | None:
    # What an obscured place lies in may be narrower than the grid cell that is public.
    if place.within_id is None or place.privacy is not Privacy.OPEN:
        return None
    outer = place_by_id(session, place.within_id)
    return _link(outer) if outer is not None and outer.privacy is Privacy.OPEN else None


def _summary(states: Sequence[State]) -> str:
    films = len({state.shoot.production_id for state in states})
    of = "one film" if films == 1 else f"{films} films"
    return f"{len(states)}, of {of}" if states else "none yet"


def _shot(state: State) -> ShotHere:
    shoot, count = state.shoot, state.sources
    words = f"{count} {'source' if count == 1 else 'sources'}" if count else "no source"
    return ShotHere(
        shoot=shoot.id,
        film=Link(shoot.production.title, stop_url(shoot)),
        year=shoot.production.year,
        place=_link(shoot.place),
        told=told_of(shoot, plays=state.plays[0] if state.plays else ""),
        in_film=in_film_word(shoot.in_film),
        when=date_phrases(state.period),
        status=state.status.value,
        grade=state.grade.value,
        sources=Link(words, evidence_url(shoot)),
    )


def _played(states: Sequence[State]) -> list[Played]:
    found: dict[tuple[str, int], Played] = {}
    for state in sorted(states, key=lambda s: s.grade.value):
        shoot = state.shoot
        for plays in () if shoot.spoiler else state.plays:
            film = Link(shoot.production.title, film_url(shoot.production))
            role = Played(plays, film, state.grade.value)
            found.setdefault((fold(plays), shoot.production_id), role)
    return list(found.values())


def _helpers(roles: dict[int, list[PartnerRole]], as_of: date | None) -> tuple[Helper, ...]:
    """Answer who helped, as known on a day: by then a source has to have said so."""
    return helpers_of(
        role
        for of_shoot in roles.values()
        for role in of_shoot
        if as_of is None
        or (role.source and role.source.known_from is not None and role.source.known_from <= as_of)
    )


def _neighbour(place: Place, distance: str, films: dict[int, list[FilmAt]]) -> Neighbour:
    return Neighbour(
        place=_link(place),
        around=where(place),
        distance=distance,
        films=tuple(film.title for film in films.get(place.id, ())),
    )
