"""Shoots, and what is cited for them."""

from __future__ import annotations

from tracker.accounts.access import allow
from tracker.accounts.permissions import Permission
from tracker.api import shapes
from tracker.api.answering import next_address, site
from tracker.api.asking import LARGEST_ID, After, Id, Limit, Query, Words, cleaned
from tracker.api.shaping import citation_of, shoot_of
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.errors import NotFoundError
from tracker.places.models import Privacy
from tracker.productions.models import Shoot
from tracker.productions.pages import page_of_citations, page_of_shoots
from tracker.productions.queries import citations_of, shoot_by_id
from tracker.productions.release import is_released


class ShootsQuery(Query):
    production: Words | None = None
    place: Id | None = None
    after: After = 0
    limit: Limit = 50


class CitationsQuery(Query):
    shoot: Id | None = None
    source: Id | None = None
    after: After = 0
    limit: Limit = 50


@allow(Permission.READ)
def shoots(query: ShootsQuery) -> shapes.Page[shapes.Shoot]:
    """List shoots by id, all or those of a production (its slug) or at a place (its id)."""
    found = page_of_shoots(
        db.session,
        slug=None if query.production is None else cleaned(query.production),
        place_id=query.place,
        after=query.after,
        limit=query.limit + 1,
    )
    shown = found[: query.limit]
    citations = citations_of(db.session, [one.id for one in shown])
    items = [shoot_of(one, citations.get(one.id, []), site()) for one in shown]
    more = next_address(after=shown[-1].id) if len(found) > query.limit else None
    return shapes.Page[shapes.Shoot](items=items, next=more)


@allow(Permission.READ)
def shoot(shoot_id: int) -> shapes.Shoot:
    """One shoot as known today."""
    found = shoot_by_id(db.session, shoot_id) if shoot_id <= LARGEST_ID else None
    if found is None:
        raise NotFoundError(f"No shoot has the number {shoot_id}.")
    return shoot_of(found, citations_of(db.session, [found.id]).get(found.id, []), site())


@allow(Permission.READ)
def citations(query: CitationsQuery) -> shapes.Page[shapes.Citation]:
    """List what sources say, by id, all or about a shoot or by a source."""
    found = page_of_citations(
        db.session, shoot_id=query.shoot, source_id=query.source, after=query.after, limit=query.limit + 1
    )
    items = [citation_of(one, telling=may_tell(one.shoot)) for one in found[: query.limit]]
    more = next_address(after=items[-1].id) if len(found) > query.limit else None
    return shapes.Page[shapes.Citation](items=items, next=more)


def may_tell(shoot: Shoot) -> bool:
    """Say whether words about a shoot can be told: they give away neither a place nor a story."""
    is_told = not shoot.spoiler or is_released(shoot.production, today())
    return is_told and shoot.place.privacy is Privacy.OPEN
