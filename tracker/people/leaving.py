"""Deleting an account: what is the record's stays, under nobody's name; everything else goes."""

from __future__ import annotations

import secrets

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from tracker.accounts.events import AccountEvent, Deed, note_down
from tracker.accounts.models import FORMER, Role, User
from tracker.accounts.operations import retire_name
from tracker.accounts.passwords import check_password
from tracker.accounts.standing import keep_an_admin
from tracker.foundation.clock import now
from tracker.foundation.errors import InvalidValueError
from tracker.history.models import Change, ChangeSubject, Revision
from tracker.history.recording import change
from tracker.people.holdings import HOLDINGS, OnLeaving
from tracker.sightings.models import Sighting, State
from tracker.sightings.offered import OfferedCitation
from tracker.sightings.operations import withdraw
from tracker.sightings.thread import Remark

_NOT_PART_OF_THE_RECORD = (State.REJECTED, State.WITHDRAWN)
_TAKEN_ALONG = "taken along by its sender"


def delete_account(session: Session, user: User, *, password: str) -> None:
    """Delete a user's own account.

    Raises InvalidValueError if the password does not fit, ConflictError if no admin were left.
    """
    if not check_password(password, user.password_hash):
        raise InvalidValueError("This is not your password. Nothing is deleted.")
    keep_an_admin(session, user)
    name = user.name
    _withdraw_what_waits(session, user)
    _empty_what_was_not_taken(session, user.id)
    for holding in HOLDINGS:
        if holding.on_leaving is OnLeaving.GOES:
            session.execute(delete(holding.table).where(holding.table.c[holding.column] == user.id))
    _say_former_in_comments(session, name)
    session.execute(update(AccountEvent).where(AccountEvent.user_id == user.id).values(words=""))
    retire_name(session, name)
    _forget(user)
    session.flush()
    note_down(session, user, Deed.DELETED, by=None)


def _withdraw_what_waits(session: Session, user: User) -> None:
    mine = select(Sighting).where(Sighting.submitted_by_id == user.id, Sighting.state == State.PENDING)
    for sighting in session.scalars(mine).all():
        withdraw(session, sighting, by=user)
    offered = select(OfferedCitation).where(
        OfferedCitation.sent_by_id == user.id, OfferedCitation.state == State.PENDING
    )
    with change(session, by=user, comment="Withdrew what waited"):
        for citation in session.scalars(offered).all():
            citation.state, citation.decided_at = State.WITHDRAWN, now()


def _empty_what_was_not_taken(session: Session, user_id: int) -> None:
    """Blank what was sent in and never became part of the record, in its rows and in their history."""
    sightings = session.scalars(
        select(Sighting.id).where(
            Sighting.submitted_by_id == user_id, Sighting.state.in_(_NOT_PART_OF_THE_RECORD)
        )
    ).all()
    session.execute(
        update(Sighting)
        .where(Sighting.id.in_(sightings))
        .values(
            production_title=_TAKEN_ALONG,
            place_text=_TAKEN_ALONG,
            place_name="",
            place_region="",
            place_municipality="",
            place_lat=None,
            place_lon=None,
            place_gazetteer_id=None,
            address=None,
            note="",
            words="",
        )
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(Remark)
        .where(Remark.sighting_id.in_(sightings))
        .values(words="")
        .execution_options(synchronize_session=False)
    )
    offered = session.scalars(
        select(OfferedCitation.id).where(
            OfferedCitation.sent_by_id == user_id, OfferedCitation.state.in_(_NOT_PART_OF_THE_RECORD)
        )
    ).all()
    session.execute(
        update(OfferedCitation)
        .where(OfferedCitation.id.in_(offered))
        .values(source={}, says={}, words="")
        .execution_options(synchronize_session=False)
    )
    for kind, ids in (("sighting", sightings), ("offered_citation", offered)):
        _blank_history(session, kind, list(ids))


def _blank_history(session: Session, kind: str, ids: list[int]) -> None:
    rows = Revision.table_name == kind, Revision.row_id.in_(ids)
    of_them = select(ChangeSubject.change_id).where(
        ChangeSubject.kind == kind, ChangeSubject.subject_id.in_(ids)
    )
    session.execute(
        update(Change)
        .where(Change.id.in_(of_them))
        .values(comment="")
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(Revision)
        .where(*rows)
        .values(before=None, after=None)
        .execution_options(synchronize_session=False)
    )


def _say_former_in_comments(session: Session, name: str) -> None:
    """Take the name out of the comments that the site itself wrote with it."""
    begins = f"Revert of all changes by {name}"
    longer = [Change.comment.startswith(f"{begins}{sign}", autoescape=True) for sign in (":", " (")]
    for made in session.scalars(select(Change).where(or_(Change.comment == begins, *longer))):
        rest = made.comment[len(begins) :]
        made.comment = f"Revert of all changes by a former contributor{rest}"[:500]
    session.flush()


def _forget(user: User) -> None:
    """Leave of the row what the record needs: a number. Its key is none that a typed name can have."""
    user.name, user.name_key = FORMER, f"former_contributor/{user.id}"
    user.password_hash = ""
    user.session_key = secrets.token_urlsafe(24)
    user.role = Role.CONTRIBUTOR
    user.email = user.email_key = user.pending_email = None
    user.suspended_at = None
    user.deleted_at = now()
