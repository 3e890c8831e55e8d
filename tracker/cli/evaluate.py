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

from tracker.articles import extract
from tracker.articles.evaluation import KINDS, Judged, Score, total
from tracker.articles.evaluation import evaluate as evaluate_articles
from tracker.cli.extract import known_titles
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


@evaluate_group.command("articles")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def articles(folder: Path, *, as_json: bool) -> None:
    """Extract the facts of each article in FOLDER and compare them with what it is known to say.

    FOLDER holds JSON files with text, published, lang, url, and expected: productions, places, dates, people,
    sources, and traps, which are sentences that name what must not come out.
    """
    try:
        gazetteer = open_gazetteer(Path(current_app.config["GAZETTEER_PATH"]))
        judged = list(
            evaluate_articles(folder, lambda article: extract(article, gazetteer, known_titles), gazetteer)
        )
    except TrackerError as error:
        raise click.ClickException(str(error)) from error
    _print_judged_json(judged) if as_json else _print_judged(judged)


def _print_judged_json(judged: Sequence[Judged]) -> None:
    record = {
        "articles": [
            {
                "name": each.name,
                "scores": {kind: _score(score) for kind, score in each.scores.items()},
                "missed": each.missed,
                "wrong": each.wrong,
                "traps": each.traps,
            }
            for each in judged
        ],
        "total": {kind: _score(score) for kind, score in total(judged).items()},
    }
    click.echo(orjson.dumps(record, option=orjson.OPT_INDENT_2).decode())


def _score(score: Score) -> dict[str, float]:
    return {
        "precision": round(score.precision, 3),
        "recall": round(score.recall, 3),
        "f1": round(score.f1, 3),
    }


def _print_judged(judged: Sequence[Judged]) -> None:
    console = Console(markup=False, highlight=False)
    table = Table("article", box=None, pad_edge=False)
    for kind in KINDS:
        table.add_column(kind, justify="right")
    table.add_column("traps", justify="right")
    for each in judged:
        numbers = [f"{score.f1:.2f}" for score in each.scores.values()]
        table.add_row(each.name, *numbers, str(len(each.traps) or "-"))
    traps = sum(len(each.traps) for each in judged)
    scores = total(judged)
    for name in ("precision", "recall", "f1"):
        row = [f"{getattr(scores[kind], name):.2f}" for kind in KINDS]
        table.add_row(f"all, {name}", *row, str(traps or "-") if name == "f1" else "")
    console.print(table)
    for each in judged:
        for word, facts in (("missed", each.missed), ("wrong", each.wrong), ("trap", each.traps)):
            for fact in facts:
                console.print(f"{each.name}: {word}: {fact}")


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
