"""What a dry run or an import found, as a page shows it: figures first, then what somebody has to act on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from tracker.exchange.running.report import Report, Unplaced

MOST_SHOWN = 40
_LONGEST_CELL = 200
_CELLS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A row that was not taken: its line, why, and its first cells."""

    line: int
    reason: str
    cells: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A place that waits for a choice: its words, in how many rows, why, candidates as (id, label)."""

    text: str
    why: str
    rows: int
    line: int
    candidates: list[list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """The figures of a run by the keys of FIGURES, and the first MOST_SHOWN of what is to be looked at."""

    counts: dict[str, int] = field(default_factory=dict)
    rejected: list[Rejection] = field(default_factory=list)
    blanks: list[Blank] = field(default_factory=list)
    blank_count: int = 0
    approximate: list[list[Any]] = field(default_factory=list)
    readings: list[list[Any]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    # Of an import that was taken back: how many rows of each table went, and how many others need.
    removed: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Answer it as a JSON column can hold it."""
        return asdict(self)


def findings_of(report: Report, remarks: tuple[str, ...]) -> Findings:
    """Sum a report up; places of most rows come first."""
    blanks = sorted(report.unplaced.values(), key=lambda one: (-one.rows, one.first_line))
    return Findings(
        counts=dict(report.counts),
        rejected=[
            Rejection(line=one.line, reason=one.reason, cells=[_short(cell) for cell in one.row[:_CELLS]])
            for one in report.rejected[:MOST_SHOWN]
        ],
        blanks=[_blank(one) for one in blanks[:MOST_SHOWN]],
        blank_count=len(blanks),
        approximate=[[why, count] for why, count in report.approximate.most_common(MOST_SHOWN)],
        readings=[[how, count] for how, count in report.readings.most_common(MOST_SHOWN)],
        remarks=list(remarks),
    )


def findings_in(stored: Mapping[str, Any]) -> Findings:
    """Read what `as_json` gave."""
    content = dict(stored)
    content["rejected"] = [Rejection(**one) for one in content.get("rejected", ())]
    content["blanks"] = [Blank(**one) for one in content.get("blanks", ())]
    return Findings(**content)


def _blank(one: Unplaced) -> Blank:
    return Blank(
        text=one.text,
        why=one.why,
        rows=one.rows,
        line=one.first_line,
        candidates=[list(candidate) for candidate in one.candidates],
    )


def _short(cell: str) -> str:
    cell = cell.replace("\x00", "\ufffd")
    return cell if len(cell) <= _LONGEST_CELL else cell[: _LONGEST_CELL - 1] + "…"
