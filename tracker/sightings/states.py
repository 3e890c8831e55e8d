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
    # Back to the queue: an answer of the sender's, a decision undone, a publication taken back.
    State.ACCEPTED: frozenset({State.PENDING}),
    State.MERGED: frozenset({State.PENDING}),
    State.REJECTED: frozenset({State.PENDING}),
    State.WITHDRAWN: frozenset(),
}
TAKEN = (State.ACCEPTED, State.MERGED)


def decide(session: Session, sighting: Sighting, to: State, *, by: User, alone: bool = False) -> None:
    """Move a sighting to a state and note who did. `alone`: on this instance one person does it all.

    Raises ConflictError if it has been decided meanwhile, NotAllowedError for a decision on one's own
    sighting or the withdrawal of another's. The version column makes the database refuse a second winner.
    """
    own = sighting.submitted_by_id == by.id
    if to is State.WITHDRAWN and not own:
        raise NotAllowedError("Only its sender can withdraw a sighting.")
    if to is not State.WITHDRAWN:
        check_not_own(sighting, by, alone=alone)
    if sighting.state is not State.PENDING:
        raise ConflictError(
            f"Sighting {sighting.id} is {sighting.state.value} already; the first decision counts."
        )
    sighting.decided_by_id, sighting.decided_at = by.id, now()
    _move(session, sighting, to)


def publish(session: Session, sighting: Sighting, to: State) -> None:
    """Let a trusted contributor's sighting count at once; it is marked as seen by no moderator."""
    sighting.unreviewed, sighting.decided_at = True, now()
    _move(session, sighting, to)


def review(session: Session, sighting: Sighting, *, by: User, alone: bool = False) -> None:
    """Say that a moderator has looked at what was published unreviewed, and that it stands."""
    check_not_own(sighting, by, alone=alone)
    if not sighting.unreviewed:
        raise ConflictError(f"Sighting {sighting.id} does not wait for a review any more.")
    sighting.unreviewed, sighting.decided_by_id = False, by.id
    _flush(session, sighting.id)


def reopen(session: Session, sighting: Sighting) -> None:
    """Put a decided sighting back into the queue, at the place that its age gives it."""
    sighting.unreviewed = False
    sighting.decided_by_id = sighting.decided_at = sighting.reason = sighting.shoot_id = None
    sighting.words = ""
    _move(session, sighting, State.PENDING)


def check_not_own(sighting: Sighting, by: User, *, alone: bool = False) -> None:
    """Raise NotAllowedError if the sighting is the user's own, unless one person does it all here."""
    if sighting.submitted_by_id == by.id and not alone:
        raise NotAllowedError("This sighting is yours: somebody else decides.")


def _move(session: Session, sighting: Sighting, to: State) -> None:
    if to not in _MOVES[sighting.state]:
        raise ConflictError(f"Sighting {sighting.id} is {sighting.state.value}; it cannot become {to.value}.")
    # After a lost race the row cannot be asked any more: the transaction is over.
    number = sighting.id
    sighting.state = to
    _flush(session, number)


def _flush(session: Session, number: int) -> None:
    try:
        session.flush()
    except StaleDataError:
        raise ConflictError(
            f"Somebody decided sighting {number} a moment ago; the first decision counts."
        ) from None
