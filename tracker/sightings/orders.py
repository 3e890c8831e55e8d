"""What a sighting says of the order of the shoot: kept until both ends are on record, then cited."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, or_, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from tracker.foundation.database import Base, Key, ShortText, enum_column
from tracker.foundation.text import clean_line
from tracker.history.merging import survivor_of
from tracker.productions.evidence import Relation
from tracker.productions.models import Shoot
from tracker.productions.operations import cite_order
from tracker.sightings.models import Sighting
from tracker.sources.models import Source


class SightingOrder(Base):
    """A sighting's shoot came next after, after or before another: that of a sighting, or one on record.

    `words` is the sentence that says so. `source_id` is what the sighting's source became on record.
    """

    __tablename__ = "sighting_order"
    __table_args__ = (
        CheckConstraint("(other_sighting_id is null) <> (other_shoot_id is null)", name="one_other"),
        CheckConstraint(
            "other_sighting_id is null or other_sighting_id <> sighting_id", name="not_after_itself"
        ),
    )

    id: Mapped[Key]
    sighting_id: Mapped[int] = mapped_column(ForeignKey(Sighting.id), index=True)
    relation: Mapped[Relation] = mapped_column(enum_column(Relation))
    other_sighting_id: Mapped[int | None] = mapped_column(ForeignKey(Sighting.id), index=True)
    other_shoot_id: Mapped[int | None] = mapped_column(ForeignKey(Shoot.id), index=True)
    words: Mapped[ShortText] = mapped_column(default="")
    source_id: Mapped[int | None] = mapped_column(ForeignKey(Source.id))

    sighting: Mapped[Sighting] = relationship(lazy="raise", foreign_keys=[sighting_id])
    other_sighting: Mapped[Sighting | None] = relationship(lazy="raise", foreign_keys=[other_sighting_id])
    other_shoot: Mapped[Shoot | None] = relationship(lazy="raise", foreign_keys=[other_shoot_id])


def keep_order(
    session: Session, sighting: Sighting, relation: Relation, other: Sighting | Shoot, *, words: str
) -> SightingOrder:
    """Keep what a sighting says of the order until it is accepted."""
    is_shoot = isinstance(other, Shoot)
    order = SightingOrder(
        sighting_id=sighting.id,
        relation=relation,
        other_sighting_id=None if is_shoot else other.id,
        other_shoot_id=other.id if is_shoot else None,
        words=clean_line(words)[:500],
    )
    session.add(order)
    session.flush()
    return order


def orders_of(session: Session, sighting: Sighting) -> list[SightingOrder]:
    """Answer what a sighting says of the order, and what others say of it, with both ends."""
    other = joinedload(SightingOrder.other_shoot).joinedload(Shoot.place)
    return list(
        session.scalars(
            select(SightingOrder)
            .where(_speaks_of(sighting))
            .options(joinedload(SightingOrder.sighting), joinedload(SightingOrder.other_sighting), other)
            .order_by(SightingOrder.id)
        )
    )


def settle_orders(session: Session, sighting: Sighting, source: Source) -> None:
    """Cite the orders of a sighting that became part of a shoot, as far as their other end is on record.

    The rest follow when the other sighting is accepted; one that is turned down leaves nothing behind.
    """
    for order in session.scalars(
        select(SightingOrder).where(_speaks_of(sighting)).order_by(SightingOrder.id)
    ):
        if order.sighting_id == sighting.id:
            order.source_id = source.id
        own, other = _shoots(session, order)
        if own is None or other is None or order.source_id is None:
            continue
        # A sighting merged into the shoot that it follows, or into another film's, says nothing of the two.
        if own.id != other.id and own.production_id == other.production_id:
            said_by = session.get_one(Source, order.source_id)
            said_by = survivor_of(session, Source, said_by.id) or said_by
            cite_order(session, own, order.relation, other, said_by, words=order.words)
    session.flush()


def _speaks_of(sighting: Sighting) -> ColumnElement[bool]:
    return or_(SightingOrder.sighting_id == sighting.id, SightingOrder.other_sighting_id == sighting.id)


def _shoots(session: Session, order: SightingOrder) -> Sequence[Shoot | None]:
    numbers = [_shoot_of(session, order.sighting_id), order.other_shoot_id]
    if order.other_sighting_id is not None:
        numbers[1] = _shoot_of(session, order.other_sighting_id)
    return [
        (survivor_of(session, Shoot, number) or session.get(Shoot, number)) if number is not None else None
        for number in numbers
    ]


def _shoot_of(session: Session, sighting_id: int) -> int | None:
    return session.scalar(select(Sighting.shoot_id).where(Sighting.id == sighting_id))
