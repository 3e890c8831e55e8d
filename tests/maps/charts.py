"""Pages with charts and nothing else, mounted below a prefix, for looking at the maps in a real browser."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, Response, render_template_string
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import WSGIRequestHandler, make_server

from tracker.config import ROOT
from tracker.maps.shell import MapKind, map_shell

PREFIX = "/below"
STATIC = ROOT / "tracker" / "static"
VENDOR = STATIC / "vendor" / "leaflet" / "leaflet.js"
TILES = "http://tiles.invalid/{z}/{x}/{y}.png"

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Map</title>
<link rel="icon" href="data:,">
{% for sheet in ("tokens", "fonts", "base", "notation", "film", "place") -%}
<link rel="stylesheet" href="{{ url_for('static', filename='css/' ~ sheet ~ '.css') }}">{% endfor %}
<link rel="stylesheet" href="{{ url_for('static', filename='vendor/leaflet/leaflet.css') }}">
{% for sheet in ("chart", "names", "legs", "markers", "rings", "unreviewed", "controls", "popups") -%}
<link rel="stylesheet" href="{{ url_for('static', filename='css/map/' ~ sheet ~ '.css') }}">{% endfor %}
</head><body><main><h1>Map</h1>
<div class="film-map"><div class="chart" data-map="{{ kind }}" role="region" aria-label="A map"
     data-source="{{ request.script_root }}/data.json" data-cells="{{ request.script_root }}/data.json"
     data-candidates="#candidates" data-lat-field="#lat" data-lon-field="#lon"
     data-tile-url="{{ tiles }}" data-tile-attribution="<b>Tiles</b>"
     data-tile-attribution-url="https://tiles.invalid/">{{ shell.html }}</div></div>
<input type="range" data-time-slider min="0" max="60" value="60" data-first-day="2020-09-01" aria-label="Day">
<output data-time-output></output>
<ol>{% for shoot in shoots %}<li data-shoot="{{ shoot }}" id="shoot-{{ shoot }}" tabindex="0">{{ shoot }}</li>
{% endfor %}</ol>
<div id="candidates">{% for c in candidates %}<label data-candidate="{{ loop.index }}" data-lat="{{ c.lat }}"
     data-lon="{{ c.lon }}" data-name="{{ c.name }}"><input type="radio" name="c"> {{ c.name }}</label>
{% endfor %}</div><label>Lat <input id="lat"></label><label>Lon <input id="lon"></label></main>
<script src="{{ url_for('static', filename='vendor/leaflet/leaflet.js') }}" nonce="{{ nonce }}"></script>
<script nonce="{{ nonce }}">{{ shell.script }}</script>
<script type="module" nonce="{{ nonce }}"
        src="{{ url_for('static', filename='js/map/' ~ kind ~ '.js') }}"></script>
</body></html>"""


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def chart_server(kind: MapKind, answer: Any, candidates: list[dict[str, Any]] | None = None) -> Iterator[str]:
    """Serve one page with one chart, under the application's content security policy; answers its address."""
    app = Flask("charts", static_folder=str(STATIC))

    @app.get("/")
    def page() -> Response:
        nonce = secrets.token_urlsafe(8)
        html = render_template_string(
            PAGE,
            kind=kind.value,
            shell=map_shell(kind),
            nonce=nonce,
            tiles=TILES,
            candidates=candidates or [],
            shoots=sorted(
                {f["properties"]["shoot"] for f in _features(answer) if "shoot" in f["properties"]}
            ),
        )
        policy = (
            f"default-src 'none'; script-src 'nonce-{nonce}' 'self'; style-src 'self'; img-src 'self' data: "
            "http://tiles.invalid; connect-src 'self'; font-src 'self'; base-uri 'none'; object-src 'none'"
        )
        return Response(html, headers={"Content-Security-Policy": policy}, mimetype="text/html")

    @app.get("/data.json")
    def data() -> Any:
        return app.json.response(answer)

    mounted = DispatcherMiddleware(Flask("nothing"), {PREFIX: app})
    server = make_server("127.0.0.1", 0, mounted, threaded=True, request_handler=_Silent)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{PREFIX}/"
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()


def _features(answer: Any) -> list[dict[str, Any]]:
    return list(answer.get("features", []))


def stop(shoot: int, number: int | None, lat: float, lon: float, **more: Any) -> dict[str, Any]:
    """Answer a stop as the film's GeoJSON has it."""
    properties = {
        "role": "stop",
        "shoot": shoot,
        "number": number,
        "bracket": False,
        "name": f"Place {shoot}",
        "kind": "city",
        "where": "Norway",
        "status": "wrapped",
        "status_word": "Wrapped",
        "grade": "C",
        "grade_word": "first-hand",
        "why_grade": "One first-hand source.",
        "dates": "5 Oct 2020",
        "dates_short": "5 Oct 2020",
        "earliest": "2020-10-05",
        "latest": "2020-10-05",
        "uncertainty_m": 0,
        "privacy": "open",
        "planned": False,
        "lane": "unknown",
        "sources": 1,
        "url": f"/places/{shoot}",
        "anchor_id": f"shoot-{shoot}",
        **more,
    }
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": properties,
    }


def leg(
    index: int, a: dict[str, Any], b: dict[str, Any], *, end_lon: float | None = None, **more: Any
) -> dict[str, Any]:
    """Answer the leg between two stops; `end_lon` is the last longitude where the line is unrolled."""
    (x, y), (u, v) = a["geometry"]["coordinates"], b["geometry"]["coordinates"]
    properties = {
        "role": "leg",
        "lane": "unknown",
        "from": index,
        "to": index + 1,
        "from_stop": a["properties"]["shoot"],
        "to_stop": b["properties"]["shoot"],
        "certain": True,
        "planned": b["properties"]["planned"],
        "why": "the dates decide",
        "distance_m": 1000,
        "words": "1 day",
        **more,
    }
    line = [[x, y], [u if end_lon is None else end_lon, v]]
    return {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": line},
        "properties": properties,
    }


def film(*features: dict[str, Any]) -> dict[str, Any]:
    """Answer the collection of a film."""
    return {"type": "FeatureCollection", "features": list(features)}
