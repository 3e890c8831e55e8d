"""Reads of partners: one, a page of them, and who made shoots possible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.productions.evidence import Citation
from tracker.productions.models import Shoot
from tracker.productions.partners import Partner, PartnerKind, PartnerRole
from tracker.sources.models import Source

PAGE = 50


def partner_by_id(session: Session, partner_id: int) -> Partner | None:
    """Answer the partner of that id."""
    return session.get(Partner, partner_id)


# What a role needs to be put into words: also whether its shoot gives a story away.
_IN_WORDS = (
    joinedload(PartnerRole.partner),
    joinedload(PartnerRole.source),
    joinedload(PartnerRole.shoot).joinedload(Shoot.place),
    joinedload(PartnerRole.production),
)


def partners_by_ids(session: Session, ids: Sequence[int]) -> dict[int, Partner]:
    """Answer the partners of those ids, by id."""
    if not ids:
        return {}
    return {each.id: each for each in session.scalars(select(Partner).where(Partner.id.in_(ids)))}


def page_of_partners(
    session: Session,
    *,
    kind: PartnerKind | None = None,
    after: tuple[str, int] | None = None,
    limit: int = PAGE,
) -> list[tuple[Partner, int]]:
    """Answer a page of partners by name with the number of productions each helped, behind `after`."""
    films = (
        select(func.count(PartnerRole.production_id.distinct()))
        .where(PartnerRole.partner_id == Partner.id)
        .scalar_subquery()
    )
    found = select(Partner, films)
    if kind is not None:
        found = found.where(Partner.kind == kind)
    if after is not None:
        key, last = after
        found = found.where(or_(Partner.name_key > key, and_(Partner.name_key == key, Partner.id > last)))
    rows = session.execute(found.order_by(Partner.name_key, Partner.id).limit(limit))
    return [(partner, count) for partner, count in rows]


def all_partners(session: Session, *, limit: int = 500) -> list[Partner]:
    """Answer partners by name, for a list to choose from."""
    return list(session.scalars(select(Partner).order_by(Partner.name_key, Partner.id).limit(limit)))


def role_by_id(session: Session, role_id: int) -> PartnerRole | None:
    """Answer a role with its partner and its production."""
    return session.scalar(
        select(PartnerRole)
        .where(PartnerRole.id == role_id)
        .options(joinedload(PartnerRole.partner), joinedload(PartnerRole.production))
    )


def roles_by_ids(session: Session, ids: Sequence[int]) -> dict[int, PartnerRole]:
    """Answer roles with their partners, by id."""
    if not ids:
        return {}
    rows = session.scalars(
        select(PartnerRole).where(PartnerRole.id.in_(ids)).options(joinedload(PartnerRole.partner))
    )
    return {role.id: role for role in rows}


def roles_in_full(session: Session, ids: Sequence[int]) -> list[PartnerRole]:
    """Answer roles by number with partner, production, shoot and source."""
    return list(
        session.scalars(
            select(PartnerRole).where(PartnerRole.id.in_(ids)).options(*_IN_WORDS).order_by(PartnerRole.id)
        )
    )


def roles_of_partner(session: Session, partner_id: int) -> list[PartnerRole]:
    """Answer what a partner did, with production, shoot, place and source, earliest shoots first."""
    shoot = joinedload(PartnerRole.shoot)
    return list(
        session.scalars(
            select(PartnerRole)
            .outerjoin(Shoot, Shoot.id == PartnerRole.shoot_id)
            .where(PartnerRole.partner_id == partner_id)
            .options(
                *_IN_WORDS,
                shoot.joinedload(Shoot.place),
                shoot.joinedload(Shoot.production),
            )
            .order_by(Shoot.__table__.c.start_earliest, PartnerRole.id)
        )
    )


def roles_of_production(session: Session, production_id: int) -> list[PartnerRole]:
    """Answer who made a production's shoots possible, with partners and sources, by partner."""
    return list(
        session.scalars(
            select(PartnerRole)
            .join(Partner, Partner.id == PartnerRole.partner_id)
            .where(PartnerRole.production_id == production_id)
            .options(*_IN_WORDS)
            .order_by(Partner.name_key, PartnerRole.help, PartnerRole.id)
        )
    )


def roles_for(session: Session, shoots: Iterable[Shoot]) -> dict[int, list[PartnerRole]]:
    """Answer who helped shoots, with partners and sources, by shoot.

    What was done for a whole production was done for each of its shoots, and comes last.
    """
    shoots = list(shoots)
    if not shoots:
        return {}
    rows = session.scalars(
        select(PartnerRole)
        .join(Partner, Partner.id == PartnerRole.partner_id)
        .where(
            PartnerRole.production_id.in_({shoot.production_id for shoot in shoots}),
            or_(PartnerRole.shoot_id.is_(None), PartnerRole.shoot_id.in_([shoot.id for shoot in shoots])),
        )
        .options(*_IN_WORDS)
        .order_by(PartnerRole.shoot_id.is_(None), Partner.name_key, PartnerRole.help, PartnerRole.id)
    ).all()
    return {
        shoot.id: [
            role
            for role in rows
            if role.shoot_id == shoot.id
            or (role.shoot_id is None and role.production_id == shoot.production_id)
        ]
        for shoot in shoots
    }


def sources_of_production(session: Session, production_id: int) -> list[Source]:
    """Answer the sources that speak of a production's shoots, by title."""
    cited = (
        select(Citation.source_id)
        .join(Shoot, Shoot.id == Citation.shoot_id)
        .where(Shoot.production_id == production_id)
    )
    return list(session.scalars(select(Source).where(Source.id.in_(cited)).order_by(Source.title, Source.id)))
