"""KML 2.2: placemarks with their span of time, styled by how far a shoot is, and the legs of a film."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tracker.exchange.exporting.film import RouteLine
from tracker.exchange.exporting.geojson import geometry_of
from tracker.exchange.exporting.markup import DECLARATION, element
from tracker.exchange.exporting.rows import LICENCE, Heading, Row
from tracker.exchange.exporting.words import description, headline
from tracker.foundation.geo import Position
from tracker.productions.models import Status

# aabbggrr, as KML writes colours.
_STYLES = {"done": "ff7a1fa8", "planned": "ffb58a3c", "off": "ff8c8c8c"}
_PLANNED = frozenset({Status.PLANNED, Status.PERMITTED, Status.RUMOURED})
_OFF = frozenset({Status.CANCELLED, Status.POSTPONED})


def write_kml(heading: Heading, rows: Iterable[Row], lines: Sequence[RouteLine] = ()) -> Iterator[bytes]:
    """Yield a KML document; coordinates are longitude, latitude."""
    styles = "".join(_style(name, colour) for name, colour in _STYLES.items())
    yield (
        f'{DECLARATION}<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{element("name", heading.title)}'
        f"{element('description', f'{heading.page} Licence: {LICENCE}')}{styles}\n"
    ).encode()
    for row in rows:
        yield _placemark(row, heading).encode()
    for line in lines:
        yield _leg(line).encode()
    yield b"</Document></kml>\n"


def _style(name: str, colour: str) -> str:
    return (
        f'<Style id="{name}"><IconStyle><color>{colour}</color></IconStyle>'
        f"<LineStyle><color>{colour}</color><width>3</width></LineStyle>"
        f"<PolyStyle><color>40{colour[2:]}</color></PolyStyle></Style>"
    )


def _placemark(row: Row, heading: Heading) -> str:
    words = "\n".join(description(row, heading.site))
    return (
        f'<Placemark id="shoot-{row.shoot}">{element("name", headline(row))}'
        f"{element('description', words)}{_span(row)}"
        f"<styleUrl>#{_style_of(row)}</styleUrl>{_facts(row)}{_geometry(geometry_of(row.place))}</Placemark>\n"
    )


def _span(row: Row) -> str:
    """Write the days that the dates allow; a span in KML may lack either end."""
    begin = row.first.isoformat() if row.first else None
    end = row.last.isoformat() if row.last else None
    if begin is None and end is None:
        return ""
    return f"<TimeSpan>{element('begin', begin)}{element('end', end)}</TimeSpan>"


def _style_of(row: Row) -> str:
    if row.status in _OFF:
        return "off"
    return "planned" if row.status in _PLANNED else "done"


def _facts(row: Row) -> str:
    facts = {
        "production": row.production.title,
        "country": row.place.country,
        "start": row.period.start.edtf,
        "end": row.period.end.edtf,
        "status": row.status.value,
        "grade": row.grade.value,
        "uncertainty_m": "" if row.place.uncertainty_m is None else str(row.place.uncertainty_m),
        "privacy": row.place.privacy,
        "sources": " ".join(source.address for source in row.sources if source.address),
        "licence": LICENCE,
    }
    data = "".join(
        f'<Data name="{name}">{element("value", value)}</Data>' for name, value in facts.items() if value
    )
    return f"<ExtendedData>{data}</ExtendedData>"


def _geometry(shape: dict[str, Any] | None) -> str:
    if shape is None:
        return ""
    kind = shape["type"]
    if kind == "GeometryCollection":
        return f"<MultiGeometry>{''.join(_geometry(part) for part in shape['geometries'])}</MultiGeometry>"
    if kind.startswith("Multi"):
        single = kind.removeprefix("Multi")
        parts = "".join(_geometry({"type": single, "coordinates": one}) for one in shape["coordinates"])
        return f"<MultiGeometry>{parts}</MultiGeometry>"
    if kind == "Point":
        return f"<Point>{_coordinates([shape['coordinates']])}</Point>"
    if kind == "LineString":
        return f"<LineString><tessellate>1</tessellate>{_coordinates(shape['coordinates'])}</LineString>"
    outer, *holes = (f"<LinearRing>{_coordinates(ring)}</LinearRing>" for ring in shape["coordinates"])
    inner = "".join(f"<innerBoundaryIs>{hole}</innerBoundaryIs>" for hole in holes)
    return f"<Polygon><outerBoundaryIs>{outer}</outerBoundaryIs>{inner}</Polygon>"


def _leg(line: RouteLine) -> str:
    parts = "".join(_geometry({"type": "LineString", "coordinates": part}) for part in line.parts)
    return (
        f"<Placemark>{element('name', line.words)}{element('description', line.why)}"
        f"<styleUrl>#{'planned' if line.planned else 'done'}</styleUrl>"
        f"<MultiGeometry>{parts}</MultiGeometry></Placemark>\n"
    )


def _coordinates(positions: Iterable[Position]) -> str:
    return f"<coordinates>{' '.join(f'{p[0]},{p[1]}' for p in positions)}</coordinates>"
