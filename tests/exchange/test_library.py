"""The library: what its import files hold, checked row by row, and how the importer takes them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from tests.databases import SqliteTemplate
from tests.geocoding.outlines import read_outlines
from tracker.exchange.csvrows import Rejected
from tracker.exchange.demo import DemoReport, load_library
from tracker.exchange.demo.loading import LIBRARY, SERIES
from tracker.exchange.importing import TimelineImport
from tracker.exchange.timeline import TimelineRow, open_timeline, read_timeline
from tracker.foundation.database import prepare_sqlite, writing
from tracker.geocoding.gazetteer import open_gazetteer
from tracker.history.models import Change, Revision
from tracker.history.recording import change
from tracker.places.models import Place
from tracker.productions.evidence import Citation, OrderCitation
from tracker.productions.models import Production, ProductionKind, Shoot

PRODUCTIONS, SHOOTS = 33, 178
FILES = sorted(LIBRARY.glob("*.csv"))
# The countries that the library names, by continent, so that a new one has to be placed by hand.
CONTINENTS = {
    "Africa": "KE MA NA TN TZ ZA",
    "Asia": "AE HK IN JO KR TH",
    "Europe": "AT DE ES FR GB HU IE IS IT MT NL NO UA",
    "North America": "CA GT JM MX PA US",
    "Oceania": "AU NZ",
    "South America": "AR BR CL UY",
}
# Coasts and borders are drawn coarsely: a pin may lie this far beyond them, and as far as it may be off.
COARSENESS_M = 3_000


def _rows(path: Path) -> list[TimelineRow]:
    return [row for row in read_timeline(open_timeline(path)) if not isinstance(row, Rejected)]


ROWS = [row for path in FILES for row in _rows(path)]


@pytest.fixture(scope="module")
def library(
    sqlite_template: SqliteTemplate, gazetteer_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Session, DemoReport]]:
    """The library, loaded once: these tests only read, or change nothing."""
    with sqlite_template.copy(tmp_path_factory.mktemp("library")) as url:
        engine = create_engine(url)
        prepare_sqlite(engine)
        with closing(Session(engine)) as session:
            with writing(session):
                report = load_library(session, open_gazetteer(gazetteer_path))
            yield session, report
        engine.dispose()


def test_thirty_productions_and_more_over_seven_decades_have_four_shoots_each() -> None:
    shoots = Counter((row.production, row.year) for row in ROWS)
    assert (len(shoots), len(ROWS)) == (PRODUCTIONS, SHOOTS)
    assert min(shoots.values()) >= 4
    decades = {year // 10 * 10 for _, year in shoots if year}
    assert decades == set(range(1950, 2030, 10))
    assert {title for title, _ in shoots} >= SERIES


def test_every_inhabited_continent_has_shoots_of_three_productions_and_more() -> None:
    continents = {code: name for name, codes in CONTINENTS.items() for code in codes.split()}
    productions = defaultdict(set)
    for row in ROWS:
        assert row.country is not None, row.place
        productions[continents[row.country]].add(row.production)
    assert productions.keys() == CONTINENTS.keys()
    assert {name for name, titles in productions.items() if len(titles) < 3} == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_holds_the_productions_of_its_decade_and_no_row_is_wrong(path: Path) -> None:
    assert [row for row in read_timeline(open_timeline(path)) if isinstance(row, Rejected)] == []
    assert {f"{(row.year or 0) // 10}0s" for row in _rows(path)} == {path.stem}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.production}: {row.place}")
def test_a_shoot_has_a_source_an_own_note_and_dates_in_order(row: TimelineRow) -> None:
    address = urlsplit(row.address)
    assert address.scheme in ("http", "https")
    assert "." in address.netloc
    assert row.note.endswith(".")
    period = row.period()
    assert period.start.is_known
    assert period.start.earliest is not None
    assert row.year is not None
    if period.end.latest is not None:
        assert period.start.earliest <= period.end.latest
    if row.production == "Doctor Who":
        # It began in the year of its row and ran on.
        assert period.start.earliest.year >= row.year
    else:
        # Shot before it came out, and not long before.
        assert row.year - 5 <= period.start.earliest.year <= row.year
    if row.published.is_known and row.published.latest is not None and row.status.value == "confirmed":
        assert period.start.earliest <= row.published.latest


def test_importing_adds_everything_and_nothing_is_left_without_a_pin(
    library: tuple[Session, DemoReport],
) -> None:
    session, report = library
    assert (report.productions, report.added, report.already) == (PRODUCTIONS, SHOOTS, 0)
    assert report.unlocated == []
    assert session.scalar(select(func.count()).select_from(Production)) == PRODUCTIONS
    cited = set(session.scalars(select(Citation.shoot_id)))
    assert cited == set(session.scalars(select(Shoot.id)))


def test_series_are_series_and_the_rest_are_films(library: tuple[Session, DemoReport]) -> None:
    session, _ = library
    kinds = {production.title: production.kind for production in session.scalars(select(Production))}
    assert {title for title, kind in kinds.items() if kind is ProductionKind.SERIES} == SERIES
    assert set(kinds.values()) == {ProductionKind.SERIES, ProductionKind.FILM}


def test_each_place_lies_inside_the_country_that_its_row_names(library: tuple[Session, DemoReport]) -> None:
    session, _ = library
    outlines = read_outlines()
    astray = []
    for place in session.scalars(select(Place)):
        assert place.lat is not None
        assert place.lon is not None
        near = outlines.countries_within(place.lat, place.lon, (place.uncertainty_m or 0) + COARSENESS_M)
        # The outlines draw Hong Kong as a part of China.
        if place.country not in near and not (place.country == "HK" and "CN" in near):
            astray.append((place.name, place.country, near))
    assert astray == []
    assert {place.country for place in session.scalars(select(Place))} == {row.country for row in ROWS}


def test_what_is_unsure_is_on_record_as_unsure(library: tuple[Session, DemoReport]) -> None:
    session, _ = library
    shoots = session.execute(
        select(Place.name, Shoot)
        .join(Place, Shoot.place_id == Place.id)
        .join(Production, Shoot.production_id == Production.id)
        .where(Production.title == "Avengers: Age of Ultron")
        .order_by(Shoot.source_order)
    )
    assert [(name, shoot.start.edtf, shoot.end.edtf) for name, shoot in shoots] == [
        ("Johannesburg", "2014-02-11", ""),
        ("Bard", "2014?", "2014?"),
        ("Seoul", "2014?", "2014?"),
        ("Shepperton Studios", "2014", "2014"),
    ]


def test_what_sources_say_of_the_order_is_on_record(library: tuple[Session, DemoReport]) -> None:
    session, _ = library
    orders = session.scalar(select(func.count()).select_from(OrderCitation))
    assert orders == sum(len(row.after) for row in ROWS)


def test_each_production_is_one_change_of_the_installation_itself(
    library: tuple[Session, DemoReport],
) -> None:
    session, _ = library
    changes = session.execute(select(Change.comment, Change.author_id)).all()
    titles = dict.fromkeys(row.production for row in ROWS)
    assert [tuple(row) for row in changes] == [(f"Library: where {title} was shot", None) for title in titles]


def test_loading_again_adds_nothing(library: tuple[Session, DemoReport], gazetteer_path: Path) -> None:
    session, _ = library
    counts = [select(func.count()).select_from(table) for table in (Shoot, Place, Citation, Change, Revision)]
    before = [session.scalar(count) for count in counts]
    with writing(session):
        report = load_library(session, open_gazetteer(gazetteer_path))
    assert [session.scalar(count) for count in counts] == before
    assert (report.added, report.already, report.unlocated) == (0, SHOOTS, [])


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_anybody_could_import_a_file(path: Path, session: Session, gazetteer_path: Path) -> None:
    run = TimelineImport(open_gazetteer(gazetteer_path), name=path.name)
    with change(session, by=None, comment=f"Import {path.name}"):
        run.take(session, run.locate(read_timeline(open_timeline(path))))
    assert (run.report.added, run.report.rejected, run.report.unlocated) == (len(_rows(path)), [], [])
