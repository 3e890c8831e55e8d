"""What a page of this site is about, told by its path: for notes, flags and requests that come from it."""

from __future__ import annotations

from typing import Any

from flask import current_app
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tracker.web.frame.sessions import safe_next


def page_of_ours(path: str) -> str:
    """Answer the path if it is one of a page that everybody can open, else ""."""
    return path[:300] if matched(path)[0] else ""


def matched(path: str) -> tuple[str, dict[str, Any]]:
    """Answer endpoint and arguments of a path of this site; ("", {}) of anything else and of secret links."""
    known = safe_next(path)
    if known is None or len(known) > 300:
        return "", {}
    bare = known.partition("?")[0].partition("#")[0]
    try:
        endpoint, values = current_app.url_map.bind("localhost").match(bare)
    except (HTTPException, RequestRedirect):
        return "", {}
    return ("", {}) if "secret" in values else (str(endpoint), dict(values))
