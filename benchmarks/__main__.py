"""Measure everything that has a bar: `python -m benchmarks` prints one JSON object, and fails when one falls.

Each module is a program of its own, so that none inherits the memory or the caches of another.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec

# Add a module here when it prints {"bars": [...]} as `benchmarks.bars.report` does.
MODULES = ("gazetteer", "prefix", "calibration", "bulk_import")


def main() -> int:
    """Run the modules that are there, one after another; return the exit code."""
    bars: list[dict[str, object]] = []
    broken = False
    for name in MODULES:
        module = f"benchmarks.{name}"
        if find_spec(module) is None:
            continue
        sys.stderr.write(f"{name} ...\n")
        run = subprocess.run([sys.executable, "-m", module], stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
        try:
            bars += json.loads(run.stdout)["bars"]
        except (ValueError, KeyError):
            sys.stderr.write(f"{module} printed no bars. Run `python -m {module}` to see why.\n")
            broken = True
    sys.stdout.write(json.dumps({"bars": bars}, indent=2, ensure_ascii=False) + "\n")
    return 1 if broken or not all(bar["holds"] for bar in bars) else 0


if __name__ == "__main__":
    sys.exit(main())
