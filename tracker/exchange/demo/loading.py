"""Load the demo and the library into the record. What is there already is left as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from sqlalchemy.orm import Session

from tracker.exchange.csvrows import Rejected
from tracker.exchange.demo.script import FOLDER, ProductionScript, read_script
from tracker.exchange.importing import ImportReport, TimelineImport
from tracker.exchange.locating import Wanted, keep_places, locate
from tracker.exchange.recorded import change_if_any
from tracker.exchange.sequels import cite_sequels
from tracker.exchange.timeline import TimelineRow, open_timeline, read_timeline
from tracker.foundation.dates import DateBound
from tracker.foundation.errors import DataFileError
from tracker.geocoding.cascade import Resolver
from tracker.places.models import Place
from tracker.productions.models import Production, ProductionKind, Shoot
from tracker.productions.operations import add_identifier, add_production, add_title, cite, cite_order
from tracker.productions.partnering import add_role, find_or_add_partner
from tracker.productions.queries import production_titled, shoots_of
from tracker.sources.models import Source
from tracker.sources.operations import find_or_add_source, mark_repeat

# Import files by decade, in the timeline format, as anybody could feed them to the importer.
LIBRARY = FOLDER / "library"
# The timeline format cannot say what is a series; all else is a film.
SERIES = frozenset({"Doctor Who", "Game of Thrones", "House of the Dragon", "Sense8", "The Last of Us"})

# Told how many of how many productions are done, and what is being done now.
Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class DemoReport:
    """What loading did: productions in the files, shoots added, rows there already, places without a pin."""

    productions: int = 0
    added: int = 0
    already: int = 0
    unlocated: list[str] = field(default_factory=list)


def load_demo(session: Session, gazetteer: Resolver, progress: Progress | None = None) -> DemoReport:
    """Load the demo inside the caller's transaction; each production is one change.

    Raises DataFileError if the demo's own files do not fit each other.
    """
    scripts = read_script()
    rows = _rows(FOLDER / "timeline.csv")
    run = TimelineImport(gazetteer, name="demo timeline")
    for done, script in enumerate(scripts):
        if progress:
            progress(done, len(scripts), script.title)
        with change_if_any(session, f"Demo: where {script.title} was shot"):
            _load(session, run, script, [row for row in rows if row.production == script.title])
    if progress:
        progress(len(scripts), len(scripts), "demo loaded")
    return _summary(run.report, len(scripts))


def load_library(session: Session, gazetteer: Resolver, progress: Progress | None = None) -> DemoReport:
    """Load the library through the importer, inside the caller's transaction; each production is one change.

    Raises DataFileError if a row of its files is wrong.
    """
    rows = [row for path in sorted(LIBRARY.glob("*.csv")) for row in _rows(path)]
    productions = [(title, list(each)) for title, each in groupby(rows, key=lambda row: row.production)]
    run = TimelineImport(gazetteer, name="library")
    for done, (title, each) in enumerate(productions):
        if progress:
            progress(done, len(productions), title)
        with change_if_any(session, f"Library: where {title} was shot"):
            _take(session, run, each)
    if progress:
        progress(len(productions), len(productions), "library loaded")
    return _summary(run.report, len(productions))


def _take(session: Session, run: TimelineImport, rows: list[TimelineRow]) -> None:
    """Import one production's rows, and what their sources say of the order."""
    title, year = rows[0].production, rows[0].year
    if title in SERIES and production_titled(session, title, year=year) is None:
        released = DateBound.from_edtf(str(year), str(year))
        add_production(session, title=title, year=year, kind=ProductionKind.SERIES, released=released)
    run.take(session, run.locate(rows))
    unmatched = cite_sequels(session, run.sequels)
    run.sequels.clear()
    wrong = [each.reason for each in run.report.rejected] + unmatched
    if wrong:
        raise DataFileError(f"The library on {title}: {wrong[0]}")


def _rows(path: Path) -> list[TimelineRow]:
    rows: list[TimelineRow] = []
    for row in read_timeline(open_timeline(path)):
        if isinstance(row, Rejected):
            raise DataFileError(f"Line {row.line} of {path.name}: {row.reason}")
        rows.append(row)
    return rows


def _load(session: Session, run: TimelineImport, script: ProductionScript, rows: list[TimelineRow]) -> None:
    production = _production(session, script)
    sources = _sources(session, script)
    # The wide places come first, so that the narrow ones are kept as lying within them.
    around = _places_spoken_of(session, run, script)
    run.take(session, run.locate(rows))
    if run.report.rejected:
        raise DataFileError(f"The demo's timeline: {run.report.rejected[0].reason}")
    shoots = {shoot.source_order: shoot for shoot in reversed(shoots_of(session, production.id))}
    try:
        _describe(shoots, script)
        _cite(session, script, shoots, sources, around)
        _partners(session, production, script, shoots, sources)
    except KeyError as error:
        raise DataFileError(f"The demo's evidence names {error}, which is not in its timeline.") from error
    session.flush()


def _production(session: Session, script: ProductionScript) -> Production:
    production = production_titled(session, script.title, year=script.year)
    if production is None:
        production = add_production(session, title=script.title, year=script.year, released=script.released)
    for text, kind in script.titles:
        add_title(session, production, text, kind=kind)
    for scheme, value in script.identifiers:
        add_identifier(session, production, scheme=scheme, value=value)
    return production


def _sources(session: Session, script: ProductionScript) -> dict[str, Source]:
    sources = {each.key: find_or_add_source(session, each.draft) for each in script.sources}
    for each in script.sources:
        if each.repeats and sources[each.key].repeats_id is None:
            mark_repeat(session, sources[each.key], of=sources[each.repeats])
    return sources


def _places_spoken_of(session: Session, run: TimelineImport, script: ProductionScript) -> dict[Wanted, Place]:
    located = {
        citation.speaks_of: locate(run.gazetteer, citation.speaks_of)
        for citation in script.citations
        if citation.speaks_of is not None
    }
    kept = keep_places(session, located.values())
    return {wanted: kept[one] for wanted, one in located.items()}


def _describe(shoots: Mapping[int | None, Shoot], script: ProductionScript) -> None:
    """Say what was shot, where nobody has written anything else yet."""
    for each in script.shoots:
        for seq in each.seqs:
            for column, text in each.columns.items():
                if not getattr(shoots[seq], column):
                    setattr(shoots[seq], column, text)


def _cite(
    session: Session,
    script: ProductionScript,
    shoots: Mapping[int | None, Shoot],
    sources: Mapping[str, Source],
    around: Mapping[Wanted, Place],
) -> None:
    for citation in script.citations:
        place = around[citation.speaks_of] if citation.speaks_of else None
        for seq in citation.seqs:
            cite(session, shoots[seq], sources[citation.source], citation.draft, speaks_of=place)
    for order in script.orders:
        for other in order.others:
            cite_order(
                session,
                shoots[order.seq],
                order.relation,
                shoots[other],
                sources[order.source],
                words=order.words,
            )


def _partners(
    session: Session,
    production: Production,
    script: ProductionScript,
    shoots: Mapping[int | None, Shoot],
    sources: Mapping[str, Source],
) -> None:
    for each in script.partners:
        partner = find_or_add_partner(session, each.partner)
        for seq in each.seqs:
            source = sources[each.source]
            add_role(session, partner, production, each.role, shoot=shoots[seq], source=source)


def _summary(report: ImportReport, productions: int) -> DemoReport:
    return DemoReport(
        productions=productions,
        added=report.added,
        already=report.already + report.cited + report.repeated,
        unlocated=list(report.unlocated),
    )
