"""Signing up, and knowing who signs in."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata

from sqlalchemy import String, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from tracker.accounts.models import FORMER, Role, User
from tracker.accounts.passwords import check_password, hash_password, needs_new_hash
from tracker.foundation.database import Base
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean, clean_line, fold

_NAME = re.compile(r"[\w][\w .'-]*\Z")
# They speak for others: whoever left, and whatever no person did.
_RESERVED = frozenset(fold(name) for name in (FORMER, "The installation", "Shot Here"))


class RetiredName(Base):
    """A name that nobody can take any more, since its owner left; only a digest of it is kept.

    Else the next one would inherit its reputation, and answer for what the other wrote.
    """

    __tablename__ = "retired_name"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)


def check_name(name: str) -> str:
    """Answer the user name with single blanks. Raises InvalidValueError if it cannot be one."""
    if clean(name) != unicodedata.normalize("NFC", name).strip():
        raise InvalidValueError(
            "The user name holds a character that cannot be seen or turns the text round. Type it anew."
        )
    cleaned = clean_line(name)
    if not 2 <= len(cleaned) <= 40:
        raise InvalidValueError("A user name has 2 to 40 characters.")
    if not _NAME.match(cleaned) or not fold(cleaned):
        raise InvalidValueError(f"{cleaned!r} cannot be a user name. Use letters, digits, blanks and . ' - _")
    if fold(cleaned) in _RESERVED:
        raise InvalidValueError(f"The name {cleaned!r} is kept for the site itself. Choose another.")
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
    if find_user(session, cleaned) is not None or _is_retired(session, cleaned):
        raise taken
    try:
        with session.begin_nested():
            session.add(user)
    except IntegrityError:  # somebody took the name between the look and the write
        raise taken from None
    return user


def authenticate(session: Session, *, name: str, password: str) -> User | None:
    """Answer the user whose name and password these are, else None; it takes the same time for any name."""
    user = find_user(session, name)
    if not check_password(password, user.password_hash if user else None) or user is None:
        return None
    if needs_new_hash(user.password_hash):
        user.password_hash = hash_password(password)
    return user


def find_user(session: Session, name: str) -> User | None:
    """Answer the user of that name, however it is spelt."""
    return session.scalar(select(User).where(User.name_key == fold(name)))


def retire_name(session: Session, name: str) -> None:
    """Let nobody take a name any more."""
    digest = _digest(name)
    if session.get(RetiredName, digest) is None:
        session.add(RetiredName(digest=digest))
        session.flush()


def _is_retired(session: Session, name: str) -> bool:
    return session.get(RetiredName, _digest(name)) is not None


def _digest(name: str) -> str:
    return hashlib.sha256(f"retired name: {fold(name)}".encode()).hexdigest()
