"""A gazetteer of the small world, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.geocoding.rows import sources
from tracker.geocoding import Gazetteer, open_gazetteer
from tracker.geocoding.build import write_gazetteer


@pytest.fixture(scope="session")
def small_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gazetteer") / "gazetteer.sqlite3"
    write_gazetteer(path, sources(), lambda _done, _total, _what: None)
    return path


@pytest.fixture
def small(small_path: Path) -> Gazetteer:
    return open_gazetteer(small_path)


@pytest.fixture(scope="session")
def world(gazetteer_path: Path) -> Gazetteer:
    return open_gazetteer(gazetteer_path)
