"""`flask gazetteer`: build the offline gazetteer from the installed packages."""

from __future__ import annotations

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from tracker.foundation.errors import DataFileError
from tracker.geocoding.build import build_gazetteer
from tracker.geocoding.gazetteer import open_gazetteer

gazetteer_group = AppGroup("gazetteer", help="The offline gazetteer: where places are, without a network.")


@gazetteer_group.command("build")
@click.option("--force", is_flag=True, help="Build it anew though the one there is whole.")
@click.option("--if-missing", is_flag=True, help="Say nothing when there is one already.")
def build(*, force: bool, if_missing: bool) -> None:
    """Build the gazetteer; the old one serves until the new one is whole."""
    path = Path(current_app.config["GAZETTEER_PATH"])
    if not force and is_whole(path):
        if not if_missing:
            click.echo(f"{path} is there already. Use --force to build it anew.")
        return
    try:
        build_with_bar(path, Path(current_app.config["CITIES_DIR"]))
    except (DataFileError, OSError) as error:
        raise click.ClickException(str(error)) from error


def build_with_bar(path: Path, cities_dir: Path) -> None:
    """Build the gazetteer and show how far it is."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("Gazetteer", total=None)

        def show(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total, description=f"Gazetteer: {what}")

        build_gazetteer(path, cities_dir=cities_dir, progress=show)
    click.echo(f"Gazetteer built: {path} ({path.stat().st_size / 1e6:.0f} MB)")


def is_whole(path: Path) -> bool:
    """Say whether there is a gazetteer that can be opened."""
    try:
        open_gazetteer(path)
    except DataFileError:
        return False
    return True
