"""Rows to write, made by hand or by Hypothesis, and a heading for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from tracker.exchange.exporting.formats import FORMATS
from tracker.exchange.exporting.rows import (
    Heading,
    PublicPlace,
    PublicProduction,
    PublicSource,
    Row,
    Site,
    Told,
)
from tracker.foundation.dates import DateBound, Period
from tracker.productions.models import Grade, Status

SITE = Site("https://films.example/")
WHEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
HEADING = Heading(
    title="A view",
    page="https://films.example/productions",
    own="https://films.example/productions.atom",
    site=SITE,
    updated=WHEN,
)


def row(number: int = 1, text: str = "Rauma", **more: object) -> Row:
    """Answer a shoot at a point in which every text is the one given."""
    day = DateBound.from_edtf("2020-10-05")
    place = PublicPlace(
        id=number,
        name=text,
        slug="a-place",
        kind="municipality",
        privacy="open",
        country="NO",
        region=text,
        municipality=text,
        lat=62.57,
        lon=-7.69,
        uncertainty_m=24000,
        geometry=None,
        credit="",
    )
    source = PublicSource(
        id=number,
        title=text,
        kind="book",
        address="https://a.example/?b=1&c=2",
        stance="supports",
        published="2020",
    )
    values: dict[str, object] = {
        "shoot": number,
        "production": PublicProduction(id=1, slug="a-film", title=text, kind="film", year=2023),
        "place": place,
        "unit": "main",
        "status": Status.WRAPPED,
        "grade": Grade.B,
        "period": Period(day, day),
        "told": Told(scene=text, story_place=text, note=text),
        "sources": (source,),
        **more,
    }
    return Row(**values)  # type: ignore[arg-type]  # any of its fields by name


def written(ending: str, rows: Iterable[Row]) -> bytes:
    """Answer the whole file."""
    return b"".join(FORMATS[ending].write(HEADING, rows))
