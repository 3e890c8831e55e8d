"""What a benchmark prints: numbers beside the bars that they must hold, as one JSON object."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """One number with its bar: the most that it may be, or with `at_least` the least."""

    name: str
    value: float
    unit: str
    bar: float
    at_least: bool = False

    @property
    def holds(self) -> bool:
        return self.value >= self.bar if self.at_least else self.value <= self.bar

    def as_record(self) -> dict[str, object]:
        """Return plain values, ready for JSON."""
        return {
            "name": self.name,
            "value": float(f"{self.value:.3g}"),
            "unit": self.unit,
            "bar": self.bar,
            "holds": self.holds,
        }


def report(bars: Sequence[Bar], **more: object) -> int:
    """Print the bars, and whatever else was found, as JSON; return the exit code, 1 when a bar falls."""
    record = {**more, "bars": [bar.as_record() for bar in bars]}
    sys.stdout.write(json.dumps(record, indent=2, ensure_ascii=False) + "\n")
    return 0 if all(bar.holds for bar in bars) else 1
