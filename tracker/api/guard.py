"""Who may use which endpoint: by a token in the header, never by a cookie. Reading is open to other sites."""

from __future__ import annotations

from flask import Flask, Response, current_app, g, request
from flask.typing import ResponseReturnValue

from tracker.accounts.access import permission_of
from tracker.accounts.models import User
from tracker.accounts.permissions import Permission, lacks_email, may
from tracker.accounts.tokens import ApiToken, Scope, token_for
from tracker.answers import problem
from tracker.config import Settings
from tracker.extensions import db

_SCOPE = "shot_here_scope"


def scope_of(view: object) -> Scope | None:
    """Answer the scope that an endpoint asks of a token."""
    found = getattr(view, _SCOPE, None)
    return found if isinstance(found, Scope) else None


def ask_for(view: object, scope: Scope | None) -> None:
    """Let an endpoint ask for a scope."""
    setattr(view, _SCOPE, scope)


def install(app: Flask) -> None:
    """Check before each request of the API, and open public reading to pages of other sites."""

    @app.before_request
    def _check() -> ResponseReturnValue | None:
        if not (request.endpoint or "").startswith("api."):
            return None
        view = current_app.view_functions[str(request.endpoint)]
        permission = permission_of(view)
        if may(None, permission):
            return None
        token = token_for(db.session, _bearer()) if _bearer() else None
        if token is None:
            detail = "Send a good token: Authorization: Bearer …. Your account's page makes one."
            answer = problem(401, "Unauthorized", detail)
            answer.headers["WWW-Authenticate"] = 'Bearer realm="Shot Here"'
            return answer
        if why_not := _why_not(app, token, permission, scope_of(view)):
            return problem(403, "Forbidden", why_not)
        g.api_user_id = token.user_id
        return None

    @app.after_request
    def _open(response: Response) -> Response:
        if request.path.startswith("/api/") and request.method in ("GET", "HEAD", "OPTIONS"):
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = (
                "ETag, Link, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset"
            )
            if request.method == "OPTIONS":
                response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
                response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
                response.headers["Access-Control-Max-Age"] = "86400"
        return response


def _why_not(app: Flask, token: ApiToken, permission: Permission, scope: Scope | None) -> str:
    """Say why this token may not do what is asked, "" if it may."""
    settings: Settings = app.config["SETTINGS"]
    if not may(token.user, permission):
        return f"Your account may not {permission.value}."
    if lacks_email(token.user, permission, mail_goes_out=settings.mail is not None):
        return "Confirm an e-mail address on your account's page first."
    if scope is None or scope not in token.scopes:
        return f"This token lacks the scope {scope}. Make one that has it."
    return ""


def api_user() -> User:
    """Answer the user whose token came with the request; read anew, for a write begins by forgetting."""
    user = db.session.get(User, g.api_user_id)
    assert user is not None  # noqa: S101 - the guard has just read it
    return user


def _bearer() -> str:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else ""
