"""An account's standing: role, suspension and the open sessions. There is always an admin left."""

from __future__ import annotations

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.accounts.events import Deed, note_down
from tracker.accounts.models import Role, User
from tracker.foundation.clock import now
from tracker.foundation.errors import ConflictError, InvalidValueError
from tracker.foundation.text import clean_line


def end_sessions(session: Session, user: User) -> None:
    """Sign a user out everywhere: every cookie names the key that is replaced here."""
    user.session_key = secrets.token_urlsafe(24)
    session.flush()


def set_role(session: Session, user: User, role: Role, *, by: User | None = None) -> None:
    """Give a user a role; his open sessions end, so that no old page acts with the old role.

    Raises ConflictError if no admin were left.
    """
    if role is not Role.ADMIN:
        keep_an_admin(session, user)
    words = f"from {user.role.value} to {role.value}"
    user.role = role
    end_sessions(session, user)
    note_down(session, user, Deed.ROLE, by=by, words=words)


def suspend(session: Session, user: User, *, by: User | None = None, reason: str = "") -> None:
    """Let a user read, take his data along and leave, and do nothing else; his open sessions end.

    Raises InvalidValueError if an admin gives no reason or suspends himself, ConflictError if the user is
    suspended already or no admin were left.
    """
    if by is not None and by.id == user.id:
        raise InvalidValueError("Nobody suspends himself. Ask another admin.")
    if by is not None and not clean_line(reason):
        raise InvalidValueError("Say in a sentence why: the person is told.")
    if user.is_suspended:
        raise ConflictError(f"{user.name} is suspended already.")
    keep_an_admin(session, user)
    user.suspended_at = now()
    end_sessions(session, user)
    note_down(session, user, Deed.SUSPENDED, by=by, words=reason)


def reinstate(session: Session, user: User, *, by: User | None = None, reason: str = "") -> None:
    """End a suspension. Raises ConflictError if there is none."""
    if not user.is_suspended:
        raise ConflictError(f"{user.name} is not suspended.")
    user.suspended_at = None
    end_sessions(session, user)
    note_down(session, user, Deed.REINSTATED, by=by, words=reason)


def keep_an_admin(session: Session, user: User) -> None:
    """Raise ConflictError if this user is the only admin who can act; the admins are held meanwhile.

    Without holding them, two admins who leave at one moment would each count on the other.
    """
    admins = session.scalars(
        select(User.id)
        .where(User.role == Role.ADMIN, User.suspended_at.is_(None), User.deleted_at.is_(None))
        .order_by(User.id)
        .with_for_update()
    ).all()
    if list(admins) == [user.id]:
        raise ConflictError(f"{user.name} is the only admin. Make somebody else an admin first.")
