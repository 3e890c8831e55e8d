"""What every template may use."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, url_for

from tracker.config import Settings
from tracker.foundation.dates import describe, describe_short, meaning
from tracker.places.privacy import public_name
from tracker.web.frame.security import csp_nonce


def install(app: Flask, settings: Settings) -> None:
    """Add the template globals and filters."""
    static = Path(app.static_folder or "")

    @lru_cache(maxsize=512)
    def version(path: str, _changed_ns: int) -> str:
        return hashlib.sha256((static / path).read_bytes()).hexdigest()[:10]

    def asset(path: str) -> str:
        """Answer a static file's address; it changes with the file, so browsers may keep it for good."""
        file = static / path
        if not file.is_file():
            return url_for("static", filename=path)
        return url_for("static", filename=path, v=version(path, file.stat().st_mtime_ns))

    app.jinja_env.globals.update(asset=asset, csp_nonce=csp_nonce, tile_url=settings.tile_url)
    app.jinja_env.filters.update(
        dates=describe, dates_short=describe_short, meaning=meaning, public_name=public_name
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
