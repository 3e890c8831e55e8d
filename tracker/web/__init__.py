"""The web door: pages, forms and the JSON that the maps fetch."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Tie the web door to an application."""
    from tracker.config import Settings  # noqa: PLC0415 - views import the package
    from tracker.web import access, failures, forms, globals, limits, security, sessions, urls  # noqa: PLC0415

    settings: Settings = app.config["SETTINGS"]
    security.install(app, settings)
    sessions.install(app)
    forms.install(app)
    limits.install(app, settings)
    failures.install(app)
    access.guard(app)
    globals.install(app, settings)
    urls.register(app)
