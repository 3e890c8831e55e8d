"""Merging: everything moves, equal things collapse, grades follow, and taking it back leaves no trace."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import cast
from tests.places.recount import recounted, stored
from tracker.accounts.models import User
from tracker.foundation.database import Base
from tracker.foundation.dates import parse_period
from tracker.foundation.errors import ConflictError, InvalidValueError, NotAllowedError, NotFoundError
from tracker.history.merging import WITH_MERGED, survivor_of
from tracker.history.recording import change
from tracker.places.models import Place, PlaceKind, Privacy
from tracker.places.operations import PlaceDraft, find_or_add_place
from tracker.places.queries import places_named
from tracker.productions.evidence import Relation
from tracker.productions.models import Grade, Shoot, Status
from tracker.productions.operations import CitationDraft, add_identifier, cite, cite_order
from tracker.productions.queries import citations_of, production_by_slug, shoots_of, slug_of_title
from tracker.sightings.merging import MergeKind, merge_rows, unmerge
from tracker.sightings.operations import SightingDraft, submit
from tracker.sources.models import SourceKind
from tracker.sources.operations import SourceDraft, find_or_add_source

# The cells are counted anew and compared by `recounted`.
_LEFT_OUT = {"change", "revision", "change_subject", "place_cell"}


def record(session: Session) -> dict[str, list[dict[str, Any]]]:
    """Answer all rows of all tables but the history's, without the counters of versions."""
    session.flush()
    return {
        table.name: [
            {name: value for name, value in row.items() if name != "version"}
            for row in session.execute(table.select().order_by(*table.primary_key)).mappings()
        ]
        for table in Base.metadata.sorted_tables
        if table.name not in _LEFT_OUT
    }


@pytest.fixture
def desk(session: Session) -> User:
    return cast.moderator(session)


def grade_of(shoot: Shoot) -> str:
    return shoot.grade.value


def around(place: Place) -> int | None:
    return place.within_id


def two_places(session: Session) -> tuple[Place, Place]:
    kept = cast.place(session, "Rauma", 62.57, 7.69, kind=PlaceKind.MUNICIPALITY, country="NO")
    other = cast.place(
        session, "Rauma kommune", 62.56, 7.68, country="NO", region="Møre", gazetteer_id="geonames:1"
    )
    return kept, other


def test_what_was_shot_at_a_place_moves_and_its_grade_follows(session: Session, desk: User) -> None:
    kept, other = two_places(session)
    bridge = cast.place(session, "Sogge bridge", 62.5, 7.6, country="NO")
    with change(session, by=None, comment="Within"):
        bridge.within_id = other.id
    at_kept = cast.shoot(session, cast.film(session), kept)
    at_other = cast.shoot(session, cast.film(session, "Another film"), other)
    report = cast.source(session, "A report", SourceKind.OWN_REPORTING)
    with change(session, by=None, comment="Cite"):
        cite(session, at_kept, report, CitationDraft(), speaks_of=bridge)
        cite(session, at_other, report, CitationDraft(), speaks_of=kept)
    assert (at_kept.grade, at_other.grade) == (Grade.E, Grade.E)
    before = record(session)

    made = merge_rows(session, MergeKind.PLACE, survivor_id=kept.id, loser_id=other.id, by=desk)
    assert (at_other.place_id, bridge.within_id, kept.region) == (kept.id, kept.id, "Møre")
    assert (at_kept.grade, at_other.grade) == (Grade.C, Grade.C)
    assert session.scalar(select(Place).where(Place.id == other.id)) is None
    assert survivor_of(session, Place, other.id) is kept
    assert places_named(session, "Rauma") == [kept]
    assert stored(session) == recounted(session)
    again = PlaceDraft(name="Rauma kommune", gazetteer_id="geonames:1")
    with change(session, by=None, comment="Import again"):
        assert find_or_add_place(session, again) is kept

    taken_back = unmerge(session, made.id, by=desk)
    assert taken_back.left == 0
    assert record(session) == before
    assert stored(session) == recounted(session)


def test_a_merged_place_stays_as_hidden_as_either_was(session: Session, desk: User) -> None:
    kept = cast.place(session, "The house", 62.5001, 7.6001)
    other = cast.place(session, "A home", 62.5002, 7.6002, privacy=Privacy.OBSCURED)
    before = record(session)
    made = merge_rows(session, MergeKind.PLACE, survivor_id=kept.id, loser_id=other.id, by=desk)
    assert (kept.privacy, kept.public_lat, kept.cell) == (Privacy.OBSCURED, 62.5, None)
    assert stored(session) == recounted(session)
    unmerge(session, made.id, by=desk)
    assert record(session) == before
    assert stored(session) == recounted(session)


def test_a_place_without_a_position_takes_the_others(session: Session, desk: User) -> None:
    kept, other = cast.place(session, "Rauma"), cast.place(session, "Rauma", 62.5, 7.6)
    before = record(session)
    made = merge_rows(session, MergeKind.PLACE, survivor_id=kept.id, loser_id=other.id, by=desk)
    assert (kept.lat, kept.public_lon) == (62.5, 7.6)
    assert stored(session) == recounted(session)
    unmerge(session, made.id, by=desk)
    assert record(session) == before
    assert stored(session) == recounted(session)


def test_what_lies_around_the_place_that_stays_makes_no_ring(session: Session, desk: User) -> None:
    outer, middle, inner = (cast.place(session, name) for name in ("Outer", "Middle", "Inner"))
    with change(session, by=None, comment="Within"):
        middle.within_id, inner.within_id = outer.id, middle.id
    merge_rows(session, MergeKind.PLACE, survivor_id=inner.id, loser_id=outer.id, by=desk)
    assert (around(inner), around(middle)) == (None, inner.id)


def test_productions_become_one_with_titles_ids_shoots_and_sightings(session: Session, desk: User) -> None:
    kept = cast.film(session, "Mission: Impossible 7", year=None)
    other = cast.film(session, "Libra", year=2023)
    same_name = cast.film(session, "Libra", year=1999)
    assert (other.slug, same_name.slug) == ("libra", "libra-1999")
    with change(session, by=None, comment="Ids"):
        add_identifier(session, other, scheme="imdb", value="tt9603212")
    first, second = (
        cast.shoot(session, other, cast.place(session, name, 60, 7)) for name in ("Rauma", "Stranda")
    )
    post = cast.source(session, "Post", SourceKind.OFFICIAL_POST, published="2020-10-05")
    cast.say(session, post, first, Status.WRAPPED, "2020-09", "2020-09")
    with change(session, by=None, comment="Order"):
        cite_order(session, second, Relation.NEXT, first, post, words="next")
    draft = SightingDraft(production_title="Libra", place_text="Rauma", period=parse_period("2020"))
    sighting = submit(session, draft, by=cast.owner(session))
    with change(session, by=None, comment="Choose"):
        sighting.production_id = other.id
    before = record(session)

    made = merge_rows(session, MergeKind.PRODUCTION, survivor_id=kept.id, loser_id=other.id, by=desk)
    assert [shoot.id for shoot in shoots_of(session, kept.id)] == [first.id, second.id]
    assert (kept.year, sighting.production_id) == (2023, kept.id)
    assert production_by_slug(session, "libra") is None
    assert slug_of_title(session, "libra") == kept.slug
    unmerge(session, made.id, by=desk)
    assert record(session) == before

    merge_rows(session, MergeKind.PRODUCTION, survivor_id=kept.id, loser_id=same_name.id, by=desk)
    assert slug_of_title(session, "libra-1999") == kept.slug


def test_sources_become_one_and_what_both_said_counts_once(session: Session, desk: User) -> None:
    shoot = cast.shoot(session, cast.film(session), cast.place(session, "Rauma", 62, 7))
    kept = cast.source(session, "Post", SourceKind.EYEWITNESS_MEDIA, address="https://a.example/1")
    other = cast.source(session, "Post again", SourceKind.EYEWITNESS_MEDIA, address="https://b.example/1")
    repeat = cast.source(session, "Article", SourceKind.REPEATED_REPORTING, repeats=other)
    cast.say(session, kept, shoot)
    cast.say(session, other, shoot, start="2020-10", end="2020-10", attested=(date(2020, 10, 3),))
    cast.say(session, repeat, shoot)
    assert grade_of(shoot) == "B"
    before = record(session)

    made = merge_rows(session, MergeKind.SOURCE, survivor_id=kept.id, loser_id=other.id, by=desk)
    assert grade_of(shoot) == "C"
    assert [c.source_id for c in citations_of(session, [shoot.id])[shoot.id]] == [kept.id, repeat.id]
    assert (repeat.repeats_id, shoot.start.edtf) == (kept.id, "2020-10")
    draft = SourceDraft(
        kind=SourceKind.EYEWITNESS_MEDIA, title="Anew", address="https://b.example/1?utm_id=2"
    )
    with change(session, by=None, comment="Import again"):
        assert find_or_add_source(session, draft) is kept
    unmerge(session, made.id, by=desk)
    assert record(session) == before
    assert grade_of(shoot) == "B"


def test_two_shoots_become_one_with_the_evidence_of_both(session: Session, desk: User) -> None:
    production, rauma = cast.film(session), cast.place(session, "Rauma", 62, 7)
    kept, other = (cast.shoot(session, production, rauma) for _ in range(2))
    elsewhere = cast.shoot(session, production, cast.place(session, "Rome", 41, 12))
    post = cast.source(session, "Post", SourceKind.EYEWITNESS_MEDIA)
    report = cast.source(session, "Report", SourceKind.OWN_REPORTING)
    for shoot in (kept, other):
        cast.say(session, post, shoot)
    cast.say(session, report, other)
    with change(session, by=None, comment="Order"):
        cite_order(session, elsewhere, Relation.NEXT, other, post, words="next")
        cite_order(session, other, Relation.AFTER, kept, post, words="after")
    before = record(session)

    made = merge_rows(session, MergeKind.SHOOT, survivor_id=kept.id, loser_id=other.id, by=desk)
    assert kept.grade is Grade.B
    assert [c.source_id for c in citations_of(session, [kept.id])[kept.id]] == [post.id, report.id]
    assert [shoot.id for shoot in shoots_of(session, production.id)] == [kept.id, elsewhere.id]
    unmerge(session, made.id, by=desk)
    assert record(session) == before


def test_shoots_of_different_places_cannot_be_one(session: Session, desk: User) -> None:
    production = cast.film(session)
    a, b = (cast.shoot(session, production, cast.place(session, name)) for name in ("Rauma", "Rome"))
    with pytest.raises(InvalidValueError, match="one production at one place"):
        merge_rows(session, MergeKind.SHOOT, survivor_id=a.id, loser_id=b.id, by=desk)


def test_chains_lead_to_the_last_and_are_taken_back_from_the_end(session: Session, desk: User) -> None:
    a, b, c = (cast.place(session, name, 60, 7) for name in ("A", "B", "C"))
    before = record(session)
    first = merge_rows(session, MergeKind.PLACE, survivor_id=b.id, loser_id=a.id, by=desk)
    second = merge_rows(session, MergeKind.PLACE, survivor_id=c.id, loser_id=b.id, by=desk)
    assert survivor_of(session, Place, a.id) is c
    with pytest.raises(ConflictError, match="merged since"):
        unmerge(session, first.id, by=desk)
    unmerge(session, second.id, by=desk)
    assert survivor_of(session, Place, a.id) is b
    unmerge(session, first.id, by=desk)
    with pytest.raises(ConflictError, match="taken back already"):
        unmerge(session, first.id, by=desk)
    assert record(session) == before
    assert stored(session) == recounted(session)


def test_what_was_changed_since_is_left_when_a_merge_is_taken_back(session: Session, desk: User) -> None:
    kept, other = two_places(session)
    third = cast.place(session, "Åndalsnes", 62.56, 7.68)
    shoot = cast.shoot(session, cast.film(session), other)
    made = merge_rows(session, MergeKind.PLACE, survivor_id=kept.id, loser_id=other.id, by=desk)
    with change(session, by=desk, comment="It was in the town"):
        shoot.place_id = third.id
    assert unmerge(session, made.id, by=desk).left == 1
    assert shoot.place_id == third.id


def test_nothing_is_merged_into_itself_twice_or_by_just_anybody(session: Session, desk: User) -> None:
    kept, other = two_places(session)
    with pytest.raises(NotAllowedError):
        merge_rows(session, MergeKind.PLACE, survivor_id=kept.id, loser_id=other.id, by=cast.owner(session))
    with pytest.raises(InvalidValueError, match="into itself"):
        merge_rows(session, MergeKind.PLACE, survivor_id=kept.id, loser_id=kept.id, by=desk)
    with pytest.raises(NotFoundError):
        merge_rows(session, MergeKind.PLACE, survivor_id=kept.id, loser_id=999, by=desk)
    merge_rows(session, MergeKind.PLACE, survivor_id=kept.id, loser_id=other.id, by=desk)
    with pytest.raises(ConflictError, match="just now"):
        merge_rows(session, MergeKind.PLACE, survivor_id=kept.id, loser_id=other.id, by=desk)


def test_a_merged_row_is_out_of_sight_of_queries_joins_and_counts(session: Session, desk: User) -> None:
    kept, other = two_places(session)
    merge_rows(session, MergeKind.PLACE, survivor_id=kept.id, loser_id=other.id, by=desk)
    session.commit()
    assert session.scalars(select(Place.id)).all() == [kept.id]
    assert session.get(Place, other.id, populate_existing=True) is None
    assert len(session.scalars(select(Place).execution_options(**WITH_MERGED)).all()) == 2
    assert session.scalars(select(Shoot.id).join(Shoot.place)).all() == []
