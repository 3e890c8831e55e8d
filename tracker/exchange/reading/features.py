"""GeoJSON as a table: the properties of features are its cells, their geometry two more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from shapely import GEOSException
from shapely.geometry import shape

from tracker.exchange.csvrows import RawRow, Rejected
from tracker.exchange.reading.tables import LAT, LON, Table, column_of
from tracker.foundation.errors import DataFileError


def open_geojson(path: Path) -> Table:
    """Open a FeatureCollection (RFC 7946). Raises DataFileError if the file is none."""
    try:
        content = orjson.loads(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise DataFileError(f"{path.name} is not JSON ({error}). Download it again.") from None
    features = content.get("features") if isinstance(content, dict) else content
    if not isinstance(features, list) or not features:
        raise DataFileError(f"{path.name} holds no features. Choose a GeoJSON FeatureCollection.")
    names: dict[str, str] = {}
    for feature in features:
        for name in _properties(feature):
            names.setdefault(column_of(name), name)
    keys = (*names, LAT, LON)
    header = (*names.values(), LAT, LON)

    def read() -> Iterator[RawRow | Rejected]:
        for number, feature in enumerate(features, start=1):
            yield _row(number, feature, keys)

    return Table(path, "GeoJSON", header, keys, read, (f"GeoJSON, {len(features):,} features.",))


def _properties(feature: Any) -> dict[str, Any]:
    if not isinstance(feature, dict):
        return {}
    found = feature.get("properties") if feature.get("type") == "Feature" else feature
    return found if isinstance(found, dict) else {}


def _row(number: int, feature: Any, keys: tuple[str, ...]) -> RawRow | Rejected:
    cells = {column_of(name): _text(value) for name, value in _properties(feature).items()}
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if geometry:
        try:
            # On the thing itself: the middle of a bay's outline may lie on land.
            point = shape(geometry).representative_point()
            cells |= {LAT: repr(point.y), LON: repr(point.x)}
        except (GEOSException, ValueError, TypeError, KeyError, AttributeError, IndexError):
            row = tuple(cells.get(key, "") for key in keys)
            return Rejected(number, row, "The geometry of the feature cannot be read. Correct or remove it.")
    return RawRow(number, tuple(cells.get(key, "") for key in keys), cells)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "; ".join(value)
    return orjson.dumps(value).decode()
