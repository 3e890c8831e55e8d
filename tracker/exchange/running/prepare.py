"""The first look at a file: its columns, the order of its dates, the places that it names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from tracker.exchange.csvrows import Rejected
from tracker.exchange.mappings.mapping import Mapping
from tracker.exchange.reading.coordinates import CountryOf
from tracker.exchange.reading.days import DayEvidence, DayOrder, decide
from tracker.exchange.reading.tables import Table
from tracker.exchange.rejects import REJECTS
from tracker.exchange.running.facts import Spot
from tracker.exchange.running.keeping import Keeper
from tracker.exchange.running.ledger import Ledger
from tracker.exchange.running.records import Reader
from tracker.exchange.running.resolving import Places
from tracker.exchange.running.run import Import
from tracker.foundation.clock import today
from tracker.geocoding.cascade import Resolver
from tracker.sources.models import SourceKind
from tracker.sources.operations import SourceDraft

_CHUNK = 1 << 20
# Whoever lists where it let people film lists streets and public buildings, not homes.
_OFFICIAL = frozenset({SourceKind.PERMIT, SourceKind.MUNICIPALITY, SourceKind.FILM_COMMISSION})


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the person says beside the file. `title` holds for rows without one, `context` for all places."""

    title: str = ""
    context: str = ""
    address: str = ""
    order: DayOrder | None = None
    picks: dict[str, str] = field(default_factory=dict)


def prepare(
    table: Table,
    mapping: Mapping,
    options: Options,
    *,
    resolver: Resolver,
    country_of: CountryOf,
    reached: Callable[[int], None] = lambda _line: None,
) -> Import:
    """Read a table once for what can only be told from the whole of it. Nothing is written.

    Raises DataFileError where nothing decides between day and month first. `reached` is told the line.
    """
    reader = Reader(table, mapping, mapping.order or DayOrder.DAY_FIRST, options.title)
    evidence: dict[str, DayEvidence] = {}
    spots: dict[Spot, None] = {}
    rows = 0
    for row in table.read():
        rows += 1
        if isinstance(row, Rejected):
            continue
        for column, cell in reader.date_cells(row):
            evidence.setdefault(column, DayEvidence(column)).add(cell)
        spots |= dict.fromkeys(reader.spots_of(row))
        if rows % 500 == 0:
            reached(row.line)
    reader.order, decided = decide(evidence.values(), asked=options.order, usual=mapping.order)
    places = Places(
        resolver,
        country_of,
        within=mapping.places.within,
        context=options.context,
        picks=options.picks,
        is_official=mapping.source.official or mapping.source.kind in _OFFICIAL,
    )
    return Import(
        reader=reader,
        keeper=Keeper(places, mapping.status),
        ledger=Ledger(
            digest=_digest(table.path, mapping, options, reader.order),
            file_name=table.path.name,
            mapping=mapping.name,
            draft=_source(table.path, mapping, options),
        ),
        rows=rows,
        spots=tuple(spots),
        remarks=(decided,) if decided else (),
    )


def _source(path: Path, mapping: Mapping, options: Options) -> SourceDraft:
    """Answer what the import is as a source: as the mapping says, at the address that the person gives."""
    known = mapping.source
    licence = f"Licence: {known.licence}" if known.licence else ""
    return SourceDraft(
        kind=known.kind,
        title=known.title or f"Rows of {path.name.removesuffix(REJECTS)}"[:300],
        address=options.address or known.address,
        outlet=known.outlet,
        captured_on=today(),
        note=licence[:500],
    )


def _digest(path: Path, mapping: Mapping, options: Options, order: DayOrder) -> str:
    hashed = blake2b(digest_size=16)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            hashed.update(chunk)
    said = (options.title, options.context, options.address, order.value, sorted(options.picks.items()))
    hashed.update(repr((mapping, said)).encode())
    return hashed.hexdigest()
