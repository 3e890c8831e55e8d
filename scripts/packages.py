"""Install a lock with pip: one progress line instead of its four hundred, a stamp at the end.

Runs on the bare system Python, so it uses the standard library alone.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import IO

PINNED = re.compile(r"^[A-Za-z0-9][\w.\-]*==", re.MULTILINE)
TAKEN = re.compile(r"^(?:Collecting|Processing|Requirement already satisfied:) (?:\S*/)?([^\s=]+)")
DOWNLOADING = re.compile(r"^\s*Downloading ([^\s-]+)-\S+ (\(.*\))")
BAR_WIDTH = 24


class InstallError(Exception):
    """When pip gives up; the message has its last words and what to do."""


def was_interrupted(stamps: Path) -> bool:
    """Tell whether an installation began that never ended: files may be there in part."""
    return any(stamps.glob("*.begun"))


def is_installed(stamps: Path, name: str, stamp: str) -> bool:
    """Tell whether the lock that the stamp stands for is installed."""
    try:
        return (stamps / name).read_text(encoding="utf-8") == stamp
    except FileNotFoundError:
        return False


def install(venv: Path, lock: Path, stamps: Path, name: str, stamp: str) -> None:
    """Install the pinned, hashed packages of a lock file. Raises InstallError."""
    stamps.mkdir(exist_ok=True)
    begun = stamps / f"{name}.begun"
    begun.touch()
    log = venv / f"{name}.log"
    options = ["--require-hashes", "--prefer-binary", "--disable-pip-version-check", "--no-input"]
    with subprocess.Popen(
        [venv / "bin" / "python", "-m", "pip", "install", *options, "--progress-bar", "off", "-r", lock],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as pip:
        assert pip.stdout  # noqa: S101 - asked for above
        with log.open("w", encoding="utf-8") as copy:
            follow(pip.stdout, copy, len(PINNED.findall(lock.read_text(encoding="utf-8"))))
    if pip.returncode:
        last = log.read_text(encoding="utf-8").strip().splitlines()[-12:]
        raise InstallError(
            "\n".join(last) + f"\n\npip could not install {lock.name} (all its words: {log}). Check the "
            "connection and run the same command again: what was downloaded is kept."
        )
    (stamps / name).write_text(stamp, encoding="utf-8")
    begun.unlink()


def follow(lines: IO[str], copy: IO[str], total: int) -> None:
    """Turn pip's lines into progress: a bar on a terminal, now and then a line elsewhere."""
    live = sys.stdout.isatty()
    count = 0
    for line in lines:
        copy.write(line)
        taken, downloading = TAKEN.match(line), DOWNLOADING.match(line)
        if taken:
            count += 1
            text = taken[1].partition("-")[0] if taken[1].endswith(".whl") else taken[1]
        elif downloading and live:
            text = f"{downloading[1]} {downloading[2]}"
        elif line.startswith("Installing collected packages"):
            text = "unpacking, this takes a moment"
        else:
            continue
        if live:
            filled = BAR_WIDTH * min(count, total) // max(total, 1)
            print(f"\r  {'#' * filled:.<{BAR_WIDTH}} {count}/{total} {text[:60]:<60}", end="", flush=True)
        elif count % 10 == 0 or not taken:
            print(f"  {count}/{total} {text}")
    if live:
        print()


if __name__ == "__main__":
    sys.exit("This file is a part of scripts/prepare.py; run: make setup")
