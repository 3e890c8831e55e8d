"""How answers are sent: as JSON with an ETag, pages with a Link header, refusals as problems."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from pydantic import BaseModel
from werkzeug.wrappers import Response as AnyResponse

from tracker.answers import problem
from tracker.api.asking import RefusedError
from tracker.exchange.exporting.rows import Site
from tracker.foundation.errors import InvalidValueError, NotFoundError

View = Callable[..., AnyResponse]


def send(shape: BaseModel, *, status: int = 200) -> AnyResponse:
    """Answer a shape as JSON; to a reader that has it already, 304."""
    response = Response(shape.model_dump_json(), status=status, mimetype="application/json")
    address = getattr(shape, "next", None)
    if address:
        response.headers["Link"] = f'<{address}>; rel="next"'
    if status == 201:
        response.headers["Location"] = (
            getattr(shape, "see", None) or f"{request.base_url}/{getattr(shape, 'id', '')}"
        )
        return response
    if request.method not in ("GET", "HEAD"):
        return response
    response.add_etag()
    return response.make_conditional(request)


def telling_problems(view: View) -> View:
    """Answer refusals as problems: 400 for the wrong shape, 422 for a value that cannot be."""

    @wraps(view)
    def told(**values: Any) -> AnyResponse:
        try:
            return view(**values)
        except RefusedError as error:
            return problem(400, "Bad Request", error.detail, errors=error.errors)
        except InvalidValueError as error:
            return problem(422, "Unprocessable Content", str(error))
        except NotFoundError as error:
            return problem(404, "Not Found", str(error))

    return told


def next_address(**changed: int | str) -> str:
    """Answer this request's address with parameters changed."""
    values = {**request.args.to_dict(), **{name: str(value) for name, value in changed.items()}}
    return f"{request.base_url}?{urlencode(values)}"


def site() -> Site:
    """Answer where this request found the pages."""
    return Site(request.url_root)
