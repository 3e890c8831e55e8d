"""Who may use which page: every view says so, and what does not say so cannot be registered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission, may
from tracker.web.frame.sessions import signed_in_user

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])
_MARK = "shot_here_permission"


class UndeclaredAccessError(RuntimeError):
    """When a view is registered that does not say who may use it."""


def allow(permission: Permission) -> Callable[[View], View]:
    """Say which permission a view asks for."""

    def mark(view: View) -> View:
        setattr(view, _MARK, permission)
        return view

    return mark


def permission_of(view: Callable[..., object]) -> Permission:
    """Answer the permission that a view asks for. Raises UndeclaredAccessError if it does not say."""
    permission = getattr(view, _MARK, None)
    if not isinstance(permission, Permission):
        raise UndeclaredAccessError(
            f"{view.__module__}.{view.__name__} does not say who may use it: add @allow(...)"
        )
    return permission


def guard(app: Flask) -> None:
    """Check the permission of the view before each request; anything undeclared is refused."""

    @app.before_request
    def _check() -> ResponseReturnValue | None:
        if request.endpoint is None or request.endpoint == "static":
            return None
        permission = permission_of(current_app.view_functions[request.endpoint])
        # Asked first, so that public pages do not load the user at all.
        if may(None, permission) or may(user := signed_in_user(), permission):
            return None
        if user is None and request.method in ("GET", "HEAD"):
            flash("Sign in first; you come back here afterwards.")
            return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
        return abort(403)
