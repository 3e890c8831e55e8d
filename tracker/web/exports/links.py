"""The links behind "Take it with you" and to feeds, for templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, url_for

from tracker.exchange.exporting.formats import FORMATS, Format

# The bare addresses of these serve the maps.
_MAPS = {"exports.production": "productions.geojson", "exports.place": "places.geojson"}


@dataclass(frozen=True, slots=True)
class Download:
    """A format of a view and its address."""

    format: Format
    url: str


def downloads(endpoint: str, **values: Any) -> list[Download]:
    """Answer the addresses of a view in every format."""
    values = {name: value for name, value in values.items() if value not in (None, "")}
    return [Download(kind, _address(endpoint, ending, values)) for ending, kind in FORMATS.items()]


def install(app: Flask) -> None:
    """Let templates ask for the links."""
    app.jinja_env.globals.update(downloads=downloads)


def _address(endpoint: str, ending: str, values: dict[str, Any]) -> str:
    if ending == "geojson" and endpoint in _MAPS:
        return url_for(_MAPS[endpoint], download=1, **values)
    if ending == "atom":
        # A feed follows the record as it grows: there is none of a past day.
        values = {name: value for name, value in values.items() if name != "as_of"}
    return url_for(endpoint, ending=ending, **values)
