"""Files of strangers are read as they are meant, or it is said what is unclear."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.exchange.tables import table_file
from tracker.exchange.csvrows import RawRow
from tracker.exchange.mappings.mapping import built_in, load, parse
from tracker.exchange.mappings.proposing import known_columns, propose
from tracker.exchange.mappings.writing import as_toml
from tracker.exchange.reading.coordinates import read_columns, read_pair
from tracker.exchange.reading.days import DayEvidence, DayOrder, decide, read_day
from tracker.exchange.reading.plaintext import plain
from tracker.exchange.reading.projected import from_lambert93
from tracker.exchange.reading.tables import Table, open_table
from tracker.foundation.errors import DataFileError, InvalidValueError


def _open(path: Path, encoding: str | None = None) -> Table:
    return open_table(path, known=known_columns(), encoding=encoding)


def _cells(table: Table) -> list[dict[str, str]]:
    return [row.cells for row in table.read() if isinstance(row, RawRow)]


def test_a_title_line_above_the_header_is_passed_over_and_mac_roman_is_told(tmp_path: Path) -> None:
    text = "Lieux de tournage de la région, édition 2018\nTitre;Lieu de tournage\nL’Été;Forêt de Sénart\n"
    table = _open(table_file(tmp_path, text, encoding="mac_roman"))
    assert table.header == ("Titre", "Lieu de tournage")
    assert _cells(table) == [{"titre": "L’Été", "lieu_de_tournage": "Forêt de Sénart"}]
    assert any("Mac Roman" in remark for remark in table.remarks)
    assert any("1 line above the header" in remark for remark in table.remarks)


def test_letters_that_no_western_encoding_gives_are_asked_about(tmp_path: Path) -> None:
    path = table_file(tmp_path, "title,place\nСталкер,Москва\nЗеркало,Тучково\n", encoding="cp1251")
    with pytest.raises(DataFileError, match="--encoding"):
        _open(path)
    assert _cells(_open(path, "cp1251"))[0] == {"title": "Сталкер", "place": "Москва"}


def test_an_encoding_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    path = table_file(tmp_path, "title,place\nÉté,Paris\n", encoding="cp1252")
    with pytest.raises(DataFileError, match="is not utf-8"):
        _open(path, "utf-8")
    with pytest.raises(DataFileError, match="no encoding 'klingon'"):
        _open(path, "klingon")


def test_a_table_without_a_header_has_numbered_columns_and_loses_no_row(tmp_path: Path) -> None:
    table = _open(table_file(tmp_path, 'Heat,1995,"Los Angeles, California"\n180,2011,"Bergen, Norway"\n'))
    assert not table.has_header
    assert [cells["column_1"] for cells in _cells(table)] == ["Heat", "180"]
    columns = propose(table).mapping.columns
    assert (columns["title"], columns["year"], columns["place"]) == (
        ("column_1",),
        ("column_2",),
        ("column_3",),
    )


def test_films_that_are_called_numbers_stay_titles(tmp_path: Path) -> None:
    table = _open(table_file(tmp_path, "film,year,location\n180,2011,Oslo\n355,2022,Paris\n"))
    columns = propose(table).mapping.columns
    assert (columns["title"], columns["year"], columns["place"]) == (("film",), ("year",), ("location",))


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        ("Filmtitel;Drehort;Drehbeginn", ("title", "place", "start")),
        ("Título;Localización;Fecha de inicio", ("title", "place", "start")),
        ("Titolo;Luogo;Data inizio", ("title", "place", "start")),
        ("Tittel;Innspillingssted;Startdato", ("title", "place", "start")),
    ],
)
def test_columns_are_understood_in_several_languages(
    tmp_path: Path, header: str, fields: tuple[str, ...]
) -> None:
    table = _open(table_file(tmp_path, f"{header}\nEins;Oslo;2020-01-02\n"))
    assert set(propose(table).mapping.columns) == set(fields)


def test_an_index_column_is_left_out_and_said(tmp_path: Path) -> None:
    table = _open(table_file(tmp_path, ",title,place\n0,Heat,Oslo\n1,Heat,Bergen\n"))
    proposal = propose(table)
    assert proposal.unused == ("(no name: column_1)",)
    assert proposal.mapping.columns["title"] == ("title",)


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (
            "East 57th Street &amp; Sutton Square<br>Sutton Place",
            "East 57th Street & Sutton Square Sutton Place",
        ),
        ('<a href="https://x.example">Pier</a> <script>alert(1)</script>7', "Pier 7"),
        ("a < b and c > d", "a < b and c > d"),
        ("R&B Studio", "R&B Studio"),
        ("two\nlines", "two lines"),
    ],
)
def test_html_becomes_its_words(cell: str, words: str) -> None:
    assert plain(cell) == words


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("2019-06-21", DayOrder.DAY_FIRST, "2019-06-21"),
        ("2019-06-21T08:30:00+02:00", DayOrder.MONTH_FIRST, "2019-06-21"),
        ("3/9/19 4:00", DayOrder.MONTH_FIRST, "2019-03-09"),
        ("3/9/19 4:00", DayOrder.DAY_FIRST, "2019-09-03"),
        ("05/03/2023 06:00:00 AM", DayOrder.MONTH_FIRST, "2023-05-03"),
        ("21.06.2019", DayOrder.DAY_FIRST, "2019-06-21"),
        ("20190621", DayOrder.DAY_FIRST, "2019-06-21"),
        ("June 2019", DayOrder.DAY_FIRST, "2019-06"),
        ("n/a", DayOrder.DAY_FIRST, ""),
    ],
)
def test_dates_are_read_in_all_their_formats(cell: str, order: DayOrder, day: str) -> None:
    assert read_day(cell, order).edtf == day


def test_one_date_beyond_the_twelfth_decides_for_the_whole_column() -> None:
    evidence = DayEvidence("start")
    for cell in ("3/9/19 4:00", "3/10/19 4:00", "3/13/19 4:00"):
        evidence.add(cell)
    order, why = decide([evidence], asked=None, usual=None)
    assert order is DayOrder.MONTH_FIRST
    assert "3/13/19" in why


def test_dates_of_both_orders_in_one_file_are_asked_about() -> None:
    evidence = DayEvidence("start")
    evidence.add("13/3/2019")
    evidence.add("3/14/2019")
    with pytest.raises(DataFileError, match="both ways"):
        decide([evidence], asked=None, usual=None)
    assert decide([evidence], asked=DayOrder.DAY_FIRST, usual=None)[0] is DayOrder.DAY_FIRST


@pytest.mark.parametrize(
    "cell", ["48.85, 2.35", "48.85,2.35", "(48.85 2.35)", "Point(2.35 48.85)", "48,85; 2,35"]
)
def test_a_point_in_one_cell_is_read(cell: str) -> None:
    written = read_pair(cell)
    assert written is not None
    assert (written.point.lat, written.point.lon) == (48.85, 2.35)


def test_metres_of_the_french_grid_are_converted_and_said() -> None:
    """The origin of the grid is 46.5 N, 3 E by definition (IGN)."""
    point = from_lambert93(700_000, 6_600_000)
    assert (round(point.lat, 7), round(point.lon, 7)) == (46.5, 3.0)
    written = read_columns("6600000", "700000")
    assert written is not None
    assert "Lambert-93" in written.remark


@pytest.mark.parametrize(
    ("lat", "lon", "words"),
    [
        ("5410000", "6250000", "projected metres"),
        ("-118.4", "34.0", "swapped"),
        ("north", "south", "not two numbers"),
        ("nan", "4", "not two numbers"),
    ],
)
def test_coordinates_that_cannot_be_degrees_are_refused(lat: str, lon: str, words: str) -> None:
    with pytest.raises(InvalidValueError, match=words):
        read_columns(lat, lon)


def test_geojson_gpx_and_kml_are_tables(tmp_path: Path) -> None:
    feature = (
        '{"type":"Feature","properties":{"title":"Heat","place":"Harbour"},'
        '"geometry":{"type":"Polygon","coordinates":[[[5,60],[6,60],[6,61],[5,60]]]}}'
    )
    geojson = _open(
        table_file(tmp_path, f'{{"type":"FeatureCollection","features":[{feature}]}}', "a.geojson")
    )
    (cells,) = _cells(geojson)
    assert 60 < float(cells["point_lat"]) < 61
    mark = '<wpt lat="62.5" lon="7.7"><name>Wall</name></wpt>'
    gpx = f'<gpx xmlns="http://www.topografix.com/GPX/1/1">{mark}</gpx>'
    assert _cells(_open(table_file(tmp_path, gpx, "a.gpx")))[0] == {
        "point_lat": "62.5",
        "point_lon": "7.7",
        "name": "Wall",
    }
    kml = (
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>Road</name>'
        "<Point><coordinates>7.66,62.45,0</coordinates></Point></Placemark></kml>"
    )
    expected = {"name": "Road", "point_lon": "7.66", "point_lat": "62.45"}
    assert _cells(_open(table_file(tmp_path, kml, "a.kml"))) == [expected]
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as archive:
        archive.writestr("doc.kml", kml)
    assert _cells(_open(tmp_path / "a.kmz")) == [expected]


def test_harmful_xml_and_archives_are_refused(tmp_path: Path) -> None:
    entity = '<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "aa">]><kml><name>&a;</name></kml>'
    with pytest.raises(DataFileError, match="entities"):
        _open(table_file(tmp_path, entity, "a.kml"))
    with zipfile.ZipFile(tmp_path / "a.kmz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", " " * 5_000_000)
    with pytest.raises(DataFileError, match="unpacks to"):
        _open(tmp_path / "a.kmz")


def test_every_built_in_mapping_can_be_loaded_and_saved() -> None:
    names = [mapping.name for mapping in built_in()]
    assert {"datasf", "nyc-permits", "nyc-scenes", "paris", "imdb", "wikidata", "gpx", "kml"} <= set(names)
    for name in names:
        assert parse(as_toml(load(name), {}), f"{name}.toml") == load(name)


def test_a_wrong_key_in_a_mapping_is_named() -> None:
    with pytest.raises(DataFileError, match="no field 'tilte'"):
        parse('[columns]\ntilte = "Film"\n', "mine.toml")
