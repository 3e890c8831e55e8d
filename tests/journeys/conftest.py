"""The demo, served: once for journeys that only read, anew for those that write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests import chromium
from tests.databases import SqliteTemplate, settings_for
from tests.serving import LiveServer, application, in_a_thread, serve
from tracker.exchange.demo import load_demo
from tracker.foundation.database import writing
from tracker.geocoding import open_gazetteer


def fill(server: LiveServer, gazetteer_path: Path) -> None:
    """Load the demo into the served database, as the set-up does."""

    def load() -> None:
        with server.session() as session, writing(session):
            load_demo(session, open_gazetteer(gazetteer_path))

    in_a_thread(load)


@pytest.fixture(scope="module")
def demo_site(
    sqlite_template: SqliteTemplate, gazetteer_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    folder = tmp_path_factory.mktemp("demo")
    instance = folder / "instance"
    instance.mkdir()
    (instance / gazetteer_path.name).symlink_to(gazetteer_path)
    with (
        sqlite_template.copy(folder) as url,
        application(settings_for(url, instance)) as (app, engine),
        serve(app, engine) as server,
    ):
        fill(server, gazetteer_path)
        yield server


@pytest.fixture
def visitors(browser: Browser, demo_site: LiveServer) -> Iterator[chromium.Pages]:
    """Browsers on the demo; afterwards nothing may have gone wrong on any of their pages."""
    with chromium.Pages(browser, demo_site.url).cleanup() as pages:
        yield pages
        assert pages.watch.standing() == []


@pytest.fixture
def demo_pages(pages: chromium.Pages, live_server: LiveServer, gazetteer_path: Path) -> chromium.Pages:
    """Browsers on a demo of the test's own, to write to."""
    fill(live_server, gazetteer_path)
    return pages
