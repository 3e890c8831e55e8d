"""Writing a batch of records: places, productions, shoots with citations, unattributed sightings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from tracker.exchange.csvrows import Rejected
from tracker.exchange.published import date_in_address, outlet_of, title_in_address
from tracker.exchange.running.facts import Record
from tracker.exchange.running.report import Report
from tracker.exchange.running.resolving import Places
from tracker.exchange.running.wider import WidePlaces
from tracker.history.bulk import Log
from tracker.places.bulk import find_or_add_places
from tracker.places.models import PlaceKind
from tracker.places.operations import PlaceDraft
from tracker.productions.bulk import Film, Films
from tracker.productions.bulk_shoots import Kept, Shoots, Stated
from tracker.productions.models import Status
from tracker.sightings.bulk import Reported, add_unattributed
from tracker.sources.models import Source, SourceKind
from tracker.sources.operations import SourceDraft, find_or_add_source

_BY_WIDTH = (PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.MUNICIPALITY, PlaceKind.TOWN)

# A row of the record that came from a row of the file: its table and id.
Written = tuple[str, int]


@dataclass(slots=True)
class Keeper:
    """Keeps records. Its memory of productions and places grows with these, not with the rows."""

    places: Places
    status: Status
    films: Films = field(default_factory=Films)
    shoots: Shoots = field(default_factory=Shoots)
    wide: WidePlaces = field(default_factory=WidePlaces)
    _place_ids: dict[PlaceDraft, int] = field(default_factory=dict)
    _sources: dict[str, Source] = field(default_factory=dict)

    def forget_sources(self) -> None:
        """Drop what belongs to a transaction that has ended."""
        self._sources.clear()

    def keep(
        self, session: Session, log: Log, source: Source, records: Sequence[Record], report: Report
    ) -> dict[str, Written]:
        """Write records that are not on record; answer what became of each, by its key."""
        self._keep_places(session, log, records, report)
        titled = [record for record in records if record.title]
        written = self._keep_titled(session, log, source, titled, report)
        untitled = [record for record in records if not record.title]
        reported = [
            Reported(
                source_id=source.id,
                place_ids=self._ids_of(record),
                period=record.period,
                status=self.status,
                number=record.number,
                place_text=record.place_text,
                category=record.category,
                note=record.note,
            )
            for record in untitled
        ]
        ids = add_unattributed(session, log, reported)
        report.counts["unattributed"] += len(ids)
        report.counts["new"] += len(ids)
        for record, number in zip(untitled, ids, strict=True):
            written[record.key] = ("unattributed_sighting", number)
        return written

    def _keep_titled(
        self, session: Session, log: Log, source: Source, records: Sequence[Record], report: Report
    ) -> dict[str, Written]:
        films = {record.key: film_of(record) for record in records}
        self.films.meet(session, films.values())
        clear = [record for record in records if not self._refuse(record, films[record.key], report)]
        added = self.films.add(session, log, [films[record.key] for record in clear])
        report.counts["films"] += added
        written: dict[str, Written] = {}
        stated: list[tuple[Record, Stated]] = []
        for record in clear:
            known = self.films.find(films[record.key])
            if known is None:
                continue
            written[record.key] = ("production", known.id)
            spoken = self._source(session, record, source)
            stated += [
                (
                    record,
                    Stated(
                        production_id=known.id,
                        released=known.released,
                        place_id=place_id,
                        source=spoken,
                        period=record.period,
                        status=self.status,
                        scene=record.scene,
                        story_place=record.story_place,
                        note=record.note,
                        quote=record.place_text,
                        locator=record.number,
                    ),
                )
                for place_id in self._ids_of(record)
            ]
        self._count(written, stated, self.shoots.keep(session, log, [one for _, one in stated]), report)
        without_place = len(clear) - len({record.key for record, _ in stated})
        report.counts["new"] += without_place
        return written

    def _count(
        self,
        written: dict[str, Written],
        stated: Sequence[tuple[Record, Stated]],
        kept: Sequence[Kept],
        report: Report,
    ) -> None:
        fresh: dict[str, bool] = {}
        for (record, _), one in zip(stated, kept, strict=True):
            written[record.key] = ("shoot", one.standing.id)
            report.counts["shoots"] += one.new_shoot
            report.counts["citations"] += one.new_citation
            fresh[record.key] = fresh.get(record.key, False) or one.new_citation
        report.counts["new"] += sum(fresh.values())
        report.counts["joined"] += len(fresh) - sum(fresh.values())

    def _refuse(self, record: Record, film: Film, report: Report) -> bool:
        if not self.films.is_ambiguous(film):
            return False
        reason = f"More than one production is called {film.title!r}. Write its year."
        report.reject(Rejected(record.line, record.raw, reason))
        return True

    def _keep_places(self, session: Session, log: Log, records: Iterable[Record], report: Report) -> None:
        drafts = [d for r in records for s in r.spots if (d := self.places.resolve(s).draft) is not None]
        if self.places.area is not None:
            drafts.append(self.places.area)
        missing = [draft for draft in dict.fromkeys(drafts) if draft not in self._place_ids]
        for draft in missing:
            if draft.country:
                self.wide.load(session, draft.country)
        # Wide ones first: a place must find what it lies in.
        for width in range(len(_BY_WIDTH) + 1):
            alike = [draft for draft in missing if _width(draft) == width]
            if not alike:
                continue
            around = [(draft, self.wide.around(draft)) for draft in alike]
            ids, added = find_or_add_places(session, log, around)
            report.counts["places"] += added
            self._place_ids |= ids
            for draft in alike:
                self.wide.add(draft, ids[draft])

    def place_ids(self, session: Session, log: Log, record: Record, report: Report) -> tuple[int, ...]:
        """Answer the places of one record, adding those that are missing."""
        self._keep_places(session, log, [record], report)
        return self._ids_of(record)

    def _ids_of(self, record: Record) -> tuple[int, ...]:
        drafts = (self.places.resolve(spot).draft for spot in record.spots)
        return tuple(dict.fromkeys(self._place_ids[draft] for draft in drafts if draft is not None))

    def _source(self, session: Session, record: Record, source: Source) -> Source:
        """Answer the page that a row names; without one the import itself speaks."""
        address = record.address
        if not address:
            return source
        if address not in self._sources:
            draft = SourceDraft(
                kind=SourceKind.TRADE_PRESS,
                title=title_in_address(address),
                address=address,
                outlet=outlet_of(address),
                published=date_in_address(address),
            )
            self._sources[address] = find_or_add_source(session, draft)
        return self._sources[address]


def film_of(record: Record) -> Film:
    """Answer the production that a record names."""
    return Film(record.title, record.year, record.kind, record.identifiers)


def _width(draft: PlaceDraft) -> int:
    return _BY_WIDTH.index(draft.kind) if draft.kind in _BY_WIDTH else len(_BY_WIDTH)
