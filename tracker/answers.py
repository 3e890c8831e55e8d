"""Answers to programs, for all doors: JSON that carries a validator, and errors as RFC 9457 has them."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response, request
from werkzeug.wrappers import Response as AnyResponse


def json_answer(
    content: object, mimetype: str = "application/json", *, max_age_s: int | None = None
) -> AnyResponse:
    """Answer JSON with an ETag; it may be kept for `max_age_s` seconds, else it is asked for each time."""
    response = Response(orjson.dumps(content), mimetype=mimetype)
    if max_age_s is not None:
        response.cache_control.public = True
        response.cache_control.max_age = max_age_s
    response.add_etag()
    return response.make_conditional(request)


def problem(status: int, title: str, detail: str, **members: Any) -> Response:
    """Answer an error to a program (RFC 9457); `detail` names the value and the remedy."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        **members,
    }
    return Response(orjson.dumps(content), status=status, mimetype="application/problem+json")


def is_for_programs() -> bool:
    """Say whether errors are told as JSON: by the API, and where a file was asked for."""
    if (request.endpoint or "").startswith("exports."):
        return True
    return request.path.startswith("/api/") and request.path != "/api/docs"
