"""A change for work that may turn out to be done already."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from tracker.history.models import Revision
from tracker.history.recording import change


@contextmanager
def change_if_any(session: Session, comment: str) -> Iterator[None]:
    """Open the installation's own change, and leave none in the history when nothing was written."""
    with change(session, by=None, comment=comment) as opened:
        yield
    if not session.scalar(select(exists().where(Revision.change_id == opened.id))):
        session.delete(opened)
        session.flush()
