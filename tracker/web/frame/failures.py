"""Errors as pages: in the same identity, saying what happened and what to do next."""

from __future__ import annotations

import structlog
from flask import Flask, Response, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, default_exceptions

from tracker.answers import is_for_programs, problem
from tracker.extensions import db
from tracker.foundation.errors import ConflictError, InvalidValueError, NotAllowedError, NotFoundError
from tracker.readiness import what_is_missing

_PAGES = frozenset({400, 403, 404, 405, 409, 413, 429, 500, 503})
_REMEDIES = {
    404: "Nothing is at this address. The addresses of the API are listed at /api/openapi.json.",
    405: "This address does not take that method. The header Allow says which ones it takes.",
    413: "The body is too large: at most 2 MB are read.",
    415: "Send the body as application/json.",
    429: "Too many requests. The header Retry-After says after how many seconds to go on.",
    500: "Something broke on our side. It is logged; nothing was saved.",
}
_log = structlog.get_logger("tracker.web")


def install(app: Flask) -> None:
    """Tie the error pages to the application."""

    @app.errorhandler(CSRFError)
    def _stale_form(_error: CSRFError) -> ResponseReturnValue:
        has_cookie = current_app.config["SESSION_COOKIE_NAME"] in request.cookies
        return render_template(f"errors/{'stale_form' if has_cookie else 'no_cookie'}.html"), 400

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> ResponseReturnValue:
        code = error.code or 500
        if code < 400:
            return error
        page = code if code in _PAGES else (400 if code < 500 else 500)
        # The library's own words are for programs; ours are on the page.
        detail = None if error.description == type(error).description else error.description
        answer = _answer(page, detail, code)
        # Such as Allow of 405 and Retry-After of 429.
        for name, value in error.get_headers():
            if name.lower() not in ("content-type", "content-length"):
                answer.headers.setdefault(name, value)
        return answer

    @app.errorhandler(NotFoundError)
    def _missing(error: NotFoundError) -> ResponseReturnValue:
        return _answer(404, str(error))

    @app.errorhandler(NotAllowedError)
    def _refused(error: NotAllowedError) -> ResponseReturnValue:
        return _answer(403, str(error))

    @app.errorhandler(ConflictError)
    def _conflict(error: ConflictError) -> ResponseReturnValue:
        return _answer(409, str(error))

    @app.errorhandler(StaleDataError)
    def _overtaken(_error: StaleDataError) -> ResponseReturnValue:
        db.session.rollback()
        detail = "Somebody saved the same entry a moment ago. Look at it again, then send yours once more."
        return _answer(409, detail)

    @app.errorhandler(InvalidValueError)
    def _invalid(error: InvalidValueError) -> ResponseReturnValue:
        return _answer(400, str(error))

    @app.errorhandler(SQLAlchemyError)
    def _unready(error: SQLAlchemyError) -> ResponseReturnValue:
        db.session.rollback()
        missing = what_is_missing()
        if not missing:
            return _broken(error)
        _log.error("the database is not ready", missing=missing)
        return _answer(503, missing)

    @app.errorhandler(Exception)
    def _broken(_error: Exception) -> ResponseReturnValue:
        _log.exception("unhandled error")
        db.session.rollback()
        return _answer(500, None)


def _answer(page: int, detail: str | None, status: int | None = None) -> Response:
    """Answer the error page of that number, or to a program the same as a problem."""
    status = status or page
    if not is_for_programs():
        return make_response(render_template(f"errors/{page}.html", detail=detail), status)
    known = default_exceptions.get(status)
    title = known().name if known else "Error"
    return problem(status, title, detail or _REMEDIES.get(status, title))
