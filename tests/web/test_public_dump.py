"""The page that offers the whole public record, and the file behind it."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.cast import film_case
from tests.web.reading import read
from tracker.config import Settings
from tracker.extensions import db

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
FILE = "/data/shot-here.zip"


@pytest.fixture
def public(app: Flask, settings: Settings) -> Path:
    """Make a public dump; answer its folder."""
    with app.app_context(), Session(db.engine) as session:
        film_case(session)
        session.commit()
    done = app.test_cli_runner().invoke(args=["dump", "--public"])
    assert done.exit_code == 0, done.output
    return settings.instance_path / "public"


def test_without_a_file_the_page_says_who_makes_it_and_how(client: FlaskClient) -> None:
    page = read(client, "/data")
    assert "There is no file yet. The operator makes it with flask --app wsgi dump --public" in page.words
    assert FILE not in page.links
    assert client.get(FILE, buffered=True).status_code == 404


def test_the_page_tells_licence_contents_size_and_digest(client: FlaskClient, public: Path) -> None:
    page = read(client, "/data")
    (file,) = public.iterdir()
    assert f"Download {file.name}" in page.words
    assert hashlib.sha256(file.read_bytes()).hexdigest() in page.words
    assert "https://creativecommons.org/publicdomain/zero/1.0/" in page.links
    counts = {row[0]: row[3] for row in page.rows if len(row) == 4}
    assert counts["shoots.jsonl"] == "11"
    assert counts["productions.jsonl"] == "1"
    assert "All the data" in read(client, "/").words


def test_the_file_is_sent_whole_in_part_or_not_at_all_to_who_has_it(
    client: FlaskClient, public: Path
) -> None:
    (file,) = public.iterdir()
    whole = client.get(FILE, buffered=True)
    assert whole.data == file.read_bytes()
    assert whole.headers["Content-Disposition"] == f"attachment; filename={file.name}"
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    with zipfile.ZipFile(io.BytesIO(whole.data)) as archive:
        assert json.loads(archive.read("manifest.json"))["kind"] == "public"
    assert whole.headers["ETag"] == f'"{hashlib.sha256(whole.data).hexdigest()}"'
    again = client.get(FILE, buffered=True, headers={"If-None-Match": whole.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    part = client.get(FILE, buffered=True, headers={"Range": "bytes=0-3"})
    assert (part.status_code, part.data) == (206, whole.data[:4])


def _whole(app: Flask, folder: Path) -> None:
    assert (
        app.test_cli_runner().invoke(args=["backup", str(folder / "shot-here-9999-01-01.zip")]).exit_code == 0
    )


def _damaged(_app: Flask, folder: Path) -> None:
    (folder / "shot-here-9999-01-01.zip").write_bytes(b"PK")


def _link(_app: Flask, folder: Path) -> None:
    (folder / "secret").write_text("secret")
    (folder / "shot-here-9999-01-01.zip").symlink_to(folder / "secret")


def _stranger(_app: Flask, folder: Path) -> None:
    (folder / "shot-here-9999-01-01.zip.incomplete-1").write_text("secret")


@pytest.mark.parametrize("put", [_whole, _damaged, _link, _stranger])
def test_nothing_but_a_public_dump_is_ever_sent(
    app: Flask, client: FlaskClient, public: Path, put: Callable[[Flask, Path], None]
) -> None:
    (good,) = public.iterdir()
    put(app, public)
    assert client.get(FILE, buffered=True).data == good.read_bytes()
    assert f"Download {good.name}" in read(client, "/data").words
