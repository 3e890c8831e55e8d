"""Tokens: keys with which a program acts for an account, for what their scopes say and no more.

Only a hash is kept. A token is 256 random bits, so a plain SHA-256 is as good as a slow hash: there is
nothing to guess.
"""

from __future__ import annotations

import enum
import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.foundation.text import clean_line

_PREFIX = "shothere_"
_SHOWN = len(_PREFIX) + 4
_MOST = 20


class Scope(enum.StrEnum):
    """What a token may be used for."""

    SUBMIT_SIGHTINGS = "sightings:write"
    READ_SIGHTINGS = "sightings:read"
    CITE = "cite"
    PARTNERS = "partners"
    MODERATE = "moderate"

    @property
    def words(self) -> str:
        return _SCOPE_WORDS[self]


_SCOPE_WORDS = {
    Scope.SUBMIT_SIGHTINGS: "Send in sightings in your name",
    Scope.READ_SIGHTINGS: "Read your own sightings",
    Scope.CITE: "Say in your name what sources say of shoots and of their order, and take it back",
    Scope.PARTNERS: "Say in your name who made shoots possible, and take it back",
    Scope.MODERATE: "Decide in your name on contradictions, where you are a moderator",
}


class ApiToken(Base):
    """A token of a user. `shown` is its beginning, by which its owner knows it again."""

    __tablename__ = "api_token"
    __table_args__ = (CheckConstraint("length(name) between 1 and 80", name="name_length"),)

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    name: Mapped[str] = mapped_column(String(80))
    shown: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    # Scopes, separated by blanks, as OAuth writes them.
    scope: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(default=now)
    revoked_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(lazy="raise")

    @property
    def scopes(self) -> frozenset[Scope]:
        return frozenset(Scope(word) for word in self.scope.split())


def make_token(session: Session, user: User, *, name: str, scopes: Collection[Scope]) -> tuple[ApiToken, str]:
    """Add a token; answer its row and the token itself, which is never to be had again.

    Raises InvalidValueError without a name or a scope, or when the account has too many.
    """
    cleaned = clean_line(name)
    if not 1 <= len(cleaned) <= 80:
        raise InvalidValueError("A token needs a name of 1 to 80 characters, such as the program's.")
    if not scopes:
        raise InvalidValueError(f"A token needs a scope: {', '.join(Scope)}.")
    if len(tokens_of(session, user.id)) >= _MOST:
        raise InvalidValueError(f"This account has {_MOST} tokens. Revoke one that is not used any more.")
    secret = _PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        user_id=user.id,
        name=cleaned,
        shown=secret[:_SHOWN],
        digest=_digest(secret),
        scope=" ".join(sorted(scopes)),
    )
    session.add(token)
    session.flush()
    return token, secret


def revoke_token(session: Session, token_id: int, *, of: User) -> ApiToken:
    """End a token of a user's own. Raises NotFoundError if there is none; ending it twice is no error."""
    token = session.scalar(select(ApiToken).where(ApiToken.id == token_id, ApiToken.user_id == of.id))
    if token is None:
        raise NotFoundError(f"{of.name} has no token number {token_id}.")
    token.revoked_at = token.revoked_at or now()
    session.flush()
    return token


def tokens_of(session: Session, user_id: int) -> list[ApiToken]:
    """Answer a user's tokens that are good, the newest first."""
    return list(
        session.scalars(
            select(ApiToken)
            .where(ApiToken.user_id == user_id, ApiToken.revoked_at.is_(None))
            .order_by(ApiToken.id.desc())
        )
    )


def token_for(session: Session, secret: str) -> ApiToken | None:
    """Answer the good token with its user; None for one that is unknown, revoked, or of a suspended user."""
    token = session.scalar(
        select(ApiToken)
        .where(ApiToken.digest == _digest(secret), ApiToken.revoked_at.is_(None))
        .options(joinedload(ApiToken.user))
    )
    return token if token is not None and not token.user.is_suspended else None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
