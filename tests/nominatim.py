"""A provider on this machine that speaks Nominatim's format over HTTP, and can be as bad as real ones."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tracker.geocoding.providers import Provider, make_provider


def row(name: str, lat: float, lon: float, **more: Any) -> dict[str, Any]:
    """Answer one place as Nominatim's search tells it with `format=json&addressdetails=1`."""
    reach = more.pop("reach", 0.0005)
    country = more.pop("country", "no")
    return {
        "place_id": 1,
        "licence": "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright",
        "osm_type": "way",
        "osm_id": int(abs(lat) * 1e6 + abs(lon)),
        "lat": str(lat),
        "lon": str(lon),
        "class": "tourism",
        "type": "hotel",
        "importance": 0.4,
        "addresstype": "tourism",
        "name": name,
        "display_name": f"{name}, Stranda, Møre og Romsdal, Norway",
        "address": {"municipality": "Stranda", "county": "Møre og Romsdal", "country_code": country},
        "boundingbox": [str(lat - reach), str(lat + reach), str(lon - reach), str(lon + reach)],
        **more,
    }


HOTEL = row("Hotel Union Øye", 62.1956, 6.6547)
ANSWERS: dict[str, Any] = {"Hotel Union Øye": [HOTEL], "Trollstua Kafé": [row("Trollstua Kafé", 62.45, 7.67)]}


@dataclass
class LocalNominatim:
    """What the server answers to which words, and what it was asked when. `hold` keeps it from answering."""

    port: int
    answers: dict[str, Any] = field(default_factory=lambda: dict(ANSWERS))
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    hold: threading.Event = field(default_factory=threading.Event)
    arrivals: list[float] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def provider(self, *, timeout_seconds: float = 5.0, seconds_apart: float = 0.0) -> Provider:
        """Answer a provider that asks this server."""
        return make_provider(
            "nominatim",
            domain=f"127.0.0.1:{self.port}",
            timeout_seconds=timeout_seconds,
            seconds_apart=seconds_apart,
        )

    def breaks(self, status: int = 200, body: bytes | None = None, **headers: str) -> None:
        self.status, self.body, self.headers = status, body, headers


@contextmanager
def local_nominatim() -> Iterator[LocalNominatim]:
    """Serve on a free port for the time of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.daemon_threads = True
    state = LocalNominatim(server.server_port)
    state.hold.set()
    server.RequestHandlerClass = _handler(state)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.hold.set()
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()


def _handler(state: LocalNominatim) -> Callable[..., BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            with state.lock:
                state.arrivals.append(time.monotonic())
                state.asked.append({**asked, "User-Agent": self.headers["User-Agent"]})
                state.at_once += 1
                state.most_at_once = max(state.most_at_once, state.at_once)
            try:
                state.hold.wait(timeout=30)
                self._answer(state.body or json.dumps(state.answers.get(asked.get("q", ""), [])).encode())
            except (BrokenPipeError, ConnectionResetError):
                # Whoever asked has lost patience.
                pass
            finally:
                with state.lock:
                    state.at_once -= 1

        def _answer(self, body: bytes) -> None:
            self.send_response(state.status)
            for name, value in {"Content-Type": "application/json", **state.headers}.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing of each request."""

    return Handler
