"""Sources, the search, and what changed since."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tracker.accounts.access import allow
from tracker.accounts.permissions import Permission
from tracker.api import shapes
from tracker.api.answering import next_address, site
from tracker.api.asking import LARGEST_ID, After, Limit, Query, cleaned
from tracker.api.shaping import place_of, production_of, source_of
from tracker.exchange.exporting.rows import public_place
from tracker.extensions import db
from tracker.foundation.errors import NotFoundError
from tracker.gazetteer import gazetteer
from tracker.history.since import changes_since, subjects_of
from tracker.places.hidden import changes_of_hidden_places
from tracker.places.models import Privacy
from tracker.places.other_names import places_called
from tracker.places.queries import places_named
from tracker.productions.queries import search_productions
from tracker.sources.pages import page_of_sources
from tracker.sources.queries import source_by_id

_MOST = 20


class SourcesQuery(Query):
    after: After = 0
    limit: Limit = 50


class SearchQuery(Query):
    q: Annotated[str, Field(min_length=1, max_length=200)]


class ChangesQuery(Query):
    since: Annotated[int, Field(ge=0, le=LARGEST_ID, description="The cursor of the answer before.")] = 0
    limit: Limit = 50


@allow(Permission.READ)
def sources(query: SourcesQuery) -> shapes.Page[shapes.Source]:
    """List sources by id."""
    found = page_of_sources(db.session, after=query.after, limit=query.limit + 1)
    items = [source_of(one, site()) for one in found[: query.limit]]
    more = next_address(after=items[-1].id) if len(found) > query.limit else None
    return shapes.Page[shapes.Source](items=items, next=more)


@allow(Permission.READ)
def source(source_id: int) -> shapes.Source:
    """One source."""
    found = source_by_id(db.session, source_id) if source_id <= LARGEST_ID else None
    if found is None:
        raise NotFoundError(f"No source has the number {source_id}.")
    return source_of(found, site())


@allow(Permission.READ)
def search(query: SearchQuery) -> shapes.Found:
    """Find productions by any title and places by any name, the best first, at most twenty of each.

    Names are those of the record, then those that the gazetteer knows them by: Roma is Rome.
    """
    words = cleaned(query.q)
    films = search_productions(db.session, words, limit=_MOST)
    named = [p for p in places_named(db.session, words, limit=_MOST) if p.privacy is not Privacy.PRIVATE]
    named += places_called(db.session, gazetteer(), words)
    places = list({place.id: place for place in named}.values())[:_MOST]
    return shapes.Found(
        productions=[production_of(film, site()) for film in films],
        places=[place_of(public_place(place), site()) for place in places],
    )


@allow(Permission.READ)
def changes(query: ChangesQuery) -> shapes.Changes:
    """List changes of the record in the order in which they were made, behind a cursor."""
    found = changes_since(db.session, query.since, limit=query.limit + 1)
    shown = found[: query.limit]
    ids = [change.id for change in shown]
    hidden, subjects = changes_of_hidden_places(db.session, ids), subjects_of(db.session, ids)
    cursor = ids[-1] if ids else query.since
    return shapes.Changes(
        items=[
            shapes.Change(
                id=change.id,
                url=f"{site().base}changes/{change.id}",
                made_at=change.made_at,
                author=change.author.name if change.author else None,
                comment=None if change.id in hidden else change.comment,
                subjects=[shapes.Subject(kind=kind, id=number) for kind, number in subjects[change.id]],
            )
            for change in shown
        ],
        cursor=cursor,
        next=next_address(since=cursor) if len(found) > query.limit else None,
    )
