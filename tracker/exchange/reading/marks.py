"""GPX way points and KML placemarks as tables. Entities and outside references are refused."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError  # nosec - only the types; defusedxml reads

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from tracker.exchange.csvrows import RawRow, Rejected
from tracker.exchange.reading.limits import read_entry
from tracker.exchange.reading.tables import LAT, LON, Table, column_of
from tracker.foundation.errors import DataFileError

Cells = dict[str, str]


def open_kmz(path: Path) -> Table:
    """Open the KML inside a KMZ archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            content = read_entry(archive, ".kml")
    except zipfile.BadZipFile:
        raise DataFileError(f"{path.name} is a damaged archive. Download it again.") from None
    return _table(path, content)


def open_xml(path: Path) -> Table:
    """Open a GPX or KML file."""
    return _table(path, path.read_bytes())


def _table(path: Path, content: bytes) -> Table:
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise DataFileError(f"{path.name} defines entities, which is refused. Save it without.") from None
    except (ParseError, ValueError) as error:
        raise DataFileError(f"{path.name} is not well-formed XML ({error}). Export it again.") from None
    kind = _name(root)
    if kind not in ("gpx", "kml"):
        raise DataFileError(f"{path.name} is XML, but neither GPX nor KML. Export it as one of these.")
    marks = list(_ways(root) if kind == "gpx" else _placemarks(root))
    if not marks:
        wanted = "way points" if kind == "gpx" else "placemarks"
        raise DataFileError(f"{path.name} holds no {wanted}. Tracks alone tell of no places.")
    keys = tuple(dict.fromkeys(key for cells in marks for key in cells))

    def read() -> Iterator[RawRow | Rejected]:
        for number, cells in enumerate(marks, start=1):
            yield RawRow(number, tuple(cells.get(key, "") for key in keys), cells)

    label = kind.upper()
    return Table(path, label, keys, keys, read, (f"{label}, {len(marks):,} marks.",))


def _ways(root: Element) -> Iterator[Cells]:
    for mark in root:
        if _name(mark) != "wpt":
            continue
        cells = {LAT: mark.get("lat", ""), LON: mark.get("lon", "")}
        for child in mark:
            name = _name(child)
            if name == "link":
                cells["link"] = child.get("href", "")
            elif name in ("name", "desc", "cmt", "time", "type", "sym") and (child.text or "").strip():
                cells["name" if name == "name" else name] = (child.text or "").strip()
        yield cells


def _placemarks(root: Element) -> Iterator[Cells]:
    for mark in root.iter():
        if _name(mark) != "Placemark":
            continue
        cells: Cells = {}
        for child in mark.iter():
            name, text = _name(child), (child.text or "").strip()
            if name in ("name", "description", "when", "begin", "end", "address") and text:
                cells.setdefault(name, text)
            elif name == "Data":
                value = next((c.text or "" for c in child if _name(c) == "value"), "")
                cells.setdefault(column_of(child.get("name", "")) or "data", value.strip())
            elif name == "SimpleData":
                cells.setdefault(column_of(child.get("name", "")) or "data", text)
            elif name == "coordinates" and text and LAT not in cells:
                parts = text.split()[0].split(",")
                if len(parts) > 1:
                    cells |= {LON: parts[0], LAT: parts[1]}
        yield cells


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
