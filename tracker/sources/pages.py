"""Pages of sources by key, for programs that read everything."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.sources.models import Source


def page_of_sources(session: Session, *, after: int = 0, limit: int) -> list[Source]:
    """Answer sources behind the id `after`."""
    return list(session.scalars(select(Source).where(Source.id > after).order_by(Source.id).limit(limit)))
