"""The e-mail address of an account: used once its owner has followed a link that was sent to it."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.accounts.links import Purpose, is_good, number_of, sign
from tracker.accounts.models import LONGEST_ADDRESS, User
from tracker.foundation.clock import now
from tracker.foundation.errors import ConflictError, InvalidValueError, NotFoundError

GOOD_FOR = timedelta(hours=24)
# What every mail server takes: one @, no blanks, controls or separators that could end a header line.
_ADDRESS = re.compile(
    r"[^\s@,;:<>()\[\]\\\"\x00-\x1f\x7f]+@[^\s@,;:<>()\[\]\\\"\x00-\x1f\x7f]+\.[^\s@.,;:<>]+\Z"
)
_USED_UP = (
    "This link does not work any more: it was used, or a newer one was sent, or it is older than a day."
)


def check_email(text: str) -> str:
    """Answer the address without blanks around it. Raises InvalidValueError if it cannot be one."""
    address = text.strip()
    if not _ADDRESS.match(address) or not address.isascii() or len(address) > LONGEST_ADDRESS:
        raise InvalidValueError("This is no e-mail address. Write one such as name@example.org.")
    return address


def email_key(address: str) -> str:
    """Answer the form in which two spellings of one address meet."""
    return address.strip().casefold()


def ask_for_email(session: Session, user: User, address: str, *, key: str) -> str:
    """Keep an address until it is confirmed, and answer the signed part of the link that confirms it."""
    user.pending_email = check_email(address)
    session.flush()
    bound = _bound(user, user.pending_email)
    return sign(key, Purpose.CONFIRM, user.id, bound_to=bound, until=now() + GOOD_FOR)


def user_to_confirm(session: Session, signed: str, *, key: str, at: datetime | None = None) -> User:
    """Answer whose address a link confirms. Raises NotFoundError for one that is used up or not ours."""
    number = number_of(signed)
    user = session.get(User, number) if number is not None else None
    if user is None or user.pending_email is None:
        raise NotFoundError(_USED_UP)
    bound = _bound(user, user.pending_email)
    if not is_good(key, Purpose.CONFIRM, signed, bound_to=bound, at=at or now()):
        raise NotFoundError(_USED_UP)
    return user


def confirm_email(session: Session, signed: str, *, key: str) -> User:
    """Take an address into use. Raises ConflictError if another account has confirmed it."""
    user = user_to_confirm(session, signed, key=key)
    address = user.pending_email or ""
    taken = ConflictError("Another account has confirmed this address. Take it away there first.")
    if session.scalar(select(User.id).where(User.email_key == email_key(address), User.id != user.id)):
        raise taken
    try:
        with session.begin_nested():
            user.email, user.email_key, user.pending_email = address, email_key(address), None
    except IntegrityError:  # confirmed there between the look and the write
        raise taken from None
    return user


def forget_email(session: Session, user: User) -> None:
    """Take the address of an account away, confirmed or not."""
    user.email = user.email_key = user.pending_email = None
    session.flush()


def _bound(user: User, address: str) -> str:
    return f"{address}\0{user.email or ''}\0{user.session_key}"
