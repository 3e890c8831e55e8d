"""Undoing changes of the record, with what only this room knows of: sightings without a production."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.history.models import Change
from tracker.history.reverting import Outcome, Revertible
from tracker.productions import reverting
from tracker.sightings.unattributed import UnattributedSighting

# Edits of one go back. A whole import is taken back by itself, with the places of its rows.
OWN_TABLES = {"unattributed_sighting": Revertible(model=UnattributedSighting)}


def revert_changes(session: Session, changes: Iterable[Change], *, by: User, comment: str) -> Outcome:
    """Undo changes in one new change. See `productions.reverting.revert_changes`."""
    return reverting.revert_changes(session, changes, by=by, comment=comment, more=OWN_TABLES)
