"""Make an application for a test, and serve it on a free port of this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.serving import WSGIRequestHandler, make_server

from tracker import create_app
from tracker.config import Settings
from tracker.extensions import db

T = TypeVar("T")


@dataclass(frozen=True)
class LiveServer:
    """A running server; `app` is the application it serves, in this very process."""

    url: str
    app: Flask
    engine: Engine

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a session on the served database, to put rows in or to look what is there."""
        with Session(self.engine) as session:
            yield session


def in_a_thread(work: Callable[[], T]) -> T:
    """Do work in a thread of its own, away from Playwright's event loop in the main one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


@contextmanager
def application(settings: Settings) -> Iterator[tuple[Flask, Engine]]:
    """Make an application and answer its engine with it; its connections are closed when the block ends."""

    def make() -> tuple[Flask, Engine]:
        app = create_app(settings)
        with app.app_context():
            return app, db.engine

    app, engine = in_a_thread(make)
    try:
        yield app, engine
    finally:
        engine.dispose()


class _Silent(WSGIRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing of each request."""


@contextmanager
def serve(app: Flask, engine: Engine) -> Iterator[LiveServer]:
    """Serve with threads, so that a page and what it fetches do not wait for each other.

    A view that fails answers as it would in production, with a traceback in the log.
    """
    app.config["PROPAGATE_EXCEPTIONS"] = False
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield LiveServer(f"http://127.0.0.1:{server.server_port}", app, engine)
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()
