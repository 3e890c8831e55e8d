"""Who may use which page: every view says so, and what does not say so cannot be registered."""

from __future__ import annotations

from flask import Flask, abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.access import UndeclaredAccessError, allow, permission_of
from tracker.accounts.models import User
from tracker.accounts.permissions import Permission, lacks_email, may
from tracker.config import Settings
from tracker.web.frame.sessions import signed_in_user

__all__ = ["UndeclaredAccessError", "allow", "guard", "permission_of", "refusal"]


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
        if may(None, permission):
            return None
        user = signed_in_user()
        if user is not None and may(user, permission):
            return _confirmed_first(user, permission)
        return _refused(user)


def refusal(permission: Permission) -> str:
    """Say why the visitor may not do what a permission allows, and what to do; "" if he may."""
    user = signed_in_user()
    if user is None:
        return "Sign in before you save. With scripts all you typed comes back with you."
    if not may(user, permission):
        return "Your account is suspended. You can read, take your data along, and leave."
    settings: Settings = current_app.config["SETTINGS"]
    if lacks_email(user, permission, mail_goes_out=settings.mail is not None):
        return "Confirm an e-mail address first, on the page of your account. What you typed stays here."
    return ""


def _refused(user: User | None) -> ResponseReturnValue:
    if user is not None and user.is_suspended:
        return abort(403, "Your account is suspended. You can read, take your data along, and leave.")
    if user is None and request.method in ("GET", "HEAD"):
        flash("Sign in first; you come back here afterwards.")
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
    return abort(403)


def _confirmed_first(user: User, permission: Permission) -> ResponseReturnValue | None:
    """Lead to the page of one's e-mail address where publishing needs one; None lets the request through."""
    settings: Settings = current_app.config["SETTINGS"]
    if not lacks_email(user, permission, mail_goes_out=settings.mail is not None):
        return None
    if request.method in ("GET", "HEAD"):
        flash("Confirm an e-mail address first; then you can add to the record.")
        return redirect(url_for("accounts.email"), 303)
    return abort(403, "Confirm an e-mail address first, on the page of your account.")
