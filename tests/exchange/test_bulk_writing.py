"""Rows that are written in bulk are the same as those written one by one, history and cells included."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.exchange.tables import logical_dump, table_file
from tracker.cli.places import open_cascade
from tracker.exchange.mappings.proposing import known_columns, propose
from tracker.exchange.reading.tables import open_table
from tracker.exchange.running.prepare import Options, prepare
from tracker.exchange.running.run import Import
from tracker.foundation.bulk import Pending
from tracker.foundation.database import begin_writing, writing
from tracker.foundation.dates import DateBound, parse_period
from tracker.foundation.geo import Point
from tracker.history.bulk import Log, reopened
from tracker.history.models import Change, ChangeSubject, Revision
from tracker.history.recording import change
from tracker.places.bulk import PlacesOnRecord
from tracker.places.models import Cell, Place, PlaceKind
from tracker.places.operations import PlaceDraft, find_or_add_place
from tracker.productions.bulk import Film, Films
from tracker.productions.bulk_shoots import Shoots, Speaker, Stated
from tracker.productions.evidence import Citation
from tracker.productions.models import Production, ProductionIdentifier, Shoot, Status, Title
from tracker.productions.operations import CitationDraft, add_identifier, add_production, add_shoot, cite
from tracker.sources.models import SourceKind
from tracker.sources.operations import SourceDraft, find_or_add_source

_PLACE = PlaceDraft(name="Åndalsnes", kind=PlaceKind.TOWN, country="NO", point=Point(62.567, 7.687))
_PERIOD = parse_period("6-10 Sept 2020")
_SOURCE = SourceDraft(kind=SourceKind.DATABASE, title="A list", address="https://list.example/")


def _one_by_one(session: Session) -> None:
    with change(session, by=None, comment="Import"):
        source = find_or_add_source(session, _SOURCE)
        place = find_or_add_place(session, _PLACE)
        production = add_production(session, title="The Long Train", year=2021)
        production.released = DateBound.from_edtf("2021", "2021")
        session.flush()
        add_identifier(session, production, scheme="wikidata", value="Q1")
        shoot = add_shoot(session, production, place)
        cite(session, shoot, source, CitationDraft(status=Status.CONFIRMED, period=_PERIOD))


def _in_bulk(session: Session) -> None:
    opened = Change(author_id=None, comment="Import")
    session.add(opened)
    session.flush()
    with reopened(session, opened.id):
        source = find_or_add_source(session, _SOURCE)
        log = Log(opened.id)
        pending, places = Pending.of(session), PlacesOnRecord()
        places.meet(session, [_PLACE])
        ids, _ = places.find_or_add(pending, log, [(_PLACE, None)])
        places.count(pending)
        films = Films()
        film = Film("The Long Train", 2021, identifiers=(("wikidata", "Q1"),))
        films.meet(session, [film])
        films.add(pending, log, [film])
        known = films.find(film)
        assert known is not None
        stated = Stated(
            production_id=known.id,
            released=known.released,
            place_id=ids[_PLACE],
            source=Speaker.of(source),
            period=_PERIOD,
            status=Status.CONFIRMED,
        )
        Shoots().keep(pending, log, [stated])
        pending.write(session)
        log.write(session)


def _written(session: Session, how: Callable[[Session], None]) -> tuple[object, ...]:
    """Answer what a way of writing leaves: the history's last word on each row, its subjects, the cells."""
    begin_writing(session)
    how(session)
    after: dict[tuple[str, int], dict[str, object]] = {}
    for one in session.scalars(select(Revision).order_by(Revision.id)):
        values = {k: v for k, v in (one.after or {}).items() if k not in ("created_at", "captured_on")}
        after.setdefault((one.table_name, one.row_id), {}).update(values)
    subjects = {(one.kind, one.subject_id) for one in session.scalars(select(ChangeSubject))}
    cells = {(one.level, one.code, one.n) for one in session.scalars(select(Cell))}
    rows = [
        sorted(
            repr([value for name, value in row._mapping.items() if name not in ("created_at", "version")])
            for row in session.execute(select(model.__table__))
        )
        for model in (Place, Production, Title, ProductionIdentifier, Shoot, Citation)
    ]
    session.rollback()
    return after, subjects, cells, rows


# On PostgreSQL the ids of a rolled back transaction are not given again.
@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_rows_written_in_bulk_are_those_written_one_by_one(session: Session) -> None:
    assert _written(session, _in_bulk) == _written(session, _one_by_one)


def _prepared(path: Path, session: Session) -> Import:
    table = open_table(path, known=known_columns())
    run = prepare(
        table,
        propose(table).mapping,
        Options(),
        resolver=open_cascade(online=False),
        country_of=lambda _point: "",
    )
    run.go_on(session)
    run.resolve(lambda: None)
    return run


def _finish(run: Import, database: Engine, *, most: int = 1_000) -> None:
    with Session(database) as session:
        for batch in run.batches(3):
            if most == 0:
                return
            most -= 1
            with writing(session):
                run.take(session, batch)
        with writing(session):
            run.finish(session)


@pytest.mark.usefixtures("gazetteer_path")
@pytest.mark.parametrize("kills", [(1,), (1, 1, 2), (3, 1)])
@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_an_import_that_is_cut_off_goes_on_and_ends_as_if_it_never_was(
    app: Flask,
    database: Engine,
    tmp_path: Path,
    kills: tuple[int, ...],
) -> None:
    rows = [
        f"Film {n % 7},{2000 + n % 7},{('Oslo', 'Bergen', 'Bar ' + str(n))[n % 3]},NO,5/{n}/2019"
        for n in range(1, 26)
    ]
    path = table_file(tmp_path, "title,year,place,country,date\n" + "\n".join(rows))
    with app.app_context():
        for most in kills:
            with Session(database) as session:
                run = _prepared(path, session)
            _finish(run, database, most=most)
        with Session(database) as session:
            _finish(_prepared(path, session), database)
        cut = logical_dump(database)
        with Session(database) as session:
            run = _prepared(path, session)
            assert run.done == 0
        _finish(run, database)
        assert logical_dump(database) == cut
    figures = run.report.counts
    assert (figures["same"], figures["new"]) == (25, 0)
    assert len(cut["shoot"]) == 25
