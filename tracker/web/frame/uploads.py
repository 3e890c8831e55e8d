"""Which requests may be larger than others, and by whom: nobody else's body is even read."""

from __future__ import annotations

from flask import Flask, request

from tracker.accounts.permissions import Permission, may
from tracker.exchange.uploads.stored import MOST_BYTES
from tracker.web.frame.sessions import signed_in_user

_LARGE = {"imports.upload": Permission.IMPORT}
# What a form needs around its file.
_AROUND = 64 << 10


def install(app: Flask) -> None:
    """Let large bodies pass where they belong; before the token check, which reads the body."""

    @app.before_request
    def _make_room() -> None:
        permission = _LARGE.get(request.endpoint or "")
        if permission is not None and request.method == "POST" and may(signed_in_user(), permission):
            request.max_content_length = MOST_BYTES + _AROUND
