"""Writing a batch of records: places, productions, shoots with citations, unattributed sightings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sqlalchemy.orm import Session

from tracker.exchange.csvrows import Rejected
from tracker.exchange.published import date_in_address, outlet_of, title_in_address
from tracker.exchange.running.facts import Record, Spot
from tracker.exchange.running.report import Report
from tracker.exchange.running.resolving import Places
from tracker.exchange.running.wider import WidePlaces
from tracker.foundation.bulk import Pending
from tracker.history.bulk import Log
from tracker.places.bulk import PlacesOnRecord
from tracker.places.models import PlaceKind
from tracker.places.operations import PlaceDraft
from tracker.productions.bulk import Film, Films, KnownFilm
from tracker.productions.bulk_shoots import Kept, Shoots, Speaker, Stated
from tracker.productions.models import Status
from tracker.sightings.bulk import Reported, add_unattributed
from tracker.sources.models import Source, SourceKind
from tracker.sources.operations import SourceDraft, find_or_add_source

_BY_WIDTH = (PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.MUNICIPALITY, PlaceKind.TOWN)

# A row of the record that came from a row of the file: its table and id.
Written = tuple[str, int]


@dataclass(slots=True)
class Prepared:
    """What becomes of each record, by its key, and what rows state of shoots, with what became of that."""

    written: dict[str, Written] = field(default_factory=dict)
    stated: list[tuple[Stated, Kept]] = field(default_factory=list)


@dataclass(slots=True)
class Keeper:
    """Keeps records. Its memory of productions and places grows with these, not with the rows.

    It first meets what the record holds, then prepares rows without asking a database, so that these can be
    written as plain tuples; what they change in rows that were there is renewed at the end.
    """

    places: Places
    status: Status
    films: Films = field(default_factory=Films)
    shoots: Shoots = field(default_factory=Shoots)
    wide: WidePlaces = field(default_factory=WidePlaces)
    _place_ids: dict[PlaceDraft, int] = field(default_factory=dict)
    _ids_at: dict[tuple[Spot, ...], tuple[int, ...]] = field(default_factory=dict)
    _places: PlacesOnRecord = field(default_factory=PlacesOnRecord)
    # Who speaks, by the address that a row names, "" for the import itself.
    _speakers: dict[str, Speaker] = field(default_factory=dict)

    def speak_as(self, speaker: Speaker) -> None:
        """Let the import itself speak as a source, and forget all others: they belong to a transaction."""
        self._speakers = {"": speaker}

    @property
    def source_id(self) -> int:
        """Answer the source that the import itself is."""
        return self._speakers[""].id

    def meet(self, session: Session, records: Sequence[Record]) -> None:
        """Look up what the record holds of the places, productions, shoots and sources of these."""
        self.meet_places(session, records)
        films = {record.key: film_of(record) for record in records if record.title}
        self.films.meet(session, films.values())
        known = (self.films.find(film) for film in films.values())
        self.shoots.meet(session, (film.id for film in known if film is not None))
        for record in records:
            address = record.address if record.title else ""
            if address not in self._speakers and not self.films.is_ambiguous(films[record.key]):
                self._speakers[address] = Speaker.of(_source_at(session, address))

    def meet_places(self, session: Session, records: Sequence[Record]) -> None:
        """Look up what the record holds of the places of these."""
        missing = self._missing(records)
        self.wide.load(session, {draft.country for draft in missing if draft.country})
        self._places = PlacesOnRecord()
        self._places.meet(session, missing)

    def prepare(self, pending: Pending, log: Log, records: Sequence[Record], report: Report) -> Prepared:
        """Prepare records that are not on record and that were met."""
        self.prepare_places(pending, log, records, report)
        titled = [record for record in records if record.title]
        prepared = self._prepare_titled(pending, log, titled, report)
        untitled = [record for record in records if not record.title]
        reported = [self._reported(record) for record in untitled]
        ids = add_unattributed(pending, log, reported) if reported else []
        report.counts["unattributed"] += len(ids)
        report.counts["new"] += len(ids)
        for record, number in zip(untitled, ids, strict=True):
            prepared.written[record.key] = ("unattributed_sighting", number)
        return prepared

    def prepare_places(self, pending: Pending, log: Log, records: Sequence[Record], report: Report) -> None:
        """Prepare the places of records that were met, those that are missing on record."""
        missing = self._missing(records)
        # Wide ones first: a place must find what it lies in.
        for width in range(len(_BY_WIDTH) + 1):
            alike = [draft for draft in missing if _width(draft) == width]
            if not alike:
                continue
            around = [(draft, self.wide.around(draft)) for draft in alike]
            ids, added = self._places.find_or_add(pending, log, around)
            report.counts["places"] += added
            self._place_ids |= ids
            for draft in alike:
                self.wide.add(draft, ids[draft])
        self._places.count(pending)

    def place_ids(self, record: Record) -> tuple[int, ...]:
        """Answer the places of a record, which must have been prepared."""
        ids = self._ids_at.get(record.spots)
        if ids is None:
            drafts = (self.places.resolve(spot).draft for spot in record.spots)
            ids = tuple(dict.fromkeys(self._place_ids[draft] for draft in drafts if draft is not None))
            self._ids_at[record.spots] = ids
        return ids

    def _missing(self, records: Iterable[Record]) -> list[PlaceDraft]:
        spots = dict.fromkeys(spot for record in records for spot in record.spots)
        drafts = [draft for spot in spots if (draft := self.places.resolve(spot).draft) is not None]
        if self.places.area is not None:
            drafts.append(self.places.area)
        return [draft for draft in dict.fromkeys(drafts) if draft not in self._place_ids]

    def _prepare_titled(
        self, pending: Pending, log: Log, records: Sequence[Record], report: Report
    ) -> Prepared:
        films = {record.key: film_of(record) for record in records}
        clear = [record for record in records if not self._refuse(record, films[record.key], report)]
        report.counts["films"] += self.films.add(pending, log, [films[record.key] for record in clear])
        prepared = Prepared()
        of: list[Record] = []
        stated: list[Stated] = []
        for record in clear:
            known = self.films.find(films[record.key])
            if known is not None:
                prepared.written[record.key] = ("production", known.id)
                said = self._stated(record, known)
                of += [record] * len(said)
                stated += said
        kept = self.shoots.keep(pending, log, stated)
        prepared.stated = list(zip(stated, kept, strict=True))
        self._count(prepared.written, of, kept, report)
        report.counts["new"] += len(clear) - len({record.key for record in of})
        return prepared

    def _stated(self, record: Record, film: KnownFilm) -> list[Stated]:
        return [
            Stated(
                production_id=film.id,
                released=film.released,
                place_id=place_id,
                source=self._speakers[record.address],
                period=record.period,
                status=self.status,
                scene=record.scene,
                story_place=record.story_place,
                note=record.note,
                quote=record.place_text,
                locator=record.number,
            )
            for place_id in self.place_ids(record)
        ]

    def _reported(self, record: Record) -> Reported:
        return Reported(
            source_id=self.source_id,
            place_ids=self.place_ids(record),
            period=record.period,
            status=self.status,
            number=record.number,
            place_text=record.place_text,
            category=record.category,
            note=record.note,
        )

    def _count(
        self, written: dict[str, Written], records: Sequence[Record], kept: Sequence[Kept], report: Report
    ) -> None:
        fresh: dict[str, bool] = {}
        for record, one in zip(records, kept, strict=True):
            written[record.key] = ("shoot", one.standing.id)
            fresh[record.key] = fresh.get(record.key, False) or one.new_citation
        report.counts["shoots"] += sum(one.new_shoot for one in kept)
        report.counts["citations"] += sum(one.new_citation for one in kept)
        report.counts["new"] += sum(fresh.values())
        report.counts["joined"] += len(fresh) - sum(fresh.values())

    def _refuse(self, record: Record, film: Film, report: Report) -> bool:
        if not self.films.is_ambiguous(film):
            return False
        reason = f"More than one production is called {film.title!r}. Write its year."
        report.reject(Rejected(record.line, record.raw, reason))
        return True


def _source_at(session: Session, address: str) -> Source:
    """Answer the page that a row names."""
    draft = SourceDraft(
        kind=SourceKind.TRADE_PRESS,
        title=title_in_address(address),
        address=address,
        outlet=outlet_of(address),
        published=date_in_address(address),
    )
    return find_or_add_source(session, draft)


def film_of(record: Record) -> Film:
    """Answer the production that a record names."""
    return _film(record.title, record.year, record.kind, record.identifiers)


# Rows of one production are many, and each is asked for it more than once.
_film = lru_cache(maxsize=65_536)(Film)


def _width(draft: PlaceDraft) -> int:
    return _BY_WIDTH.index(draft.kind) if draft.kind in _BY_WIDTH else len(_BY_WIDTH)
