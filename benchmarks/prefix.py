"""How long the type-ahead for places takes at the server: the gazetteer alone, and the whole request.

Run `python -m benchmarks.prefix`; it prints {"bars": [...]} and exits with 1 when a bar falls.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import quantiles

from flask.testing import FlaskClient

from benchmarks.bars import Bar, report
from benchmarks.database import migrated
from tracker import create_app
from tracker.accounts.operations import sign_up
from tracker.config import Settings, from_environment
from tracker.extensions import db
from tracker.geocoding import Gazetteer, open_gazetteer

BAR_MS = 5.0
SAMPLES = 2_000
REQUESTS = 600
_LONGEST = 8
_SEED = 20201005
# Where people have been working: towns of a film's other stops, and countries that were chosen last.
_NEAR = ((62.567, 7.687), (41.892, 12.511), (34.052, -118.244), (35.690, 139.692))
_COUNTRIES = ("NO", "IT", "US", "JP", "GB", "CN", "RU")
_CONTEXTS = ("Norway", "Italy", "California", "It", "near Rome")
# The film of the demo with the most stops: each of them is measured against each candidate.
_FILM = "Mission: Impossible 7"


def prefixes(path: Path, count: int, chance: random.Random) -> list[str]:
    """Answer beginnings of 1 to 8 letters of names of the gazetteer: all scripts, the whole alphabet.

    Half are beginnings of any name, half of towns that people know; every plain letter comes alone, too.
    """
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        names = [name for (name,) in connection.execute("SELECT folded FROM name ORDER BY folded")]
        known = [
            name
            for (name,) in connection.execute("SELECT name FROM place WHERE population >= 100000 ORDER BY id")
        ]
    picked = [chance.choice(names if at % 2 else known) for at in range(count)]
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [*letters, *(name[: chance.randint(1, _LONGEST)] for name in picked)][:count]


def p95_ms(run: Callable[[str, random.Random], object], texts: list[str], chance: random.Random) -> float:
    """Answer the 95th percentile of the processor's milliseconds that `run` takes, after a warm-up."""
    for text in texts[:50]:
        run(text, chance)
    taken = []
    for text in texts:
        began = time.thread_time()
        run(text, chance)
        taken.append((time.thread_time() - began) * 1000)
    return quantiles(taken, n=100, method="inclusive")[94]


def measure(path: Path, client: FlaskClient) -> list[Bar]:
    """Measure the gazetteer with and without hints, and the request as the form sends it."""
    chance = random.Random(_SEED)  # noqa: S311 - not a secret
    gazetteer = open_gazetteer(path)
    texts = prefixes(path, SAMPLES, chance)
    request = texts[:26] + chance.sample(texts[26:], REQUESTS - 26)
    kinds: dict[str, Callable[[str, random.Random], object]] = {
        "Gazetteer.suggest": lambda text, _: gazetteer.suggest(text),
        "Gazetteer.suggest near a point": lambda text, any_: gazetteer.suggest(text, near=any_.choice(_NEAR)),
        "Gazetteer.suggest in a country": lambda text, any_: _in_country(gazetteer, text, any_),
        "Gazetteer.suggest with a context": lambda text, any_: gazetteer.suggest(
            text, context=any_.choice(_CONTEXTS), prefer=[any_.choice(_COUNTRIES)]
        ),
    }
    bars = [Bar(f"{name}, p95", p95_ms(run, texts, chance), "ms", BAR_MS) for name, run in kinds.items()]
    whole = p95_ms(lambda text, any_: _ask(client, text, any_), request, chance)
    return [*bars, Bar("GET /geocode/candidates, whole request, p95", whole, "ms", BAR_MS)]


def _in_country(gazetteer: Gazetteer, text: str, chance: random.Random) -> object:
    return gazetteer.suggest(text, country=chance.choice(_COUNTRIES))


def _ask(client: FlaskClient, text: str, chance: random.Random) -> None:
    asked = {"q": text, "title": _FILM, "lately": chance.choice(_COUNTRIES)}
    answer = client.get("/geocode/candidates", query_string=asked)
    if answer.status_code != 200:
        sys.exit(f"GET /geocode/candidates?q={text} answered {answer.status_code}.")


@contextmanager
def signed_in(settings: Settings) -> Iterator[FlaskClient]:
    """Serve the demo's record from a copy, to somebody who is signed in and has no limit."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tracker.sqlite3"
        with (
            closing(sqlite3.connect(settings.instance_path / "tracker.sqlite3")) as record,
            closing(sqlite3.connect(copy)) as target,
        ):
            record.backup(target)
        # The instance may be one that the present code has not served yet.
        migrated(copy)
        app = create_app(replace(settings, database_url=f"sqlite:///{copy}", limits=False))
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            sign_up(db.session, name="Benchmark", password="a train roof in Norway")  # noqa: S106
            db.session.commit()
        client = app.test_client()
        client.post("/sign-in", data={"name": "Benchmark", "password": "a train roof in Norway"})
        yield client


def main() -> int:
    """Print the bars as JSON and answer the exit code."""
    settings = from_environment()
    with signed_in(settings) as client:
        bars = measure(settings.gazetteer_path, client)
    return report(bars)


if __name__ == "__main__":
    sys.exit(main())
