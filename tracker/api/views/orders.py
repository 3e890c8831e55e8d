"""What sources say of the order of shoots: to read, to add, to dispute and to take back."""

from __future__ import annotations

from typing import Annotated, Literal

from flask import current_app
from pydantic import BaseModel, ConfigDict, Field

from tracker.accounts.access import allow
from tracker.accounts.permissions import Permission
from tracker.api import shapes
from tracker.api.answering import next_address, site
from tracker.api.asking import LARGEST_ID, After, GivenId, Limit, Query
from tracker.api.given import GivenSource, line, recorded_shoot, source_draft
from tracker.api.guard import api_user
from tracker.api.order_shapes import Order, SentOrder
from tracker.api.ordering import order_of
from tracker.api.record_shapes import RemovedOrAsked
from tracker.api.views.productions import find
from tracker.config import Settings
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import ConflictError, NotFoundError
from tracker.productions.corrections import told_reason
from tracker.productions.evidence import Manner, OrderCitation, Relation, Stance
from tracker.productions.models import Production
from tracker.productions.queries import order_by_id, orders_of_all, shoots_of
from tracker.routes.film import disputed_pairs
from tracker.sightings.citing import OrderDraft, order_or_offer
from tracker.sightings.offered import OfferedCitation
from tracker.sightings.removing import remove_or_ask


class NewOrder(BaseModel):
    """What a source says of two shoots of one production: "`shoot` came next after `other`".

    With the stance `refutes` it says that it was not so; while both sides count, the order is not used.
    """

    model_config = ConfigDict(extra="forbid")

    shoot: GivenId
    relation: Annotated[Relation, Field(description="How `shoot` stands to `other`.")]
    other: GivenId
    source: GivenSource
    words: Annotated[str, Field(min_length=1, max_length=500, description="How the source says it.")]
    manner: Manner = Manner.STATES
    stance: Literal["supports", "refutes"] = "supports"


class OrdersQuery(Query):
    after: After = 0
    limit: Limit = 50


class RemovalQuery(Query):
    reason: Annotated[str, Field(min_length=1, max_length=400, description="Why; the history keeps it.")]


@allow(Permission.READ)
def orders(slug: str, query: OrdersQuery) -> shapes.Page[Order]:
    """List what sources say of the order of a production's shoots, also what is disputed or closed."""
    production = find(slug)
    known = orders_of_all(db.session, [production.id])
    found = [one for one in known if one.id > query.after][: query.limit + 1]
    items = _told(found[: query.limit], known, production)
    more = next_address(after=items[-1].id) if len(found) > query.limit else None
    return shapes.Page[Order](items=items, next=more)


@allow(Permission.READ)
def order(order_id: int) -> Order:
    """What one source says of the order of two shoots."""
    return _shape(_order(order_id))


@allow(Permission.CITE)
def cite_order(body: NewOrder) -> SentOrder:
    """Let a source speak for or against an order. It counts at once; a newcomer's waits for a moderator."""
    begin_writing(db.session)
    shoot, other, stance = recorded_shoot(body.shoot), recorded_shoot(body.other), Stance(body.stance)
    draft = OrderDraft(
        relation=body.relation,
        other=other,
        words=line(body.words, "words"),
        manner=body.manner,
        stance=stance,
    )
    slug = shoot.production.slug  # read now: what is saved is forgotten
    said = order_or_offer(db.session, shoot, source_draft(body.source), draft, by=api_user())
    if isinstance(said, OfferedCitation):
        db.session.commit()
        orders_address = f"{site().base}api/v1/productions/{slug}/orders"
        return SentOrder(state="waiting", id=None, order=None, see=orders_address)
    if said.stance is not stance:
        raise ConflictError(
            f"That source {said.stance.value} it already (order {said.id}). Remove that first."
        )
    db.session.commit()
    number = said.id
    return SentOrder(
        state="recorded",
        id=number,
        order=_shape(_order(number)),
        see=f"{site().base}api/v1/orders/{number}",
    )


@allow(Permission.CITE)
def remove(order_id: int, query: RemovalQuery) -> RemovedOrAsked:
    """Take an order off the record: at once for whoever cited it, otherwise two moderators do it together."""
    begin_writing(db.session)
    found, user, reason = _order(order_id), api_user(), told_reason(query.reason)
    settings: Settings = current_app.config["SETTINGS"]
    is_removed = remove_or_ask(
        db.session,
        found,
        label=found.words,
        reason=reason,
        comment=f"Removed an order: {reason}",
        by=user,
        alone=settings.own_decisions,
    )
    db.session.commit()
    return RemovedOrAsked(id=order_id, reason=reason, state="removed" if is_removed else "asked")


def _shape(found: OrderCitation) -> Order:
    production = recorded_shoot(found.shoot_id).production
    return _told([found], orders_of_all(db.session, [production.id]), production)[0]


def _told(shown: list[OrderCitation], known: list[OrderCitation], production: Production) -> list[Order]:
    """Answer orders of one production; `known` are all of it, by which they are disputed."""
    shoots = {one.id: one for one in shoots_of(db.session, production.id)}
    disputed, day = disputed_pairs(known), today()
    return [
        order_of(
            one,
            production,
            shoots,
            disputed=(one.earlier_id, one.later_id) in disputed,
            today=day,
            site=site(),
        )
        for one in shown
    ]


def _order(order_id: int) -> OrderCitation:
    found = order_by_id(db.session, order_id) if order_id <= LARGEST_ID else None
    if found is None:
        raise NotFoundError(f"No order has the number {order_id}: it may have been removed.")
    return found
