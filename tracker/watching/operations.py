"""Writes of watching: what, the feed's address, the mails."""

from __future__ import annotations

import secrets

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.accounts.links import Purpose, is_good, number_of, sign
from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.history.models import Change
from tracker.places.models import Place
from tracker.productions.models import Production
from tracker.watching.models import Telling, Watch
from tracker.watching.queries import watch_of

MOST = 500


def watch(session: Session, user: User, what: Production | Place) -> Watch:
    """Let a user watch a production or a place; watching it twice is no error.

    Raises InvalidValueError when he watches too many.
    """
    there = watch_of(session, user.id, what)
    if there is not None:
        return there
    if (session.scalar(select(func.count(Watch.id)).where(Watch.user_id == user.id)) or 0) >= MOST:
        raise InvalidValueError(f"You watch {MOST} films and places. Take one off the list first.")
    column = "production_id" if isinstance(what, Production) else "place_id"
    made = Watch(user_id=user.id, **{column: what.id})
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:  # pressed twice at one moment
        found = watch_of(session, user.id, what)
        if found is None:
            raise
        return found
    return made


def unwatch(session: Session, user: User, watch_id: int) -> None:
    """Take something off a user's own list. Raises NotFoundError if it is not on it."""
    found = session.scalar(select(Watch).where(Watch.id == watch_id, Watch.user_id == user.id))
    if found is None:
        raise NotFoundError("This is not on your list.")
    session.delete(found)
    session.flush()


def telling_of(session: Session, user: User) -> Telling:
    """Answer how a user is told; at first neither way."""
    found = session.get(Telling, user.id)
    if found is None:
        found = Telling(user_id=user.id, mail_key=secrets.token_urlsafe(16))
        session.add(found)
        session.flush()
    return found


def new_feed(session: Session, user: User) -> None:
    """Give a user's feed an address; an earlier one works no more."""
    telling_of(session, user).feed_key = secrets.token_urlsafe(16)
    session.flush()


def end_feed(session: Session, user: User) -> None:
    """Take the feed's address away."""
    telling_of(session, user).feed_key = None
    session.flush()


def set_mails(session: Session, user: User, *, wanted: bool) -> None:
    """Begin or end the mails; they begin with what happens from now on."""
    telling = telling_of(session, user)
    if wanted and not user.email:
        raise InvalidValueError("Confirm an e-mail address first; then mails can be sent to it.")
    if wanted and not telling.by_mail:
        telling.told_up_to = session.scalar(select(func.max(Change.id))) or 0
    telling.by_mail = wanted
    session.flush()


def feed_part(telling: Telling | None, *, key: str) -> str:
    """Answer the signed part of a feed's address, "" where there is none."""
    if telling is None or telling.feed_key is None:
        return ""
    return sign(key, Purpose.FEED, telling.user_id, bound_to=telling.feed_key)


def user_of_feed(session: Session, signed: str, *, key: str) -> User:
    """Answer whose feed an address is. Raises NotFoundError for one that was taken away or never was ours."""
    telling = _telling(session, signed)
    good = telling is not None and telling.feed_key is not None
    if (
        telling is None
        or not good
        or not is_good(key, Purpose.FEED, signed, bound_to=telling.feed_key or "", at=now())
    ):
        raise NotFoundError(
            "There is no feed at this address. Your list of what you watch has the present one."
        )
    return session.get_one(User, telling.user_id)


def unsubscribe_part(telling: Telling, *, key: str) -> str:
    """Answer the signed part of the link that ends a user's mails; it works for good."""
    return sign(key, Purpose.UNSUBSCRIBE, telling.user_id, bound_to=telling.mail_key)


def telling_to_end(session: Session, signed: str, *, key: str) -> Telling:
    """Answer whose mails a link ends. Raises NotFoundError for one that was never ours."""
    telling = _telling(session, signed)
    if telling is None or not is_good(key, Purpose.UNSUBSCRIBE, signed, bound_to=telling.mail_key, at=now()):
        raise NotFoundError("This link ends no mails here. Nothing is sent to deleted accounts.")
    return telling


def _telling(session: Session, signed: str) -> Telling | None:
    number = number_of(signed)
    return session.get(Telling, number) if number is not None else None
