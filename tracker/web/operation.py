"""For whoever runs it: is the process alive, is it ready to serve."""

from __future__ import annotations

from flask import current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.readiness import what_is_missing
from tracker.web.frame.access import allow


@allow(Permission.READ)
def health() -> ResponseReturnValue:
    """Say that the process answers."""
    return jsonify(status="ok")


@allow(Permission.READ)
def ready() -> ResponseReturnValue:
    """Say whether database, migrations and gazetteer are there; 503 with what is missing if not."""
    checks = {"database": _database(), "gazetteer": _gazetteer()}
    checks["migrations"] = _migrations() if checks["database"] == "ok" else "not known without a database"
    good = all(word == "ok" for word in checks.values())
    return jsonify(status="ready" if good else "not ready", checks=checks), 200 if good else 503


def _database() -> str:
    try:
        db.session.execute(text("select 1"))
    except SQLAlchemyError:
        return "not reachable: check DATABASE_URL"
    return "ok"


def _migrations() -> str:
    return what_is_missing() or "ok"


def _gazetteer() -> str:
    return (
        "ok"
        if current_app.config["GAZETTEER_PATH"].is_file()
        else "missing: run flask --app wsgi gazetteer build"
    )
