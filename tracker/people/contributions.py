"""What somebody contributed, in numbers and names that everybody may read.

Of sightings that wait or were turned down only the number is told: where they were is nobody else's business.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from tracker.accounts.models import User
from tracker.history.models import Action, Change, ChangeSubject, Revision
from tracker.history.queries import PUBLIC
from tracker.productions.models import Shoot
from tracker.sightings.models import Sighting, State
from tracker.sightings.offered import OfferedCitation

_CITATIONS = ("citation", "order_citation")
_TAKEN = (State.ACCEPTED, State.MERGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributions:
    """The numbers of one contributor. `rate` is the accepted share of what was decided, None before that."""

    accepted: int
    rejected: int
    waiting: int
    citations: int
    edits: int
    stops: tuple[Shoot, ...]

    @property
    def decided(self) -> int:
        return self.accepted + self.rejected

    @property
    def rate(self) -> int | None:
        """Whole percent; None where nothing was decided."""
        return round(100 * self.accepted / self.decided) if self.decided else None

    @property
    def is_empty(self) -> bool:
        return not (self.decided or self.waiting or self.citations or self.edits)


def contributions_of(session: Session, user: User, *, stops: int = 10) -> Contributions:
    """Count what a user contributed, and answer the last stops that came of it."""
    counted = session.execute(
        select(Sighting.state, func.count(Sighting.id))
        .where(Sighting.submitted_by_id == user.id)
        .group_by(Sighting.state)
    )
    states = {state: count for state, count in counted}  # noqa: C416 - rows are no pairs to mypy
    return Contributions(
        accepted=sum(states.get(state, 0) for state in _TAKEN),
        rejected=states.get(State.REJECTED, 0),
        waiting=states.get(State.PENDING, 0),
        citations=_citations(session, user.id),
        edits=_edits(session, user.id),
        stops=tuple(_stops(session, user.id, stops)),
    )


def _citations(session: Session, user_id: int) -> int:
    """Count those that a user added himself, and those that waited and were accepted."""
    added = session.scalar(
        select(func.count(Revision.id))
        .join(Change, Revision.change_id == Change.id)
        .where(
            Change.author_id == user_id,
            Revision.table_name.in_(_CITATIONS),
            Revision.action == Action.ADDED,
        )
    )
    offered = session.scalar(
        select(func.count(OfferedCitation.id)).where(
            OfferedCitation.sent_by_id == user_id, OfferedCitation.state == State.ACCEPTED
        )
    )
    return (added or 0) + (offered or 0)


def _edits(session: Session, user_id: int) -> int:
    public = select(ChangeSubject.id).where(
        ChangeSubject.change_id == Change.id, ChangeSubject.kind.in_(PUBLIC)
    )
    return (
        session.scalar(select(func.count(Change.id)).where(Change.author_id == user_id, public.exists())) or 0
    )


def _stops(session: Session, user_id: int, most: int) -> list[Shoot]:
    found = (
        select(Sighting.shoot_id)
        .where(Sighting.submitted_by_id == user_id, Sighting.state.in_(_TAKEN))
        .order_by(Sighting.id.desc())
        .limit(most)
    )
    ids = list(dict.fromkeys(number for number in session.scalars(found) if number is not None))
    rows = session.scalars(
        select(Shoot).where(Shoot.id.in_(ids)).options(joinedload(Shoot.production), joinedload(Shoot.place))
    )
    by_id = {shoot.id: shoot for shoot in rows}
    return [by_id[number] for number in ids if number in by_id]
