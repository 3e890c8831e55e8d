"""The public dump tells what the pages tell everybody, and nothing that is hidden, private or not out yet."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import film, place, say, shoot, source
from tests.exchange.dumping.filled import FLAT, SECRET, VILLA
from tests.exchange.dumping.instances import Instance, files_of, instance
from tracker.history.recording import change
from tracker.places.editing import set_whereabouts
from tracker.places.models import Privacy
from tracker.productions.models import Shoot

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


@pytest.fixture
def here(engine_url: str, tmp_path: Path) -> Iterator[Instance]:
    with instance(engine_url, tmp_path / "a") as here:
        here.fill()
        yield here


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    lines = (folder / "tables" / f"{table}.jsonl").read_bytes().splitlines()
    return [json.loads(line) for line in lines]


def test_no_secret_is_in_the_public_dump_and_all_of_them_are_in_the_whole_one(
    here: Instance, tmp_path: Path
) -> None:
    here.must("dump", tmp_path / "whole")
    here.must("dump", "--public", tmp_path / "public")
    whole, public = (
        b"".join(files_of(tmp_path / name).values()).decode("utf-8", "replace").casefold()
        for name in ("whole", "public")
    )
    assert [one for one in SECRET if one.casefold() not in whole] == []
    assert [one for one in SECRET if one.casefold() in public] == []


def test_a_hundred_planted_hidden_points_are_none_of_them_found(here: Instance, tmp_path: Path) -> None:
    planted = [(round(-60 + n * 1.23457, 5), round(-170 + n * 3.36913, 5)) for n in range(1, 101)]
    with Session(here.engine) as session:
        production = film(session, "Homes")
        for number, (lat, lon) in enumerate(planted):
            home = place(session, f"Home {number}", lat, lon)
            say(session, source(session, f"Told of {number}"), shoot(session, production, home))
            with change(session, by=None, comment=f"At {lat}, {lon}"):
                hidden = Privacy.OBSCURED if number % 2 else Privacy.PRIVATE
                set_whereabouts(session, home, privacy=hidden)
        session.commit()
    here.must("dump", "--public", tmp_path / "public")
    text = b"".join(files_of(tmp_path / "public").values()).decode()
    assert [one for point in planted for one in point if str(abs(one)) in text] == []
    named = {row["name"] for row in rows(tmp_path / "public", "places")}
    assert {"Home 1", "Home 99"} <= named
    assert not {"Home 0", "Home 98"} & named


def test_hidden_places_are_a_cell_or_a_municipality(here: Instance, tmp_path: Path) -> None:
    here.must("dump", "--public", tmp_path / "public")
    by_privacy = {row["privacy"]: row for row in rows(tmp_path / "public", "places")}
    villa, flat = by_privacy["obscured"], by_privacy["private"]
    assert (villa["name"], villa["lat"], villa["lon"], villa["municipality"]) == (VILLA, 59.9, 10.7, "")
    assert (flat["name"], flat["lat"], flat["kind"], flat["geometry"]) == ("Paris", None, "", None)
    with Session(here.engine) as session:
        hidden = session.scalars(select(Shoot.id).where(Shoot.place_id == flat["id"])).all()
    assert hidden
    assert not [row for row in rows(tmp_path / "public", "citations") if row["shoot_id"] in hidden]
    assert not [row for row in rows(tmp_path / "public", "partner_roles") if row["shoot_id"] in hidden]
    assert FLAT not in {row["title"] for row in rows(tmp_path / "public", "sources")}


def test_what_points_somewhere_points_into_the_dump(here: Instance, tmp_path: Path) -> None:
    here.must("dump", "--public", tmp_path / "public")
    manifest = json.loads((tmp_path / "public" / "manifest.json").read_bytes())
    tables = {one["table"]: rows(tmp_path / "public", one["table"]) for one in manifest["tables"]}
    assert {name for name, found in tables.items() if not found} == {"identifiers"}
    ids = {name: {row["id"] for row in found} for name, found in tables.items()}
    ends = {"production": "productions", "place": "places", "shoot": "shoots", "other": "shoots"} | {
        "source": "sources",
        "citation": "citations",
        "partner": "partners",
    }
    for name, found in tables.items():
        for row in found:
            for column, value in row.items():
                what, is_id, _ = column.rpartition("_id")
                if is_id and what in ends and value is not None:
                    assert value in ids[ends[what]], (name, row)
    for one in manifest["tables"]:
        assert all(list(row) == list(one["columns"]) for row in tables[one["table"]])
    assert len(ids["shoots"]) > 10
    assert "CC0-1.0" in manifest["licence"]


def test_each_night_one_archive_is_put_where_the_page_finds_it_and_the_oldest_go(
    here: Instance,
) -> None:
    folder = here.folder / "public"
    folder.mkdir()
    for name in ("shot-here-2020-01-01.zip", "shot-here-2020-01-02.zip", "notes.txt", "shot-here-latest.zip"):
        (folder / name).write_bytes(b"old")
    here.must("dump", "--public", "--keep", "2")
    here.must("dump", "--public", "--keep", "2")
    names = sorted(path.name for path in folder.iterdir())
    assert names[:2] == ["notes.txt", "shot-here-2020-01-02.zip"]
    assert names[3:] == ["shot-here-latest.zip"]
    with zipfile.ZipFile(folder / names[2]) as archive:
        assert archive.testzip() is None
        assert json.loads(archive.read("manifest.json"))["kind"] == "public"
    assert (folder / names[2]).stat().st_mode & 0o777 == 0o644


def test_a_whole_dump_wants_a_folder(here: Instance) -> None:
    assert here.run("dump") == (2, "Error: Name the folder to write to: flask dump DIR.\n")
