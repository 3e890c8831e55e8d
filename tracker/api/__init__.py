"""The API door: the public record and submitting, for programs. `endpoints.py` lists every address."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Tie the API to an application."""
    from tracker.api import endpoints, guard  # noqa: PLC0415 - views import the package

    guard.install(app)
    endpoints.register(app)
