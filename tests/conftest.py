"""Fixtures for all tests: databases, the application, a live server, a browser.

`engine_url`      URL of a new, migrated, empty database; the test runs on SQLite and on PostgreSQL
`database`        an engine on it, set up as the application sets its own up
`session`         a session on that engine; the test commits as it likes
`settings`, `app`, `client`   the application on `engine_url`, with an instance folder of its own
`live_server`     the application on a SQLite database, served on a free port: `.url`, `.app`, `.session()`
`pages`           real Chromium on `live_server`: `pages.open(size=…, dark=…, javascript=…)`. Afterwards the
                  test fails on console errors, violations of the content security policy, answers of 400
                  and up, and requests to anywhere else, but for what `pages.watch.forgive(part)` let pass
`browser_page`    one such page, desktop, light
`gazetteer_path`  the built offline gazetteer, read-only (`make test` builds it)

A test that uses `app` and does not care for the backend runs on one of them with
`@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)`.
A part that cannot run on this machine is skipped, named at the end, and an error where CI=true.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from _pytest.terminal import TerminalReporter
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from tests import chromium, postgres
from tests.databases import PostgresTemplate, SqliteTemplate, settings_for
from tracker.config import ROOT, Settings
from tracker.foundation.database import prepare_sqlite
from tracker.foundation.errors import DataFileError
from tracker.geocoding import open_gazetteer

if TYPE_CHECKING:
    from tests.serving import LiveServer

# A busy machine makes no test fail: what is found counts, not how long the search took.
hypothesis_settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("untimed")

GAZETTEER = ROOT / "instance" / "gazetteer.sqlite3"
NOT_RUN = "NOT RUN: "
_ROOT_KEY = pytest.StashKey[Path]()
_INPUT_KEY = "postgres_root"


def not_run(reason: str) -> None:
    """Leave the present test out, loudly; with CI=true that is an error."""
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(f"{reason} (with CI=true every test has to run)", pytrace=False)
    pytest.skip(NOT_RUN + reason)


def not_here(reason: str) -> NoReturn:
    """Leave out a test whose data nobody may copy into the repository: said loudly, and never an error."""
    pytest.skip(NOT_RUN + reason)


# One PostgreSQL cluster per run, whichever process asks for it first ------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    given = getattr(config, "workerinput", {}).get(_INPUT_KEY)
    config.stash[_ROOT_KEY] = Path(given) if given else postgres.new_root()


def pytest_configure_node(node: pytest.Item) -> None:
    """Tell a parallel worker where the cluster of this run is."""
    node.workerinput[_INPUT_KEY] = str(node.config.stash[_ROOT_KEY])  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and _ROOT_KEY in config.stash:
        postgres.stop(config.stash[_ROOT_KEY])


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Name each test that could not run here, with the reason and the remedy."""
    missing: dict[str, list[str]] = {}
    for report in terminalreporter.getreports("skipped"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        if NOT_RUN in reason:
            missing.setdefault(reason.partition(NOT_RUN)[2], []).append(report.nodeid)
    for reason, tests in missing.items():
        terminalreporter.section(f"{len(tests)} tests were NOT RUN", red=True, bold=True)
        terminalreporter.line(reason)
        for test in tests:
            terminalreporter.line(f"  {test}")


# Databases ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_template(pytestconfig: pytest.Config) -> Iterator[PostgresTemplate]:
    reason = postgres.why_missing()
    if reason:
        not_run(reason)
    root = pytestconfig.stash[_ROOT_KEY]
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw")
    run = f"{root.name}_{worker}".replace("-", "_").lower()
    template = PostgresTemplate(postgres.server_url(root), run)
    yield template
    template.close()


@pytest.fixture
def sqlite_url(sqlite_template: SqliteTemplate, tmp_path: Path) -> Iterator[str]:
    with sqlite_template.copy(tmp_path) as url:
        yield url


@pytest.fixture
def postgresql_url(postgres_template: PostgresTemplate) -> Iterator[str]:
    with postgres_template.copy() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def engine_url(request: pytest.FixtureRequest) -> str:
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def database(engine_url: str) -> Iterator[Engine]:
    engine = create_engine(engine_url)
    prepare_sqlite(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(database: Engine) -> Iterator[Session]:
    with Session(database) as session:
        yield session


# The application ----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def gazetteer_path() -> Path:
    try:
        open_gazetteer(GAZETTEER)
    except DataFileError as error:
        not_run(str(error))
    return GAZETTEER


@pytest.fixture
def settings(engine_url: str, tmp_path: Path) -> Settings:
    return settings_for(engine_url, _instance(tmp_path, GAZETTEER))


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    from tests.serving import application  # noqa: PLC0415 - the tests of the rooms need no door

    with application(settings) as (app, _):
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def live_server(sqlite_url: str, tmp_path: Path, gazetteer_path: Path) -> Iterator[LiveServer]:
    from tests.serving import application, serve  # noqa: PLC0415 - as above

    settings = settings_for(sqlite_url, _instance(tmp_path, gazetteer_path))
    with application(settings) as (app, engine), serve(app, engine) as server:
        yield server


def _instance(folder: Path, gazetteer: Path) -> Path:
    """Make an instance folder that borrows the built gazetteer, where there is one."""
    instance = folder / "instance"
    instance.mkdir()
    if gazetteer.exists():
        (instance / gazetteer.name).symlink_to(gazetteer)
    return instance


# The browser --------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    reason = chromium.why_missing()
    if reason:
        not_run(reason)
    # As patient as clicks are: on a busy machine a first map takes longer than five seconds.
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def pages(browser: Browser, live_server: LiveServer) -> Iterator[chromium.Pages]:
    with chromium.Pages(browser, live_server.url).cleanup() as pages:
        yield pages
        assert pages.watch.standing() == []


@pytest.fixture
def browser_page(pages: chromium.Pages) -> Page:
    return pages.open()
