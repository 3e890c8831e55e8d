"""Every address of the web door, on one page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask

from tracker.web import operation
from tracker.web.access import permission_of

GET = ("GET",)
POST = ("POST",)
FORM = ("GET", "POST")

# (address, name, view, methods)
ADDRESSES: list[tuple[str, str, Callable[..., Any], tuple[str, ...]]] = [
    ("/healthz", "operation.health", operation.health, GET),
    ("/readyz", "operation.ready", operation.ready, GET),
]


def register(app: Flask) -> None:
    """Register all addresses; a view that does not say who may use it stops the program."""
    for address, name, view, methods in ADDRESSES:
        permission_of(view)
        app.add_url_rule(address, endpoint=name, view_func=view, methods=list(methods))
