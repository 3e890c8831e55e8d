"""How often one address may ask for what costs or can be abused."""

from __future__ import annotations

from flask import Flask

from tracker.config import Settings
from tracker.extensions import limiter

__all__ = ["install", "limiter"]


def install(app: Flask, settings: Settings) -> None:
    """Count in memory for one process, in Redis for several."""
    app.config.update(
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://",
        RATELIMIT_ENABLED=settings.limits,
    )
    limiter.init_app(app)
