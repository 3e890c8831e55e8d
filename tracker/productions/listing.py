"""Lists of productions: a page of them, and what a row of the list says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, selectinload

from tracker.foundation.text import fold
from tracker.places.models import Place
from tracker.productions.models import Grade, Production, Shoot, Title

PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A production in a list, with how many shoots it has."""

    production: Production
    shoots: int


def page_of_productions(
    session: Session, *, words: str = "", after: str = "", limit: int = PAGE
) -> list[Listed]:
    """Answer a page of productions in the order of their slugs, behind the slug `after`.

    With `words` only those with a title in which a word begins with them.
    """
    shoots = (
        select(func.count(Shoot.id))
        .where(Shoot.production_id == Production.id, Shoot.grade != Grade.Z)
        .scalar_subquery()
    )
    found = select(Production, shoots).where(Production.slug > after)
    if words:
        key = fold(words)
        named = or_(
            Title.key.startswith(key, autoescape=True), Title.key.contains(f" {key}", autoescape=True)
        )
        found = found.where(select(Title.id).where(Title.production_id == Production.id, named).exists())
    rows = session.execute(
        found.options(selectinload(Production.titles)).order_by(Production.slug).limit(limit)
    )
    return [Listed(production, count) for production, count in rows]


def countries_of(session: Session, production_ids: Sequence[int]) -> dict[int, list[str]]:
    """Answer the codes of the countries where productions were shot, by production, most shoots first."""
    if not production_ids:
        return {}
    found: dict[int, list[str]] = defaultdict(list)
    rows = session.execute(
        select(Shoot.production_id, Place.country)
        .join(Place, Place.id == Shoot.place_id)
        .where(Shoot.production_id.in_(production_ids), Place.country.is_not(None), Shoot.grade != Grade.Z)
        .group_by(Shoot.production_id, Place.country)
        .order_by(Shoot.production_id, func.count(Shoot.id).desc(), Place.country)
    )
    for production_id, country in rows:
        found[production_id].append(str(country))
    return found


def titles_of(session: Session, production_ids: Sequence[int]) -> dict[int, list[Title]]:
    """Answer all titles of productions, by production, in the order in which they were added."""
    if not production_ids:
        return {}
    found: dict[int, list[Title]] = defaultdict(list)
    for title in session.scalars(
        select(Title).where(Title.production_id.in_(production_ids)).order_by(Title.id)
    ):
        found[title.production_id].append(title)
    return found
