"""`flask gazetteer`: build the offline gazetteer from the installed packages, and extend it by dumps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from tracker.cli.stamps import gazetteer_stamp
from tracker.foundation.errors import DataFileError
from tracker.geocoding.added import Added, Kept
from tracker.geocoding.build import build_gazetteer
from tracker.geocoding.dump import Reading, read_dump
from tracker.geocoding.gazetteer import open_gazetteer

gazetteer_group = AppGroup("gazetteer", help="The offline gazetteer: where places are, without a network.")


@gazetteer_group.command("build")
@click.option("--force", is_flag=True, help="Build it anew though the one there is whole.")
@click.option("--if-missing", is_flag=True, help="Say nothing when there is one already.")
def build(*, force: bool, if_missing: bool) -> None:
    """Build the gazetteer, with all that was added; the old one serves until the new one is whole."""
    path = Path(current_app.config["GAZETTEER_PATH"])
    if not force and is_whole(path):
        if not if_missing:
            click.echo(f"{path} is there already. Use --force to build it anew.")
        return
    try:
        build_with_bar(path, Path(current_app.config["CITIES_DIR"]))
    except (DataFileError, OSError) as error:
        raise click.ClickException(str(error)) from error


@gazetteer_group.command("add")
@click.argument("file", type=click.Path(path_type=Path))
def add(file: Path) -> None:
    """Add a dump of GeoNames: FILE is NO.txt, allCountries.txt or the like, or the .zip of one.

    Adding it again changes nothing; a newer one updates. What was added outlives every build. Exit code 1
    when a line could not be read; the others are taken.
    """
    path = Path(current_app.config["GAZETTEER_PATH"])
    reading = Reading()
    try:
        with _bar(file.name) as show:
            kept = Added.beside(path).keep(
                read_dump(file, reading, lambda share: show(round(1000 * share), 1000, "reading"))
            )
        _tell(file, reading, kept)
        if not is_whole(path):
            build_with_bar(path, Path(current_app.config["CITIES_DIR"]))
    except (DataFileError, OSError) as error:
        raise click.ClickException(str(error)) from error
    if reading.bad_lines:
        raise click.exceptions.Exit(1)


def _tell(file: Path, reading: Reading, kept: Kept) -> None:
    click.echo(
        f"{file}: {reading.lines:,} lines; {kept.new:,} places new, {kept.changed:,} changed, "
        f"{reading.taken - kept.new - kept.changed:,} as they were, {reading.left_out:,} of no use here"
    )
    for line, reason in reading.bad:
        click.echo(f"{file}, line {line}: {reason}", err=True)
    if reading.bad_lines:
        click.echo(
            f"{reading.bad_lines:,} lines could not be read. Correct them and add the file again.", err=True
        )


def build_with_bar(path: Path, cities_dir: Path) -> None:
    """Build the gazetteer, show how far it is, and leave its stamp."""
    stamp = gazetteer_stamp(path, cities_dir)
    with _bar("Gazetteer") as show:
        build_gazetteer(path, cities_dir=cities_dir, progress=show)
    stamp.leave()
    click.echo(f"Gazetteer built: {path} ({path.stat().st_size / 1e6:.0f} MB)")


@contextmanager
def _bar(title: str) -> Iterator[Callable[[int, int, str], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(title, total=None)

        def show(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total, description=f"{title}: {what}")

        yield show


def is_whole(path: Path) -> bool:
    """Say whether there is a gazetteer that can be opened and holds all that was added."""
    try:
        opened = open_gazetteer(path)
    except DataFileError:
        return False
    added: str = opened.store.meta.get("added", "")
    return added == Added.beside(path).revision()
