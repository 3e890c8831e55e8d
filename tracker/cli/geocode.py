"""`flask geocode`: find places, one at a time or a whole CSV file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import click
import orjson
from flask import current_app
from flask.cli import with_appcontext
from rich.console import Console
from rich.progress import track
from rich.table import Table

from tracker.cli.places import open_cascade
from tracker.cli.whereabouts import point_of, say_where
from tracker.foundation.errors import InvalidValueError, TrackerError
from tracker.geocoding.candidates import Answer
from tracker.geocoding.cascade import Resolver
from tracker.geocoding.gazetteer import open_gazetteer

ADDED_COLUMNS = (
    "lat",
    "lon",
    "uncertainty_m",
    "kind",
    "name",
    "country",
    "confidence",
    "provider",
    "ambiguous",
    "approximate",
)


class WrongUseError(click.ClickException):
    """When the command cannot be carried out as it was written."""

    exit_code = 2


@click.command("geocode")
@click.argument("query", required=False)
@click.option("--context", default="", help="Where it is, in words: a country, a region, another place near.")
@click.option("--country", default=None, help="Only in this country; two letters, such as NO.")
@click.option(
    "--limit", default=8, show_default=True, type=click.IntRange(1, 100), help="How many candidates."
)
@click.option("--reverse", "point", metavar="LAT,LON", help="Say where this point is, instead of QUERY.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--batch", "batch_file", type=click.Path(path_type=Path), help="A CSV file with place and context."
)
@click.option("--out", "out_file", type=click.Path(path_type=Path), help="Where the answers to --batch go.")
@click.option(
    "--online/--offline",
    "online",
    default=None,
    help="Whether to ask the provider that GEOCODER names. A QUERY does if there is one, --batch does not.",
)
@with_appcontext
def geocode_command(  # noqa: PLR0913, PLR0917 - click passes them by name
    query: str | None,
    context: str,
    country: str | None,
    limit: int,
    point: str | None,
    as_json: bool,
    batch_file: Path | None,
    out_file: Path | None,
    online: bool | None,
) -> None:
    """Find QUERY on record, in the offline gazetteer, and with the provider that GEOCODER names, if any.

    Candidates come best first; the provider is asked only where the others leave a doubt. With
    --batch IN.csv --out OUT.csv every row's place is looked up in its context. The other columns stay; where
    there is no honest answer the added ones are empty. --offline leaves out what a provider said before, too.
    """
    asked = [each for each in (query, point, batch_file) if each is not None]
    if (batch_file is None) != (out_file is None) or len(asked) != 1:
        raise WrongUseError(
            "Write either a QUERY, or --reverse LAT,LON, or both --batch IN.csv and --out OUT.csv."
        )
    if online and current_app.config["SETTINGS"].geocoder is None:
        raise WrongUseError("--online needs a provider; set GEOCODER, such as GEOCODER=nominatim.")
    try:
        asks = online if online is not None else query is not None
        places = open_cascade(online=asks, remembered=online is not False)
        if query is not None:
            answer = places.resolve(query, context=context, country=country, limit=limit)
            _print_json(answer) if as_json else _print_table(answer)
        elif point is not None:
            gazetteer = open_gazetteer(Path(current_app.config["GAZETTEER_PATH"]))
            say_where(gazetteer.locate(*point_of(point)), as_json=as_json)
        elif batch_file is not None and out_file is not None:
            found, rows = _geocode_file(places, batch_file, out_file, context=context, country=country)
            click.echo(f"{found:,} of {rows:,} places found; written to {out_file}")
    except InvalidValueError as error:
        raise WrongUseError(str(error)) from error
    except TrackerError as error:
        raise click.ClickException(str(error)) from error


def _print_json(answer: Answer) -> None:
    record = {
        "query": answer.query,
        "ambiguous": answer.ambiguous,
        "used": answer.used,
        "ignored": answer.ignored,
        "note": answer.note,
        "candidates": [candidate.as_record() for candidate in answer.candidates],
    }
    click.echo(orjson.dumps(record, option=orjson.OPT_INDENT_2).decode())


def _print_table(answer: Answer) -> None:
    if answer.note:
        click.echo(f"Note: {answer.note}.")
    if answer.best is None:
        click.echo(f"Nothing is known by the name {answer.query!r}.")
        return
    if answer.ambiguous:
        click.echo(f"{answer.query!r} is ambiguous: say in which country or region, with --context.")
    table = Table(box=None, pad_edge=False)
    for title in ("place", "kind", "lat", "lon", "within", "confidence", "why"):
        table.add_column(title, overflow="fold")
    for candidate in answer.candidates:
        table.add_row(
            candidate.label,
            f"{'about here: ' if candidate.approximate else ''}{candidate.kind}",
            f"{candidate.lat:.4f}",
            f"{candidate.lon:.4f}",
            f"{candidate.uncertainty_m / 1000:,.1f} km",
            f"{candidate.confidence:.2f}",
            candidate.why,
        )
    Console(markup=False, highlight=False).print(table)


def _geocode_file(
    places: Resolver, source: Path, target: Path, *, context: str, country: str | None
) -> tuple[int, int]:
    """Answer how many places were found, and of how many; the file appears only when it is whole."""
    columns, rows = _read(source)
    found = 0
    partial = target.with_name(f"{target.name}.partial")
    try:
        with partial.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(
                stream, [*columns, *(name for name in ADDED_COLUMNS if name not in columns)]
            )
            writer.writeheader()
            console = Console(stderr=True)
            for row in track(rows, description="Geocoding", console=console, disable=not console.is_terminal):
                here = (row.get("context") or "").strip() or context
                answer = places.resolve(row["place"] or "", context=here, country=country, limit=1)
                found += answer.pin is not None
                writer.writerow({**row, **_added(answer)})
        partial.replace(target)
    except OSError as error:
        raise WrongUseError(f"{target} cannot be written: {error.strerror}. Choose another --out.") from error
    finally:
        partial.unlink(missing_ok=True)
    return found, len(rows)


def _read(source: Path) -> tuple[list[str], list[dict[str, str]]]:
    try:
        with source.open(newline="", encoding="utf-8-sig") as stream:
            reader = csv.DictReader(stream)
            columns = list(reader.fieldnames or ())
            if "place" not in columns:
                raise WrongUseError(
                    f"{source} has no column named place. Its columns: {', '.join(columns) or 'none'}."
                )
            return columns, list(_whole_rows(reader))
    except FileNotFoundError as error:
        raise WrongUseError(f"There is no file {source}.") from error
    except UnicodeDecodeError as error:
        raise WrongUseError(f"{source} is not UTF-8 (byte {error.start}). Save it as UTF-8.") from error
    except OSError as error:
        raise WrongUseError(f"{source} cannot be read: {error.strerror}.") from error


def _whole_rows(reader: csv.DictReader[str]) -> Iterator[dict[str, str]]:
    for row in reader:
        # Cells beyond the header come under None; they have no column to stay in.
        yield {name: value or "" for name, value in row.items() if isinstance(name, str)}


def _added(answer: Answer) -> dict[str, str]:
    best = answer.pin
    if best is None:
        return dict.fromkeys(ADDED_COLUMNS, "")
    return {
        "lat": f"{best.lat:.5f}",
        "lon": f"{best.lon:.5f}",
        "uncertainty_m": f"{best.uncertainty_m:.0f}",
        "kind": best.kind,
        "name": best.name,
        "country": best.country,
        "confidence": f"{best.confidence:.2f}",
        "provider": best.provider,
        "ambiguous": str(answer.ambiguous).lower(),
        "approximate": str(best.approximate).lower(),
    }
