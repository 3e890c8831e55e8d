"""Importing files through pages: what is recognised and asked, tried out, imported, and taken back."""

from __future__ import annotations

import io
import zipfile
from contextlib import closing
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import moderator, stranger
from tests.exchange.tables import logical_dump, run_import
from tests.web.importing import FILMS, PERMITS, answers_on, bring, brought, go, settle
from tests.web.visitors import Visitor, errors_in, seen, signed_in
from tracker.accounts.models import Role
from tracker.accounts.operations import sign_up
from tracker.exchange.models import ImportRun
from tracker.exchange.uploads.models import SavedMapping, Upload, UploadState
from tracker.exchange.uploads.stored import KEPT, MOST_BYTES
from tracker.extensions import db
from tracker.foundation.clock import now
from tracker.history.models import Change
from tracker.places.models import Place
from tracker.productions.models import Production, Shoot
from tracker.sightings.unattributed import UnattributedSighting
from tracker.sources.models import Source

pytestmark = [
    pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("gazetteer_path"),
]
PASSWORD = "a train roof in Norway"


@pytest.fixture
def solveig(app: Flask) -> Visitor:
    with app.app_context():
        moderator(db.session), stranger(db.session)
        sign_up(db.session, name="Torvald", password=PASSWORD, role=Role.MODERATOR)
        db.session.commit()
    return signed_in(app, "Solveig")


def files_in(app: Flask) -> list[str]:
    folder = app.config["SETTINGS"].instance_path / "imports"
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_file_is_recognised_tried_out_imported_and_taken_back_as_a_whole(
    app: Flask, solveig: Visitor
) -> None:
    with app.app_context():
        before = logical_dump(db.engine)
    address = brought(solveig, PERMITS)
    page = solveig.get(address)
    told = seen(page)
    assert "CSV, recognised as Film Permits of New York City" in told
    assert "Encoding: utf-8" in told or "Encoding: UTF-8" in told
    assert "Cells are separated by commas." in told
    answers = answers_on(page)
    meant = [answers[f"column-{at}"] for at in range(5)]
    assert meant[:3] == ["number", "start", "end"]
    assert answers["licence"] == "NYC Open Data terms of use"
    tried = go(solveig, address, "answers", **answers, action="try")
    assert "This would come of it Nothing is saved yet." in seen(tried)
    assert "Rows read 3 New 2" in seen(tried)
    assert "4 The end, 13 March 2019, lies before the start" in seen(tried)
    with app.app_context():
        assert db.session.scalars(select(UnattributedSighting)).all() == []
    done = go(solveig, address, "steps", step="import")
    assert "Imported It is one change, and can be taken back as one." in seen(done)
    with app.app_context():
        assert len(db.session.scalars(select(UnattributedSighting)).all()) == 2
        made = db.session.scalars(select(Change).where(Change.comment == "Import of permits.csv")).one()
        assert made.author_id == solveig_id()
    listed = seen(solveig.get("/moderation/imports"))
    assert "1. permits.csv read as nyc-permits" in listed
    assert "https://data.cityofnewyork.us/City-Government/Film-Permits/tg4x-b46p" in listed
    assert f"NYC Open Data terms of use {now():%-d %b %Y} 3 2 new, 1 rejected Solveig" in listed
    undone = go(solveig, address, "steps", step="undo")
    assert "2 unattributed sighting: taken back." in seen(undone)
    with app.app_context():
        after = logical_dump(db.engine)
    written = {"change", "change_subject", "revision", "import_run", "import_upload", "user_account"}
    assert {name: rows for name, rows in after.items() if name not in written} == {
        name: rows for name, rows in before.items() if name not in written
    }


def solveig_id() -> int:
    from tracker.accounts.operations import find_user  # noqa: PLC0415 - beside its one use

    user = find_user(db.session, "Solveig")
    assert user is not None
    return user.id


def test_the_rejected_rows_come_as_a_file_that_can_be_corrected_and_brought_again(
    app: Flask, solveig: Visitor
) -> None:
    address = brought(solveig, PERMITS)
    go(solveig, address, "answers", **answers_on(solveig.get(address)), action="try")
    go(solveig, address, "steps", step="import")
    with closing(solveig.get(f"{address}/rejected.csv")) as sent:
        assert sent.headers["Content-Disposition"] == "attachment; filename=permits.csv.rejected.csv"
        text = sent.data.decode("utf-8-sig")
    assert text.splitlines()[0] == "line,reason,EventID,StartDateTime,EndDateTime,Category,ZipCode(s)"
    corrected = text.replace("3/13/19 21:00", "3/14/19 21:00")
    second = brought(solveig, corrected, "permits.csv.rejected.csv")
    go(solveig, second, "answers", **answers_on(solveig.get(second)), action="try")
    go(solveig, second, "steps", step="import")
    with app.app_context():
        assert sorted(db.session.scalars(select(UnattributedSighting.number))) == ["7001", "7002", "7003"]


def test_a_choice_for_a_place_holds_for_all_its_rows(app: Flask, solveig: Visitor) -> None:
    address = brought(solveig, FILMS, "filme.csv")
    page = solveig.get(address)
    answers = answers_on(page)
    assert [answers[f"column-{at}"] for at in range(3)] == ["title", "place", "start"]
    tried = go(solveig, address, "answers", **answers, action="try")
    assert "Springfield" in tried.text
    assert "several places are called so" in seen(tried)
    assert "Rows without a pin 3" in seen(tried)
    again = go(solveig, address, "picks", **{"pick-0": "other", "other-0": "Springfield, Illinois"})
    assert "Rows without a pin 2" in seen(again)
    go(solveig, address, "steps", step="import")
    with app.app_context():
        found = db.session.scalars(select(Place).where(Place.name == "Springfield")).one()
        assert (found.country, found.region) == ("US", "Illinois")
        assert len(db.session.scalars(select(Shoot)).all()) == 3


def test_columns_can_be_given_another_meaning_and_the_mapping_kept_under_a_name(
    app: Flask, solveig: Visitor
) -> None:
    text = "A,B,C,D\nx1,Rauma,Ein Film,2019-03-09\nx2,Stranda,Noch einer,2019-03-10\n"
    address = brought(solveig, text, "liste.csv")
    answers = answers_on(solveig.get(address)) | {
        "column-0": "number",
        "column-1": "place",
        "column-2": "title",
        "country": "NO",
        "licence": "CC0",
        "source_title": "A list",
        "save_as": "Our list",
    }
    tried = go(solveig, address, "answers", **answers, action="try")
    assert "Rows placed exactly 2" in seen(tried)
    go(solveig, address, "steps", step="import")
    with app.app_context():
        assert sorted(db.session.scalars(select(Production.title))) == ["Ein Film", "Noch einer"]
        assert db.session.scalars(select(Source.note).where(Source.title == "A list")).one() == "Licence: CC0"
        assert db.session.scalars(select(SavedMapping.name)).all() == ["our list"]
    other = brought(solveig, text.replace("x1", "y1"), "weitere.csv")
    page = solveig.get(other)
    assert "recognised as our list, which was saved here" in seen(page)
    assert answers_on(page)["licence"] == "CC0"


def test_contradicting_answers_are_refused_and_all_that_was_typed_stays(solveig: Visitor) -> None:
    address = brought(solveig, FILMS, "filme.csv")
    answers = answers_on(solveig.get(address)) | {"column-1": "title", "context": "Norway", "action": "try"}
    page = solveig.post(f"{address}/answers", **answers)
    assert page.status_code == 422
    assert "&#39;Film&#39; and &#39;Ort&#39; cannot both be: title of the production." in page.text
    kept = answers_on(page)
    assert (kept["column-1"], kept["context"]) == ("title", "Norway")
    page = solveig.post(f"{address}/answers", **(answers | {"column-1": ""}))
    assert "No column holds a place." in seen(page)
    page = solveig.post(f"{address}/answers", **(answers | {"column-1": "place", "address": "ftp://x"}))
    assert errors_in(page)


def test_letters_of_several_encodings_are_asked_about_with_words_to_choose_by(solveig: Visitor) -> None:
    text = "title,place\nСталкер,Москва\nЗеркало,Тучково\n".encode("cp1251")
    address = brought(solveig, text, "фильмы.csv")
    page = solveig.get(address)
    assert "may be of several encodings" in seen(page)
    assert "Try it out" not in seen(page)
    page = go(solveig, address, "answers", **(answers_on(page) | {"encoding": "cp1251", "action": "look"}))
    assert "Сталкер" in page.text
    assert "Try it out" in seen(page)


def test_dates_that_nothing_decides_are_asked_about_before_anything_is_counted(solveig: Visitor) -> None:
    address = brought(solveig, "title,place,start\nA Film,Rauma,05/03/2023\n", "films.csv")
    answers = answers_on(solveig.get(address))
    page = go(solveig, address, "answers", **answers, action="try")
    assert "tells whether day or month comes first. Say below which it is." in seen(page)
    page = go(solveig, address, "answers", **(answers | {"order": "day-first", "action": "try"}))
    assert "This would come of it" in seen(page)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty. Choose the file that holds the rows."),
        (b"0" * (MOST_BYTES + 1), "is larger than 32 MB."),
    ],
    ids=["empty", "too large"],
)
def test_what_is_no_file_to_import_is_refused_at_once_and_leaves_nothing(
    app: Flask, solveig: Visitor, content: bytes, why: str
) -> None:
    page = bring(solveig, content)
    assert page.status_code == 422
    assert why in " ".join(errors_in(page))
    assert files_in(app) == []


def test_an_archive_that_unpacks_to_far_more_is_not_unpacked(solveig: Visitor) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", "<kml>" + " " * (8 << 20) + "</kml>")
    address = brought(solveig, packed.getvalue(), "places.kmz")
    assert "that is refused as harmful" in seen(solveig.get(address))


@pytest.mark.parametrize(
    "name", ["../../evil.csv", "C:\\x\\evil.csv", "evil.csv\x00.exe", "." * 40, "ä" * 300 + ".csv"]
)
def test_a_hostile_file_name_stays_in_its_folder(app: Flask, solveig: Visitor, name: str) -> None:
    address = brought(solveig, FILMS, name)
    assert solveig.get(address).status_code == 200
    (stored,) = files_in(app)
    assert "/" not in stored
    assert len(stored.encode()) < 200


def test_an_upload_exists_only_for_whoever_brought_it(app: Flask, solveig: Visitor) -> None:
    address = brought(solveig, FILMS, "filme.csv")
    torvald = signed_in(app, "Torvald")
    assert "filme.csv" not in torvald.get("/moderation/imports").text
    for suffix in ("", "/progress.json", "/rejected.csv"):
        assert torvald.get(address + suffix).status_code == 404
    for suffix in ("/answers", "/picks", "/steps", "/removal"):
        assert torvald.post(address + suffix, step="try").status_code == 404
    assert signed_in(app, "Marcello").get("/moderation/imports").status_code == 403


def test_an_import_of_anybody_can_be_taken_back_by_another_moderator(app: Flask, solveig: Visitor) -> None:
    address = brought(solveig, FILMS, "filme.csv")
    go(solveig, address, "answers", **answers_on(solveig.get(address)), action="try")
    go(solveig, address, "steps", step="import")
    torvald = signed_in(app, "Torvald")
    answer = torvald.post("/moderation/imports/runs/1/undo")
    page = settle(torvald, answer.headers["Location"])
    assert "Taken back" in seen(page)
    with app.app_context():
        assert db.session.scalars(select(Production)).all() == []
    assert torvald.post("/moderation/imports/runs/1/undo").status_code == 404


def test_what_a_dead_worker_left_is_taken_on_by_whoever_looks(app: Flask, solveig: Visitor) -> None:
    address = brought(solveig, FILMS, "filme.csv")
    go(solveig, address, "answers", **answers_on(solveig.get(address)), action="try")
    with app.app_context():
        one = db.session.scalars(select(Upload)).one()
        one.state, one.beat_at = UploadState.WRITING, now() - timedelta(hours=1)
        db.session.commit()
    assert "Imported" in seen(settle(solveig, address))
    with app.app_context():
        assert db.session.scalars(select(ImportRun)).one().rows_done == 3


def test_the_command_line_takes_on_what_waits(app: Flask, solveig: Visitor) -> None:
    address = brought(solveig, FILMS, "filme.csv")
    go(solveig, address, "answers", **answers_on(solveig.get(address)), action="try")
    with app.app_context():
        db.session.scalars(select(Upload)).one().state = UploadState.WRITING
        db.session.commit()
    result = run_import(app, "--resume")
    assert result.exit_code == 0, result.output
    assert "filme.csv is imported." in result.output
    with app.app_context():
        assert len(db.session.scalars(select(Production)).all()) == 2


def test_a_step_from_where_the_upload_does_not_stand_is_refused(solveig: Visitor) -> None:
    address = brought(solveig, FILMS, "filme.csv")
    for step, status in (("import", 409), ("undo", 409), ("ask", 409), ("dance", 400), ("stop", 303)):
        assert solveig.post(f"{address}/steps", step=step).status_code == status, step
    assert solveig.get(f"{address}/rejected.csv").status_code == 404


def test_files_expire_and_can_be_deleted_before(app: Flask, solveig: Visitor) -> None:
    address = brought(solveig, FILMS, "filme.csv")
    assert solveig.post(f"{address}/removal").status_code == 303
    assert files_in(app) == []
    assert solveig.get(address).status_code == 404
    brought(solveig, FILMS, "alt.csv")
    with app.app_context():
        db.session.scalars(select(Upload)).one().created_at = now() - KEPT - timedelta(days=1)
        db.session.commit()
    brought(solveig, FILMS, "neu.csv")
    assert files_in(app) == ["neu.csv"]
