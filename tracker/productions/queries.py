"""Reads of productions, their shoots and the evidence for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from tracker.foundation.text import fold
from tracker.history.merging import WITH_MERGED, survivor_of
from tracker.places.models import Place
from tracker.places.queries import surroundings
from tracker.productions.claims import Claim, claim_of
from tracker.productions.evidence import AttestedDay, Citation, OrderCitation, Settlement, Stance
from tracker.productions.models import Production, ProductionIdentifier, Shoot, Title
from tracker.sources.models import Source


def production_by_slug(session: Session, slug: str) -> Production | None:
    """Answer the production at that slug with its titles loaded."""
    return session.scalar(
        select(Production).where(Production.slug == slug).options(selectinload(Production.titles))
    )


def slug_of_title(session: Session, slug: str) -> str | None:
    """Answer the production's own slug for the slug of any of its titles, the first added if shared.

    The slug of a production that was merged leads to the one that it is part of now.
    """
    named = select(Production.slug).join(Title).where(Title.slug == slug).order_by(Title.id).limit(1)
    found = session.scalar(named)
    if found is not None:
        return found
    merged = select(Production).where(Production.slug == slug).execution_options(**WITH_MERGED)
    former = session.scalar(merged)
    survivor = survivor_of(session, Production, former.id) if former is not None else None
    return survivor.slug if survivor is not None else None


def production_titled(session: Session, title: str, *, year: int | None = None) -> Production | None:
    """Answer the production that any of its titles names, preferring the year where one is given."""
    key = fold(title)
    if not key:
        return None
    found = session.scalars(
        select(Production).join(Title).where(Title.key == key).order_by(Production.id).distinct()
    ).all()
    if year is not None:
        return next((p for p in found if p.year in (year, None)), None)
    return found[0] if len(found) == 1 else None


def search_productions(session: Session, text: str, *, limit: int = 20) -> list[Production]:
    """Answer productions with a title that holds the folded text, exact and leading matches first."""
    key = fold(text)
    if not key:
        return []
    starts = Title.key.startswith(key, autoescape=True)
    best = (
        select(Title.production_id, func.min(func.length(Title.key)).label("length"))
        .where(or_(starts, Title.key.contains(f" {key}", autoescape=True)))
        .group_by(Title.production_id)
        .subquery()
    )
    rows = session.scalars(
        select(Production)
        .join(best, best.c.production_id == Production.id)
        .options(selectinload(Production.titles))
        .order_by(best.c.length, Production.title, Production.id)
        .limit(limit)
    )
    return list(rows)


def identifiers_of(session: Session, production_id: int) -> list[ProductionIdentifier]:
    """Answer what other databases call the production."""
    return list(
        session.scalars(
            select(ProductionIdentifier)
            .where(ProductionIdentifier.production_id == production_id)
            .order_by(ProductionIdentifier.scheme, ProductionIdentifier.value)
        )
    )


def shoots_of(session: Session, production_id: int) -> list[Shoot]:
    """Answer the shoots of a production with their places."""
    return shoots_of_all(session, [production_id])


def shoots_of_all(session: Session, production_ids: Sequence[int]) -> list[Shoot]:
    """Answer the shoots of productions with their places."""
    return list(
        session.scalars(
            select(Shoot)
            .where(Shoot.production_id.in_(production_ids))
            .options(joinedload(Shoot.place))
            .order_by(Shoot.id)
        )
    )


def places_of(session: Session, production_id: int) -> list[Place]:
    """Answer the places of a production, each once, in the order in which they were recorded."""
    shot = select(Shoot.place_id).where(Shoot.production_id == production_id)
    return list(session.scalars(select(Place).where(Place.id.in_(shot)).order_by(Place.id)))


def shoots_at(session: Session, place_ids: Sequence[int]) -> list[Shoot]:
    """Answer the shoots at places, with production and place, earliest first."""
    return list(
        session.scalars(
            select(Shoot)
            .where(Shoot.place_id.in_(place_ids))
            .options(joinedload(Shoot.production), joinedload(Shoot.place))
            .order_by(Shoot.__table__.c.start_earliest, Shoot.__table__.c.end_latest, Shoot.id)
        )
    )


def shoot_by_id(session: Session, shoot_id: int) -> Shoot | None:
    """Answer a shoot with production and place."""
    return session.scalar(
        select(Shoot)
        .where(Shoot.id == shoot_id)
        .options(joinedload(Shoot.production), joinedload(Shoot.place))
    )


def citations_of(session: Session, shoot_ids: Sequence[int]) -> dict[int, list[Citation]]:
    """Answer the citations of shoots by shoot id, with their sources, the roots and the places named."""
    found: dict[int, list[Citation]] = defaultdict(list)
    for citation in session.scalars(
        select(Citation)
        .where(Citation.shoot_id.in_(shoot_ids))
        .options(
            joinedload(Citation.source).joinedload(Source.repeats),
            joinedload(Citation.speaks_of),
        )
        .order_by(Citation.id)
    ):
        found[citation.shoot_id].append(citation)
    return found


def claims_of(
    session: Session, shoots: Iterable[Shoot], citations: dict[int, list[Citation]]
) -> dict[int, list[Claim]]:
    """Answer the citations of shoots as claims, by shoot id."""
    shoots = list(shoots)
    named = {c.speaks_of_id for cs in citations.values() for c in cs if c.speaks_of_id is not None}
    wider = surroundings(session, named | {s.place_id for s in shoots}) if named else {}
    days = _attested(session, [c.id for cs in citations.values() for c in cs])
    return {
        shoot.id: [
            claim_of(c, place_id=shoot.place_id, wider=wider, attested=tuple(days.get(c.id, ())))
            for c in citations.get(shoot.id, ())
        ]
        for shoot in shoots
    }


def orders_of_all(session: Session, production_ids: Sequence[int]) -> list[OrderCitation]:
    """Answer what sources say of the order of productions' shoots, with the sources; closed ones as well."""
    return list(
        session.scalars(
            select(OrderCitation)
            .where(OrderCitation.production_id.in_(production_ids))
            .options(joinedload(OrderCitation.source))
            .order_by(OrderCitation.id)
        )
    )


def citation_by_id(session: Session, citation_id: int) -> Citation | None:
    """Answer a citation with its source."""
    return session.scalar(
        select(Citation).where(Citation.id == citation_id).options(joinedload(Citation.source))
    )


def attested_days(session: Session, citation_id: int) -> list[date]:
    """Answer the days on which a citation proves work, in order."""
    return sorted(_attested(session, [citation_id])[citation_id])


def days_attested_by(session: Session, citation_ids: Sequence[int]) -> dict[int, list[date]]:
    """Answer the days on which citations prove work, in order, by citation id."""
    return {number: sorted(days) for number, days in _attested(session, citation_ids).items()}


def order_by_id(session: Session, order_id: int) -> OrderCitation | None:
    """Answer what one source says of an order, with the source."""
    return session.scalar(
        select(OrderCitation).where(OrderCitation.id == order_id).options(joinedload(OrderCitation.source))
    )


def settlements_of(session: Session, production_ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """Answer the contradictions that stand, by production: the reason by the key."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for row in session.scalars(select(Settlement).where(Settlement.production_id.in_(production_ids))):
        found[row.production_id][row.key] = row.reason
    return found


def _attested(session: Session, citation_ids: Sequence[int]) -> dict[int, list[date]]:
    days: dict[int, list[date]] = defaultdict(list)
    for citation_id, day in session.execute(
        select(AttestedDay.citation_id, AttestedDay.day).where(AttestedDay.citation_id.in_(citation_ids))
    ):
        days[citation_id].append(day)
    return days


def has_told_story_place(session: Session, shoot: Shoot) -> bool:
    """Say whether a source tells what a shoot's place plays, so that nobody has to type it."""
    telling = select(Citation.id).where(
        Citation.shoot_id == shoot.id,
        Citation.story_place != "",
        Citation.closed_reason.is_(None),
        Citation.stance != Stance.REFUTES,
    )
    return session.scalar(telling.limit(1)) is not None
