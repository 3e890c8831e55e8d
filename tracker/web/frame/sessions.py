"""Signing in and out: Flask-Login over the accounts room."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from flask import Flask, session
from flask_login import AnonymousUserMixin, LoginManager, current_user, login_user, logout_user
from sqlalchemy import select

from tracker.accounts.models import User
from tracker.extensions import db

login_manager = LoginManager()
login_manager.session_protection = "basic"


class SignedIn:
    """A user as Flask-Login wants one. The cookie names the session key, not the id: a new key ends it."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, user: User) -> None:
        self.user = user

    def get_id(self) -> str:
        return f"{self.user.id}:{self.user.session_key}"

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def role(self) -> str:
        return "suspended" if self.user.is_suspended else self.user.role.value

    @property
    def is_moderator(self) -> bool:
        return self.user.is_moderator


class Visitor(AnonymousUserMixin):  # type: ignore[misc]
    """Somebody without an account."""

    name = ""
    role = ""
    is_moderator = False


def install(app: Flask) -> None:
    """Tie Flask-Login to the application."""
    login_manager.init_app(app)
    login_manager.anonymous_user = Visitor


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load(token: str) -> SignedIn | None:
    user_id, _, key = token.partition(":")
    if not user_id.isdigit():
        return None
    user = db.session.scalar(select(User).where(User.id == int(user_id)))
    if user is None or user.is_deleted or not secrets.compare_digest(user.session_key.encode(), key.encode()):
        return None
    return SignedIn(user)


def signed_in_user() -> User | None:
    """Answer the user of this request, None without one."""
    return current_user.user if current_user.is_authenticated else None


def sign_in(user: User) -> None:
    """Begin a session of the user's own: nothing of an earlier session stays."""
    session.clear()
    login_user(SignedIn(user))
    session.permanent = True


def sign_out() -> None:
    """End the session of this browser."""
    logout_user()
    session.clear()


def safe_next(target: str | None) -> str | None:
    """Answer the target if it is a path of this site, else None: nobody is sent off after signing in."""
    if not target or not target.startswith("/") or target.startswith("//") or "\\" in target:
        return None
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or any(ord(c) < 32 for c in target):
        return None
    return target
