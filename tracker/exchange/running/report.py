"""What an import did or would do, in figures and in the lines that somebody has to act on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from tracker.exchange.csvrows import Rejected
from tracker.exchange.running.facts import Record
from tracker.exchange.running.resolving import APPROXIMATE, EXACT, UNRESOLVED

# The figures by key, with their labels, in the order of the report.
FIGURES = {
    "read": "rows read",
    "new": "new",
    "joined": "same shoot as another row",
    "same": "already there",
    "changed": "changed",
    "repeated": "twice in the file",
    "rejected": "rejected",
    "films": "new productions",
    "films_known": "productions on record",
    "places": "new places",
    "shoots": "new shoots",
    "citations": "new citations",
    "unattributed": "sightings without a production",
    EXACT: "rows placed exactly",
    APPROXIMATE: "rows placed approximately",
    UNRESOLVED: "rows without a pin",
    "nowhere": "rows without a place",
    "nowhere_distinct": "of these, different ones",
}


@dataclass(slots=True)
class Unplaced:
    """A place that nothing answers: its words, in how many rows, why, and the candidates (id, label)."""

    text: str
    why: str
    candidates: tuple[tuple[str, str], ...]
    rows: int = 0
    first_line: int = 0


@dataclass(slots=True)
class Report:
    """The figures of one import, by the keys of FIGURES, and what is to be looked at."""

    counts: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)
    unplaced: dict[str, Unplaced] = field(default_factory=dict)
    approximate: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)
    readings: Counter[str] = field(default_factory=Counter)

    def reject(self, row: Rejected) -> None:
        """Note a row that cannot be taken."""
        self.rejected.append(row)
        self.counts["rejected"] += 1

    def place(self, record: Record, how: str) -> None:
        """Count where a row that is read is placed."""
        self.counts[how] += 1
        self.counts["nowhere_distinct"] += how == "nowhere"
        if record.remark:
            self.readings[record.remark] += 1
