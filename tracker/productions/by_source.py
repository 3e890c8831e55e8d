"""What a source is cited for: shoots, and the order of shoots."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.history.merging import WITH_MERGED
from tracker.productions.evidence import Citation, OrderCitation
from tracker.productions.models import Production, Shoot, Title


def citations_from(session: Session, source_id: int) -> list[Citation]:
    """Answer a source's citations with their shoots, productions and places, in the order of entry."""
    shoot = joinedload(Citation.shoot)
    return list(
        session.scalars(
            select(Citation)
            .where(Citation.source_id == source_id)
            .options(shoot.joinedload(Shoot.production), shoot.joinedload(Shoot.place))
            .order_by(Citation.id)
        )
    )


def order_citations_from(session: Session, source_id: int) -> list[tuple[OrderCitation, Production]]:
    """Answer what a source says of the order of shoots, each with the production."""
    rows = session.execute(
        select(OrderCitation, Production)
        .join(Production, Production.id == OrderCitation.production_id)
        .where(OrderCitation.source_id == source_id)
        .order_by(OrderCitation.id)
    )
    return [(order, production) for order, production in rows]


def shoots_by_ids(session: Session, ids: list[int], *, merged: bool = False) -> dict[int, Shoot]:
    """Answer the shoots of those ids with production and place, by id; merged ones if asked for."""
    if not ids:
        return {}
    found = session.scalars(
        select(Shoot)
        .where(Shoot.id.in_(ids))
        .options(joinedload(Shoot.production), joinedload(Shoot.place))
        .execution_options(with_merged=merged)
    )
    return {shoot.id: shoot for shoot in found}


@dataclass(frozen=True, slots=True)
class CitedOrder:
    """The two shoots whose order a source speaks of, and the source."""

    earlier_id: int
    later_id: int
    source_id: int


def productions_by_ids(session: Session, ids: list[int], *, merged: bool = False) -> dict[int, Production]:
    """Answer the productions of those ids, by id; merged ones if asked for."""
    if not ids:
        return {}
    found = select(Production).where(Production.id.in_(ids)).execution_options(with_merged=merged)
    return {p.id: p for p in session.scalars(found)}


def productions_of_titles(session: Session, ids: list[int]) -> dict[int, int]:
    """Answer the ids of the productions that titles belong to, by title."""
    if not ids:
        return {}
    rows = session.execute(select(Title.id, Title.production_id).where(Title.id.in_(ids)))
    return {row.id: row.production_id for row in rows}


def cited_by_ids(session: Session, ids: list[int]) -> dict[int, tuple[int, int]]:
    """Answer shoot and source of citations, merged ones too, by citation."""
    if not ids:
        return {}
    rows = session.execute(
        select(Citation.id, Citation.shoot_id, Citation.source_id)
        .where(Citation.id.in_(ids))
        .execution_options(**WITH_MERGED)
    )
    return {citation_id: (shoot_id, source_id) for citation_id, shoot_id, source_id in rows}


def orders_by_ids(session: Session, ids: list[int]) -> dict[int, CitedOrder]:
    """Answer what citations of an order speak of, merged ones too, by citation."""
    if not ids:
        return {}
    orders = select(OrderCitation).where(OrderCitation.id.in_(ids))
    rows = session.scalars(orders.execution_options(**WITH_MERGED))
    return {row.id: CitedOrder(row.earlier_id, row.later_id, row.source_id) for row in rows}
