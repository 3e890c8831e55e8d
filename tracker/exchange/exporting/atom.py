"""Atom (RFC 4287): what changed last in a view, with the place as GeoRSS."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tracker.exchange.exporting.film import RouteLine
from tracker.exchange.exporting.markup import DECLARATION, element, text
from tracker.exchange.exporting.rows import LICENCE, LICENCE_ADDRESS, Heading, Row
from tracker.exchange.exporting.words import description, headline


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed; `via` are the addresses of sources, `point` is (lat, lon) in degrees."""

    address: str
    title: str
    updated: datetime
    summary: str
    author: str = ""
    categories: tuple[tuple[str, str], ...] = ()
    via: tuple[str, ...] = ()
    point: tuple[float, float] | None = None
    radius_m: int | None = None


def write_atom(heading: Heading, rows: Iterable[Row], _lines: Sequence[RouteLine] = ()) -> Iterator[bytes]:
    """Yield a feed of shoots in the order in which they are given, the newest first."""
    return write_feed(heading, (_entry(row, heading) for row in rows))


def write_feed(heading: Heading, entries: Iterable[Entry]) -> Iterator[bytes]:
    """Yield a feed of any entries."""
    yield (
        f'{DECLARATION}<feed xmlns="http://www.w3.org/2005/Atom" xmlns:georss="http://www.georss.org/georss">'
        f"{element('id', heading.own)}{element('title', heading.title)}"
        f"{element('updated', moment(heading.updated))}"
        f'<link rel="self" type="application/atom+xml" href="{text(heading.own)}"/>'
        f'<link rel="alternate" type="text/html" href="{text(heading.page)}"/>'
        f"<author><name>Shot Here</name></author>{element('rights', f'{LICENCE} {LICENCE_ADDRESS}')}\n"
    ).encode()
    for entry in entries:
        yield _written(entry).encode()
    yield b"</feed>\n"


def moment(when: datetime) -> str:
    """Answer a moment as RFC 3339 writes it."""
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _entry(row: Row, heading: Heading) -> Entry:
    place = row.place
    return Entry(
        address=heading.site.stop(row.production.slug, row.shoot),
        title=f"{headline(row)}, {row.status.word}",
        updated=row.updated or heading.updated,
        summary="\n".join(description(row, heading.site)),
        categories=(("grade", row.grade.value), ("status", row.status.value)),
        via=tuple(source.address for source in row.sources if source.address),
        point=None if place.lat is None or place.lon is None else (place.lat, place.lon),
        radius_m=place.uncertainty_m,
    )


def _written(entry: Entry) -> str:
    address = text(entry.address)
    author = f"<author>{element('name', entry.author)}</author>" if entry.author else ""
    categories = "".join(
        f'<category scheme="{text(scheme)}" term="{text(term)}"/>' for scheme, term in entry.categories
    )
    via = "".join(f'<link rel="via" href="{text(one)}"/>' for one in entry.via)
    point = f"<georss:point>{entry.point[0]} {entry.point[1]}</georss:point>" if entry.point else ""
    radius = f"<georss:radius>{entry.radius_m}</georss:radius>" if point and entry.radius_m else ""
    return (
        f"<entry><id>{address}</id>{element('title', entry.title)}"
        f"{element('updated', moment(entry.updated))}"
        f'<link rel="alternate" type="text/html" href="{address}"/>{via}{author}{categories}'
        f"{element('summary', entry.summary)}{point}{radius}</entry>\n"
    )
