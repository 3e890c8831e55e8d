"""The first look at an uploaded file: format, letters, columns, a few rows, and how it may be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.exchange.csvrows import RawRow
from tracker.exchange.mappings.mapping import Mapping, built_in, parse
from tracker.exchange.mappings.proposing import Proposal, known_columns, propose
from tracker.exchange.mappings.writing import as_toml
from tracker.exchange.reading.tables import Table, open_table
from tracker.exchange.reading.unsure import UnsureEncodingError
from tracker.exchange.timeline import NEEDED
from tracker.exchange.uploads.models import SavedMapping
from tracker.exchange.uploads.saying import Said
from tracker.foundation.errors import DataFileError

_SAMPLE = 4
_LONGEST_SHOWN = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was seen of a file. `readings` are words as several encodings read them, where that is unclear.

    `sample` holds rows of shortened cells, one for each column of `keys`; `mapping` is TOML.
    """

    format: str = ""
    header: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    sample: list[list[str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    mapping: str = ""
    why: str = ""
    is_timeline: bool = False
    readings: dict[str, list[str]] = field(default_factory=dict)
    problem: str = ""

    def as_json(self) -> dict[str, Any]:
        """Answer it as a JSON column can hold it."""
        return asdict(self)


def look_at(path: Path, said: Said, saved: Sequence[Mapping]) -> Look:
    """Look at a file as its owner says it is to be read; what cannot be read is a problem in the answer."""
    try:
        table = open_as(path, said)
    except UnsureEncodingError as error:
        return Look(problem=error.question, readings=error.readings)
    except DataFileError as error:
        return Look(problem=str(error))
    problem = ""
    try:
        proposal = _proposal(table, said, saved)
    except DataFileError:
        problem = "No column seems to hold places. Say below which column does."
        proposal = Proposal(Mapping(name="proposed"), "nothing was recognised")
    names = dict(zip(table.keys, table.header, strict=False))
    return Look(
        format=table.format,
        header=[_shown(name) for name in table.header],
        keys=list(table.keys),
        sample=[_cells(row, table.keys) for row in table.sample(_SAMPLE)],
        remarks=list(table.remarks),
        mapping=as_toml(proposal.mapping, names),
        why=proposal.why,
        is_timeline=table.format == "CSV" and len(set(NEEDED) & set(table.keys)) > len(NEEDED) // 2,
        problem=problem,
    )


def open_as(path: Path, said: Said) -> Table:
    """Open a file as its owner says. Raises DataFileError where it cannot be read so."""
    return open_table(
        path,
        known=known_columns() | set(NEEDED),
        encoding=said.encoding or None,
        delimiter=said.delimiter or None,
    )


def saved_mappings(session: Session) -> list[Mapping]:
    """Answer the mappings that somebody saved, by name."""
    rows = session.scalars(select(SavedMapping).order_by(SavedMapping.name))
    return [parse(row.toml, row.name) for row in rows]


def mapping_named(name: str, saved: Sequence[Mapping]) -> Mapping | None:
    """Answer a saved mapping, else a built-in one, by its name."""
    return next((one for one in [*saved, *built_in()] if one.name == name.casefold()), None)


def _proposal(table: Table, said: Said, saved: Sequence[Mapping]) -> Proposal:
    if said.base:
        asked = mapping_named(said.base, saved)
        if asked is not None:
            return Proposal(asked, f"as you asked: {asked.label or asked.name}")
    fitting = [mapping for mapping in saved if mapping.fits(table.keys)]
    if fitting:
        best = max(fitting, key=lambda mapping: len(mapping.recognised_by))
        return Proposal(best, f"recognised as {best.name}, which was saved here")
    return propose(table)


def _cells(row: RawRow, keys: Sequence[str]) -> list[str]:
    return [_shown(row.cells.get(key, "")) for key in keys]


def _shown(text: str) -> str:
    text = " ".join(text.replace("\x00", "\ufffd").split())
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
