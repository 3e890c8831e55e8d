"""The timeline format: one shoot in one row, with its place, dates, status and source.

Columns: production, year, seq, place, country, start, end, status, source_url, note, and optionally
published, unit, lat, lon, after. `start`, `end` and `published` are EDTF or a phrase, empty when unknown,
".." when open. `seq` is the source's own order; the route is never made from it. `after` names places, or
numbers of `seq`, that came earlier in the same production, separated by semicolons.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker.exchange.csvrows import CsvFile, RawRow, Rejected, column_key, open_csv, read_rows
from tracker.exchange.published import date_in_address
from tracker.exchange.timeline_cells import (
    choice_of,
    country_of,
    date_of,
    name_of,
    names_of,
    point_of,
    whole_number_of,
)
from tracker.foundation.dates import DateBound, Hemisphere, Period
from tracker.foundation.errors import DataFileError, InvalidValueError
from tracker.foundation.geo import Point
from tracker.foundation.text import clean
from tracker.productions.models import Status, Unit
from tracker.sources.addresses import check_address

NEEDED = ("production", "year", "seq", "place", "country", "start", "end", "status", "source_url", "note")
OPTIONAL = ("published", "unit", "lat", "lon", "after")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """One checked row. `start` and `end` are as typed; `period` reads them for the place's hemisphere."""

    line: int
    raw: tuple[str, ...]
    production: str
    year: int | None
    seq: int | None
    place: str
    country: str | None
    start: str
    end: str
    status: Status
    address: str
    published: DateBound
    note: str
    unit: Unit
    point: Point | None
    after: tuple[str, ...]

    def period(self, hemisphere: Hemisphere = Hemisphere.NORTH) -> Period:
        start = date_of(self.start, "start", hemisphere)
        return Period.checked(start, date_of(self.end, "end", hemisphere))


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What holds for rows that leave it out."""

    production: str = ""
    address: str = ""


NO_DEFAULTS = Defaults()


def open_timeline(path: Path, defaults: Defaults = NO_DEFAULTS) -> CsvFile:
    """Look at a timeline file. Raises DataFileError, naming the columns that are missing."""
    file = open_csv(path, expected=[*NEEDED, *OPTIONAL])
    present = {column_key(name) for name in file.header}
    present |= {"production"} if defaults.production else set()
    present |= {"source_url"} if defaults.address else set()
    missing = [name for name in NEEDED if name not in present]
    if missing:
        columns = f"column {missing[0]}" if len(missing) == 1 else f"columns {', '.join(missing)}"
        raise DataFileError(f"{path.name} lacks the {columns}; its first line must name {','.join(NEEDED)}.")
    return file


def read_timeline(file: CsvFile, defaults: Defaults = NO_DEFAULTS) -> Iterator[TimelineRow | Rejected]:
    """Yield each row checked, or rejected with the reason."""
    for row in read_rows(file):
        if isinstance(row, Rejected):
            yield row
            continue
        try:
            yield _checked(row, defaults)
        except InvalidValueError as error:
            yield Rejected(row.line, row.row, str(error))


def _checked(raw: RawRow, defaults: Defaults) -> TimelineRow:
    cells = raw.cells
    address = cells.get("source_url") or defaults.address
    address = check_address(address) if address else ""
    published = date_of(cells.get("published", ""), "published")
    row = TimelineRow(
        line=raw.line,
        raw=raw.row,
        production=name_of(cells.get("production") or defaults.production, "production"),
        year=whole_number_of(cells.get("year", ""), "year", 1870, 2200),
        seq=whole_number_of(cells.get("seq", ""), "seq", 0, 1_000_000),
        place=name_of(cells.get("place", ""), "place"),
        country=country_of(cells.get("country", "")),
        start=cells.get("start", ""),
        end=cells.get("end", ""),
        status=choice_of(cells.get("status", ""), "status", Status),
        address=address,
        published=published if published.is_known else date_in_address(address),
        note=clean(cells.get("note", "")),
        unit=choice_of(cells.get("unit", "") or Unit.UNKNOWN.value, "unit", Unit),
        point=point_of(cells.get("lat", ""), cells.get("lon", "")),
        after=names_of(cells.get("after", "")),
    )
    row.period()
    return row
