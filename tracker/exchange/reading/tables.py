"""A file as a table: named columns, rows as text, whatever its format."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker.exchange.csvrows import RawRow, Rejected
from tracker.exchange.reading.limits import MOST_BYTES
from tracker.foundation.errors import DataFileError
from tracker.foundation.text import fold

# How the point of a feature or way mark is called among its columns.
LAT, LON = "point_lat", "point_lon"


@dataclass(frozen=True, slots=True)
class Table:
    """A readable file. `header` is as written; cells of rows are by `column_of` their column's name."""

    path: Path
    format: str
    header: tuple[str, ...]
    keys: tuple[str, ...]
    read: Callable[[], Iterator[RawRow | Rejected]]
    remarks: tuple[str, ...] = ()
    has_header: bool = True

    def sample(self, most: int = 200) -> list[RawRow]:
        """Answer the first good rows."""
        rows: list[RawRow] = []
        for row in self.read():
            if isinstance(row, RawRow):
                rows.append(row)
            if len(rows) == most:
                break
        return rows


def column_of(name: str) -> str:
    """Answer the key under which spellings of a column's name meet: "ZipCode(s)" is zipcode_s."""
    return fold(name).replace(" ", "_")


def keys_of(header: Collection[str]) -> tuple[str, ...]:
    """Answer a key for each column; those without a name, or of a name given before, are numbered."""
    keys: list[str] = []
    for number, name in enumerate(header, start=1):
        key = column_of(name) or f"column_{number}"
        keys.append(key if key not in keys else f"{key}_{number}")
    return tuple(keys)


def open_table(
    path: Path, *, known: Collection[str] = (), encoding: str | None = None, delimiter: str | None = None
) -> Table:
    """Open a CSV, GeoJSON, GPX, KML or KMZ file, told by its content.

    `known` are keys of columns that headers may have: they tell the header from what stands above it.
    Raises DataFileError if there is no such file, if it holds no rows, or if it exceeds the limits.
    """
    from tracker.exchange.reading import csvtable, features, marks  # noqa: PLC0415 - they make tables

    if not path.is_file():
        raise DataFileError(f"There is no file {str(path)!r}. Write the path of the file to import.")
    with path.open("rb") as file:
        head = file.read(4096)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    is_xml = start[:1] == b"<" and any(mark in head for mark in (b"<gpx", b"<kml", b"<?xml", b"<!DOCTYPE"))
    if head.startswith(b"PK\x03\x04") and path.suffix.casefold() == ".kmz":
        return marks.open_kmz(path)
    if is_xml or (start[:1] in b"{[" and path.suffix.casefold() in (".json", ".geojson")):
        if path.stat().st_size > MOST_BYTES:
            raise DataFileError(f"{path.name} is larger than {MOST_BYTES >> 20} MB. Split it.")
        return marks.open_xml(path) if is_xml else features.open_geojson(path)
    return csvtable.open_csv_table(path, known=known, encoding=encoding, delimiter=delimiter)
