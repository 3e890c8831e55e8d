"""`flask dump`, `flask restore` and `flask backup`: the whole instance out and in."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from tracker.cli.importing import WrongUseError
from tracker.cli.migrations import Migrations
from tracker.cli.progress import progress
from tracker.config import Settings
from tracker.exchange.dumping.backup import write_backup
from tracker.exchange.dumping.loading import reason_of
from tracker.exchange.dumping.manifest import Manifest
from tracker.exchange.dumping.public import FOLDER, publish, write_public
from tracker.exchange.dumping.restoring import restore
from tracker.exchange.dumping.stores import new_folder, opened
from tracker.exchange.dumping.uploads import UPLOADS
from tracker.exchange.dumping.writing import write_whole
from tracker.extensions import db
from tracker.foundation.errors import ConfigurationError, ConflictError, TrackerError
from tracker.readiness import shown_address, what_is_missing

_PATH = click.Path(path_type=Path)


@click.command("dump")
@click.argument("folder", metavar="DIR", type=_PATH, required=False)
@click.option("--public", is_flag=True, help="Only what everybody may know; without DIR, for the page /data.")
@click.option("--keep", default=7, show_default=True, type=click.IntRange(1), help="So many for /data.")
@with_appcontext
def dump_command(folder: Path | None, *, public: bool, keep: int) -> None:
    """Write the whole instance to DIR, in open formats: docs/dump.md. Others may go on writing meanwhile.

    Exit code 0: written, 1: it could not be written, 2: wrong use.
    """
    if folder is None and not public:
        raise WrongUseError("Name the folder to write to: flask dump DIR.")
    with _one_line(folder or _instance() / FOLDER), progress() as bar:
        if folder is None:
            path, manifest = publish(db.engine, _instance() / FOLDER, keep=keep, bar=bar)
        else:
            path = folder
            with new_folder(path, private=not public) as sink:
                if public:
                    manifest = write_public(db.engine, sink, bar=bar)
                else:
                    manifest = write_whole(db.engine, sink, uploads=_instance() / UPLOADS, bar=bar)
    click.echo(f"{path}: {_described(manifest)}")
    click.echo(manifest.notice)


@click.command("backup")
@click.argument("file", type=_PATH)
@click.option("--replace", is_flag=True, help="Write over a file of that name, once the new one is whole.")
@with_appcontext
def backup_command(file: Path, *, replace: bool) -> None:
    """Write a consistent copy of the instance to FILE, a zip archive, while the server runs.

    Exit code 0: written and read again, 1: it could not be written, 2: wrong use.
    """
    with _one_line(file), progress() as bar:
        manifest = write_backup(db.engine, file, uploads=_instance() / UPLOADS, replace=replace, bar=bar)
    click.echo(f"{file}: {_described(manifest)}, {file.stat().st_size:,} bytes, read again and sound")
    click.echo(manifest.notice)


@click.command("restore")
@click.argument("dump", type=_PATH)
@with_appcontext
def restore_command(dump: Path) -> None:
    """Restore what flask dump or flask backup wrote into an EMPTY database, of either kind.

    All of it or nothing. Exit code 0: restored and compared, 1: the dump cannot be restored, 2: wrong use.
    """
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with _one_line(dump, reading=True), opened(dump) as source, progress() as bar:
        manifest = restore(db.engine, source, schema=Migrations(), uploads=_instance() / UPLOADS, bar=bar)
    made = f"{manifest.created_at:%Y-%m-%d %H:%M} UTC"
    click.echo(f"Restored {_described(manifest)} from {made}; every table reads as it did.")


def _instance() -> Path:
    settings: Settings = current_app.config["SETTINGS"]
    return settings.instance_path


def _described(manifest: Manifest) -> str:
    uploads = f", {manifest.uploads.rows:,} uploads" if manifest.uploads else ""
    return f"{manifest.rows:,} rows of {len(manifest.tables)} tables{uploads}"


@contextmanager
def _one_line(path: Path, *, reading: bool = False) -> Iterator[None]:
    """Say on one line what went wrong. Of what was being written nothing is left by then."""
    try:
        yield
    except (ConflictError, ConfigurationError) as error:
        raise WrongUseError(str(error)) from error
    except TrackerError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        doing = "restored" if reading else "written"
        where = f" ({error.filename})" if error.filename and str(error.filename) != str(path) else ""
        raise click.ClickException(
            f"{path} cannot be {doing}: {error.strerror or error}{where}. Nothing of it is kept."
        ) from error
    except SQLAlchemyError as error:
        if what_is_missing():
            raise
        raise click.ClickException(
            f"The database {shown_address()} does not go on: {reason_of(error)}. Nothing of it is kept."
        ) from error
