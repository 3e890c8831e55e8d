"""`flask extract`: the facts that an article tells of a shoot."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

import click
import orjson
from flask import current_app
from flask.cli import with_appcontext
from rich.console import Console
from rich.table import Table
from sqlalchemy import inspect, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, selectinload

from tracker.articles import Extraction, KnownTitle, extract, read_article
from tracker.cli.geocode import WrongUseError
from tracker.extensions import db
from tracker.foundation.errors import InvalidValueError, TrackerError
from tracker.geocoding import open_gazetteer
from tracker.productions.models import Production


@click.command("extract")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--published",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="When the article appeared, such as 2020-10-05; without it relative dates stay open.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_appcontext
def extract_command(file: Path, published: datetime | None, *, as_json: bool) -> None:
    """Find productions, places, dates, people and sources in the article in FILE.

    FILE is plain text, whose first line may begin with "date 2020-10-05", or JSON with text, published, lang
    and url. Nothing is saved, and nothing is asked online.
    """
    try:
        raw = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUseError(f"{file} cannot be read: {error}. Give a text file in UTF-8.") from error
    try:
        article = read_article(raw, published=published.date() if published else None)
        gazetteer = open_gazetteer(Path(current_app.config["GAZETTEER_PATH"]))
        found = extract(article, gazetteer, known_titles)
    except InvalidValueError as error:
        raise WrongUseError(str(error)) from error
    except TrackerError as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(orjson.dumps(found.as_record(), option=orjson.OPT_INDENT_2).decode())
    else:
        _print_tables(found)


def known_titles() -> list[KnownTitle]:
    """Return the titles on record; without a database there are none."""
    try:
        if not inspect(db.engine).has_table(Production.__tablename__):
            return []
        with partial(Session, db.engine)() as session:
            rows = session.scalars(select(Production).options(selectinload(Production.titles))).all()
            return [_known(production) for production in rows]
    except SQLAlchemyError:
        return []


def _known(production: Production) -> KnownTitle:
    names = tuple(title.text for title in production.titles if title.text != production.title)
    return KnownTitle(production.title, names, production.kind.value)


def _print_tables(found: Extraction) -> None:
    console = Console(markup=False, highlight=False)
    published = found.published or "day of publication unknown"
    console.print(f"{found.language}, {published}; on the whole: {found.status or 'nothing said of a shoot'}")
    rows: dict[str, list[tuple[str, str, str, int]]] = {
        "production": [
            (each.title, each.kind, ", ".join(each.aliases), each.start) for each in found.productions
        ],
        "place": [
            (each.name, each.status, each.within or each.country or "", each.start) for each in found.places
        ],
        "date": [
            (
                f"{each.start or '?'} / {each.end or '?'}",
                each.unresolved or each.status,
                ", ".join(each.applies_to),
                each.start_offset,
            )
            for each in found.dates
        ],
        "person": [(each.name, each.role, "", each.start) for each in found.people],
        "source": [(each.handle or each.name, each.type, "", each.start) for each in found.sources],
    }
    table = Table(box=None, pad_edge=False)
    for title in ("", "what", "how", "of", "at character"):
        table.add_column(title, overflow="fold")
    for kind, facts in rows.items():
        for what, how, of, at in facts:
            table.add_row(kind, what, str(how), of, str(at))
    console.print(table)
