"""Productions and their routes."""

from __future__ import annotations

import re
from datetime import date

from tracker.accounts.access import allow
from tracker.accounts.permissions import Permission
from tracker.api import shapes
from tracker.api.answering import next_address, site
from tracker.api.asking import Limit, Query, Words, cleaned
from tracker.api.routing import route_of
from tracker.api.shaping import production_of, production_with_titles
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.errors import NotFoundError
from tracker.productions.listing import page_of_productions
from tracker.productions.models import Production
from tracker.productions.queries import identifiers_of, production_by_slug, slug_of_title
from tracker.routes.film import film_route

_SLUG = re.compile(r"[a-z0-9-]{1,100}\Z", re.ASCII)


class ProductionsQuery(Query):
    q: Words | None = None
    after: Words = ""
    limit: Limit = 50


class RouteQuery(Query):
    as_of: date | None = None


@allow(Permission.READ)
def productions(query: ProductionsQuery) -> shapes.Page[shapes.Production]:
    """List productions by slug; `q` keeps those with a title in which a word begins so."""
    found = page_of_productions(
        db.session, words=cleaned(query.q), after=cleaned(query.after), limit=query.limit + 1
    )
    shown = [production_of(one.production, site()) for one in found[: query.limit]]
    more = next_address(after=shown[-1].slug) if len(found) > query.limit else None
    return shapes.Page[shapes.Production](items=shown, next=more)


@allow(Permission.READ)
def production(slug: str) -> shapes.ProductionWithTitles:
    """One production with all its names and ids; the slug of any of its titles finds it."""
    found = find(slug)
    return production_with_titles(found, identifiers_of(db.session, found.id), site())


@allow(Permission.READ)
def route(slug: str, query: RouteQuery) -> shapes.Route:
    """The filming route, derived from the evidence; `as_of` replays what was known on a day."""
    film = film_route(db.session, find(slug), as_of=query.as_of, today=today())
    return route_of(film, site())


def find(slug: str) -> Production:
    """Answer the production of a slug. Raises NotFoundError."""
    found = None
    if _SLUG.match(slug):
        found = production_by_slug(db.session, slug)
        if found is None and (official := slug_of_title(db.session, slug)):
            found = production_by_slug(db.session, official)
    if found is None:
        raise NotFoundError(f"No production is called {slug[:80]!r}. Search for its title instead.")
    return found
