"""What the offline gazetteer costs: memory of each worker, look-ups by name, mistyped names, building.

Run `python -m benchmarks.gazetteer`; it prints {"bars": [...]} and exits with 1 when a bar falls. Times are
those of the processor, so that what else the machine does hardly matters; memory is read from Linux.
"""

from __future__ import annotations

import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from benchmarks.bars import Bar, report
from benchmarks.slips import with_slip
from tracker.config import Settings, from_environment
from tracker.geocoding import Gazetteer, mending, open_gazetteer
from tracker.geocoding.build import build_gazetteer
from tracker.geocoding.folding import fold

EXACT_LOOK_UPS = 50_000
MISTYPED_NAMES = 3_000
MIXED_QUERIES = 2_000
_SEED = 20201005
_KNOWN_TOWNS = "SELECT name FROM place WHERE kind = 'town' AND population >= 15000"
_SHORTEST = 5
# Two workers open the file at once, as served: what both hold of it is shared and not private.
_WORKERS = 2
_WORKER = "import sys; from benchmarks.gazetteer import work; work(sys.argv[1])"


def main() -> int:
    """Print the bars as JSON and return the exit code."""
    settings = from_environment()
    path = settings.gazetteer_path
    gazetteer = open_gazetteer(path)
    plain, whole = mistyped(path, gazetteer)
    bars = [
        Bar("gazetteer: private memory of a worker", private_mb(path), "MB", 20),
        Bar("gazetteer: exact look-ups", exact_per_second(path, gazetteer), "1/s", 50_000, at_least=True),
        Bar("gazetteer: one slip, p95", plain.p95_ms, "ms", 2),
        Bar("gazetteer: one slip, right name first", plain.right_percent, "%", 90, at_least=True),
        Bar("gazetteer: one slip as a whole query, p95", whole.p95_ms, "ms", 2),
        Bar(
            "gazetteer: one slip as a whole query, right name first",
            whole.right_percent,
            "%",
            90,
            at_least=True,
        ),
        Bar("gazetteer: build, processor time", build_seconds(settings), "s", 60),
    ]
    return report(bars)


def exact_per_second(path: Path, gazetteer: Gazetteer) -> float:
    """Return how many names a second `Store.exact` looks up, any names in any order."""
    names = _sample(path, "SELECT folded FROM name", EXACT_LOOK_UPS)
    began = time.process_time()
    for name in names:
        gazetteer.store.exact(name)
    return len(names) / (time.process_time() - began)


@dataclass(frozen=True, slots=True)
class Mended:
    """How long mistyped names took, and how many per cent of them brought up the right name first."""

    p95_ms: float
    right_percent: float


def mistyped(path: Path, gazetteer: Gazetteer) -> tuple[Mended, Mended]:
    """Look up names of known towns with one slip: plainly, and as a whole query.

    A whole query also tries every other way to read the words, and trusts the first letter and a name that
    is listed as it stands; for small towns it then only asks back.
    """
    towns = _sample(path, _KNOWN_TOWNS, 4 * MISTYPED_NAMES)
    names = [name for name in map(fold, towns) if name.isascii() and len(name) >= _SHORTEST][:MISTYPED_NAMES]

    def plainly(text: str) -> str:
        hits = sorted(mending.mistyped(gazetteer.store, text), key=lambda hit: -hit.score)
        return hits[0].place.name if hits else ""

    def as_a_query(text: str) -> str:
        best = gazetteer.resolve(text, limit=1).best
        return best.name if best else ""

    return _look_up(plainly, names, first=0), _look_up(as_a_query, names, first=1)


def _look_up(find: Callable[[str], str], names: Sequence[str], *, first: int) -> Mended:
    chance = random.Random(_SEED)  # noqa: S311 - not a secret
    taken, right = [], 0
    for name in names:
        slipped = with_slip(name, chance, first=first)
        began = time.process_time()
        found = find(slipped)
        taken.append(1000 * (time.process_time() - began))
        right += fold(found) == name
    return Mended(
        p95_ms=round(quantiles(taken, n=100, method="inclusive")[94], 3),
        right_percent=round(100 * right / len(names), 1),
    )


def build_seconds(settings: Settings) -> float:
    """Return the processor seconds of a whole build into a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        build_gazetteer(
            Path(folder) / "gazetteer.sqlite3",
            cities_dir=settings.cities_dir,
            progress=lambda _done, _total, _what: None,
        )
        return time.process_time() - began


def private_mb(path: Path) -> float:
    """Return what a worker holds for itself after opening and mixed queries, over one without a gazetteer."""
    queries = mixed_queries(path)
    return (_private_kb(str(path), queries) - _private_kb("", queries)) / 1024


def work(path: str) -> None:
    """Be a worker: answer one query a line up to an empty one, then wait to be measured.

    Without a path it reads them and does nothing.
    """
    gazetteer = open_gazetteer(Path(path)) if path else None
    while query := sys.stdin.readline().strip():
        if gazetteer is not None:
            gazetteer.resolve(query)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()


def mixed_queries(path: Path) -> list[str]:
    """Return names in all scripts, half of them bare, the others with a slip or inside a known town."""
    chance = random.Random(_SEED)  # noqa: S311 - not a secret
    names = [name for name in _sample(path, "SELECT folded FROM name", 2 * MIXED_QUERIES) if len(name) > 3]
    towns = _sample(path, "SELECT name FROM place WHERE population >= 100000", MIXED_QUERIES)
    forms: list[Callable[[str], str]] = [
        lambda name: name,
        lambda name: with_slip(name, chance),
        lambda name: name,
        lambda name: f"{name}, {chance.choice(towns)}",
    ]
    return [forms[at % len(forms)](name) for at, name in enumerate(names[:MIXED_QUERIES])]


def _private_kb(path: str, queries: Sequence[str]) -> int:
    workers = [
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", _WORKER, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(_WORKERS)
    ]
    try:
        for worker in workers:
            assert worker.stdin is not None  # noqa: S101 - they are pipes
            worker.stdin.write("\n".join([*queries, "", ""]))
            worker.stdin.flush()
        for worker in workers:
            assert worker.stdout is not None  # noqa: S101
            worker.stdout.readline()
        return max(_private_of(worker.pid) for worker in workers)
    finally:
        for worker in workers:
            worker.communicate("done\n")


def _private_of(process: int) -> int:
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError as error:
        sys.exit(f"The memory of a process cannot be read: {error}. Run this on Linux.")
    return sum(int(kb) for kb in re.findall(r"^Private_(?:Clean|Dirty): +(\d+) kB", text, re.MULTILINE))


def _sample(path: Path, query: str, count: int) -> list[str]:
    """Return so many texts of a column, the same on each run."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        texts = sorted(text for (text,) in connection.execute(query))
    return random.Random(_SEED).sample(texts, min(count, len(texts)))  # noqa: S311


if __name__ == "__main__":
    sys.exit(main())
