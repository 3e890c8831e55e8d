"""Which shoots have to be brought up to date when other rows changed, and doing so."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.productions.evidence import AttestedDay, Citation
from tracker.productions.models import Shoot
from tracker.productions.operations import bring_up_to_date
from tracker.sources.models import Source


def refresh_after(session: Session, rows: Iterable[tuple[str, int]]) -> None:
    """Bring the shoots up to date that rest on any of the rows, each given as table and id."""
    ids: dict[str, set[int]] = {}
    for table, row_id in rows:
        ids.setdefault(table, set()).add(row_id)
    cited = select(Citation.shoot_id).join(Source, Source.id == Citation.source_id)
    sources, places = ids.get("source", set()), ids.get("place", set())
    attested = select(AttestedDay.citation_id).where(AttestedDay.id.in_(ids.get("attested_day", set())))
    found = select(Shoot).where(
        or_(
            Shoot.id.in_(ids.get("shoot", set())),
            Shoot.production_id.in_(ids.get("production", set())),
            Shoot.place_id.in_(places),
            Shoot.id.in_(
                cited.where(
                    or_(
                        Citation.id.in_(ids.get("citation", set())),
                        Citation.id.in_(attested),
                        Citation.speaks_of_id.in_(places),
                        Source.id.in_(sources),
                        Source.repeats_id.in_(sources),
                    )
                )
            ),
        )
    )
    bring_up_to_date(session, session.scalars(found).all())
