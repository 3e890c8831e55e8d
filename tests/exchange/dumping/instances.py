"""Instances to dump and to restore into: a database of either kind, with a folder of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.databases import settings_for
from tests.exchange.dumping.filled import fill, upload
from tests.serving import application
from tracker.config import ROOT


@dataclass(frozen=True)
class Instance:
    """An application with its database, its folder, and its command line."""

    app: Flask
    engine: Engine
    folder: Path

    def run(self, *words: str | Path) -> tuple[int, str]:
        """Run a command; answer its exit code and what it said, without the bars."""
        done = self.app.test_cli_runner().invoke(args=[str(word) for word in words])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.output
        return done.exit_code, done.output

    def must(self, *words: str | Path) -> str:
        """Run a command that has to succeed."""
        code, said = self.run(*words)
        assert code == 0, said
        return said

    def fill(self) -> None:
        """Put the small record and its uploads in."""
        with Session(self.engine) as session:
            fill(session)
            session.commit()
        upload(self.folder / "uploads")


def run_apart(
    url: str, folder: Path, *words: str | Path, first: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own, after some statements that make it go wrong."""
    program = (
        "import os, sys\nfrom pathlib import Path\n"
        "from tests.databases import settings_for\nfrom tracker import create_app\n"
        "app = create_app(settings_for(sys.argv[1], Path(sys.argv[2])))\n"
        f"{first}\n"
        "done = app.test_cli_runner().invoke(args=sys.argv[3:])\n"
        "print(done.output, end='')\n"
        "sys.exit(done.exit_code)\n"
    )
    return subprocess.run(
        [sys.executable, "-c", program, url, str(folder), *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def instance(url: str, folder: Path) -> Iterator[Instance]:
    """Make an instance on a database."""
    with application(settings_for(url, folder)) as (app, engine):
        yield Instance(app, engine, folder)


def files_of(folder: Path) -> dict[str, bytes]:
    """Answer the files in a folder and below by name; of a manifest all but the moment."""
    return {
        path.relative_to(folder).as_posix(): b"\n".join(
            line for line in path.read_bytes().split(b"\n") if b'"created_at": ' not in line
        )
        if path.name == "manifest.json"
        else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
