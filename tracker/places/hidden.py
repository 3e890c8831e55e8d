"""Which changes concern places whose position is not public, so that their comments are not shown either."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.history.merging import WITH_MERGED
from tracker.history.models import ChangeSubject
from tracker.places.models import Place, Privacy


def changes_of_hidden_places(session: Session, change_ids: Sequence[int]) -> set[int]:
    """Answer those of the changes that are about a place which is obscured or private today."""
    if not change_ids:
        return set()
    return set(
        session.scalars(
            select(ChangeSubject.change_id)
            .join(Place, Place.id == ChangeSubject.subject_id)
            .where(
                ChangeSubject.kind == "place",
                ChangeSubject.change_id.in_(change_ids),
                Place.privacy != Privacy.OPEN,
            )
            .distinct()
            .execution_options(**WITH_MERGED)
        )
    )
