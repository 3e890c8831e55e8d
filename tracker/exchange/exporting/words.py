"""A row in plain words, for the formats that carry a description."""

from __future__ import annotations

from tracker.exchange.exporting.rows import LICENCE, Row, Site
from tracker.foundation.dates import describe


def headline(row: Row) -> str:
    """Answer place and film on one line."""
    return f"{row.place.name}: {row.production.title}"


def description(row: Row, site: Site) -> list[str]:
    """Answer dates, status, grade, precision, sources and licence, a sentence each.

    Dates stand here in words: no format has a field for "between 1 and 10 September".
    """
    lines = [
        row.place.line,
        f"Dates: {describe(row.period)}",
        f"Status: {row.status.word}. Grade {row.grade.value}, {row.grade.word}.",
        row.why_grade,
        _precision(row),
        _scene(row),
        row.told.note,
        *(_source(row, number, site) for number in range(len(row.sources))),
        row.place.credit,
        f"Licence: {LICENCE}. {site.stop(row.production.slug, row.shoot)}",
    ]
    return [line for line in lines if line]


def _precision(row: Row) -> str:
    if row.place.lat is None:
        return "Place kept private." if row.place.privacy == "private" else "Place not located."
    if row.place.uncertainty_m is None:
        return ""
    hidden = " (a grid cell, on purpose)" if row.place.privacy == "obscured" else ""
    return f"Within {row.place.uncertainty_m:,} m of this point{hidden}."


def _scene(row: Row) -> str:
    plays = f"Plays {row.told.story_place}." if row.told.story_place else ""
    return " ".join(part for part in (plays, row.told.scene, row.told.setting) if part)


def _source(row: Row, number: int, site: Site) -> str:
    source = row.sources[number]
    said = "Source" if source.stance == "supports" else f"Source that {source.stance}"
    title = source.title or source.kind.replace("_", " ")
    return f"{said}: {title}, {source.address or site.source(source.id)}"
