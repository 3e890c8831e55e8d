"""Whatever is done to evidence, what is stored of a shoot is what its evidence gives from scratch."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from tests.cast import film, moderator, place, shoot
from tests.databases import SqliteTemplate
from tracker.foundation.clock import today
from tracker.foundation.database import prepare_sqlite
from tracker.foundation.dates import UNKNOWN, Period, parse_bound
from tracker.foundation.errors import ConflictError, InvalidValueError
from tracker.history.recording import change
from tracker.places.operations import PlaceDraft, find_or_add_place
from tracker.productions.claims import Claim, Scope
from tracker.productions.corrections import (
    change_citation,
    close_citations,
    close_dispute,
    mark_as_repeat,
    remove_citation,
    reopen_citation,
    reopen_dispute,
    undo_as_repeat,
)
from tracker.productions.evidence import Citation, Manner, Shows, Stance
from tracker.productions.knowledge import knowledge_of
from tracker.productions.models import Grade, Shoot, Status
from tracker.productions.operations import CitationDraft, cite
from tracker.productions.queries import citations_of, claims_of
from tracker.productions.upkeep import bring_up_to_date_after
from tracker.sightings.merging import MergeKind, merge_rows, unmerge
from tracker.sources.models import Source, SourceKind
from tracker.sources.operations import SourceDraft, find_or_add_source

# What weighs comes up often enough that most steps change something.
KINDS = st.sampled_from(
    [SourceKind.EYEWITNESS_MEDIA, SourceKind.TRADE_PRESS, SourceKind.OFFICIAL_POST, SourceKind.OWN_REPORTING]
) | st.sampled_from(SourceKind)
HOW = st.just((Stance.SUPPORTS, Manner.STATES, Shows.WORK)) | st.tuples(
    st.sampled_from(Stance), st.sampled_from(Manner), st.sampled_from(Shows)
)
SCOPES = st.just(Scope.HERE) | st.sampled_from(Scope)
STATUSES = st.sampled_from(
    [None, Status.CONFIRMED, Status.CONFIRMED, Status.PLANNED, Status.PERMITTED, Status.CANCELLED]
)
DAYS = st.sampled_from(["", "2020-09", "2020-10-05", "2020-10~", "2021-02-01"])


@dataclass
class Known:
    """A source as the model has it: `told` is the source that it was said to repeat."""

    kind: SourceKind
    by_cast: bool
    published: str
    told: int | None = None


@dataclass(frozen=True)
class Said:
    """A citation as the model has it."""

    shoot: int
    source: int
    draft: CitationDraft
    scope: Scope
    closed: bool = False


class Evidence(RuleBasedStateMachine):
    """Two shoots, sources and citations in a real database, and the same in plain values beside it."""

    file: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(self.file, self.folder / "machine.sqlite3")
        self.engine = create_engine(f"sqlite:///{self.folder / 'machine.sqlite3'}")
        prepare_sqlite(self.engine)
        self.session = Session(self.engine)
        self.sources: dict[int, Known] = {}
        self.said: dict[int, Said] = {}
        self.refuted: set[int] = set()
        self.released = ""

    @initialize()
    def begin(self) -> None:
        with change(self.session, by=None, comment="Begin"):
            norway = find_or_add_place(self.session, PlaceDraft(name="Norway"))
            rauma = find_or_add_place(self.session, PlaceDraft(name="Rauma"), within=norway)
            road = find_or_add_place(self.session, PlaceDraft(name="A road"), within=rauma)
            self.production = film(self.session)
            self.shoots = [shoot(self.session, self.production, rauma) for _ in range(2)]
        self.desk = moderator(self.session)
        self.places = {Scope.WIDER: norway, Scope.HERE: rauma, Scope.NARROWER: road}
        self.places[Scope.ELSEWHERE] = place(self.session, "Rome", 41.9, 12.5)
        for kind in (SourceKind.EYEWITNESS_MEDIA, SourceKind.TRADE_PRESS):
            self.say(self.add(kind), self.shoots[0], CitationDraft(status=Status.CONFIRMED), Scope.HERE)

    @rule(kind=KINDS, cast=st.booleans(), published=DAYS)
    def add_source(self, kind: SourceKind, cast: bool, published: str) -> None:
        self.add(kind, cast, published)

    def add(self, kind: SourceKind, cast: bool = False, published: str = "") -> Source:
        draft = SourceDraft(
            kind=kind, title=f"S{len(self.sources)}", by_cast=cast, published=parse_bound(published)
        )
        with change(self.session, by=None, comment="Add"):
            added = find_or_add_source(self.session, draft)
        self.sources[added.id] = Known(kind, cast, published)
        return added

    @precondition(lambda self: self.sources)
    @rule(
        data=st.data(),
        how=HOW,
        status=STATUSES,
        start=DAYS,
        scope=SCOPES,
    )
    def cite(
        self,
        data: st.DataObject,
        how: tuple[Stance, Manner, Shows],
        status: Status | None,
        start: str,
        scope: Scope,
    ) -> None:
        stance, manner, shows = how
        source, of = self.a_source(data), data.draw(st.sampled_from(self.shoots))
        bound = parse_bound(start)
        draft = CitationDraft(
            stance=stance, manner=manner, shows=shows, status=status, period=Period(bound, bound)
        )
        self.say(source, of, draft, scope)

    def say(self, source: Source, of: Shoot, draft: CitationDraft, scope: Scope) -> None:
        with change(self.session, by=None, comment="Cite"):
            found = cite(self.session, of, source, draft, speaks_of=self.places[scope])
        self.said.setdefault(found.id, Said(of.id, source.id, draft, scope))

    @precondition(lambda self: self.said)
    @rule(data=st.data(), stance=st.sampled_from(Stance), status=STATUSES, start=DAYS)
    def change_citation(self, data: st.DataObject, stance: Stance, status: Status | None, start: str) -> None:
        citation = self.a_citation(data)
        bound = parse_bound(start)
        draft = replace(
            self.said[citation.id].draft, stance=stance, status=status, period=Period(bound, bound)
        )
        try:
            with change(self.session, by=None, comment="Change"):
                change_citation(self.session, citation, draft)
        except ConflictError:
            return
        self.said[citation.id] = replace(self.said[citation.id], draft=draft)

    @precondition(lambda self: self.said)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        citation = self.a_citation(data)
        number = citation.id
        with change(self.session, by=None, comment="Remove"):
            remove_citation(self.session, citation)
        del self.said[number]

    @precondition(lambda self: self.said)
    @rule(data=st.data())
    def close_or_reopen(self, data: st.DataObject) -> None:
        citation = self.a_citation(data)
        with change(self.session, by=None, comment="Close or reopen"):
            if citation.is_live:
                close_citations(self.session, [citation], reason="Wrong.")
            else:
                reopen_citation(self.session, citation)
        self.said[citation.id] = replace(self.said[citation.id], closed=not citation.is_live)

    @precondition(lambda self: len(self.sources) > 1)
    @rule(data=st.data())
    def mark_repeat(self, data: st.DataObject) -> None:
        source, of = self.a_source(data), self.a_source(data)
        loops = source.id in self.chain(of.id)
        try:
            with change(self.session, by=None, comment="Repeat"):
                mark_as_repeat(self.session, source, of=of)
        except InvalidValueError:
            assert loops
            return
        assert not loops
        self.sources[source.id].told = of.id

    @precondition(lambda self: self.sources)
    @rule(data=st.data())
    def undo_repeat(self, data: st.DataObject) -> None:
        source = self.a_source(data)
        with change(self.session, by=None, comment="Undo"):
            undo_as_repeat(self.session, source)
        self.sources[source.id].told = None

    @precondition(lambda self: self.sources)
    @rule(data=st.data(), kind=KINDS, cast=st.booleans(), published=DAYS)
    def edit_source(self, data: st.DataObject, kind: SourceKind, cast: bool, published: str) -> None:
        source = self.a_source(data)
        with change(self.session, by=None, comment="Edit"):
            source.kind, source.by_cast, source.published = kind, cast, parse_bound(published)
            bring_up_to_date_after(self.session, sources=[source])
        known = self.sources[source.id]
        known.kind, known.by_cast, known.published = kind, cast, published

    @rule(released=st.sampled_from(["", "2023-07-12"]))
    def release(self, released: str) -> None:
        with change(self.session, by=None, comment="Release"):
            self.production.released = parse_bound(released)
            bring_up_to_date_after(self.session, productions=[self.production])
        self.released = released

    @rule(data=st.data(), right=st.sampled_from([Stance.SUPPORTS, Stance.REFUTES]))
    def close_dispute(self, data: st.DataObject, right: Stance) -> None:
        of = data.draw(st.sampled_from(self.shoots))
        against = [
            i
            for i, s in self.said.items()
            if s.shoot == of.id and not s.closed and s.draft.stance is Stance.REFUTES
        ]
        try:
            with change(self.session, by=None, comment="Close"):
                close_dispute(self.session, of, right=right, reason="Shown to be so.")
        except ConflictError:
            assert not against or of.id in self.refuted
            return
        if right is Stance.REFUTES:
            self.refuted.add(of.id)
        else:
            self.said |= {i: replace(self.said[i], closed=True) for i in against}

    @rule(data=st.data())
    def reopen_dispute(self, data: st.DataObject) -> None:
        of = data.draw(st.sampled_from(self.shoots))
        closed = [
            i
            for i, s in self.said.items()
            if s.shoot == of.id and s.closed and s.draft.stance is Stance.REFUTES
        ]
        try:
            with change(self.session, by=None, comment="Reopen"):
                reopen_dispute(self.session, of)
        except ConflictError:
            assert not closed
            assert of.id not in self.refuted
            return
        if of.id in self.refuted:
            self.refuted.discard(of.id)
        else:
            self.said |= {i: replace(self.said[i], closed=False) for i in closed}

    @precondition(lambda self: len(self.sources) > 1)
    @rule(data=st.data(), kind=st.sampled_from([MergeKind.SOURCE, MergeKind.SHOOT, MergeKind.PLACE]))
    def merge_and_take_back(self, data: st.DataObject, kind: MergeKind) -> None:
        numbers = {
            MergeKind.SOURCE: sorted(self.sources),
            MergeKind.SHOOT: [of.id for of in self.shoots],
            MergeKind.PLACE: sorted(place.id for place in self.places.values()),
        }[kind]
        survivor, loser = data.draw(st.permutations(numbers))[:2]
        made = merge_rows(self.session, kind, survivor_id=survivor, loser_id=loser, by=self.desk)
        self.session.expire_all()
        for of in self.session.scalars(select(Shoot)):
            self.check(of, claims_of(self.session, [of], citations_of(self.session, [of.id]))[of.id])
        for one in self.session.scalars(select(Source)):
            assert self.ends_at(one) == one.root_id
        assert unmerge(self.session, made.id, by=self.desk).left == 0

    def ends_at(self, source: Source) -> int:
        """Follow what a source passes on to the end, which there has to be."""
        seen = [source.id]
        while (following := self.session.get_one(Source, seen[-1]).passes_on_id) is not None:
            assert following not in seen
            seen.append(following)
        return seen[-1]

    @invariant()
    def what_is_stored_is_what_the_evidence_gives(self) -> None:
        if not hasattr(self, "shoots"):
            return
        self.session.expire_all()
        for of in self.shoots:
            self.check(self.session.get_one(Shoot, of.id), self.claims(of))

    def check(self, stored: Shoot, claims: list[Claim]) -> None:
        expected = knowledge_of(
            claims,
            on=today(),
            as_known=False,
            released=parse_bound(self.released),
            refuted_reason="Shown to be so." if stored.id in self.refuted else None,
        )
        assert expected is not None
        assert (stored.grade, stored.status) == (expected.grade, expected.status)
        assert (stored.start, stored.end) == (expected.period.start, expected.period.end)

    @invariant()
    def a_live_refutation_of_what_is_supported_disputes_it(self) -> None:
        for of in getattr(self, "shoots", ()):
            claims = self.claims(of)
            doubted = any(c.counts for c in claims) and any(c.counts_against for c in claims)
            if doubted and of.id not in self.refuted:
                assert of.grade in (Grade.X, Grade.E)

    @invariant()
    def roots_are_the_ends_of_the_chains(self) -> None:
        for number in self.sources:
            stored = self.session.get_one(Source, number)
            assert stored.root_id == self.chain(number)[-1]

    def claims(self, of: Shoot) -> list[Claim]:
        return [self.claim(i, said) for i, said in self.said.items() if said.shoot == of.id]

    def claim(self, number: int, said: Said) -> Claim:
        source = self.sources[said.source]
        published = parse_bound(source.published)
        return Claim(
            id=number,
            source_id=said.source,
            root_id=self.chain(said.source)[-1],
            kind=source.kind,
            title=self.session.get_one(Source, said.source).title,
            by_cast=source.by_cast,
            stance=said.draft.stance,
            manner=said.draft.manner,
            shows=said.draft.shows,
            scope=said.scope,
            status=said.draft.status,
            start=said.draft.period.start,
            end=said.draft.period.end,
            known_from=published.latest if published != UNKNOWN else None,
            live=not said.closed,
        )

    def chain(self, number: int) -> list[int]:
        chain = [number]
        while (told := self.sources[chain[-1]].told) is not None:
            chain.append(told)
        return chain

    def a_source(self, data: st.DataObject) -> Source:
        return self.session.get_one(Source, data.draw(st.sampled_from(sorted(self.sources))))

    def a_citation(self, data: st.DataObject) -> Citation:
        return self.session.get_one(Citation, data.draw(st.sampled_from(sorted(self.said))))

    def teardown(self) -> None:
        self.session.close()
        self.engine.dispose()
        shutil.rmtree(self.folder)


def test_whatever_is_done_to_evidence_grade_status_and_dates_follow(sqlite_template: SqliteTemplate) -> None:
    with tempfile.TemporaryDirectory() as folder, sqlite_template.copy(Path(folder)) as url:
        machine = type("OnThisDatabase", (Evidence,), {"file": Path(url.removeprefix("sqlite:///"))})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=25,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
            ),
        )
