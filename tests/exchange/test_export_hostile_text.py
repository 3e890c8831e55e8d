"""Whatever people typed, every format stays well-formed and says what they typed."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import feedparser
import gpxpy
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tests.exchange.exported import row, written
from tracker.exchange.cells import as_written, harmless

HOSTILE = (
    "{{7*7}}", "</script><script>alert(1)</script>", "]]>", "<![CDATA[", "&amp;&", '"quoted"', "\rCR",
    "\tTab", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "'=1", "''=1", "a\nb", "a;b,c\\d",
    "\u202egnp.exe", "\ufffe", "é" * 90,
)  # fmt: skip
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=60))
FORBIDDEN_IN_XML = {chr(c) for c in range(32)} - {"\t", "\n", "\r"} | {"\ufffe", "\uffff"}


def in_xml(text: str) -> str:
    """What an XML document can hold of a text."""
    return "".join(c for c in text if c not in FORBIDDEN_IN_XML)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_csv_is_read_back_as_it_was_and_no_cell_begins_a_formula(text: str) -> None:
    content = written("csv", [row(text=text)]).decode()
    (cells,) = csv.DictReader(io.StringIO(content, newline=""))
    assert as_written(cells["place"]) == text.replace("\x00", "")
    assert as_written(cells["production"]) == text.replace("\x00", "")
    assert (cells["lat"], cells["lon"]) == ("62.57", "-7.69")
    numbers = ("lat", "lon")
    assert not [v for k, v in cells.items() if k not in numbers and v.startswith(tuple("=@\t\r"))]


@given(TEXTS)
def test_an_apostrophe_of_ours_can_be_told_from_one_that_was_typed(text: str) -> None:
    assert as_written(harmless(text)) == text


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_geojson_and_jsonld_are_read_back_as_they_were(text: str) -> None:
    (feature,) = json.loads(written("geojson", [row(text=text)]))["features"]
    assert feature["properties"]["name"] == feature["properties"]["scene"] == text
    assert feature["geometry"] == {"type": "Point", "coordinates": [-7.69, 62.57]}
    (work,) = json.loads(written("jsonld", [row(text=text)]))["@graph"]
    assert (work["name"], work["locationCreated"][0]["name"]) == (text, text)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_xml_formats_hold_the_text_and_stay_well_formed(text: str) -> None:
    for ending in ("gpx", "kml", "atom"):
        fromstring(written(ending, [row(text=text)]))
    (point,) = gpxpy.parse(written("gpx", [row(text=text)]).decode()).waypoints
    assert (point.name or "").strip() == f"{in_xml(text)}: {in_xml(text)}".strip()


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_calendars_keep_one_event_with_one_summary(text: str) -> None:
    content = written("ics", [row(text=text)])
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    calendar: Any = Calendar.from_ical(content.decode())
    (event,) = calendar.walk("VEVENT")
    kept = "".join(c for c in text.replace("\r\n", "\n") if (ord(c) >= 32 and c != "\x7f") or c in "\t\n")
    assert str(event["SUMMARY"]) == f"{kept}: {kept}"


def test_feeds_do_not_run_what_was_typed() -> None:
    feed = feedparser.parse(written("atom", [row(text="</summary><script>alert(1)</script>")]))
    assert not feed.bozo
    assert (
        feed.entries[0].title
        == "</summary><script>alert(1)</script>: </summary><script>alert(1)</script>, wrapped"
    )
