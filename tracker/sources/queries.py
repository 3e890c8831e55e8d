"""Reads of sources."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.sources.models import Source


def source_by_id(session: Session, source_id: int) -> Source | None:
    """Answer a source with the one that it repeats."""
    return session.scalar(select(Source).where(Source.id == source_id).options(joinedload(Source.repeats)))


def sources_by_ids(session: Session, ids: Sequence[int], *, merged: bool = False) -> dict[int, Source]:
    """Answer the sources of those ids, by id; merged ones if asked for."""
    if not ids:
        return {}
    found = select(Source).where(Source.id.in_(ids)).execution_options(with_merged=merged)
    return {source.id: source for source in session.scalars(found)}


def repeats_of(session: Session, source_id: int) -> list[Source]:
    """Answer the sources that only pass this one on, earliest first."""
    return list(
        session.scalars(
            select(Source)
            .where(Source.repeats_id == source_id)
            .order_by(Source.__table__.c.published_latest, Source.id)
        )
    )
