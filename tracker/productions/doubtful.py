"""Which productions may hold a contradiction: what can be told in one statement, to look closer at those."""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from tracker.productions.evidence import Citation, OrderCitation
from tracker.productions.models import Grade, Production, Shoot, Unit


def productions_in_doubt(session: Session, *, after: str = "", limit: int) -> list[Production]:
    """Answer productions by slug, behind the slug `after`, of which sources may disagree.

    For that a shoot is disputed or has two live citations, a source speaks of the order, a known unit has
    two shoots, or two shoots tell of a scene.
    """
    several = (
        select(Shoot.production_id)
        .join(Citation, Citation.shoot_id == Shoot.id)
        .where(Citation.closed_reason.is_(None), Shoot.refuted_reason.is_(None))
        .group_by(Shoot.production_id, Shoot.id)
        .having(func.count(Citation.id) > 1)
    )
    disputed = select(Shoot.production_id).where(Shoot.grade == Grade.X)
    ordered = select(OrderCitation.production_id).where(OrderCitation.closed_reason.is_(None))
    one_unit = (
        select(Shoot.production_id)
        .where(Shoot.unit != Unit.UNKNOWN)
        .group_by(Shoot.production_id, Shoot.unit)
        .having(func.count(Shoot.id) > 1)
    )
    other = aliased(Shoot)
    one_scene = (
        select(Shoot.production_id)
        .join(other, other.production_id == Shoot.production_id)
        .where(Shoot.id < other.id, Shoot.scene != "", other.scene != "", Shoot.place_id != other.place_id)
    )
    doubts = (several, disputed, ordered, one_unit, one_scene)
    return list(
        session.scalars(
            select(Production)
            .where(Production.slug > after, or_(*(Production.id.in_(doubt) for doubt in doubts)))
            .order_by(Production.slug)
            .limit(limit)
        )
    )
