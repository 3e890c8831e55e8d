"""Writes of accounts: signing up, roles, suspension."""

from __future__ import annotations

import re
import secrets

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.accounts.models import Role, User
from tracker.accounts.passwords import check_password, hash_password, needs_new_hash
from tracker.foundation.clock import now
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean_line, fold

_NAME = re.compile(r"[\w][\w .'-]*\Z")


def check_name(name: str) -> str:
    """Answer the cleaned user name. Raises InvalidValueError if it cannot be one."""
    cleaned = clean_line(name)
    if not 2 <= len(cleaned) <= 40:
        raise InvalidValueError("A user name has 2 to 40 characters.")
    if not _NAME.match(cleaned) or not fold(cleaned):
        raise InvalidValueError(f"{cleaned!r} cannot be a user name. Use letters, digits, blanks and . ' - _")
    return cleaned


def sign_up(session: Session, *, name: str, password: str, role: Role = Role.CONTRIBUTOR) -> User:
    """Add a user. Raises InvalidValueError for a bad or taken name or a weak password."""
    cleaned = check_name(name)
    user = User(
        name=cleaned,
        name_key=fold(cleaned),
        password_hash=hash_password(password),
        role=role,
        session_key=secrets.token_urlsafe(24),
    )
    taken = InvalidValueError(f"The name {cleaned!r} is taken, or looks like one that is. Choose another.")
    if find_user(session, cleaned) is not None:
        raise taken
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError:  # somebody took the name between the look and the write
        raise taken from None
    return user


def authenticate(session: Session, *, name: str, password: str) -> User | None:
    """Answer the user whose name and password these are and who is not suspended; else None."""
    user = find_user(session, name)
    if not check_password(password, user.password_hash if user else None) or user is None:
        return None
    if user.suspended_at is not None:
        return None
    if needs_new_hash(user.password_hash):
        user.password_hash = hash_password(password)
    return user


def find_user(session: Session, name: str) -> User | None:
    """Answer the user of that name, however it is spelt."""
    return session.scalar(select(User).where(User.name_key == fold(name)))


def set_role(session: Session, user: User, role: Role) -> None:
    """Give a user a role; his open sessions end, so that no old page acts with the old role."""
    user.role = role
    user.session_key = secrets.token_urlsafe(24)
    session.flush()


def suspend(session: Session, user: User) -> None:
    """Stop a user from signing in and end his open sessions."""
    user.suspended_at = now()
    user.session_key = secrets.token_urlsafe(24)
    session.flush()
