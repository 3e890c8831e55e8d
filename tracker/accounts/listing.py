"""The list of accounts for admins, by name, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.accounts.models import Role, User
from tracker.foundation.text import fold

PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of accounts; `more` says that others come after the last one."""

    users: list[User]
    more: bool


def accounts(
    session: Session,
    *,
    words: str = "",
    role: Role | None = None,
    suspended: bool = False,
    after: str = "",
    limit: int = PAGE,
) -> Listed:
    """Answer accounts whose name holds the words, by name, behind the key `after`; deleted ones are none."""
    found = select(User).where(User.deleted_at.is_(None))
    if fold(words):
        found = found.where(User.name_key.contains(fold(words), autoescape=True))
    if role is not None:
        found = found.where(User.role == role)
    if suspended:
        found = found.where(User.suspended_at.is_not(None))
    if after:
        found = found.where(User.name_key > after)
    users = list(session.scalars(found.order_by(User.name_key).limit(limit + 1)))
    return Listed(users[:limit], len(users) > limit)
