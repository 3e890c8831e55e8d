"""The door to imports of any table: shows the mapping, the progress, and a report to act on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import click

from tracker.cli.places import open_cascade
from tracker.cli.progress import progress
from tracker.exchange.mappings.mapping import Mapping, load
from tracker.exchange.mappings.proposing import Proposal, propose
from tracker.exchange.mappings.writing import as_toml
from tracker.exchange.reading.tables import Table
from tracker.exchange.rejects import REJECTS, write_rejects
from tracker.exchange.running.picks import write_picks
from tracker.exchange.running.prepare import Options, prepare
from tracker.exchange.running.report import FIGURES, Report
from tracker.exchange.running.run import Import
from tracker.extensions import db
from tracker.foundation.database import writing
from tracker.foundation.geo import Point
from tracker.geocoding.countries import country_at

_MOST_LISTED = 20


def import_table(table: Table, mapping: str, options: Options, *, dry_run: bool, save: Path | None) -> int:
    """Import a table and say what was done; answer the exit code. Raises TrackerError before any write."""
    proposal = Proposal(load(mapping), f"as asked: {mapping}") if mapping else propose(table)
    _show_mapping(table, proposal)
    if save is not None:
        names = dict(zip(table.keys, table.header, strict=False))
        save.write_text(as_toml(proposal.mapping, names), encoding="utf-8")
        click.echo(f"The mapping is saved as {save}; edit it and give it with --mapping {save}.")
    cascade = open_cascade(online=False)
    gazetteer = cascade.gazetteer
    assert gazetteer is not None  # noqa: S101 - the command's cascade always has one

    @lru_cache(maxsize=65_536)
    def country_of(point: Point) -> str:
        return country_at(gazetteer, point.lat, point.lon)

    with progress() as bar:
        run = prepare(table, proposal.mapping, options, resolver=cascade, country_of=country_of)
        if not dry_run:
            run.go_on(db.session)
            db.session.rollback()
        with bar("places", len(run.spots)) as told:
            run.resolve(lambda: told(1))
        with bar("rows", run.rows) as told:
            _carry_out(run, told, dry_run=dry_run)
    _say(run, dry_run=dry_run)
    return 1 if run.report.rejected else 0


def _carry_out(run: Import, told: Callable[[int], None], *, dry_run: bool) -> None:
    if run.done:
        click.echo(f"An interrupted import of this file goes on behind row {run.done:,}.")
        told(run.done)
    for batch in run.batches():
        if dry_run:
            run.rehearse(db.session, batch)
            db.session.rollback()
        else:
            with writing(db.session) as session:
                run.take(session, batch)
        told(len(batch))
    if not dry_run and run.ledger.run_id is not None:
        with writing(db.session) as session:
            run.finish(session)


def _show_mapping(table: Table, proposal: Proposal) -> None:
    mapping: Mapping = proposal.mapping
    click.echo(f"{table.path.name}: {table.format}. Mapping {mapping.name}, {proposal.why}:")
    names = dict(zip(table.keys, table.header, strict=False))
    for field, columns in mapping.found_in(table.keys).items():
        click.echo(f"  {field:<14}{', '.join(repr(names[column]) for column in columns)}")
    if proposal.unused:
        click.echo(f"  not used      {', '.join(repr(name) for name in proposal.unused)}")
    for remark in table.remarks:
        click.echo(remark)


def _say(run: Import, *, dry_run: bool) -> None:
    report = run.report
    path = run.reader.table.path
    for remark in run.remarks:
        click.echo(remark)
    click.echo(f"{path.name}{' (dry run: nothing is written)' if dry_run else ''}")
    for key, label in FIGURES.items():
        if report.counts[key] or key in ("read", "new", "same", "repeated", "rejected"):
            click.echo(f"  {label:<32}{report.counts[key]:>9,}")
    if run.ledger.run_id is not None:
        click.echo(f"Import {run.ledger.run_id}; flask import --undo {run.ledger.run_id} takes it back.")
    for reading, count in report.readings.most_common():
        click.echo(f"{count:,} rows: coordinates were {reading}.")
    _list("Placed approximately", [f"{n:>6,} rows {why}" for why, n in report.approximate.most_common()])
    _say_unplaced(report, path)
    _list("Rejected", [f"line {one.line}: {one.reason}" for one in report.rejected])
    if report.rejected:
        rejects = path.with_name(f"{path.name}{REJECTS}")
        _write(
            lambda: write_rejects(rejects, run.reader.table.header, report.rejected), "rejected rows", rejects
        )


def _say_unplaced(report: Report, path: Path) -> None:
    blanks = sorted(report.unplaced.values(), key=lambda one: (-one.rows, one.first_line))
    lines = []
    for one in blanks:
        offered = " or ".join(label for _, label in one.candidates[:3])
        lines.append(f"{one.text} ({one.rows:,} rows): {one.why}{f': {offered}?' if offered else ''}")
    _list("Without a pin", lines)
    if blanks:
        picks = path.with_name(f"{path.name}.picks.csv")
        _write(lambda: write_picks(picks, blanks), "places to pick from", picks)
        click.echo(f"Fill its column pick, then import with --picks {picks}.")


def _write(write: Callable[[], None], what: str, path: Path) -> None:
    try:
        write()
    except OSError as error:
        click.echo(f"The {what} cannot be written to {path}: {error.strerror}.", err=True)
    else:
        click.echo(f"The {what}: {path}")


def _list(title: str, lines: Sequence[str]) -> None:
    if lines:
        click.echo(f"{title}:")
    for line in lines[:_MOST_LISTED]:
        click.echo(f"  {line}")
    if len(lines) > _MOST_LISTED:
        click.echo(f"  … and {len(lines) - _MOST_LISTED:,} more")
