"""`flask setup`: what an instance needs before its first visitor, each part only where it is missing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import make_url, select
from sqlalchemy.exc import SQLAlchemyError

from tracker.cli.gazetteer import build_with_bar, is_whole
from tracker.cli.stamps import Stamp, demo_stamp, gazetteer_stamp
from tracker.config import Settings
from tracker.extensions import alembic, db
from tracker.foundation.database import writing
from tracker.foundation.errors import DataFileError, TrackerError
from tracker.geocoding import open_gazetteer
from tracker.productions.models import Production

PARTS = ("database", "assets", "gazetteer", "demo")
_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to set up; `make` is called only when `is_there` denies."""

    name: str
    title: str
    is_there: Callable[[], bool]
    make: Callable[[], None]


@click.command("setup")
@click.option("--no-demo", is_flag=True, help="Leave the demonstration record out.")
@click.option("--only", type=click.Choice(PARTS), multiple=True, help="This part alone; may be repeated.")
@click.option("--steps-before", type=int, default=0, hidden=True, help="What the caller has counted.")
@with_appcontext
def setup_command(*, no_demo: bool, only: tuple[str, ...], steps_before: int) -> None:
    """Make database, gazetteer and demo, and check that the map's files are there. Runs again at no cost."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    wanted = set(only or PARTS) - ({"demo"} if no_demo else set())
    settings: Settings = current_app.config["SETTINGS"]
    parts = _parts(settings)
    for number, part in enumerate(parts, start=steps_before + 1):
        if part.name not in wanted:
            continue
        try:
            if part.is_there():
                continue
            click.echo(f"[{number}/{steps_before + len(parts)}] {part.title}")
            part.make()
        except (TrackerError, OSError) as error:
            raise click.ClickException(str(error)) from error
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
            raise click.ClickException(
                f"The database {_shown(settings)} cannot be used: {reason}. Check DATABASE_URL."
            ) from error


def _parts(settings: Settings) -> list[Part]:
    gazetteer = gazetteer_stamp(settings.gazetteer_path, settings.cities_dir)
    demo = demo_stamp(settings.instance_path, settings.database_url)
    return [
        Part("database", f"Database {_shown(settings)}", _is_migrated, alembic.upgrade),
        Part(
            "assets", "Map, fonts and place names", lambda: not _missing(settings), lambda: _refuse(settings)
        ),
        Part(
            "gazetteer",
            "Offline gazetteer (no download, up to a minute, 100 MB on disk)",
            lambda: gazetteer.holds() and is_whole(settings.gazetteer_path),
            lambda: build_with_bar(settings.gazetteer_path, settings.cities_dir),
        ),
        Part(
            "demo",
            "Demonstration record",
            # A database may have been replaced since the stamp was left.
            lambda: demo.holds() and db.session.scalar(select(Production.id).limit(1)) is not None,
            lambda: _load_demo(settings, demo),
        ),
    ]


def _is_migrated() -> bool:
    return {script.revision for script in alembic.current()} == {
        script.revision for script in alembic.heads()
    }


def _missing(settings: Settings) -> list[Path]:
    place_names = (settings.cities_dir / name for name in ("cities.json", "stations.json"))
    wanted = (_PACKAGE / "static" / "vendor" / "leaflet" / "leaflet.js", *place_names)
    return [file for file in wanted if not file.is_file()]


def _refuse(settings: Settings) -> None:
    names = ", ".join(str(file) for file in _missing(settings))
    raise DataFileError(f"Missing: {names}. Run: make setup")


def _load_demo(settings: Settings, stamp: Stamp) -> None:
    from tracker.exchange.demo import load_demo, load_library  # noqa: PLC0415 - most starts find it loaded

    gazetteer = open_gazetteer(settings.gazetteer_path)
    with writing(db.session) as session:
        reports = [
            load(session, gazetteer, lambda _, __, what: click.echo(f"  {what}"))
            for load in (load_demo, load_library)
        ]
    click.echo(f"  {sum(each.added for each in reports)} shoots added")
    stamp.leave()


def _shown(settings: Settings) -> str:
    """Answer the database's address without its password."""
    return make_url(settings.database_url).render_as_string(hide_password=True)
