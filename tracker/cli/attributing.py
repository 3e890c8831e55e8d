"""`flask attribute`: say which production permits and other reports without a title were."""

from __future__ import annotations

from typing import Any

import click
from flask.cli import with_appcontext

from tracker.extensions import db
from tracker.foundation.database import writing
from tracker.foundation.dates import describe
from tracker.foundation.errors import TrackerError
from tracker.history.recording import change
from tracker.productions.operations import add_production
from tracker.productions.queries import production_titled
from tracker.sightings.attribution import Rule, attribute, unattributed

_MOST = 500
_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("attribute")
@click.argument("title")
@click.option("--year", type=int, help="The year of the production, where several are called so.")
@click.option("--number", "numbers", multiple=True, help="The number that the source gives; repeatable.")
@click.option("--place", default="", help="The place on record, such as Brooklyn.")
@click.option("--category", default="", help="The category, such as Film.")
@click.option("--words", default="", help="Words of the place or note as the source writes them.")
@click.option("--from", "first", type=_DAY, help="Begun on this day or later.")
@click.option("--to", "last", type=_DAY, help="Over on this day or earlier.")
@click.option("--dry-run", is_flag=True, help="List what is found and write nothing.")
@with_appcontext
def attribute_command(title: str, *, year: int | None, dry_run: bool, **said: Any) -> None:
    """Make sightings without a production evidence for TITLE: all that fit every condition given."""
    first, last = said.pop("first"), said.pop("last")
    rule = Rule(first=first.date() if first else None, last=last.date() if last else None, **said)
    if rule.is_empty:
        raise click.UsageError("Say which sightings: --number, --place, --category, --words, --from or --to.")
    try:
        _attribute(title, year, rule, dry_run=dry_run)
    except TrackerError as error:
        raise click.ClickException(str(error)) from error


def _attribute(title: str, year: int | None, rule: Rule, *, dry_run: bool) -> None:
    if dry_run:
        for one in unattributed(db.session, rule, limit=_MOST):
            click.echo(f"{one.history_label()}  {describe(one.period)}  {one.place_text}")
        return
    with writing(db.session) as session, change(session, by=None, comment=f"Attributed sightings to {title}"):
        found = unattributed(session, rule, limit=_MOST + 1)
        if not found or len(found) > _MOST:
            raise click.ClickException(
                f"{'No' if not found else f'More than {_MOST}'} sightings without a production fit. "
                "Change the conditions."
            )
        production = production_titled(session, title, year=year)
        production = production or add_production(session, title=title, year=year)
        shoots = attribute(session, found, production)
        click.echo(f"{len(found):,} sightings are of {production.title} now: {len(shoots):,} shoots.")
