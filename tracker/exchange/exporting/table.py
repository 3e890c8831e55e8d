"""CSV: a line for each shoot, in columns that the import knows where they mean the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from tracker.exchange.cells import harmless
from tracker.exchange.exporting.film import RouteLine
from tracker.exchange.exporting.rows import LICENCE, Heading, Row, Site
from tracker.foundation.dates import describe

COLUMNS = (
    "production", "year", "seq", "place", "country", "start", "end", "status", "source_url", "note",
    "published", "unit", "lat", "lon",
    "uncertainty_m", "kind", "region", "municipality", "privacy", "role", "dates", "earliest", "latest",
    "grade", "grade_word", "story_place", "scene", "setting", "in_film", "partners", "sources", "credit",
    "licence", "url",
)  # fmt: skip


def write_csv(heading: Heading, rows: Iterable[Row], _lines: Sequence[RouteLine] = ()) -> Iterator[bytes]:
    """Yield the header and a line for each row (RFC 4180, UTF-8); no cell begins like a formula."""
    line = io.StringIO()
    writer = csv.writer(line)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([harmless(cell) for cell in _cells(row, heading.site)])
        yield _emptied(line)
    yield _emptied(line)


def _emptied(line: io.StringIO) -> bytes:
    content = line.getvalue().encode()
    line.seek(0)
    line.truncate()
    return content


def _cells(row: Row, site: Site) -> list[str]:
    place, first = row.place, row.sources[0] if row.sources else None
    values: dict[str, object] = {
        "production": row.production.title,
        "year": row.production.year,
        "seq": row.step,
        "place": place.name,
        "country": place.country,
        "start": row.period.start.edtf,
        "end": row.period.end.edtf,
        "status": row.status.value,
        "source_url": first.address if first else "",
        "note": row.told.note,
        "published": first.published if first else "",
        "unit": row.unit,
        "lat": place.lat,
        "lon": place.lon,
        "uncertainty_m": place.uncertainty_m,
        "kind": place.kind,
        "region": place.region,
        "municipality": place.municipality,
        "privacy": place.privacy,
        "role": row.role,
        "dates": describe(row.period),
        "earliest": row.first,
        "latest": row.last,
        "in_film": row.told.in_film,
        "partners": "; ".join(f"{one.name} ({one.words})" for one in row.partners),
        "grade": row.grade.value,
        "grade_word": row.grade.word,
        "story_place": row.told.story_place,
        "scene": row.told.scene,
        "setting": row.told.setting,
        "sources": " | ".join(
            f"{source.title or source.kind.replace('_', ' ')} <{source.address or site.source(source.id)}>"
            for source in row.sources
        ),
        "credit": place.credit,
        "licence": LICENCE,
        "url": site.stop(row.production.slug, row.shoot),
    }
    return ["" if values[name] is None else str(values[name]).replace("\x00", "") for name in COLUMNS]
