"""New passwords: with the old one, or by a link that works once, for an hour.

A link is bound to the hash and the session key that it replaces, so that using it, changing the password or
signing out everywhere ends it.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from tracker.accounts.email import email_key
from tracker.accounts.events import Deed, note_down
from tracker.accounts.links import Purpose, is_good, number_of, sign
from tracker.accounts.models import LONGEST_ADDRESS, User
from tracker.accounts.operations import find_user
from tracker.accounts.passwords import check_password, hash_password
from tracker.accounts.standing import end_sessions
from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key
from tracker.foundation.errors import InvalidValueError, NotFoundError

GOOD_FOR = timedelta(hours=1)
_USED_UP = "This link does not work any more: it was used, or it is too old. Ask for another."


class ResetRequest(Base):
    """What somebody typed who lost a password, until the mail goes out.

    Whether there is such an account is found out later, away from the request: so the answer and its time
    are the same for every name.
    """

    __tablename__ = "reset_request"

    id: Mapped[Key]
    asked: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    made_at: Mapped[datetime] = mapped_column(default=now)


def change_password(session: Session, user: User, *, old: str, new: str) -> None:
    """Replace a password by its owner's word; every other session ends.

    Raises InvalidValueError if the old one does not fit or the new one is weak.
    """
    if not check_password(old, user.password_hash):
        raise InvalidValueError("This is not your present password.")
    user.password_hash = hash_password(new)
    end_sessions(session, user)
    note_down(session, user, Deed.PASSWORD, by=user, words="with the old one")


def reset_link(user: User, *, key: str, good_for: timedelta = GOOD_FOR) -> str:
    """Answer the signed part of a link with which a user sets a new password."""
    return sign(key, Purpose.RESET, user.id, bound_to=_bound(user), until=now() + good_for)


def user_to_reset(session: Session, signed: str, *, key: str, at: datetime | None = None) -> User:
    """Answer whose password a link resets. Raises NotFoundError for one that is used up or was never ours."""
    number = number_of(signed)
    user = session.get(User, number) if number is not None else None
    if user is None or user.is_deleted:
        raise NotFoundError(_USED_UP)
    if not is_good(key, Purpose.RESET, signed, bound_to=_bound(user), at=at or now()):
        raise NotFoundError(_USED_UP)
    return user


def reset_password(session: Session, signed: str, new: str, *, key: str) -> User:
    """Set a new password by a link; all sessions end. Of two who use one link at a time, one succeeds."""
    user = user_to_reset(session, signed, key=key)
    old, hashed = user.password_hash, hash_password(new)
    won = session.execute(
        update(User)
        .where(User.id == user.id, User.password_hash == old)
        .values(password_hash=hashed)
        .returning(User.id)
        .execution_options(synchronize_session=False)
    ).first()
    if won is None:
        raise NotFoundError(_USED_UP)
    session.refresh(user)
    end_sessions(session, user)
    note_down(session, user, Deed.PASSWORD, by=None, words="with a link")
    return user


def ask_for_reset(session: Session, asked: str) -> None:
    """Write down what was typed, whoever it is."""
    session.add(ResetRequest(asked=asked.strip()[:LONGEST_ADDRESS]))
    session.flush()


def account_to_mail(session: Session, asked: str) -> User | None:
    """Answer the account of a name or a confirmed address, if a mail can be sent to it."""
    by_address = select(User).where(User.email_key == email_key(asked))
    user = session.scalar(by_address) if "@" in asked else find_user(session, asked)
    return user if user is not None and user.email and not user.is_deleted else None


def _bound(user: User) -> str:
    # The hash itself stays out of what is signed at length; 128 bits of it tell one from another.
    digest = hashlib.sha256(user.password_hash.encode()).hexdigest()[:32]
    return f"{digest}\0{user.session_key}"
