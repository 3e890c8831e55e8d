"""The list beside the world map: the same places as rows to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import url_for
from sqlalchemy.orm import Session

from tracker.foundation.geo import Box
from tracker.places.listing import PAGE, count_open, open_places, open_places_by_name
from tracker.places.models import Place
from tracker.places.privacy import public_name
from tracker.places.queries import MOST_ROWS, count_in_view, places_in_view
from tracker.productions.at_places import Glance, glances_at
from tracker.productions.map_search import count_fitting_in_view, fitting_in_view
from tracker.productions.place_search import count_places, page_of_places
from tracker.web.places.asking import Asked
from tracker.web.places.public import kind_word, place_url
from tracker.web.places.words import country_name
from tracker.web.productions.shoot_words import film_page_url, span_of_periods


@dataclass(frozen=True, slots=True)
class Row:
    """A place with what was shot there; `status` is "" where the shoots differ, `grade` the best one."""

    name: str
    url: str
    kind: str
    films: tuple[tuple[str, str], ...]
    shoots: int
    when: str
    status: str
    grade: str


@dataclass(frozen=True, slots=True)
class Country:
    """The places of one country, by name; `name` is "" where the list is not grouped."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class WorldList:
    """A page of the list. `note` says what is left out, `next_url` leads on, "" at the end.

    `terms` say what was asked of the places.
    """

    total: int
    in_view: bool
    countries: tuple[Country, ...]
    note: str = ""
    next_url: str = ""
    terms: tuple[str, ...] = ()


def whole_list(session: Session, after: tuple[str, int] | None = None) -> WorldList:
    """List all places of the map: by country while they are few, else a page of them by name."""
    total = count_open(session)
    if total <= MOST_ROWS and after is None:
        return WorldList(total, False, by_country(session, open_places(session, limit=MOST_ROWS)))
    places = open_places_by_name(session, after=after, limit=PAGE + 1)
    shown, more = places[:PAGE], len(places) > PAGE
    last = shown[-1] if shown else None
    next_url = url_for("world.map", after=f"{last.id}-{last.name_key}") if more and last else ""
    rows = (Country("", _rows(session, shown)),) if shown else ()
    return WorldList(total, False, rows, "By name.", next_url)


def fitting_list(session: Session, asked: Asked, after: tuple[str, int] | None = None) -> WorldList:
    """List the places that fit a question: by country while they are few, else a page of them by name."""
    terms, total = _terms(asked), count_places(session, asked.filter)
    if total <= MOST_ROWS and after is None:
        places = page_of_places(session, asked.filter, limit=MOST_ROWS)
        return WorldList(total, False, by_country(session, places), terms=terms)
    places = page_of_places(session, asked.filter, after=after, limit=PAGE + 1)
    shown, more = places[:PAGE], len(places) > PAGE
    last = shown[-1] if shown else None
    typed = {name: value for name, value in asked.typed.items() if value}
    next_url = ""
    if more and last:
        next_url = f"{url_for('world.map')}?{urlencode({**typed, 'after': f'{last.id}-{last.name_key}'})}"
    rows = (Country("", _rows(session, shown)),) if shown else ()
    return WorldList(total, False, rows, "By name.", next_url, terms)


def list_in_view(session: Session, box: Box, zoom: int, asked: Asked | None = None) -> WorldList:
    """List the places in a view by country, when they are few enough to read."""
    if asked is None:
        total, _ = count_in_view(session, box, zoom)
    else:
        total, _ = count_fitting_in_view(session, asked.filter, box, zoom)
    terms = _terms(asked) if asked else ()
    if total > MOST_ROWS:
        note = f"Zoom in until {MOST_ROWS} or fewer are in view; then they are listed here."
        return WorldList(total, True, (), note, terms=terms)
    if asked is None:
        places = places_in_view(session, box, zoom)
    else:
        places = fitting_in_view(session, asked.filter, box, zoom)
    return WorldList(len(places), True, by_country(session, places), terms=terms)


def _terms(asked: Asked) -> tuple[str, ...]:
    return tuple(term.words for term in asked.terms)


def by_country(session: Session, places: Sequence[Place]) -> tuple[Country, ...]:
    """Group places by country, both by name; what lies in no country comes last."""
    rows = dict(zip([place.id for place in places], _rows(session, places), strict=True))
    groups: dict[str, list[Place]] = {}
    for place in places:
        groups.setdefault(country_name(place.country), []).append(place)
    return tuple(
        Country(
            name or "Elsewhere",
            tuple(rows[p.id] for p in sorted(groups[name], key=lambda p: (p.name_key, p.id))),
        )
        for name in sorted(groups, key=lambda name: (not name, name))
    )


def _rows(session: Session, places: Sequence[Place]) -> tuple[Row, ...]:
    found = glances_at(session, [place.id for place in places])
    return tuple(_row(place, found.get(place.id, [])) for place in places)


def _row(place: Place, glances: Sequence[Glance]) -> Row:
    films = dict.fromkeys((glance.title, film_page_url(glance.slug)) for glance in glances)
    statuses = {glance.status.value for glance in glances}
    return Row(
        name=public_name(place),
        url=place_url(place),
        kind=kind_word(place),
        films=tuple(films),
        shoots=len(glances),
        when=span_of_periods([glance.period for glance in glances]) if glances else "",
        status=statuses.pop() if len(statuses) == 1 else "",
        grade=min((glance.grade.value for glance in glances), default=""),
    )
