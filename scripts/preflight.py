"""Say what would stop a set-up or a start before anything is downloaded: a full disk, a busy port.

Runs on the bare system Python, so it uses the standard library alone.
"""

from __future__ import annotations

import argparse
import shutil
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED_BYTES = 1_000_000_000
STAMP = ROOT / ".venv" / ".stamps" / "packages"


def main() -> int:
    """Check, print each obstacle with its remedy, and answer the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="")
    parser.add_argument("--port", default="")
    asked = parser.parse_args()
    obstacles = [disk_obstacle()]
    if asked.port:
        obstacles.append(port_obstacle(asked.host or "127.0.0.1", asked.port))
    found = [obstacle for obstacle in obstacles if obstacle]
    for obstacle in found:
        print(obstacle, file=sys.stderr)
    return 1 if found else 0


def disk_obstacle() -> str:
    """Tell of too little room for a first set-up; a finished one needs no more."""
    free = shutil.disk_usage(ROOT).free
    if STAMP.exists() or free >= NEEDED_BYTES:
        return ""
    return (
        f"Only {free / 1e9:.2f} GB are free on the disk of {ROOT}; the first set-up needs 1 GB. "
        "Make room and run the same command again."
    )


def port_obstacle(host: str, port: str) -> str:
    """Tell of a port that cannot be listened on, and name one that can."""
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        return f"PORT={port} is not a port; write a whole number from 1 to 65535."
    trouble = listening_trouble(host, int(port))
    if not trouble:
        return ""
    free = next((n for n in range(int(port) + 1, int(port) + 50) if not listening_trouble(host, n)), None)
    remedy = f"choose another one: make run PORT={free}" if free else "choose another HOST"
    return f"Cannot listen on {host} port {port} ({trouble}). Stop what uses it, or {remedy}"


def listening_trouble(host: str, port: int) -> str:
    """Answer why a server could not listen there, "" where it can."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        return error.strerror or str(error)
    return ""


if __name__ == "__main__":
    sys.exit(main())
