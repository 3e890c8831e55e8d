"""`flask import`: take a CSV file into the record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sqlalchemy.orm import Session

from tracker.cli.places import open_cascade
from tracker.cli.tables import import_table
from tracker.cli.uploads import resume_uploads
from tracker.exchange.csvrows import CsvFile
from tracker.exchange.importing import ImportReport, TimelineImport, batches
from tracker.exchange.mappings.proposing import known_columns
from tracker.exchange.reading.days import DayOrder
from tracker.exchange.reading.tables import Table, open_table
from tracker.exchange.recorded import change_if_any
from tracker.exchange.rejects import write_rejects
from tracker.exchange.running import undo as undoing
from tracker.exchange.running.picks import read_picks
from tracker.exchange.running.prepare import Options
from tracker.exchange.sequels import cite_sequels
from tracker.exchange.timeline import NEEDED, Defaults, open_timeline, read_timeline
from tracker.extensions import db
from tracker.foundation.database import begin_writing, writing
from tracker.foundation.errors import TrackerError
from tracker.foundation.text import clean_line
from tracker.sources.addresses import check_address

TIMELINE = "timeline"
_MOST_LISTED = 20


class WrongUseError(click.ClickException):
    """When the command cannot be carried out as it was written."""

    exit_code = 2


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--mapping", default="", help="How to read the columns: a built-in name or a TOML file.")
@click.option("--dry-run", is_flag=True, help="Write nothing into the record, report the same.")
@click.option("--production", default="", help="The title, for rows without one.")
@click.option("--context", default="", help="Where the places are, such as a country or region.")
@click.option("--source", default="", help="The address of the source.")
@click.option("--encoding", default=None, help="How the letters are encoded, such as cp1252.")
@click.option("--day-first", "order", flag_value=DayOrder.DAY_FIRST.value, help="05/03/2023 is 5 March.")
@click.option("--month-first", "order", flag_value=DayOrder.MONTH_FIRST.value, help="05/03/2023 is 3 May.")
@click.option("--picks", type=click.Path(path_type=Path), help="The picks file of an earlier run, filled.")
@click.option("--save-mapping", type=click.Path(path_type=Path), help="Keep the mapping in a TOML file.")
@click.option("--undo", "undo_id", type=int, help="Take the import of that number back.")
@click.option("--runs", is_flag=True, help="List the latest imports.")
@click.option("--resume", is_flag=True, help="Do what files brought through the pages wait for.")
@with_appcontext
def import_command(
    file: Path | None, *, mapping: str, dry_run: bool, undo_id: int | None, runs: bool, **said: Any
) -> None:
    """Import a file of shoots or permits: CSV, GeoJSON, GPX, KML. Importing it again adds nothing.

    Rows that cannot be taken go to FILE.rejected.csv with the reasons; corrected there, they can be imported
    from it. Exit code 0: all taken, 1: some rows rejected, 2: wrong use.
    """
    if runs or undo_id is not None:
        _manage(undo_id)
        return
    if said.pop("resume"):
        resume_uploads()
        return
    if file is None:
        raise WrongUseError("Write the path of the file to import.")
    try:
        defaults = Defaults(
            production=clean_line(said["production"] or ""),
            address=check_address(said["source"]) if said["source"] else "",
        )
        context = clean_line(said["context"] or "")
        table = None if mapping == TIMELINE else _table(file, said["encoding"], named=bool(mapping))
        if table is not None:
            options = Options(
                title=defaults.production,
                context=context,
                address=defaults.address,
                order=DayOrder(said["order"]) if said["order"] else None,
                picks=read_picks(said["picks"]) if said["picks"] else {},
            )
            code = import_table(table, mapping, options, dry_run=dry_run, save=said["save_mapping"])
            click.get_current_context().exit(code)
        timeline = open_timeline(file, defaults)
        run = TimelineImport(open_cascade(online=False), name=file.name, context=context)
    except TrackerError as error:
        raise WrongUseError(str(error)) from error
    _carry_out(run, timeline, defaults, dry_run=dry_run)
    _say(run.report, timeline, dry_run=dry_run)
    if run.report.rejected:
        if not dry_run:
            _keep_rejects(run.report, timeline)
        click.get_current_context().exit(1)


def _table(file: Path, encoding: str | None, *, named: bool) -> Table | None:
    """Answer the file as a table, None if it is a timeline, which has a reader of its own."""
    table = open_table(file, known=known_columns() | set(NEEDED), encoding=encoding)
    is_timeline = table.format == "CSV" and len(set(NEEDED) & set(table.keys)) > len(NEEDED) // 2
    return None if is_timeline and not named else table


def _manage(undo_id: int | None) -> None:
    if undo_id is None:
        for run in undoing.runs(db.session):
            click.echo(
                f"{run.id:>5}  {run.started_at:%Y-%m-%d %H:%M}  {run.state.value:<8} "
                f"{run.rows_done:>8,} rows  {run.file_name} ({run.mapping})"
            )
        return
    try:
        with writing(db.session) as session:
            undone = undoing.undo(session, undo_id)
    except TrackerError as error:
        raise WrongUseError(str(error)) from error
    for table, count in undone.removed.items():
        click.echo(f"  taken back  {count:>8,}  {table.replace('_', ' ')}")
    for table, count in undone.kept.items():
        click.echo(f"  kept        {count:>8,}  {table.replace('_', ' ')}: used or changed since")


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
