"""Every format on one page: its ending, how it is called, its media type and who writes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from tracker.exchange.exporting.atom import write_atom
from tracker.exchange.exporting.film import RouteLine
from tracker.exchange.exporting.geojson import write_geojson
from tracker.exchange.exporting.gpx import write_gpx
from tracker.exchange.exporting.ics import write_ics
from tracker.exchange.exporting.jsonld import write_jsonld
from tracker.exchange.exporting.kml import write_kml
from tracker.exchange.exporting.rows import Heading, Row
from tracker.exchange.exporting.table import write_csv


class Writer(Protocol):
    """Write a file piece by piece, without holding its rows."""

    def __call__(
        self, heading: Heading, rows: Iterable[Row], lines: Sequence[RouteLine] = (), /
    ) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class Format:
    """A format; `is_feed` asks for the latest changes instead of everything."""

    ending: str
    name: str
    good_for: str
    mimetype: str
    write: Writer
    is_feed: bool = False


FORMATS: dict[str, Format] = {
    one.ending: one
    for one in (
        Format("geojson", "GeoJSON", "QGIS and other maps", "application/geo+json", write_geojson),
        Format("gpx", "GPX", "hiking apps and navigation", "application/gpx+xml", write_gpx),
        Format("kml", "KML", "Google Earth", "application/vnd.google-earth.kml+xml", write_kml),
        Format("csv", "CSV", "spreadsheets", "text/csv", write_csv),
        Format("ics", "ICS", "your calendar", "text/calendar", write_ics),
        Format("jsonld", "JSON-LD", "linked data, schema.org", "application/ld+json", write_jsonld),
        Format("atom", "Atom", "feed readers: follow what changes", "application/atom+xml", write_atom, True),
    )
}
