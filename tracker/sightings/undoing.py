"""Taking a decision back: a new change that reverts it and puts the sighting into the queue again.

What others wrote since is never overwritten: where the shoot that came of it would stand without evidence,
the undo is refused.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.errors import ConflictError, NotAllowedError
from tracker.history.models import Change, Revision
from tracker.history.recording import change
from tracker.productions.evidence import Citation
from tracker.productions.models import Shoot
from tracker.productions.reverting import revert_changes
from tracker.sightings.models import Sighting, State
from tracker.sightings.states import check_not_own, reopen

UNDO_SECONDS = 10
# A press in the tenth second needs its time to arrive.
_ON_ITS_WAY = 2


def may_undo(sighting: Sighting, user: User) -> bool:
    """Say whether the user may undo the decision now: whoever made it, for some seconds."""
    if sighting.decided_at is None or sighting.state is State.WITHDRAWN or sighting.unreviewed:
        return False
    in_time = now() - sighting.decided_at <= timedelta(seconds=UNDO_SECONDS + _ON_ITS_WAY)
    return in_time and sighting.decided_by_id == user.id


def undo(session: Session, sighting: Sighting, *, by: User) -> None:
    """Undo one's own decision of a moment ago.

    Raises NotAllowedError for another's, ConflictError when the time is over, when it is undone already, or
    when somebody has built on it.
    """
    if sighting.decided_at is None:
        raise ConflictError(f"Sighting {sighting.id} waits: there is no decision to undo.")
    if sighting.decided_by_id != by.id or sighting.state is State.WITHDRAWN:
        raise NotAllowedError("Only who decided can undo it.")
    if not may_undo(sighting, by):
        raise ConflictError(
            f"The {UNDO_SECONDS} seconds to undo are over. What it changed can be reverted in the history."
        )
    _take_back(session, sighting, by=by, comment=f"Undid the decision on sighting {sighting.id}")


def unpublish(session: Session, sighting: Sighting, *, by: User, alone: bool = False) -> None:
    """Take back what a trusted contributor published unreviewed: it waits for a decision like any other."""
    check_not_own(sighting, by, alone=alone)
    if not sighting.unreviewed:
        raise ConflictError(f"Sighting {sighting.id} does not wait for a review any more.")
    _take_back(session, sighting, by=by, comment=f"Took sighting {sighting.id} back for review")


def _take_back(session: Session, sighting: Sighting, *, by: User, comment: str) -> None:
    decision, shoot_id = _decision(session, sighting), sighting.shoot_id
    before = decision.before or {}
    with change(session, by=by, comment=comment):
        reopen(session, sighting)
        if "production_id" in before:
            sighting.production_id = before["production_id"]
        session.flush()
        revert_changes(session, [session.get_one(Change, decision.change_id)], by=by, comment=comment)
    session.expire(sighting)
    if shoot_id is not None:
        _check_evidence(session, shoot_id)


def _decision(session: Session, sighting: Sighting) -> Revision:
    """Answer the revision by which the sighting got the state that it has."""
    rows = session.scalars(
        select(Revision)
        .where(Revision.table_name == "sighting", Revision.row_id == sighting.id)
        .order_by(Revision.id.desc())
    )
    for row in rows:
        if (row.after or {}).get("state") == sighting.state.value:
            return row
    raise ConflictError(f"The history does not say how sighting {sighting.id} was decided.")


def _check_evidence(session: Session, shoot_id: int) -> None:
    shoot = session.scalar(select(Shoot.id).where(Shoot.id == shoot_id))
    if shoot is None:
        return
    if not session.scalar(select(func.count()).where(Citation.shoot_id == shoot_id)):
        raise ConflictError(
            f"Somebody has worked on shoot {shoot_id} since, and undoing would leave it without a source."
            " Revert it in the history instead."
        )
