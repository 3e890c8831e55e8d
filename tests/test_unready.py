"""A database that cannot be used is told in one line with the remedy: by commands, pages and programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from flask import Flask
from sqlalchemy import text

from tests.databases import settings_for
from tests.serving import application
from tracker.cli.readiness import tells
from tracker.extensions import alembic, db

NO_TABLES = "The database has no tables yet. Run `make setup` (or `flask --app wsgi setup`)."
COMMANDS = [
    ["user", "add", "anna", "--password-stdin"],
    ["user", "role", "anna", "moderator"],
    ["token", "add", "script", "--user", "anna"],
    ["export", "--out", "x.csv"],
    ["import", "--runs"],
    ["import", "timeline.csv"],
    ["attribute", "A Film", "--number", "1"],
    ["dump", "x"],
    ["dump", "--public"],
    ["backup", "x.zip"],
]


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Flask]:
    """Answer an application whose database has no tables."""
    with application(settings_for(f"sqlite:///{tmp_path / 'bare.sqlite3'}", tmp_path / "instance")) as (
        app,
        _,
    ):
        # As in production: errors are answered, not raised.
        app.config["PROPAGATE_EXCEPTIONS"] = False
        yield app


def ran(app: Flask, *words: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=words, input="a train roof in Norway\n")
    assert isinstance(done.exception, SystemExit), done.output
    return done.exit_code, done.output


@pytest.mark.usefixtures("gazetteer_path")
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_says_that_there_are_no_tables(
    bare: Flask, words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gazetteer_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "instance" / "gazetteer.sqlite3").symlink_to(gazetteer_path)
    (tmp_path / "timeline.csv").write_text(
        "production,year,seq,place,country,start,end,status,source_url,note\nX,2020,1,Rauma,NO,2020,,confirmed,,\n"
    )
    code, said = ran(bare, *words)
    assert (code, said.splitlines()[-1]) == (2, f"Error: {NO_TABLES}")
    assert "Traceback" not in said
    assert not (tmp_path / "x").exists()


def _leaves(command: click.Command) -> Iterator[click.Command]:
    if isinstance(command, click.Group):
        for one in command.commands.values():
            yield from _leaves(one)
    else:
        yield command


def test_no_command_is_left_out(bare: Flask) -> None:
    leaves = list(_leaves(bare.cli))
    assert len(leaves) > 20
    assert [one.name for one in leaves if not tells(one)] == []


@pytest.mark.parametrize("address", ["/", "/productions", "/changes", "/search?q=rauma"])
def test_pages_name_the_remedy_to_the_operator(bare: Flask, address: str) -> None:
    answer = bare.test_client().get(address)
    assert answer.status_code == 503
    assert f"For whoever runs this site: {NO_TABLES}" in answer.text


def test_programs_get_a_problem(bare: Flask) -> None:
    answer = bare.test_client().get("/api/v1/productions")
    assert (answer.status_code, answer.get_json()["detail"]) == (503, NO_TABLES)


def test_readyz_says_it_too(bare: Flask) -> None:
    answer = bare.test_client().get("/readyz")
    assert (answer.status_code, answer.get_json()["checks"]["migrations"]) == (503, NO_TABLES)


def test_an_older_and_a_newer_schema_are_told_apart(bare: Flask) -> None:
    with bare.app_context():
        alembic.upgrade("1795701468")
        heads = alembic.script_directory.get_heads()
    older = (
        f"The database is at schema 1795701468, and this version needs {heads[0]}. "
        "Run `flask --app wsgi db upgrade`."
    )
    # Accounts have columns since that it does not know.
    assert ran(bare, "token", "add", "x", "--user", "anna") == (2, f"Error: {older}\n")
    ready = bare.test_client().get("/readyz").get_json()["checks"]["migrations"]
    assert ready == older
    with bare.app_context():
        db.session.execute(text("update alembic_version set version_num = '2795702000'"))
        db.session.commit()
    ready = bare.test_client().get("/readyz").get_json()["checks"]["migrations"]
    assert ready == (
        "The database is of schema 2795702000, which this version does not know. "
        "Bring the program up to date."
    )


def test_a_server_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    url = "postgresql+psycopg://anna:geheim@127.0.0.1:1/none?connect_timeout=2"
    with application(settings_for(url, tmp_path)) as (app, _):
        app.config["PROPAGATE_EXCEPTIONS"] = False
        code, said = ran(app, "import", "--runs")
        assert (code, said.count("\n")) == (2, 1)
        assert said.startswith("Error: The database postgresql+psycopg://anna:***@127.0.0.1:1/none")
        assert said.endswith("Check DATABASE_URL.\n")
        assert app.test_client().get("/productions").status_code == 503
