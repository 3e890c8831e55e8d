"""The user of a request to a page that only signed-in people may open."""

from __future__ import annotations

from flask import abort

from tracker.accounts.models import User
from tracker.web.frame.sessions import signed_in_user


def current_user() -> User:
    """Answer the signed-in user; the guard has let nobody else in, and if it had, the answer is 403."""
    user = signed_in_user()
    if user is None:
        abort(403)
    return user
