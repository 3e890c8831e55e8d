"""Propose a mapping for a file: a built-in one that fits, else by the names of its columns and samples."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tracker.exchange.csvrows import RawRow
from tracker.exchange.mappings.mapping import FIELDS, Mapping, built_in
from tracker.exchange.mappings.vocabulary import KNOWN, NAMES
from tracker.exchange.reading.coordinates import read_pair
from tracker.exchange.reading.tables import LAT, LON, Table
from tracker.foundation.errors import DataFileError, InvalidValueError
from tracker.sources.models import SourceKind

_DAY = re.compile(r"\d{4}-\d\d?-\d\d?.*|\d\d?[-/.]\d\d?[-/.]\d{2,4}.*|(?:19|20)\d\d", re.ASCII)
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?", re.ASCII)
# A column that samples speak against is not taken for its name alone.
_MOST_WRONG = 0.5
_WAY_MARKS = {"GPX", "KML"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping with how it was come by; `unused` are the columns, as written, that it leaves out."""

    mapping: Mapping
    why: str
    unused: tuple[str, ...] = ()


def known_columns() -> frozenset[str]:
    """Answer the keys of all columns that some mapping or language knows."""
    own = {c for m in built_in() for columns in m.columns.values() for c in columns}
    return KNOWN | own


def propose(table: Table) -> Proposal:
    """Answer a mapping for a table. Raises DataFileError if nothing tells where its places are."""
    fitting = [mapping for mapping in built_in() if mapping.fits(table.keys)]
    if fitting:
        best = max(fitting, key=lambda mapping: len(mapping.recognised_by))
        return Proposal(best, f"recognised as {best.label}", _unused(table, best))
    sample = table.sample()
    columns = _by_names(table, sample)
    if not table.has_header or not columns:
        columns = {**columns, **_by_samples(table, sample, columns)}
    if not {"place", "around", "place_detail", "point", "lat"} & columns.keys():
        names = ", ".join(repr(name) for name in table.header[:12])
        raise DataFileError(
            f"No column of {table.path.name} seems to hold places (it has {names}). "
            "Write a mapping file that names it, and give it with --mapping."
        )
    name = re.sub(r"[^a-z0-9]+", "-", table.path.stem.casefold()).strip("-") or "proposed"
    mapping = Mapping(name=name, label=f"Proposed for {table.path.name}", columns=columns)
    mapping = replace(mapping, source=replace(mapping.source, kind=SourceKind.DATABASE))
    return Proposal(mapping, "proposed from the columns' names and samples", _unused(table, mapping))


def _unused(table: Table, mapping: Mapping) -> tuple[str, ...]:
    used = {column for columns in mapping.found_in(table.keys).values() for column in columns}
    return tuple(
        name or f"(no name: {key})"
        for name, key in zip(table.header, table.keys, strict=False)
        if key not in used
    )


def _by_names(table: Table, sample: Sequence[RawRow]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for field in FIELDS:
        if field == "place" and table.format in _WAY_MARKS and "name" in table.keys:
            found[field] = ("name",)
            taken.add("name")
            continue
        there = [c for c in NAMES.get(field, ()) if c in table.keys and c not in taken]
        there = [c for c in there if _may_be(field, [row.cells.get(c, "") for row in sample])]
        several = there if field in ("note", "around") else there[:1]
        if several:
            found[field] = tuple(several)
            taken.update(several)
    if LAT in table.keys:
        found |= {"lat": (LAT,), "lon": (LON,)}
    if ("lat" in found) != ("lon" in found):
        found.pop("lat", None), found.pop("lon", None)
    return found


def _may_be(field: str, cells: Sequence[str]) -> bool:
    """Tell whether samples leave a name's meaning standing. Titles and places may be anything, even 180."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled or field not in ("year", "shot_year", "start", "end", "lat", "lon", "point", "address"):
        return True
    return sum(not _is(field, cell) for cell in filled) <= _MOST_WRONG * len(filled)


def _is(field: str, cell: str) -> bool:
    if field in ("year", "shot_year"):
        return bool(re.search(r"(?:18|19|20)\d\d", cell))
    if field in ("start", "end"):
        return any(c.isdigit() for c in cell)
    if field in ("lat", "lon"):
        return bool(_NUMBER.fullmatch(cell))
    if field == "address":
        return cell.startswith(("http://", "https://", "www."))
    try:
        return read_pair(cell) is not None
    except InvalidValueError:
        return False


def _by_samples(
    table: Table, sample: Sequence[RawRow], named: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Propose what values can tell: points and dates surely; the first text is the title."""
    taken = {column for columns in named.values() for column in columns}
    cells = {
        key: [row.cells.get(key, "").strip() for row in sample if row.cells.get(key, "").strip()]
        for key in table.keys
        if key not in taken
    }
    found: dict[str, tuple[str, ...]] = {}
    for key, values in cells.items():
        if values and all(_is("point", value) for value in values) and "point" not in found:
            found["point"] = (key,)
        elif values and all(_DAY.fullmatch(value) for value in values):
            is_year = all(len(value) == 4 for value in values)
            field = "year" if is_year else "end" if "start" in found else "start"
            found.setdefault(field, (key,))
    used = {column for columns in found.values() for column in columns}
    texts = [
        key
        for key, values in cells.items()
        if key not in used
        and values
        and not _is_index(values)
        and any(re.search(r"[^\W\d]", v) for v in values)
    ]
    if texts and "title" not in named:
        found["title"] = (texts[0],)
    if len(texts) > 1 and "place" not in named:
        found["place"] = (max(texts[1:], key=lambda key: _likely_place(cells[key])),)
    return found


def _is_index(values: Sequence[str]) -> bool:
    return all(value.isdigit() for value in values) and len(set(values)) == len(values)


def _likely_place(values: Sequence[str]) -> float:
    """Answer how much values look like places: commas and capitals, not sentences."""
    commas = sum("," in value for value in values)
    long = sum(len(value) > 120 for value in values)
    return (commas - long) / len(values)
