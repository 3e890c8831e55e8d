"""How sure an answer is, against how often it is right: `python -m benchmarks.calibration [--svg FILE]`.

Places are drawn from the built gazetteer, half of the draws by their people and half by the square root of
them, and written as people write: bare, with their country, with region and country, by another name, with
one slip or two, as something unknown inside. Of one in ten the place is hidden, to stand for those that are
not listed. It prints {"bins": [...], "bars": [...]} and exits with 1 where answers claim too much.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.bars import Bar, report
from benchmarks.picture import draw
from benchmarks.slips import with_slip
from tracker.config import from_environment
from tracker.geocoding import resolve
from tracker.geocoding.evaluation import Bin, Case, Result, by_kind, calibration, judge
from tracker.geocoding.store import Hit, Store

DRAWS = 1_500
MOST_OVERCONFIDENT = 0.03
_SEED = 7
_HIDDEN = 0.1
# Fewer answers than these tell nothing of a share.
_ENOUGH = 50
_TOLERANCE_M = 15_000.0
_COARSE_TOLERANCE_M = 25_000.0
_MISTYPED_FROM, _TWICE_FROM = 6, 7


class Masked(Store):
    """A gazetteer in which some places are not listed."""

    hidden: frozenset[int] = frozenset()

    def exact(self, folded: str) -> list[Hit]:
        """Return the places that bear this folded name and are not hidden."""
        return [hit for hit in super().exact(folded) if hit.place.number not in self.hidden]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One town to be written about; `others` are further names of it."""

    number: int
    name: str
    country: str
    region: str
    point: tuple[float, float]
    uncertainty_m: float
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Opened:
    store: Masked


def main() -> int:
    """Print the table and the bar as JSON, draw it if asked; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibration", description=__doc__)
    parser.add_argument("--svg", type=Path, help="draw the table into this file")
    arguments = parser.parse_args()
    path = from_environment().gazetteer_path
    results = list(ask(path))
    bins = calibration(results)
    if arguments.svg:
        arguments.svg.write_text(draw(bins), encoding="utf-8")
    kinds = {
        kind: {str(outcome): count for outcome, count in counts.items() if count}
        for kind, counts in by_kind(results).items()
    }
    table = [{name: round(value, 3) for name, value in asdict(part).items()} for part in bins]
    worst = Bar(
        "calibration: most that answers claim beyond what is right",
        max(0.0, _worst(bins)),
        "share",
        MOST_OVERCONFIDENT,
    )
    return report([worst], bins=table, kinds=kinds)


def _worst(bins: list[Bin]) -> float:
    return max(part.claimed - part.right for part in bins if part.answers >= _ENOUGH)


def ask(path: Path) -> Iterator[Result]:
    """Draw the places, write about each, and judge what comes out."""
    chance = random.Random(_SEED)  # noqa: S311 - not a secret
    opened = _Opened(Masked(path))
    for drawn in draw_towns(path, chance):
        hidden = chance.random() < _HIDDEN
        opened.store.hidden = frozenset({drawn.number}) if hidden else frozenset()
        for kind, text in written(drawn, chance):
            case = Case(
                place=text,
                context="",
                kind=f"{kind}, not listed" if hidden else kind,
                point=drawn.point,
                tolerance_m=max(_TOLERANCE_M, drawn.uncertainty_m),
                coarse_tolerance_m=max(_COARSE_TOLERANCE_M, 2 * drawn.uncertainty_m),
            )
            yield judge(case, resolve(opened, text, limit=1))


def written(drawn: Drawn, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield (kind, text) for each way to write of a town."""
    name, country = drawn.name, drawn.country
    yield "bare", name
    yield "with country", f"{name}, {country}"
    if drawn.region:
        yield "with region and country", f"{name}, {drawn.region}, {country}"
    if len(name) >= _MISTYPED_FROM:
        yield "one slip", with_slip(name, chance, first=1)
        yield "one slip, with country", f"{with_slip(name, chance, first=1)}, {country}"
    if len(name) >= _TWICE_FROM:
        twice = with_slip(with_slip(name, chance, first=1), chance, first=1)
        yield "two slips, with country", f"{twice}, {country}"
    yield "something in it", f"Hotel Zyqqa, {name}, {country}"
    if drawn.others:
        yield "another name", chance.choice(drawn.others)
        yield "another name, with country", f"{chance.choice(drawn.others)}, {country}"


def draw_towns(path: Path, chance: random.Random) -> list[Drawn]:
    """Return towns at random, large ones more often; the same on each run with the same chance."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        rows = connection.execute(
            "SELECT town.id, town.name, country.name, coalesce(region.name, ''), town.lat, town.lon, "
            "town.uncertainty_m, town.population FROM place town "
            "JOIN place country ON country.ref = 'country:' || town.country "
            "LEFT JOIN place region ON region.id = town.region "
            "WHERE town.kind = 'town' AND town.population > 0 ORDER BY town.id"
        ).fetchall()
        picked = [
            row
            for power in (1.0, 0.5)
            for row in chance.choices(rows, [row[-1] ** power for row in rows], k=DRAWS // 2)
        ]
        numbers = {row[0] for row in picked}
        others: dict[int, list[str]] = {number: [] for number in numbers}
        # One pass over all names: they are kept by name, not by place.
        for number, folded in connection.execute("SELECT place, folded FROM name WHERE NOT own"):
            if number in numbers:
                others[number].append(folded)
    return [
        Drawn(number, name, country, region, (lat, lon), uncertainty_m, tuple(others[number]))
        for number, name, country, region, lat, lon, uncertainty_m, _ in picked
    ]


if __name__ == "__main__":
    sys.exit(main())
