"""Errors as pages: in the same identity, saying what happened and what to do next."""

from __future__ import annotations

import structlog
from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from tracker.extensions import db
from tracker.foundation.errors import ConflictError, InvalidValueError, NotAllowedError, NotFoundError

_PAGES = frozenset({400, 403, 404, 405, 409, 413, 429, 500, 503})
_log = structlog.get_logger("tracker.web")


def install(app: Flask) -> None:
    """Tie the error pages to the application."""

    @app.errorhandler(CSRFError)
    def _stale_form(_error: CSRFError) -> ResponseReturnValue:
        return render_template("errors/stale_form.html"), 400

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> ResponseReturnValue:
        code = error.code or 500
        if code < 400:
            return error
        page = code if code in _PAGES else (400 if code < 500 else 500)
        # The library's own words are for programs; ours are on the page.
        detail = None if error.description == type(error).description else error.description
        return render_template(f"errors/{page}.html", detail=detail), code

    @app.errorhandler(NotFoundError)
    def _missing(error: NotFoundError) -> ResponseReturnValue:
        return render_template("errors/404.html", detail=str(error)), 404

    @app.errorhandler(NotAllowedError)
    def _refused(error: NotAllowedError) -> ResponseReturnValue:
        return render_template("errors/403.html", detail=str(error)), 403

    @app.errorhandler(ConflictError)
    def _conflict(error: ConflictError) -> ResponseReturnValue:
        return render_template("errors/409.html", detail=str(error)), 409

    @app.errorhandler(StaleDataError)
    def _overtaken(_error: StaleDataError) -> ResponseReturnValue:
        db.session.rollback()
        detail = "Somebody saved the same entry a moment ago. Look at it again, then send yours once more."
        return render_template("errors/409.html", detail=detail), 409

    @app.errorhandler(InvalidValueError)
    def _invalid(error: InvalidValueError) -> ResponseReturnValue:
        return render_template("errors/400.html", detail=str(error)), 400

    @app.errorhandler(Exception)
    def _broken(_error: Exception) -> ResponseReturnValue:
        _log.exception("unhandled error")
        db.session.rollback()
        return render_template("errors/500.html"), 500
