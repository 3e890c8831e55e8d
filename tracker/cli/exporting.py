"""`flask export`: write the record, or one film, in the formats that the pages offer."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from tracker.cli.importing import WrongUseError
from tracker.exchange.exporting.film import RouteLine, lines_of_film, rows_of_film
from tracker.exchange.exporting.formats import FORMATS, Format
from tracker.exchange.exporting.reading import Selection, last_change, latest_rows, rows_of
from tracker.exchange.exporting.rows import Heading, Row, Site
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.productions.models import Production
from tracker.productions.partner_queries import roles_for
from tracker.productions.queries import identifiers_of, production_by_slug, slug_of_title
from tracker.routes.film import film_route


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be exported: one production's route as known on a day, or without one the whole record."""

    production: Production | None
    as_of: date | None
    site: Site


@click.command("export")
@click.option("--format", "formats", default="", help=f"Separated by commas: {', '.join(FORMATS)}.")
@click.option("--production", "slug", default="", help="The slug of one production; else the whole record.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="One production as known on that day.")
@click.option("--site", default="http://127.0.0.1:5000/", show_default=True, help="For links to the pages.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
@with_appcontext
def export_command(formats: str, slug: str, as_of: datetime | None, site: str, out: Path) -> None:
    """Write shoots to FILE, as the downloads of the pages hold them.

    Without --format its ending says which. With several formats FILE gets each one's ending.
    Exit code 0: written, 2: wrong use.
    """
    kinds = _kinds(formats, out)
    if as_of and not slug:
        raise WrongUseError("--as-of replays one production: name it with --production SLUG.")
    if not site.startswith(("https://", "http://")):
        raise WrongUseError(f"--site {site!r} is not a web address. Write one that begins with https://")
    wish = Wish(_production(slug), as_of.date() if as_of else None, Site(site.rstrip("/") + "/"))
    for kind in kinds:
        path = out if len(kinds) == 1 else out.with_name(f"{_stem(out)}.{kind.ending}")
        count = _write(path, kind, wish)
        click.echo(f"{path}: {count:,} shoots as {kind.name}")


def _kinds(formats: str, out: Path) -> list[Format]:
    wanted = [one.strip().lower() for one in formats.split(",") if one.strip()]
    if not wanted:
        wanted = [out.suffix.lstrip(".").lower() or "geojson"]
    for one in wanted:
        if one not in FORMATS:
            raise WrongUseError(f"There is no format {one!r}; write some of: {', '.join(FORMATS)}.")
    return [FORMATS[one] for one in dict.fromkeys(wanted)]


def _production(slug: str) -> Production | None:
    if not slug:
        return None
    found = production_by_slug(db.session, slug)
    if found is None and (official := slug_of_title(db.session, slug)):
        found = production_by_slug(db.session, official)
    if found is None:
        raise WrongUseError(f"No production is called {slug!r}. Its page's address ends with its slug.")
    return found


def _stem(out: Path) -> str:
    return out.stem if out.suffix.lstrip(".").lower() in FORMATS else out.name


def _write(path: Path, kind: Format, wish: Wish) -> int:
    """Write beside the file first, so that it is there as a whole or not at all; answer how many shoots."""
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    counted = _Counted()
    try:
        with Session(db.engine) as session, partial.open("wb") as file:
            rows, lines = _rows(session, kind, wish)
            file.writelines(kind.write(_heading(session, wish), counted.through(rows), lines))
        partial.replace(path)
    except OSError as error:
        raise WrongUseError(f"{str(path)!r} cannot be written: {error.strerror}.") from error
    finally:
        partial.unlink(missing_ok=True)
    return counted.n


class _Counted:
    """Counts rows as they pass."""

    n = 0

    def through(self, rows: Iterator[Row]) -> Iterator[Row]:
        for row in rows:
            self.n += 1
            yield row


def _rows(session: Session, kind: Format, wish: Wish) -> tuple[Iterator[Row], Sequence[RouteLine]]:
    production = wish.production
    if kind.is_feed:
        chosen = Selection(production_id=production.id if production else None)
        return iter(latest_rows(session, chosen, today=today())), ()
    if production is None:
        return rows_of(session, Selection(), today=today()), ()
    film = film_route(db.session, production, as_of=wish.as_of, today=today())
    identifiers = identifiers_of(db.session, production.id)
    roles = roles_for(db.session, [known.shoot for known in film.shoots.values()])
    return rows_of_film(film, identifiers, today(), roles), lines_of_film(film)


def _heading(session: Session, wish: Wish) -> Heading:
    _, made_at = last_change(session)
    page = wish.site.film(wish.production.slug) if wish.production else f"{wish.site.base}productions"
    return Heading(
        title=wish.production.title if wish.production else "All films",
        page=page,
        own=f"{page}.atom",
        site=wish.site,
        updated=made_at or datetime.combine(today(), time(), UTC),
    )
