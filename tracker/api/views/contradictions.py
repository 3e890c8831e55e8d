"""What sources disagree on: of all films and of one, and a moderator's decision."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from tracker.accounts.access import allow
from tracker.accounts.permissions import Permission
from tracker.api import shapes
from tracker.api.answering import next_address, site
from tracker.api.asking import Query, Words, cleaned
from tracker.api.contradicting import contradiction_of
from tracker.api.guard import api_user
from tracker.api.record_shapes import Contradiction, Decision
from tracker.api.views.productions import find
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import NotFoundError
from tracker.productions.corrections import told_reason
from tracker.routes.contradictions import contradictions_of
from tracker.routes.film import film_route
from tracker.routes.open_questions import films_in_doubt
from tracker.routes.resolving import resolve


class OpenQuery(Query):
    after: Annotated[Words, Field(description="The slug of the last film of the page before.")] = ""
    limit: Annotated[int, Field(ge=1, le=25, description="How many films at most.")] = 15


class OfFilmQuery(Query):
    as_of: date | None = None


class NewDecision(BaseModel):
    """What a moderator decides, with the reason, which stays with what is folded."""

    model_config = ConfigDict(extra="forbid")

    production: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,100}$", description="Its slug.")]
    key: Annotated[str, Field(min_length=1, max_length=60, description="The key of the contradiction.")]
    action: Annotated[
        str,
        Field(pattern=r"^(stand|reopen|(keep|drop)-[0-9]{1,3})$", description="One of its `actions`."),
    ]
    reason: Annotated[str, Field(min_length=1, max_length=500)]


@allow(Permission.READ)
def contradictions(query: OpenQuery) -> shapes.Page[Contradiction]:
    """List what is open of all films, by the films' slugs; a page may hold few and still go on."""
    day = today()
    found, more = films_in_doubt(db.session, after=cleaned(query.after), limit=query.limit, today=day)
    items = [contradiction_of(film, one, day, site()) for film, conflicts in found for one in conflicts]
    return shapes.Page[Contradiction](items=items, next=next_address(after=more) if more else None)


@allow(Permission.READ)
def of_production(slug: str, query: OfFilmQuery) -> shapes.Page[Contradiction]:
    """All that contradicts itself in a production, the gravest first, also what is settled."""
    film = film_route(db.session, find(slug), as_of=query.as_of, today=today())
    items = [contradiction_of(film, one, today(), site()) for one in contradictions_of(film)]
    return shapes.Page[Contradiction](items=items, next=None)


@allow(Permission.MODERATE)
def decide(body: NewDecision) -> Decision:
    """Decide a contradiction: keep one side, drop one, let all stand, or open it again; for moderators."""
    begin_writing(db.session)
    production, reason = find(body.production), told_reason(body.reason)
    slug = production.slug
    film = film_route(db.session, production, as_of=None, today=today())
    if all(one.key != body.key for one in contradictions_of(film)):
        raise NotFoundError(
            f"{body.key!r} is no contradiction of {slug}: it is settled, or a source has changed."
        )
    told = resolve(db.session, film, body.key, body.action, reason=reason, by=api_user())
    db.session.commit()
    see = f"{site().base}api/v1/productions/{slug}/contradictions"
    return Decision(key=body.key, action=body.action, told=told, see=see)
