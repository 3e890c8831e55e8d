"""`flask import`: take a CSV file into the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import click
from flask.cli import with_appcontext
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy.orm import Session

from tracker.cli.places import open_cascade
from tracker.exchange.csvrows import CsvFile
from tracker.exchange.importing import ImportReport, TimelineImport, batches
from tracker.exchange.recorded import change_if_any
from tracker.exchange.rejects import write_rejects
from tracker.exchange.sequels import cite_sequels
from tracker.exchange.timeline import Defaults, open_timeline, read_timeline
from tracker.extensions import db
from tracker.foundation.database import begin_writing, writing
from tracker.foundation.errors import TrackerError
from tracker.foundation.text import clean_line
from tracker.sources.addresses import check_address

MAPPINGS = ("timeline",)
_MOST_LISTED = 20


class WrongUseError(click.ClickException):
    """When the command cannot be carried out as it was written."""

    exit_code = 2


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--mapping", default="timeline", help="How the columns are to be read; timeline is built in.")
@click.option("--dry-run", is_flag=True, help="Write nothing, report the same.")
@click.option("--production", default="", help="The title, for rows without one.")
@click.option("--context", default="", help="Where the places are, such as a country or region.")
@click.option("--source", default="", help="The address of the source, for rows without one.")
@with_appcontext
def import_command(
    file: Path, mapping: str, dry_run: bool, production: str, context: str, source: str
) -> None:
    """Import a CSV file of shoots. Importing it again adds nothing.

    Rows that cannot be taken go to FILE.rejected.csv with the reasons. Exit code 0: all taken, 1: some rows
    rejected, 2: wrong use.
    """
    if mapping not in MAPPINGS:
        raise WrongUseError(f"There is no mapping {mapping!r}; write one of: {', '.join(MAPPINGS)}.")
    try:
        defaults = Defaults(
            production=clean_line(production), address=check_address(source) if source else ""
        )
        timeline = open_timeline(file, defaults)
        run = TimelineImport(open_cascade(online=False), name=file.name, context=clean_line(context))
    except TrackerError as error:
        raise WrongUseError(str(error)) from error
    _carry_out(run, timeline, defaults, dry_run=dry_run)
    _say(run.report, timeline, dry_run=dry_run)
    if run.report.rejected:
        if not dry_run:
            _keep_rejects(run.report, timeline)
        click.get_current_context().exit(1)


def _carry_out(run: TimelineImport, timeline: CsvFile, defaults: Defaults, *, dry_run: bool) -> None:
    comment = f"Import of {timeline.path.name}"
    with _progress(timeline.path) as reached, _transactions(dry_run=dry_run) as transaction:
        for batch in batches(read_timeline(timeline, defaults)):
            located = run.locate(batch)
            with transaction() as session, change_if_any(session, comment):
                run.take(session, located)
            reached(batch[-1].line)
        if run.sequels:
            with transaction() as session, change_if_any(session, comment):
                run.report.remarks += cite_sequels(session, run.sequels)


@contextmanager
def _transactions(*, dry_run: bool) -> Iterator[Callable[[], AbstractContextManager[Session]]]:
    """Give one transaction for each batch; a dry run has a single one, which is thrown away."""
    session = db.session
    if not dry_run:
        yield lambda: writing(session)
        return
    begin_writing(session)
    try:
        yield lambda: nullcontext(session)
    finally:
        session.rollback()


@contextmanager
def _progress(path: Path) -> Iterator[Callable[[int], None]]:
    """Show how many of the file's lines are done, on standard error."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with path.open("rb") as file:
        lines = sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("lines", total=max(lines, 1))
        yield lambda line: progress.update(task, completed=min(line, max(lines, 1)))
        progress.update(task, completed=max(lines, 1))


def _say(report: ImportReport, timeline: CsvFile, *, dry_run: bool) -> None:
    counts = {
        "rows read": report.read,
        "added": report.added,
        "further sources": report.cited,
        "already there": report.already,
        "twice in the file": report.repeated,
        "rejected": len(report.rejected),
        "without a pin": len(report.unlocated),
    }
    click.echo(f"{timeline.path.name}{' (dry run: nothing is written)' if dry_run else ''}")
    for label, count in counts.items():
        click.echo(f"  {label:<18}{count:>8,}")
    if timeline.encoding.remark:
        click.echo(f"Encoding: {timeline.encoding.remark}.")
    _list("Places without a pin", report.unlocated)
    _list("Worth a look", report.remarks)
    _list("Rejected", [f"line {one.line}: {one.reason}" for one in report.rejected])


def _list(title: str, lines: Sequence[str]) -> None:
    if lines:
        click.echo(f"{title}:")
    for line in lines[:_MOST_LISTED]:
        click.echo(f"  {line}")
    if len(lines) > _MOST_LISTED:
        click.echo(f"  … and {len(lines) - _MOST_LISTED:,} more")


def _keep_rejects(report: ImportReport, timeline: CsvFile) -> None:
    path = timeline.path.with_name(f"{timeline.path.name}.rejected.csv")
    try:
        write_rejects(path, timeline.header, report.rejected)
    except OSError as error:
        click.echo(f"The rejected rows cannot be written to {path}: {error.strerror}.", err=True)
    else:
        click.echo(f"Rejected rows with their reasons: {path}")
