"""What was dumped comes back the same, to the byte, on the same kind of database and on the other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from tests.cast import film, latest_changes
from tests.databases import SqliteTemplate
from tests.exchange.dumping.instances import Instance, files_of, instance
from tracker.exchange.demo import load_demo, load_library
from tracker.extensions import alembic
from tracker.foundation.database import writing
from tracker.geocoding import open_gazetteer
from tracker.history.merging import WITH_MERGED
from tracker.history.models import Change, Revision
from tracker.places.models import Place
from tracker.productions.models import Production
from tracker.tables import metadata


@pytest.mark.postgresql
@pytest.mark.parametrize("first", ["sqlite", "postgresql"])
def test_from_one_kind_of_database_to_the_other_not_a_byte_changes(
    first: str, sqlite_url: str, postgresql_url: str, tmp_path: Path
) -> None:
    urls = [sqlite_url, postgresql_url] if first == "sqlite" else [postgresql_url, sqlite_url]
    with instance(urls[0], tmp_path / "a") as here, instance(urls[1], tmp_path / "b") as there:
        here.fill()
        here.must("dump", tmp_path / "dump")
        there.must("restore", tmp_path / "dump")
        there.must("dump", tmp_path / "again")
        assert files_of(tmp_path / "dump") == files_of(tmp_path / "again")
        assert files_of(here.folder / "uploads") == files_of(there.folder / "uploads")
        _goes_on(there)


def _goes_on(there: Instance) -> None:
    """See that a restored instance takes new rows, and keeps its history."""
    with Session(there.engine) as session:
        before = session.scalar(select(func.max(Production.id))) or 0
        assert film(session, "The next one").id == before + 1
        session.commit()
        found = latest_changes(session)
        assert [len(one.revisions) for one in found if one.comment == "Somebody lives there"] == [2]
        merged = select(Place).where(Place.merged_into_id.is_not(None)).execution_options(**WITH_MERGED)
        assert len(session.scalars(merged).all()) == 1
        if session.get_bind().dialect.name == "postgresql":
            left = "select count(*) from pg_constraint where contype = 'f' and condeferrable"
            assert session.scalar(text(left)) == 0


def test_every_table_is_in_the_dump_with_what_its_cells_are(sqlite_url: str, tmp_path: Path) -> None:
    with instance(sqlite_url, tmp_path / "a") as here:
        here.fill()
        said = here.must("dump", tmp_path / "dump")
    assert "hashes of their passwords" in said
    manifest = json.loads((tmp_path / "dump" / "manifest.json").read_bytes())
    assert [one["table"] for one in manifest["tables"]] == sorted(metadata.tables)
    place = next(one for one in manifest["tables"] if one["table"] == "place")
    assert list(place["columns"].items())[:3] == [("id", "integer"), ("cell", "integer"), ("country", "text")]
    kinds = {name: place["columns"][name] for name in ("lat", "geometry", "created_at")}
    assert kinds == {"lat": "number", "geometry": "json", "created_at": "moment"}
    assert [one["table"] for one in manifest["tables"] if not one["rows"]] == [
        *("account_event", "distinct_pair", "import_mapping", "import_upload", "offered_citation"),
        *("outgoing_letter", "page_flag", "production_identifier", "provider_turn", "removal"),
        *("removal_contact", "reset_request", "retired_name", "settlement", "sighting_draft"),
        *("sighting_order", "sighting_source", "telling", "visitor_note", "watch"),
    ]


def test_a_whole_dump_is_for_its_owner_alone(sqlite_url: str, tmp_path: Path) -> None:
    with instance(sqlite_url, tmp_path / "a") as here:
        here.fill()
        here.must("dump", tmp_path / "dump")
        here.must("backup", tmp_path / "backup.zip")
    files = [path for path in (tmp_path / "dump").rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in (*files, tmp_path / "backup.zip")} == {0o600}
    assert (tmp_path / "dump").stat().st_mode & 0o777 == 0o700


def test_the_demo_and_the_library_come_back_the_same(
    sqlite_url: str, sqlite_template: SqliteTemplate, gazetteer_path: Path, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    with (
        sqlite_template.copy(tmp_path / "other") as other_url,
        instance(sqlite_url, tmp_path / "a") as here,
        instance(other_url, tmp_path / "b") as there,
    ):
        gazetteer = open_gazetteer(gazetteer_path)
        with writing(Session(here.engine)) as session:
            load_demo(session, gazetteer)
            load_library(session, gazetteer)
        here.must("dump", tmp_path / "dump")
        there.must("restore", tmp_path / "dump")
        there.must("dump", tmp_path / "again")
        assert files_of(tmp_path / "dump") == files_of(tmp_path / "again")
        with Session(there.engine) as session:
            counts = [
                session.scalar(select(func.count(one.id))) or 0 for one in (Production, Change, Revision)
            ]
        assert counts[0] == 37
        assert min(counts) > 0


@pytest.mark.parametrize("engine_url", ["sqlite", "postgresql"], indirect=True)
def test_a_dump_of_an_older_schema_is_restored_there_and_brought_up(
    engine_url: str, sqlite_template: SqliteTemplate, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    with (
        sqlite_template.copy(tmp_path / "other") as old_url,
        instance(old_url, tmp_path / "a") as old,
        instance(engine_url, tmp_path / "b") as new,
    ):
        with old.app.app_context():
            alembic.downgrade("1795701468")
        with old.engine.begin() as connection:
            connection.execute(
                text(
                    "insert into production (id, slug, title, kind, released_text, released_edtf, version) "
                    "values (7, 'x', 'X', 'film', '', '', 1)"
                )
            )
        old.must("dump", tmp_path / "dump")
        assert not (tmp_path / "dump" / "tables" / "api_token.jsonl").exists()
        new.must("restore", tmp_path / "dump")
        with new.engine.connect() as connection:
            assert connection.scalar(text("select title from production where id = 7")) == "X"
            assert connection.scalar(text("select count(*) from api_token")) == 0
