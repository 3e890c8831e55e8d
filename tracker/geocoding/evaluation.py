"""Measure the geocoder on places whose true points are known: hits, honest approximations, wrong pins."""

from __future__ import annotations

import csv
import enum
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tracker.foundation.errors import DataFileError
from tracker.geocoding.candidates import Answer, Candidate
from tracker.geocoding.sphere import distance_m

NEGATIVE = "negative"
COLUMNS = ("place", "context", "lat", "lon", "tolerance_km", "coarse_tolerance_km", "kind")
_BINS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)


class Outcome(enum.StrEnum):
    """What an answer is worth.

    A hit lies within the tolerance; an approximate answer says that it is one and lies within the coarse
    tolerance, as its own uncertainty claims. A question without a true place is rightly left unanswered.
    """

    HIT = "hit"
    APPROXIMATE = "approximate"
    UNANSWERED = "unanswered"
    WRONG = "wrong pin"
    RIGHTLY_UNANSWERED = "rightly unanswered"


@dataclass(frozen=True, slots=True)
class Case:
    """One string with the truth: a point in degrees, or None where the right answer is none."""

    place: str
    context: str
    kind: str
    point: tuple[float, float] | None
    tolerance_m: float
    coarse_tolerance_m: float


@dataclass(frozen=True, slots=True)
class Result:
    """What came out for a case; `distance_m` is that of the pin from the true point."""

    case: Case
    outcome: Outcome
    pin: Candidate | None
    distance_m: float | None

    @property
    def is_right(self) -> bool:
        return self.outcome in {Outcome.HIT, Outcome.APPROXIMATE, Outcome.RIGHTLY_UNANSWERED}


def read_cases(file: Path) -> list[Case]:
    """Read a CSV file with `COLUMNS`; raise `DataFileError` naming the line that cannot be used."""
    try:
        with file.open(newline="", encoding="utf-8-sig") as stream:
            reader = csv.DictReader(stream)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise DataFileError(f"{file} lacks the columns {', '.join(missing)}. Add them.")
            return [_case(row, file, reader.line_num) for row in reader]
    except (OSError, UnicodeDecodeError) as error:
        raise DataFileError(f"{file} cannot be read: {error}. Give a CSV file in UTF-8.") from error


def evaluate(cases: Iterable[Case], resolve: Callable[[str, str], Answer]) -> Iterator[Result]:
    """Ask for each case with its place and context alone, and judge the answer."""
    for case in cases:
        yield judge(case, resolve(case.place, case.context))


def judge(case: Case, answer: Answer) -> Result:
    """Compare an answer's pin with the truth."""
    pin = answer.pin
    if case.point is None:
        outcome = Outcome.RIGHTLY_UNANSWERED if pin is None else Outcome.WRONG
        return Result(case, outcome, pin, None)
    if pin is None:
        return Result(case, Outcome.UNANSWERED, None, None)
    away = distance_m(*case.point, pin.lat, pin.lon)
    if away <= case.tolerance_m:
        outcome = Outcome.HIT
    elif pin.approximate and away <= min(case.coarse_tolerance_m, pin.uncertainty_m):
        outcome = Outcome.APPROXIMATE
    else:
        outcome = Outcome.WRONG
    return Result(case, outcome, pin, away)


def by_kind(results: Sequence[Result]) -> dict[str, dict[Outcome, int]]:
    """Count the outcomes of each kind of case, kinds in the order of their names, `all` last."""
    counts: dict[str, dict[Outcome, int]] = defaultdict(lambda: dict.fromkeys(Outcome, 0))
    for result in sorted(results, key=lambda each: each.case.kind):
        counts[result.case.kind][result.outcome] += 1
    for result in results:
        counts["all"][result.outcome] += 1
    return dict(counts)


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of like confidence: how many, what they claimed on average, how many of them were right."""

    low: float
    high: float
    answers: int
    claimed: float
    right: float


def calibration(results: Iterable[Result]) -> list[Bin]:
    """Compare the confidence of the pins with how often they are right, from doubtful to sure."""
    pins = [(result.pin.confidence, result.is_right) for result in results if result.pin]
    bins = []
    for low, high in pairwise(_BINS):
        inside = [pair for pair in pins if low <= pair[0] < high or (high == _BINS[-1] and pair[0] == high)]
        if inside:
            claimed = sum(confidence for confidence, _ in inside) / len(inside)
            right = sum(is_right for _, is_right in inside) / len(inside)
            bins.append(Bin(low, high, len(inside), claimed, right))
    return bins


def _case(row: dict[str, str], file: Path, line: int) -> Case:
    try:
        is_negative = row["kind"] == NEGATIVE or not row["lat"]
        return Case(
            place=row["place"],
            context=row["context"] or "",
            kind=row["kind"],
            point=None if is_negative else (float(row["lat"]), float(row["lon"])),
            tolerance_m=1000 * float(row["tolerance_km"] or 0),
            coarse_tolerance_m=1000 * float(row["coarse_tolerance_km"] or 0),
        )
    except (ValueError, TypeError) as error:
        raise DataFileError(f"{file}, line {line}: {error}. Correct the line.") from error
