"""Who may use which page: every view says so, and what does not say so cannot be registered."""

from __future__ import annotations

from flask import Flask, abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.access import UndeclaredAccessError, allow, permission_of
from tracker.accounts.permissions import may
from tracker.web.frame.sessions import signed_in_user

__all__ = ["UndeclaredAccessError", "allow", "guard", "permission_of"]


def guard(app: Flask) -> None:
    """Check the permission of the view before each request; anything undeclared is refused."""

    @app.before_request
    def _check() -> ResponseReturnValue | None:
        if request.endpoint is None or request.endpoint == "static":
            return None
        if request.endpoint.startswith("api."):
            return None  # the API has a guard of its own, which knows tokens and no cookies
        permission = permission_of(current_app.view_functions[request.endpoint])
        # Asked first, so that public pages do not load the user at all.
        if may(None, permission) or may(user := signed_in_user(), permission):
            return None
        if user is None and request.method in ("GET", "HEAD"):
            flash("Sign in first; you come back here afterwards.")
            return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
        return abort(403)
