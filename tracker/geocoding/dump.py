"""Read a dump of GeoNames: a country's file, allCountries.txt, or the .zip of one; line by line.

Format: https://download.geonames.org/export/dump/readme.txt, nineteen columns parted by tabs.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import BinaryIO

from tracker.foundation.errors import DataFileError
from tracker.geocoding.added import AddedRow
from tracker.geocoding.features import is_of_use

_COLUMNS = 19
_SHOWN = 10
_REPORT_EVERY = 5_000
_LONGEST_LINE = 200_000
_LARGEST_ID = 19_999_999


@dataclass(slots=True)
class Reading:
    """What became of the lines so far; `bad` holds the first unreadable ones as (line, reason)."""

    lines: int = 0
    taken: int = 0
    left_out: int = 0
    bad_lines: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)

    def refuse(self, line: int, reason: str) -> None:
        """Count a line that cannot be read, and remember the first few."""
        self.bad_lines += 1
        if len(self.bad) < _SHOWN:
            self.bad.append((line, reason))


def read_dump(path: Path, reading: Reading, report: Callable[[float], None]) -> Iterator[AddedRow]:
    """Yield the rows of use; `report` hears the share of the file that is read (0..1).

    Raise `DataFileError` when the file cannot be opened or is no dump at all.
    """
    with _opened(path) as (stream, size):
        done = 0
        for number, raw in enumerate(iter(lambda: stream.readline(_LONGEST_LINE), b""), start=1):
            done += len(raw)
            reading.lines = number
            if number % _REPORT_EVERY == 0:
                report(min(1.0, done / max(size, 1)))
            if not raw.strip():
                continue
            try:
                row = _row(raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n"))
            except ValueError as error:
                reading.refuse(number, _reason(error))
                continue
            if row is None:
                reading.left_out += 1
            else:
                reading.taken += 1
                yield row
        report(1.0)
    if reading.bad_lines and not reading.taken and not reading.left_out:
        line, reason = reading.bad[0]
        raise DataFileError(
            f"{path} is no dump of GeoNames (line {line}: {reason}). Use a file such as NO.txt or NO.zip "
            "from https://download.geonames.org/export/dump/."
        )


def _row(line: str) -> AddedRow | None:
    """Return the row of a line, None when it is of no use; raise ValueError when it is bad."""
    cells = line.split("\t")
    if len(cells) != _COLUMNS:
        raise ValueError(f"{len(cells)} columns instead of {_COLUMNS}")
    number, name = _whole(cells[0], "geonameid"), " ".join(cells[1].split())
    if not 0 < number <= _LARGEST_ID:
        raise ValueError(f"geonameid {number} is out of range")
    if not name:
        raise ValueError("no name")
    lat, lon = _degrees(cells[4], "latitude", 90), _degrees(cells[5], "longitude", 180)
    country = cells[8].strip().upper()
    if len(country) not in {0, 2}:
        raise ValueError(f"{cells[8]!r} is no country code")
    population = _whole(cells[14] or "0", "population")
    modified = cells[18].strip()
    date.fromisoformat(modified or "1970-01-01")
    if not country or not is_of_use(cells[6], cells[7]):
        return None
    return AddedRow(
        id=number,
        code=f"{cells[6]}.{cells[7]}",
        name=name,
        country=country,
        admin1=cells[10],
        admin2=cells[11],
        lat=lat,
        lon=lon,
        population=max(population, 0),
        names=cells[3],
        zone=cells[17],
        modified=modified,
    )


def _whole(cell: str, column: str) -> int:
    try:
        return int(cell)
    except ValueError as error:
        raise ValueError(f"{column} {cell[:40]!r} is no whole number") from error


def _degrees(cell: str, column: str, most: int) -> float:
    try:
        degrees = float(cell)
    except ValueError as error:
        raise ValueError(f"{column} {cell[:40]!r} is no number") from error
    if not -most <= degrees <= most:
        raise ValueError(f"{column} {cell[:40]} is not within {most} degrees")
    return degrees


def _reason(error: ValueError) -> str:
    return f"not UTF-8 (byte {error.start})" if isinstance(error, UnicodeDecodeError) else str(error)


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, int]]:
    """Open the text of a dump, inside its archive if need be, with its size in bytes."""
    try:
        if path.suffix.casefold() != ".zip":
            with path.open("rb") as stream:
                yield stream, path.stat().st_size
            return
        with zipfile.ZipFile(path) as archive:
            listed = [each for each in archive.infolist() if each.filename.casefold() != "readme.txt"]
            if len(listed) != 1:
                raise DataFileError(f"{path} holds {len(listed)} files. Use the .zip of one dump.")
            with archive.open(listed[0]) as packed:
                yield io.BufferedReader(packed), listed[0].file_size  # type: ignore[type-var]
    except FileNotFoundError as error:
        raise DataFileError(f"There is no file {path}.") from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise DataFileError(f"{path} is no whole .zip ({error}). Download it again.") from error
    except OSError as error:
        raise DataFileError(f"{path} cannot be read: {error.strerror}.") from error
