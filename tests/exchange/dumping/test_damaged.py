"""What cannot be restored is refused in one line that names it, and leaves the instance as it was."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect, text

from tests.databases import PostgresTemplate, SqliteTemplate
from tests.exchange.dumping.instances import Instance, files_of, instance
from tracker.tables import metadata


@pytest.fixture(scope="module")
def good(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Answer a dump that is whole."""
    folder = tmp_path_factory.mktemp("good")
    with sqlite_template.copy(folder) as url, instance(url, folder / "a") as here:
        here.fill()
        here.must("dump", folder / "dump")
        here.must("dump", "--public", folder / "public")
        here.must("backup", folder / "backup.zip")
    return folder


@pytest.fixture
def dump(good: Path, tmp_path: Path) -> Path:
    """Answer a copy of it, to damage."""
    return Path(shutil.copytree(good / "dump", tmp_path / "dump"))


@pytest.fixture
def there(engine_url: str, tmp_path: Path) -> Iterator[Instance]:
    with instance(engine_url, tmp_path / "b") as there:
        yield there


def is_empty(there: Instance) -> bool:
    """Say whether no row and no upload is there, and the schema is the newest."""
    with there.engine.connect() as connection:
        rows = sum(connection.scalar(text(f'select count(*) from "{name}"')) or 0 for name in metadata.tables)  # noqa: S608 - our own tables
        tables = set(inspect(connection).get_table_names())
    return rows == 0 and tables >= set(metadata.tables) and files_of(there.folder / "uploads") == {}


def edit(dump: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the manifest."""
    file = dump / "manifest.json"
    content = json.loads(file.read_bytes())
    change(content)
    file.write_text(json.dumps(content), encoding="utf-8")


def rewrite(dump: Path, table: str, old: str, new: str) -> None:
    """Change a table's file, and let the manifest agree, as somebody would who edits a dump."""
    import hashlib  # noqa: PLC0415 - for this one test

    file = dump / "tables" / f"{table}.jsonl"
    content = file.read_text(encoding="utf-8")
    assert old in content
    file.write_text(content.replace(old, new, 1), encoding="utf-8")

    def agree(manifest: dict[str, Any]) -> None:
        (one,) = (one for one in manifest["tables"] if one["table"] == table)
        one["bytes"] = file.stat().st_size
        one["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()

    edit(dump, agree)


sqlite_only = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


def _shorten(dump: Path) -> None:
    file = dump / "tables" / "place.jsonl"
    file.write_bytes(file.read_bytes()[:-5])


def _turn(dump: Path) -> None:
    file = dump / "uploads" / "ab" / "cd.jpg"
    file.write_bytes(file.read_bytes().replace(b"\x01", b"\x02", 1))


def _newer(content: dict[str, Any]) -> None:
    content["schema"] = "2795702000"


def _without_places(content: dict[str, Any]) -> None:
    content["tables"] = [one for one in content["tables"] if one["table"] != "place"]


def _outside(content: dict[str, Any]) -> None:
    content["tables"][0]["file"] = "../../etc/passwd"


@sqlite_only
@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (_shorten, "tables/place.jsonl has "),
        (_turn, "uploads/ab/cd.jpg is not as it was written: its SHA-256 is "),
        (
            lambda dump: (dump / "tables" / "shoot.jsonl").unlink(),
            "tables/shoot.jsonl is missing from the dump.",
        ),
        (lambda dump: (dump / "uploads" / "x").unlink(), "uploads/x is missing from the dump."),
        (lambda dump: (dump / "manifest.json").write_text("{"), "manifest.json is damaged"),
        (lambda dump: edit(dump, _newer), "The dump is of schema 2795702000, which this version"),
        (lambda dump: edit(dump, _without_places), "The dump lacks the table place"),
        (lambda dump: edit(dump, _outside), "The dump lists a file '../../etc/passwd'"),
        (
            lambda dump: edit(dump, lambda content: content.update(version=2)),
            "The dump's format has version 2; this program reads 1.",
        ),
        (
            lambda dump: rewrite(dump, "shoot", '"place_id":1,', '"place_id":"one",'),
            "tables/shoot.jsonl line 1: place_id is no integer",
        ),
        (lambda dump: rewrite(dump, "place", "{", "["), "tables/place.jsonl line 1 is no JSON"),
        (
            lambda dump: rewrite(dump, "place", '"slug":', '"slog":'),
            "tables/place.jsonl line 1 has other columns than the table place.",
        ),
    ],
)
def test_a_damaged_dump_is_refused_and_nothing_is_kept(
    there: Instance, dump: Path, damage: Callable[[Path], Any], words: str
) -> None:
    damage(dump)
    code, said = there.run("restore", dump)
    assert (code, said.splitlines()[-1].startswith(f"Error: {words}")) == (1, True), said
    assert is_empty(there)


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        # A shoot that is at no place, one that is later than its own end, a letter that PostgreSQL lacks.
        ("shoot", '"place_id":1,', '"place_id":9999,'),
        ("production", '"year":2023', '"year":1066'),
    ],
)
def test_rows_that_the_database_refuses_are_named_and_nothing_is_kept(
    there: Instance, dump: Path, table: str, old: str, new: str
) -> None:
    rewrite(dump, table, old, new)
    code, said = there.run("restore", dump)
    last = said.splitlines()[-1]
    assert code == 1
    assert f"tables/{table}.jsonl line 1 cannot be restored" in last or "points to a" in last, said
    assert is_empty(there)
    there.must("restore", _mended(dump, table, new, old))


def _mended(dump: Path, table: str, old: str, new: str) -> Path:
    rewrite(dump, table, old, new)
    return dump


@sqlite_only
def test_a_damaged_backup_is_refused(there: Instance, good: Path, tmp_path: Path) -> None:
    whole = (good / "backup.zip").read_bytes()
    file = tmp_path / "backup.zip"
    for damaged, words in (
        (whole[: len(whole) // 2], "is no dump and no backup, or it is damaged"),
        (whole[:300] + bytes(40) + whole[340:], "is damaged"),
        (b"", "is no dump and no backup"),
    ):
        file.write_bytes(damaged)
        code, said = there.run("restore", file)
        assert (code, words in said.splitlines()[-1]) == (1, True), said
        assert is_empty(there)
    code, said = there.run("restore", tmp_path / "nothing")
    assert (code, said) == (1, f"Error: There is no dump at {tmp_path / 'nothing'}.\n")


@sqlite_only
def test_a_public_dump_is_no_instance(there: Instance, good: Path) -> None:
    code, said = there.run("restore", good / "public")
    assert code == 1
    assert "This is a public dump" in said.splitlines()[-1]


def test_what_is_there_is_never_overwritten(there: Instance, dump: Path) -> None:
    there.must("restore", dump)
    code, said = there.run("restore", dump)
    assert code == 2
    assert "The database is not empty: " in said.splitlines()[-1]
    assert " rows in revision" in said


@sqlite_only
def test_uploads_of_somebody_else_are_never_mixed_with_those_of_the_dump(there: Instance, dump: Path) -> None:
    stranger = there.folder / "uploads" / "ab" / "mine.jpg"
    stranger.parent.mkdir(parents=True)
    stranger.write_bytes(b"mine")
    code, said = there.run("restore", dump)
    assert (code, "1 files that are not those of the dump, such as ab/mine.jpg" in said) == (2, True), said
    stranger.unlink()
    shutil.copy(dump / "uploads" / "ab" / "cd.jpg", stranger.with_name("cd.jpg"))
    there.must("restore", dump)
    assert files_of(there.folder / "uploads") == files_of(dump / "uploads")


@sqlite_only
def test_a_folder_that_is_not_empty_is_not_dumped_into(there: Instance, dump: Path, tmp_path: Path) -> None:
    before = files_of(dump)
    code, said = there.run("dump", dump)
    assert (code, said.splitlines()[-1]) == (
        2,
        f"Error: {dump} is there already and not empty. Name a folder that is not there yet.",
    )
    assert files_of(dump) == before
    (tmp_path / "new").mkdir()
    there.must("dump", tmp_path / "new")


@pytest.mark.postgresql
def test_text_that_postgresql_cannot_hold_is_named(
    postgres_template: PostgresTemplate, dump: Path, tmp_path: Path
) -> None:
    rewrite(dump, "title", '"language":null', '"language":"\\u0000"')
    with postgres_template.copy() as url, instance(url, tmp_path / "p") as there:
        code, said = there.run("restore", dump)
        assert (code, "tables/title.jsonl line 1 cannot be restored" in said) == (1, True), said
        assert is_empty(there)
