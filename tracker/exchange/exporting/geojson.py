"""GeoJSON (RFC 7946): a feature for each shoot, of films also the legs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson

from tracker.exchange.exporting.film import RouteLine
from tracker.exchange.exporting.rows import LICENCE, LICENCE_ADDRESS, Heading, PublicPlace, Row, Site
from tracker.exchange.exporting.shapes import right_handed
from tracker.foundation.dates import describe
from tracker.foundation.geo import Point

Json = dict[str, Any]


def write_geojson(heading: Heading, rows: Iterable[Row], lines: Sequence[RouteLine] = ()) -> Iterator[bytes]:
    """Yield a FeatureCollection piece by piece; what is not located has no geometry."""
    members = {"title": heading.title, "license": LICENCE_ADDRESS, "source": heading.page}
    head = orjson.dumps({"type": "FeatureCollection", **members})
    yield head[:-1] + b',"features":['
    comma = b""
    for row in rows:
        yield comma + orjson.dumps(_feature(row, heading.site))
        comma = b",\n"
    for line in lines:
        yield comma + orjson.dumps(_leg(line))
        comma = b",\n"
    yield b"]}\n"


def travelling(row: Row, site: Site) -> Json:
    """Answer what goes with a shoot wherever it goes: dates, grade, precision, sources, licence."""
    start, end = row.period.start, row.period.end
    return {
        "shoot": row.shoot,
        "production": row.production.title,
        "production_slug": row.production.slug,
        "place_id": row.place.id,
        "name": row.place.name,
        "kind": row.place.kind,
        "country": row.place.country or None,
        "region": row.place.region,
        "municipality": row.place.municipality,
        "privacy": row.place.privacy,
        "uncertainty_m": row.place.uncertainty_m,
        "unit": row.unit,
        "status": row.status.value,
        "grade": row.grade.value,
        "grade_word": row.grade.word,
        "dates": describe(row.period),
        "start_edtf": start.edtf,
        "end_edtf": end.edtf,
        "earliest": row.first.isoformat() if row.first else None,
        "latest": row.last.isoformat() if row.last else None,
        "scene": row.told.scene,
        "setting": row.told.setting,
        "story_place": row.told.story_place,
        "note": row.told.note,
        "in_film": row.told.in_film or None,
        "partners": [
            {
                "name": one.name,
                "kind": one.kind,
                "help": one.help,
                "words": one.words,
                "url": one.site or None,
            }
            for one in row.partners
        ],
        "cited": [
            {
                "title": source.title or source.kind.replace("_", " "),
                "kind": source.kind,
                "stance": source.stance,
                "published": source.published or None,
                "url": source.address or site.source(source.id),
            }
            for source in row.sources
        ],
        "credit": row.place.credit,
        "licence": LICENCE,
        "url": site.stop(row.production.slug, row.shoot),
    }


def _feature(row: Row, site: Site) -> Json:
    properties = travelling(row, site)
    if row.role:
        properties |= {
            "role": row.role,
            "lane": row.unit,
            "number": row.step,
            "ordered": row.ordered,
            "why_grade": row.why_grade,
        }
    return {
        "type": "Feature",
        "id": f"shoot-{row.shoot}",
        "geometry": geometry_of(row.place),
        "properties": properties,
    }


def geometry_of(place: PublicPlace) -> Json | None:
    """Answer the outline of an open place, else its public point, None where there is neither."""
    if place.geometry and place.geometry.get("type") != "Point":
        return right_handed(place.geometry)
    if place.lat is None or place.lon is None:
        return None
    return {"type": "Point", "coordinates": Point(place.lat, place.lon).position()}


def _leg(line: RouteLine) -> Json:
    parts = list(line.parts)
    single = len(parts) == 1
    geometry = {
        "type": "LineString" if single else "MultiLineString",
        "coordinates": parts[0] if single else parts,
    }
    properties = {
        "role": "leg",
        "lane": line.lane,
        "planned": line.planned,
        "certain": line.certain,
        "words": line.words,
        "why": line.why,
    }
    return {"type": "Feature", "geometry": geometry, "properties": properties}
