"""What all pages share: who may, who is signed in, headers, limits, errors, template globals."""

from __future__ import annotations

from flask import Flask

from tracker.config import Settings
from tracker.web.frame import (
    access,
    delay,
    failures,
    forgery,
    limits,
    security,
    sessions,
    templating,
    uploads,
)


def install(app: Flask) -> None:
    """Tie the frame to an application. The guard comes after the token check, so that it sees sound posts."""
    settings: Settings = app.config["SETTINGS"]
    security.install(app, settings)
    sessions.install(app)
    uploads.install(app)
    forgery.install(app)
    limits.install(app, settings)
    delay.install(app, settings)
    failures.install(app)
    access.guard(app)
    templating.install(app, settings)
