"""GPX 1.1: a route for what is known to be ordered, waypoints for the rest.

Dates stand in `desc`, in words, and never in `time`: that field is the moment at which a point was made,
and "between 1 and 10 September" is no moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tracker.exchange.exporting.film import RouteLine
from tracker.exchange.exporting.markup import DECLARATION, element, text
from tracker.exchange.exporting.rows import LICENCE_ADDRESS, Heading, Row
from tracker.exchange.exporting.words import description, headline

_OPENING = (
    '<gpx version="1.1" creator="Shot Here" xmlns="http://www.topografix.com/GPX/1/1" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation='
    '"http://www.topografix.com/GPX/1/1 http://www.topografix.com/GPX/1/1/gpx.xsd">\n'
)
_NOTE = (
    "Routes hold the stops whose order is known; all others are waypoints. A line means sequence, not a "
    "road. Places without a point are left out."
)


def write_gpx(heading: Heading, rows: Iterable[Row], _lines: Sequence[RouteLine] = ()) -> Iterator[bytes]:
    """Yield a GPX document; only stops of routes are kept in memory, and a film has few."""
    yield (DECLARATION + _OPENING + _metadata(heading)).encode()
    routes: dict[str, list[Row]] = {}
    for row in rows:
        if row.place.lat is None or row.place.lon is None:
            continue
        if row.role == "stop" and row.ordered:
            routes.setdefault(row.unit, []).append(row)
        else:
            yield _point("wpt", row, heading).encode()
    for unit, stops in routes.items():
        yield _route(unit, stops, heading).encode()
    yield b"</gpx>\n"


def _metadata(heading: Heading) -> str:
    return (
        f"<metadata>{element('name', heading.title)}{element('desc', _NOTE)}"
        f'<author><name>Shot Here</name></author><copyright author="Shot Here">'
        f"{element('license', LICENCE_ADDRESS)}</copyright>"
        f'<link href="{text(heading.page)}"/></metadata>\n'
    )


def _point(name: str, row: Row, heading: Heading) -> str:
    address = heading.site.stop(row.production.slug, row.shoot)
    return (
        f'<{name} lat="{row.place.lat}" lon="{row.place.lon}">{element("name", headline(row))}'
        f"{element('desc', chr(10).join(description(row, heading.site)))}"
        f'<link href="{text(address)}"/>{element("type", row.role or "shoot")}</{name}>\n'
    )


def _route(unit: str, stops: Sequence[Row], heading: Heading) -> str:
    name = stops[0].production.title if unit == "unknown" else f"{stops[0].production.title}, {unit} unit"
    points = "".join(_point("rtept", row, heading) for row in stops)
    return f"<rte>{element('name', name)}\n{points}</rte>\n"
