"""Send a file while it is being written, with validators that are known before its first byte."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from flask import Response, request
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from tracker.exchange.exporting.film import RouteLine
from tracker.exchange.exporting.formats import FORMATS, Format
from tracker.exchange.exporting.reading import Selection, last_change, latest_rows, rows_of
from tracker.exchange.exporting.rows import Heading, Row, Site
from tracker.extensions import db
from tracker.foundation.clock import today

_SHOWN_IN_BROWSERS = frozenset({"atom", "jsonld"})
WritesFrom = Callable[[Heading], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class View:
    """What is taken along: a title, the address of its page, and a name for the file."""

    title: str
    page: str
    filename: str


def send_selection(view: View, ending: str, selection: Selection) -> AnyResponse:
    """Answer all shoots of a selection in a format; a feed has the latest changes alone."""
    kind = FORMATS[ending]
    if kind.is_feed:
        return send(view, kind, latest_rows(db.session, selection, today=today()))
    return send(view, kind, _streamed(db.engine, selection))


def send(view: View, kind: Format, rows: Iterable[Row], lines: Sequence[RouteLine] = ()) -> AnyResponse:
    """Answer rows in a format, or 304 to whoever has them already."""
    return send_pieces(view, kind, lambda heading: kind.write(heading, rows, lines))


def send_pieces(view: View, kind: Format, write: WritesFrom) -> AnyResponse:
    """Answer what is written below a heading. Nothing is written for HEAD and 304."""
    number, made_at = last_change(db.session)
    # What a file says also depends on the day: work that is under way is wrapped tomorrow.
    midnight = datetime.combine(today(), time(), UTC)
    updated = max(made_at or midnight, midnight)
    response = Response(mimetype=kind.mimetype)
    response.set_etag(_fingerprint(number), weak=True)
    response.last_modified = updated
    response.cache_control.public = True
    response.cache_control.no_cache = True
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.make_conditional(request)
    if response.status_code == 304:
        return response
    # It was reckoned from the body that is not there yet.
    response.headers.pop("Content-Length", None)
    if kind.ending not in _SHOWN_IN_BROWSERS:
        name = f"{view.filename}.{kind.ending}"
        response.headers.set("Content-Disposition", "attachment", filename=name)
    heading = Heading(
        title=view.title,
        page=view.page,
        own=request.url,
        site=site(),
        updated=made_at or midnight,
    )
    response.response = write(heading)
    return response


def site() -> Site:
    """Answer where this request found the pages."""
    return Site(request.url_root)


def _streamed(engine: Engine, selection: Selection) -> Iterator[Row]:
    """Read on a connection of its own: the request's is given back before the body is sent."""
    with Session(engine) as session:
        yield from rows_of(session, selection, today=today())


def _fingerprint(number: int) -> str:
    asked = f"{number} {today().isoformat()} {request.url}"
    return hashlib.sha256(asked.encode("utf-8", "replace")).hexdigest()[:24]
