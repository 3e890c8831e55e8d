"""The web door: pages, forms and the JSON that the maps fetch. `urls.py` lists every address."""

from __future__ import annotations

from flask import Flask


def register(app: Flask) -> None:
    """Tie the web door to an application."""
    from tracker.web import frame, urls  # noqa: PLC0415 - views import the package
    from tracker.web.exports import links  # noqa: PLC0415 - as below
    from tracker.web.watching import views as watching  # noqa: PLC0415

    frame.install(app)
    links.install(app)
    watching.install(app)
    urls.register(app)
