"""The life of a sighting: the one place that moves it from state to state."""

from __future__ import annotations

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.errors import ConflictError, NotAllowedError
from tracker.sightings.models import Sighting, State

_MOVES: dict[State, frozenset[State]] = {
    State.PENDING: frozenset({State.ACCEPTED, State.MERGED, State.REJECTED, State.WITHDRAWN}),
    State.ACCEPTED: frozenset(),
    State.MERGED: frozenset(),
    State.REJECTED: frozenset(),
    State.WITHDRAWN: frozenset(),
}


def decide(session: Session, sighting: Sighting, to: State, *, by: User) -> None:
    """Move a sighting to a state and note who did.

    Raises ConflictError if it has been decided meanwhile, NotAllowedError for a decision on one's own
    sighting or the withdrawal of another's. The version column makes the database refuse a second winner.
    """
    own = sighting.submitted_by_id == by.id
    if to is State.WITHDRAWN and not own:
        raise NotAllowedError("Only its sender can withdraw a sighting.")
    if to is not State.WITHDRAWN and own:
        raise NotAllowedError("This sighting is yours: somebody else decides.")
    if to not in _MOVES[sighting.state]:
        raise ConflictError(
            f"Sighting {sighting.id} is {sighting.state.value} already; the first decision counts."
        )
    # After a lost race the row cannot be asked any more: the transaction is over.
    number = sighting.id
    sighting.state = to
    sighting.decided_by_id = by.id
    sighting.decided_at = now()
    try:
        session.flush()
    except StaleDataError:
        raise ConflictError(
            f"Somebody decided sighting {number} a moment ago; the first decision counts."
        ) from None
