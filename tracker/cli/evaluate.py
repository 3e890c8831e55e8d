"""`flask evaluate`: how good the resolvers are on files with known answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click
import orjson
from flask import current_app
from flask.cli import AppGroup
from rich.console import Console
from rich.table import Table

from tracker.foundation.errors import TrackerError
from tracker.geocoding import open_gazetteer
from tracker.geocoding.evaluation import Outcome, Result, by_kind, calibration, evaluate, read_cases

evaluate_group = AppGroup("evaluate", help="How good the resolvers are on files with known answers.")


@evaluate_group.command("geocoding")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def geocoding(file: Path, *, as_json: bool) -> None:
    """Geocode each row of FILE by its columns place and context alone, and compare with the true point.

    FILE is CSV with place, context, lat, lon, tolerance_km, coarse_tolerance_km and kind; of the kind
    "negative" the right answer is none.
    """
    try:
        gazetteer = open_gazetteer(Path(current_app.config["GAZETTEER_PATH"]))
        results = list(
            evaluate(
                read_cases(file), lambda place, context: gazetteer.resolve(place, context=context, limit=1)
            )
        )
    except TrackerError as error:
        raise click.ClickException(str(error)) from error
    _print_json(results) if as_json else _print_tables(results)


def _print_json(results: Sequence[Result]) -> None:
    record = {
        "kinds": by_kind(results),
        "wrong": [_wrong(result) for result in results if result.outcome is Outcome.WRONG],
        "calibration": [asdict(part) for part in calibration(results)],
    }
    # Outcomes are the keys of their counts; orjson writes enumerations as keys only if asked.
    click.echo(orjson.dumps(record, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode())


def _print_tables(results: Sequence[Result]) -> None:
    console = Console(markup=False, highlight=False)
    table = Table("kind", "rows", box=None, pad_edge=False)
    for outcome in Outcome:
        table.add_column(outcome, justify="right")
    table.add_column("hits", justify="right")
    for kind, counts in by_kind(results).items():
        rows = sum(counts.values())
        hits = counts[Outcome.HIT] + counts[Outcome.RIGHTLY_UNANSWERED]
        numbers = [str(counts[outcome]) if counts[outcome] else "-" for outcome in Outcome]
        table.add_row(kind, str(rows), *numbers, f"{hits / rows:.0%}")
    console.print(table)
    for result in results:
        if result.outcome is Outcome.WRONG:
            wrong = _wrong(result)
            console.print(f"wrong pin: {wrong['place']!r} ({wrong['context']}) -> {wrong['answer']}")
    bins = Table("confidence", "answers", "claimed", "right", box=None, pad_edge=False)
    for part in calibration(results):
        bins.add_row(
            f"{part.low:.2f} to {part.high:.2f}",
            str(part.answers),
            f"{part.claimed:.2f}",
            f"{part.right:.2f}",
        )
    console.print()
    console.print(bins)


def _wrong(result: Result) -> dict[str, object]:
    pin = result.pin
    return {
        "place": result.case.place,
        "context": result.case.context,
        "kind": result.case.kind,
        "answer": pin.label if pin else None,
        "confidence": pin.confidence if pin else None,
        "distance_km": None if result.distance_m is None else round(result.distance_m / 1000),
    }
