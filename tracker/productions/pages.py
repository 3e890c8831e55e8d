"""Pages of shoots and citations by key, for programs that read everything."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.productions.evidence import Citation
from tracker.productions.models import Production, Shoot
from tracker.productions.partners import Partner, PartnerKind


def page_of_shoots(
    session: Session, *, slug: str | None = None, place_id: int | None = None, after: int = 0, limit: int
) -> list[Shoot]:
    """Answer shoots with production and place, behind the id `after`; refuted ones are among them."""
    found = select(Shoot).where(Shoot.id > after)
    if slug is not None:
        found = found.where(Shoot.production_id.in_(select(Production.id).where(Production.slug == slug)))
    if place_id is not None:
        found = found.where(Shoot.place_id == place_id)
    return list(
        session.scalars(
            found.options(joinedload(Shoot.production), joinedload(Shoot.place))
            .order_by(Shoot.id)
            .limit(limit)
        )
    )


def page_of_citations(
    session: Session, *, shoot_id: int | None = None, source_id: int | None = None, after: int = 0, limit: int
) -> list[Citation]:
    """Answer citations with their shoots, these with production and place, behind the id `after`."""
    found = select(Citation).where(Citation.id > after)
    if shoot_id is not None:
        found = found.where(Citation.shoot_id == shoot_id)
    if source_id is not None:
        found = found.where(Citation.source_id == source_id)
    shoot = joinedload(Citation.shoot)
    return list(
        session.scalars(
            found.options(shoot.joinedload(Shoot.production), shoot.joinedload(Shoot.place))
            .order_by(Citation.id)
            .limit(limit)
        )
    )


def page_of_partners(
    session: Session, *, kind: PartnerKind | None = None, after: int = 0, limit: int
) -> list[Partner]:
    """Answer partners behind the id `after`."""
    found = select(Partner).where(Partner.id > after)
    if kind is not None:
        found = found.where(Partner.kind == kind)
    return list(session.scalars(found.order_by(Partner.id).limit(limit)))
