"""What is stored of shoots is what their evidence gives, after every way in which the evidence changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.cast import film, moderator, place, say, shoot, source
from tests.exchange.making import row, timeline_file
from tests.exchange.tables import run_import, table_file
from tests.web.test_place_editing import edit
from tests.web.visitors import Visitor, signed_in
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.history.models import Change, Revision
from tracker.history.recording import change
from tracker.places.models import Place, PlaceKind
from tracker.productions.knowledge import knowledge_of
from tracker.productions.models import Grade, Production, Shoot, Status
from tracker.productions.operations import CitationDraft, cite
from tracker.productions.queries import citations_of, claims_of
from tracker.sources.models import SourceKind

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


@pytest.fixture
def record(database: Engine) -> Iterator[Session]:
    with Session(database) as session:
        yield session


def stored(session: Session) -> dict[int, tuple[str, ...]]:
    """Answer grade, status and dates of all shoots as they stand in their table."""
    return {
        one.id: (one.grade.value, one.status.value, one.start.edtf, one.end.edtf)
        for one in session.scalars(select(Shoot))
    }


def worked_out(session: Session) -> dict[int, tuple[str, ...]]:
    """Answer the same, worked out from the citations alone."""
    shoots = list(session.scalars(select(Shoot)))
    claims = claims_of(session, shoots, citations_of(session, [one.id for one in shoots]))
    found: dict[int, tuple[str, ...]] = {}
    for one in shoots:
        known = knowledge_of(
            claims[one.id],
            on=today(),
            as_known=False,
            released=session.get_one(Production, one.production_id).released,
            refuted_reason=one.refuted_reason,
        )
        assert known is not None
        period = known.period
        found[one.id] = (known.grade.value, known.status.value, period.start.edtf, period.end.edtf)
    return found


def is_true(session: Session) -> bool:
    session.rollback()
    session.expire_all()
    return stored(session) == worked_out(session) != {}


def graded(session: Session, number: int) -> Grade:
    session.rollback()
    return session.get_one(Shoot, number, populate_existing=True).grade


def test_moving_a_place_into_another_regrades_what_names_either_in_the_same_change(
    app: Flask, record: Session
) -> None:
    with app.app_context():
        moderator(db.session)
        rauma = place(db.session, "Rauma", 62.57, 7.69, kind=PlaceKind.MUNICIPALITY, country="NO")
        valley = place(db.session, "Romsdalen", 62.5, 7.8, kind=PlaceKind.AREA, country="NO")
        road = place(db.session, "Trollstigen", 62.45, 7.66, country="NO", kind=PlaceKind.STREET)
        stop = shoot(db.session, film(db.session), rauma)
        beside = shoot(db.session, film(db.session, "Another"), rauma)
        say(db.session, source(db.session, "On all of Rauma"), beside)
        report = source(db.session, "On the road", SourceKind.OWN_REPORTING)
        with change(db.session, by=None, comment="Cite"):
            cite(db.session, stop, report, CitationDraft(status=Status.CONFIRMED), speaks_of=road)
        db.session.commit()
        numbers = stop.id, valley.id, road.id
    number, valley_id, road_id = numbers
    assert graded(record, number) is Grade.E and is_true(record)
    desk = signed_in(app, "Solveig")
    # The road lies in the valley, which lies nowhere yet; then the valley in the municipality.
    assert edit(desk, road_id, within=str(valley_id)).status_code == 303
    assert graded(record, number) is Grade.E and is_true(record)
    assert edit(desk, valley_id, within="1").status_code == 303
    assert graded(record, number) is Grade.C and is_true(record)
    last = record.scalars(select(Change.id).order_by(Change.id.desc()).limit(1)).one()
    written = record.execute(
        select(Revision.table_name, Revision.row_id).where(Revision.change_id == last)
    ).all()
    assert {tuple(one) for one in written} == {("place", valley_id), ("shoot", number)}
    assert desk.post(f"/changes/{last}/revert", **reverting(desk, last)).status_code == 303
    assert graded(record, number) is Grade.E and is_true(record)
    assert edit(desk, road_id, within="1").status_code == 303
    assert graded(record, number) is Grade.C and is_true(record)
    assert edit(desk, road_id, within="").status_code == 303
    assert graded(record, number) is Grade.E and is_true(record)


def reverting(desk: Visitor, number: int) -> dict[str, str]:
    page = desk.get(f"/changes/{number}/revert")
    found = re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.text)
    return {name: value for name, value in found if name != "csrf_token"} | {"comment": "Back"}


@pytest.mark.usefixtures("gazetteer_path")
def test_a_timeline_that_adds_citations_regrades_the_shoots_that_it_meets(
    app: Flask, record: Session, tmp_path: Path
) -> None:
    first = timeline_file(tmp_path, row())
    assert run_import(app, first).exit_code == 0
    (before,) = stored(record).items()
    assert is_true(record)
    with app.app_context():
        # The next page cited is the reporter's own.
        source(
            db.session,
            "The reporter's page",
            SourceKind.OWN_REPORTING,
            address="https://reporter.example/train",
        )
        db.session.commit()
    second = timeline_file(tmp_path, row(source_url="https://reporter.example/train"))
    assert run_import(app, second).exit_code == 0
    assert is_true(record)
    (after,) = stored(record).items()
    assert (before[0], before[1][0], after[0], after[1][0]) == (1, "D", 1, "B")


LIST = """Title,Release Year,Locations,Date
Vertigo,1958,Coit Tower,1957-09-30
Vertigo,1958,Fort Point,1957-10
"""


@pytest.mark.usefixtures("gazetteer_path")
def test_a_table_that_adds_citations_regrades_the_shoots_that_it_meets(
    app: Flask, record: Session, tmp_path: Path
) -> None:
    assert run_import(app, table_file(tmp_path, LIST, "first.csv")).exit_code == 0
    assert is_true(record)
    before = stored(record)
    with app.app_context():
        stop = db.session.scalars(select(Shoot).join(Place).where(Place.name == "Coit Tower")).one()
        say(db.session, source(db.session, "The studio's log", SourceKind.PRODUCTION_STATEMENT), stop)
        db.session.commit()
        number = stop.id
    assert is_true(record)
    raised = stored(record)
    assert (before[number][0], raised[number][0]) == ("D", "A")
    second = table_file(tmp_path, LIST.replace("Title", "Film title"), "second.csv")
    done = run_import(app, second, "--source", "https://other.example/list")
    assert done.exit_code == 0, done.output
    assert is_true(record)
    assert stored(record).keys() == before.keys()
    cited = citations_of(record, list(before))
    assert sorted(len(each) for each in cited.values()) == [2, 3]
