"""What all forms share: protection against forged posts."""

from __future__ import annotations

from flask import Flask

from tracker.extensions import csrf

__all__ = ["csrf", "install"]


def install(app: Flask) -> None:
    """Refuse every post without this session's token; it lives as long as the session does."""
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    csrf.init_app(app)
