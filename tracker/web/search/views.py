"""The search: films by any title, places by name, by people's words for them, and by country."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.text import fold
from tracker.geocoding.mending import mistyped
from tracker.places.listing import places_in_country, places_of_gazetteer
from tracker.places.models import Place, Privacy
from tracker.places.other_names import places_called
from tracker.places.privacy import public_name
from tracker.places.queries import places_named
from tracker.productions.at_places import films_at
from tracker.productions.listing import titles_of
from tracker.productions.models import Production, Title, TitleKind
from tracker.productions.queries import search_productions
from tracker.web.frame.access import allow
from tracker.web.frame.gazetteer import gazetteer
from tracker.web.places.page import Link
from tracker.web.places.public import kind_and_where, place_url
from tracker.web.places.words import country_name
from tracker.web.productions.shoot_words import film_url
from tracker.web.search.words import LONGEST, Asked, read_search

_MOST = 20
_GUESSES = 12


@dataclass(frozen=True, slots=True)
class FoundFilm:
    """A production; `also` is the title by which it was found, where that is not the official one."""

    film: Link
    line: str
    also: str
    exact: bool


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place with what tells it from its namesakes, and the films shot there."""

    place: Link
    line: str
    films: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found; `spelled` says that the places bear a name that was perhaps meant."""

    films: tuple[FoundFilm, ...] = ()
    places: tuple[FoundPlace, ...] = ()
    spelled: bool = False
    country: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.films and not self.places


@allow(Permission.READ)
def results() -> ResponseReturnValue:
    """Show what ?q= finds, the best first."""
    asked = read_search(request.args.get("q", ""))
    found = search(db.session, asked) if asked.text else Found()
    return render_template("search/results.html", asked=asked, found=found, longest=LONGEST)


def search(session: Session, asked: Asked) -> Found:
    """Answer films and places; a film of exactly that title comes first."""
    films = search_productions(session, asked.text, limit=_MOST)
    titles = titles_of(session, [film.id for film in films])
    key = fold(asked.text)
    exact = {film.id for film in films if any(title.key == key for title in titles.get(film.id, []))}
    films.sort(key=lambda film: film.id not in exact)
    places, spelled = _places(session, asked)
    if spelled and films:
        places, spelled = [], False
    shot = films_at(session, [place.id for place in places])
    return Found(
        films=tuple(_film(film, titles.get(film.id, []), key, film.id in exact) for film in films),
        places=tuple(
            FoundPlace(
                Link(public_name(place), place_url(place)),
                kind_and_where(place),
                tuple(film.title for film in shot.get(place.id, ())),
            )
            for place in places
        ),
        spelled=spelled,
        country=country_name(asked.country) if asked.country and not asked.name else "",
    )


def found_ids(session: Session, asked: Asked) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Answer the ids of the films and of the places that the page of results shows."""
    films = search_productions(session, asked.text, limit=_MOST)
    places, spelled = _places(session, asked)
    return tuple(film.id for film in films), () if spelled and films else tuple(p.id for p in places)


def _places(session: Session, asked: Asked) -> tuple[list[Place], bool]:
    """Answer places, and whether they were only found by mending the spelling."""
    # By its whole text first: a place may be called like a country.
    named = _findable(places_named(session, asked.text, limit=_MOST))
    if asked.country and not asked.name:
        named += places_in_country(session, asked.country, limit=_MOST)
    elif asked.country:
        named += [p for p in _findable(places_named(session, asked.name)) if p.country == asked.country]
    named += places_called(session, gazetteer(), asked.name or asked.text, country=asked.country)
    if named:
        return _once(named), False
    return _once(_by_mended_spelling(session, asked)), True


def _by_mended_spelling(session: Session, asked: Asked) -> list[Place]:
    opened = gazetteer()
    hits = mistyped(opened.store, fold(asked.name))[:_GUESSES] if opened and asked.name else []
    return places_of_gazetteer(session, [hit.place.id for hit in hits])


def _findable(places: Iterable[Place]) -> list[Place]:
    """Leave out what is kept private: that a name is found would tell that it is there."""
    return [place for place in places if place.privacy is not Privacy.PRIVATE]


def _once(places: Iterable[Place]) -> list[Place]:
    return list({place.id: place for place in places}.values())[:_MOST]


def _film(film: Production, titles: list[Title], key: str, exact: bool) -> FoundFilm:
    kind = film.kind.value.replace("_", " ").capitalize()
    line = f"{kind}, {film.year}" if film.year else kind
    return FoundFilm(Link(film.title, film_url(film)), line, _also(titles, key), exact)


def _also(titles: list[Title], key: str) -> str:
    """Answer the other title that was asked for, the closest one, "" where the official one fits as well."""
    official = next((t.key for t in titles if t.kind is TitleKind.OFFICIAL), "")
    fitting = [t for t in titles if t.kind is not TitleKind.OFFICIAL and key in t.key]
    exact = [t for t in fitting if t.key == key]
    if official == key or (key in official and not exact) or not fitting:
        return ""
    title = min(exact or fitting, key=lambda t: len(t.key))
    return f"working title {title.text}" if title.kind is TitleKind.WORKING else f"also {title.text}"
