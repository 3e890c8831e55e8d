"""A backup is of one moment, however busy the instance is, and is what it says or is not there at all."""

from __future__ import annotations

import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, func, select
from sqlalchemy.orm import Session

from tests.databases import SqliteTemplate
from tests.exchange.dumping.instances import files_of, instance, run_apart
from tracker.foundation.database import prepare_sqlite, writing
from tracker.history.models import Change, ChangeSubject, Revision
from tracker.history.recording import change
from tracker.productions.models import Production, Title
from tracker.productions.operations import add_production

_DIE = "{} = lambda *_: os.kill(os.getpid(), 9)"


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes: the system refuses the write as it does on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("engine_url", ["sqlite", "postgresql"], indirect=True)
def test_a_backup_under_load_is_one_moment_and_comes_back_whole(
    engine_url: str, sqlite_template: SqliteTemplate, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    with (
        instance(engine_url, tmp_path / "a") as here,
        sqlite_template.copy(tmp_path / "other") as other_url,
        instance(other_url, tmp_path / "b") as there,
    ):
        here.fill()
        with _writer(engine_url) as written:
            written.wait(timeout=30)
            here.must("backup", tmp_path / "backup.zip")
            here.must("dump", tmp_path / "dump")
        there.must("restore", tmp_path / "backup.zip")
        there.must("dump", tmp_path / "again")
        assert files_of(here.folder / "uploads") == files_of(there.folder / "uploads")
        _is_a_prefix(there.engine, here.engine)


@contextmanager
def _writer(url: str) -> Iterator[threading.Event]:
    """Add films, one in a transaction, until the block ends; the event tells that the first are in."""
    written, enough = threading.Event(), threading.Event()
    engine = create_engine(url)
    prepare_sqlite(engine)

    def write() -> None:
        number = 0
        while not enough.is_set():
            number += 1
            title = f"Load {number}"
            with writing(Session(engine)) as session, change(session, by=None, comment=title):
                add_production(session, title=title, year=2020)
            if number == 5:
                written.set()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield written
    finally:
        enough.set()
        thread.join(timeout=30)
        engine.dispose()


def _is_a_prefix(copy: Engine, whole: Engine) -> None:
    """See that the copy holds the first so many writes, each with all of its rows, and no others."""
    with Session(copy) as theirs, Session(whole) as ours:
        loads = theirs.scalars(
            select(Production.title).where(Production.title.like("Load %")).order_by(Production.id)
        ).all()
        assert loads == [f"Load {number}" for number in range(1, len(loads) + 1)]
        assert 5 <= len(loads) <= (ours.scalar(select(func.count(Production.id))) or 0)
        comments = theirs.scalars(select(Change.comment).where(Change.comment.like("Load %"))).all()
        assert sorted(comments) == sorted(loads)
        last = theirs.scalar(select(func.max(Change.id)))
        for model, of in ((Revision, Revision.change_id), (ChangeSubject, ChangeSubject.change_id)):
            counted = select(func.count(model.id)).where(of <= last)
            assert theirs.scalar(counted) == ours.scalar(counted)
        titles = select(func.count(Title.id)).where(Title.text.like("Load %"))
        assert theirs.scalar(titles) == len(loads)


def test_a_file_that_is_there_is_replaced_only_when_asked(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    with instance(sqlite_url, tmp_path / "a") as here:
        here.fill()
        file.write_bytes(b"the last one")
        assert here.run("backup", file) == (
            2,
            f"Error: {file} is there already. Name a file that is not there yet.\n",
        )
        assert file.read_bytes() == b"the last one"
        here.must("backup", file, "--replace")
        assert file.read_bytes()[:2] == b"PK"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "backup.zip", "tracker.sqlite3"]


@pytest.mark.parametrize("command", ["dump", "backup"])
def test_on_a_full_disk_nothing_is_left_and_the_reason_is_one_line(
    sqlite_url: str, tmp_path: Path, command: str
) -> None:
    with instance(sqlite_url, tmp_path / "a") as here:
        here.fill()
        with room_for(100_000):
            code, said = here.run(command, tmp_path / "target")
        assert (code, said.count("\n")) == (1, 1)
        assert said.startswith("Error: ")
        assert "File too large" in said or "disk" in said
    assert [path.name for path in tmp_path.iterdir() if "target" in path.name] == []


def test_a_restore_onto_a_full_disk_leaves_an_empty_instance(
    sqlite_url: str, sqlite_template: SqliteTemplate, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    with (
        instance(sqlite_url, tmp_path / "a") as here,
        sqlite_template.copy(tmp_path / "other") as other_url,
        instance(other_url, tmp_path / "b") as there,
    ):
        here.fill()
        here.must("backup", tmp_path / "photos.zip")
        (here.folder / "uploads" / "ab" / "cd.jpg").unlink()
        here.must("backup", tmp_path / "backup.zip")
        for name, words in (("photos.zip", "File too large"), ("backup.zip", "disk")):
            with room_for(100_000):
                code, said = there.run("restore", tmp_path / name)
            assert (code, words in said, said.count("\n")) == (1, True, 1), said
            assert files_of(there.folder / "uploads") == {}
        there.must("restore", tmp_path / "backup.zip")


def test_killed_in_the_middle_leaves_what_is_plainly_not_a_dump(sqlite_url: str, tmp_path: Path) -> None:
    target = tmp_path / "target"
    killed = "from tracker.exchange.dumping import writing\n" + _DIE.format("writing.write_uploads")
    with instance(sqlite_url, tmp_path / "a") as here:
        here.fill()
        assert run_apart(sqlite_url, tmp_path / "a", "dump", target, first=killed).returncode == -9
        assert not target.exists()
        (left,) = (path for path in tmp_path.iterdir() if "target" in path.name)
        assert left.name.startswith("target.incomplete-")
        assert here.run("restore", left) == (
            1,
            "Error: There is no manifest.json in it: this is no dump, or one that was not finished.\n",
        )
        here.must("dump", target)


def test_a_restore_that_is_killed_can_simply_be_run_again(
    sqlite_url: str, sqlite_template: SqliteTemplate, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    killed = "from tracker.exchange.dumping import loading\n" + _DIE.format("loading._compare")
    with (
        instance(sqlite_url, tmp_path / "a") as here,
        sqlite_template.copy(tmp_path / "other") as other_url,
        instance(other_url, tmp_path / "b") as there,
    ):
        here.fill()
        here.must("dump", tmp_path / "dump")
        assert (
            run_apart(other_url, tmp_path / "b", "restore", tmp_path / "dump", first=killed).returncode == -9
        )
        there.must("restore", tmp_path / "dump")
        there.must("dump", tmp_path / "again")
        assert files_of(tmp_path / "dump") == files_of(tmp_path / "again")


def test_uploads_that_come_and_go_meanwhile_are_no_trouble(sqlite_url: str, tmp_path: Path) -> None:
    with instance(sqlite_url, tmp_path / "a") as here:
        here.fill()
        (here.folder / "uploads" / ".part").write_bytes(b"half")
        (here.folder / "uploads" / "link").symlink_to(tmp_path / "nowhere")
        here.must("dump", tmp_path / "dump")
    assert sorted(files_of(tmp_path / "dump" / "uploads")) == ["ab/cd.jpg", "ab/ef.webp", "x"]
