"""Stream the rows of a CSV file: encoding and delimiter are found, broken rows told apart from good ones."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from tracker.exchange.cells import as_written
from tracker.exchange.encodings import Encoding, encoding_of
from tracker.foundation.errors import DataFileError

LONGEST_CELL = 10_000
# The reader's own limit is for the whole process and ends in an exception; ours ends in a rejected row.
_READER_LIMIT = 64 << 20
_DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot be taken over: the line on which it begins, its cells as far as read, and why."""

    line: int
    row: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as text; `cells` are by folded column name, without the empty ones at its end."""

    line: int
    row: tuple[str, ...]
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A CSV file that can be read: how it is encoded, what separates its cells, and its header as written."""

    path: Path
    encoding: Encoding
    delimiter: str
    header: tuple[str, ...]

    def open(self) -> TextIO:
        return self.path.open(encoding=self.encoding.codec, errors=self.encoding.errors, newline="")


def open_csv(path: Path, *, expected: Collection[str]) -> CsvFile:
    """Look at a file's encoding and header; the delimiter is the one that finds most of the expected columns.

    Raises DataFileError if there is no such file, or if it holds no text.
    """
    if not path.is_file():
        raise DataFileError(f"There is no file {str(path)!r}. Write the path of the CSV file to import.")
    csv.field_size_limit(max(csv.field_size_limit(), _READER_LIMIT))
    encoding = encoding_of(path)
    headers: dict[str, tuple[str, ...]] = {}
    for delimiter in _DELIMITERS:
        with path.open(encoding=encoding.codec, errors=encoding.errors, newline="") as file:
            headers[delimiter] = tuple(next(csv.reader(file, delimiter=delimiter), ()))
    known = {d: len({column_key(c) for c in header} & set(expected)) for d, header in headers.items()}
    best = max(_DELIMITERS, key=lambda d: known[d])
    return CsvFile(path, encoding, best, headers[best])


def column_key(name: str) -> str:
    """Answer a column name under which ways of writing it meet."""
    return name.strip().lstrip("\ufeff").casefold().replace(" ", "_").replace("-", "_")


def read_rows(file: CsvFile) -> Iterator[RawRow | Rejected]:
    """Yield the rows below the header, a `Rejected` for each damaged one; blank rows are passed over."""
    keys = [column_key(name) for name in file.header]
    with file.open() as text:
        reader = csv.reader(text, delimiter=file.delimiter, strict=True)
        next(reader, None)
        while True:
            line = reader.line_num + 1
            try:
                row = tuple(next(reader))
            except StopIteration:
                return
            except csv.Error as error:
                yield Rejected(line, (), f"The row cannot be read as CSV ({error}).")
                continue
            if any(cell.strip() for cell in row):
                yield _checked(line, row, keys)


def _checked(line: int, row: tuple[str, ...], keys: list[str]) -> RawRow | Rejected:
    extra = [cell for cell in row[len(keys) :] if cell.strip()]
    if extra:
        return Rejected(
            line,
            row,
            f"The row has {len(row)} cells, the header {len(keys)}. Put cells with commas in quotes.",
        )
    for key, cell in zip(keys, row, strict=False):
        if "\x00" in cell:
            return Rejected(line, row, f"The cell {key!r} holds a NUL character: the file is damaged there.")
        if "\ufffd" in cell:
            return Rejected(line, row, f"The cell {key!r} holds bytes that are no letters in this encoding.")
        if len(cell) > LONGEST_CELL:
            reason = f"The cell {key!r} has {len(cell):,} characters; at most {LONGEST_CELL:,} are taken."
            return Rejected(line, row, reason)
    # An apostrophe that our own files put before a formula is no part of the text.
    cells = {key: as_written(cell).strip() for key, cell in zip(keys, row, strict=False)}
    return RawRow(line, row, cells)
