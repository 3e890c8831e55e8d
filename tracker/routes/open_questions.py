"""The films of which something contradicts itself, a page at a time."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from tracker.productions.doubtful import productions_in_doubt
from tracker.routes.contradictions import Conflict, contradictions_of
from tracker.routes.film import FilmRoute, film_routes

_FILMS_A_LOOK = 25
_LOOKS = 4

Found = tuple[FilmRoute, list[Conflict]]


def films_in_doubt(session: Session, *, after: str, limit: int, today: date) -> tuple[list[Found], str]:
    """Answer films with what is open of them, by slug, and the slug to go on behind, "" at the end.

    However many films there are, it looks at a fixed number of them: a page that holds few goes on.
    """
    found: list[Found] = []
    for _ in range(_LOOKS):
        productions = productions_in_doubt(session, after=after, limit=_FILMS_A_LOOK)
        for film in film_routes(session, productions, as_of=None, today=today) if productions else ():
            after = film.production.slug
            conflicts = [conflict for conflict in contradictions_of(film) if not conflict.settled]
            if conflicts:
                found.append((film, conflicts))
            if len(found) == limit:
                return found, after
        if len(productions) < _FILMS_A_LOOK:
            return found, ""
    return found, after
