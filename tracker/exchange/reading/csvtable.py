"""CSV files of strangers: the delimiter, where the header stands if there is one, and the rows below it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tracker.exchange.csvrows import LONGEST_CELL, RawRow, Rejected
from tracker.exchange.encodings import Encoding, encoding_of
from tracker.exchange.reading.tables import Table, column_of, keys_of
from tracker.foundation.errors import DataFileError

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_READER_LIMIT = 64 << 20
_HEADER_WITHIN = 25
_SAMPLE = 60
_LONGEST_NAME = 80
# What stands in data and hardly ever in a column's name.
_DATUM = re.compile(r"[\d\W]*\d[\d\W]*|.*\d{4}.*|https?://.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Layout:
    delimiter: str
    header: tuple[str, ...]
    # How many records stand above the first row of data, the header included.
    skipped: int
    has_header: bool
    score: float


def open_csv_table(
    path: Path, *, known: Collection[str] = (), encoding: str | None = None, delimiter: str | None = None
) -> Table:
    """Open a CSV file as a table. Raises DataFileError if it is empty or no text."""
    csv.field_size_limit(max(csv.field_size_limit(), _READER_LIMIT))
    how = encoding_of(path, given=encoding)
    layouts = [_layout(path, how, d, known) for d in ([delimiter] if delimiter else _DELIMITERS)]
    best = max(layouts, key=lambda layout: layout.score)
    keys = keys_of(best.header)
    remarks = [f"Encoding: {how.name}{f' ({how.remark})' if how.remark else ''}."]
    remarks.append(f"Cells are separated by {_DELIMITERS.get(best.delimiter, repr(best.delimiter))}.")
    if not best.has_header:
        remarks.append("No header was found: columns are called column_1, column_2 and so on.")
    elif best.skipped > 1:
        count = best.skipped - 1
        remarks.append(f"{count} line{'s' if count > 1 else ''} above the header passed over.")

    def read() -> Iterator[RawRow | Rejected]:
        return _read(path, how, best, keys)

    if next(read(), None) is None:
        raise DataFileError(f"{path.name} holds no rows below its header. Choose the file with the rows.")
    return Table(path, "CSV", best.header, keys, read, tuple(remarks), best.has_header)


def _layout(path: Path, how: Encoding, delimiter: str, known: Collection[str]) -> _Layout:
    with path.open(encoding=how.codec, errors=how.errors, newline="") as file:
        records = list(islice(csv.reader(file, delimiter=delimiter), _SAMPLE))
    widths = Counter(len(_trimmed(record)) for record in records if _trimmed(record))
    if not widths:
        raise DataFileError(f"{path.name} is empty. Choose the file that holds the rows.")
    usual = max(widths, key=lambda width: (widths[width] * (width > 1), width))
    scored = [
        (_header_score(record, records[at + 1 :], known, usual), -at, at)
        for at, record in enumerate(records[:_HEADER_WITHIN])
    ]
    score, _, at = max(scored)
    steady = widths[usual] / sum(widths.values())
    total = max(score, 0) * 10 + (steady * min(usual, 10) if usual > 1 else 0)
    if score > 0:
        return _Layout(delimiter, tuple(records[at]), at + 1, True, total)
    width = max(len(record) for record in records)
    header = tuple(f"column_{number}" for number in range(1, width + 1))
    return _Layout(delimiter, header, 0, False, total)


def _header_score(
    record: Sequence[str], below: Sequence[Sequence[str]], known: Collection[str], usual: int
) -> float:
    """Answer how much a record looks like a header: names that are known, and nothing that is a datum."""
    names = [cell.strip() for cell in record]
    filled = [name for name in names if name]
    familiar = sum(column_of(name) in known for name in filled)
    # An index column has no name; a title line has nothing but one.
    if len(filled) < max(2, 0.6 * usual) and not (usual == 1 and familiar):
        return 0.0
    if any(len(name) > _LONGEST_NAME or "\n" in name for name in filled) and familiar < 2:
        return 0.0
    if len(set(filled)) < len(filled) or sum(bool(_DATUM.fullmatch(n)) for n in filled) > len(filled) // 4:
        return 0.0
    if familiar:
        return 1.0 + 2.0 * familiar / len(filled)
    # Nothing known: names differ from what stands below them in at least one column of numbers or dates.
    data = [row for row in below if len(row) == len(record)]
    typed = sum(
        bool(name) and sum(bool(_DATUM.fullmatch(row[at].strip())) for row in data) > 0.7 * len(data)
        for at, name in enumerate(names)
        if data
    )
    return 0.5 if typed else 0.0


def _trimmed(record: Sequence[str]) -> list[str]:
    cells = list(record)
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _read(path: Path, how: Encoding, layout: _Layout, keys: tuple[str, ...]) -> Iterator[RawRow | Rejected]:
    with path.open(encoding=how.codec, errors=how.errors, newline="") as text:
        reader = csv.reader(text, delimiter=layout.delimiter, strict=True)
        passed = 0
        while True:
            line = reader.line_num + 1
            try:
                row = tuple(next(reader))
            except StopIteration:
                return
            except csv.Error as error:
                if passed >= layout.skipped:
                    yield Rejected(line, (), f"The row cannot be read as CSV ({error}).")
                continue
            if passed < layout.skipped:
                passed += 1
            elif any(cell.strip() for cell in row):
                yield _checked(line, row, keys, layout)


def _checked(line: int, row: tuple[str, ...], keys: tuple[str, ...], layout: _Layout) -> RawRow | Rejected:
    if len(row) > len(keys) and any(cell.strip() for cell in row[len(keys) :]):
        separator = _DELIMITERS.get(layout.delimiter, "separators")
        reason = (
            f"The row has {len(row)} cells, the header {len(keys)}. Put cells with {separator} in quotes."
        )
        return Rejected(line, row, reason)
    for key, cell in zip(keys, row, strict=False):
        if "\x00" in cell:
            return Rejected(line, row, f"The cell {key!r} holds a NUL character: the file is damaged there.")
        if "\ufffd" in cell:
            return Rejected(line, row, f"The cell {key!r} holds bytes that are no letters in this encoding.")
        if len(cell) > LONGEST_CELL:
            reason = f"The cell {key!r} has {len(cell):,} characters; at most {LONGEST_CELL:,} are taken."
            return Rejected(line, row, reason)
    return RawRow(line, row, dict(zip(keys, row, strict=False)))
