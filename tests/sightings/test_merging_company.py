"""What stands around merged rows comes along: partners, settlements, what waits, what is passed on."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests import cast
from tests.sightings.test_merging import grade_of, record
from tracker.accounts.models import User
from tracker.history.recording import change
from tracker.productions.corrections import settle
from tracker.productions.evidence import Manner, Relation, Settlement
from tracker.productions.models import Production, Shoot
from tracker.productions.operations import CitationDraft
from tracker.productions.partnering import PartnerDraft, RoleDraft, add_role, find_or_add_partner
from tracker.productions.partners import Help, PartnerKind, PartnerRole
from tracker.productions.questions import Question
from tracker.sightings.citing import OrderDraft, cite_or_offer, order_or_offer
from tracker.sightings.merging import MergeKind, merge_rows, unmerge
from tracker.sources.models import Source, SourceKind
from tracker.sources.operations import SourceDraft, mark_repeat


@pytest.fixture
def desk(session: Session) -> User:
    return cast.moderator(session)


def thank(
    session: Session, name: str, film: Production, shoot: Shoot | None, source: Source | None
) -> PartnerRole:
    with change(session, by=None, comment="Thank"):
        partner = find_or_add_partner(session, PartnerDraft(name=name, kind=PartnerKind.RAILWAY))
        draft = RoleDraft(help=Help.RAILWAY, manner=Manner.IMPLIES)
        return add_role(session, partner, film, draft, shoot=shoot, source=source)


def belongs(role: PartnerRole) -> tuple[int, int | None, int | None]:
    return role.production_id, role.shoot_id, role.source_id


def test_partners_follow_films_shoots_and_sources_and_are_named_once(session: Session, desk: User) -> None:
    rauma = cast.place(session, "Rauma", 62, 7)
    kept, other = cast.film(session, "Kept"), cast.film(session, "Other")
    here, there = cast.shoot(session, kept, rauma), cast.shoot(session, other, rauma)
    post, again = cast.source(session, "Post"), cast.source(session, "Post again")
    thank(session, "Raumabanen", kept, None, post)
    twice = thank(session, "Raumabanen", other, None, again)
    of_stop, same_stop = (
        thank(session, "Museum", film, shoot, again) for film, shoot in ((kept, here), (other, there))
    )
    before = record(session)

    merges = [
        merge_rows(session, kind, survivor_id=into.id, loser_id=gone.id, by=desk)
        for kind, into, gone in (
            (MergeKind.PRODUCTION, kept, other),
            (MergeKind.SHOOT, here, there),
            (MergeKind.SOURCE, post, again),
        )
    ]
    assert belongs(of_stop) == (kept.id, here.id, post.id)
    # What is named already stays with the row that was merged.
    assert belongs(twice)[0] == other.id
    assert belongs(same_stop)[1] == there.id

    for made in reversed(merges):
        assert unmerge(session, made.id, by=desk).left == 0
    session.expire_all()
    assert record(session) == before


def test_a_settled_contradiction_stays_settled_in_the_film_that_stays(session: Session, desk: User) -> None:
    kept, other = cast.film(session, "Kept"), cast.film(session, "Other")
    with change(session, by=desk, comment="Both"):
        settle(session, other, Question.of("start", [1]), reason="Both are told")
    before = record(session)
    made = merge_rows(session, MergeKind.PRODUCTION, survivor_id=kept.id, loser_id=other.id, by=desk)
    assert session.scalars(select(Settlement.production_id)).all() == [kept.id]
    unmerge(session, made.id, by=desk)
    assert record(session) == before


def test_what_waits_for_a_moderator_speaks_of_the_shoot_that_stays(session: Session, desk: User) -> None:
    production, rauma = cast.film(session), cast.place(session, "Rauma", 62, 7)
    kept, other = (cast.shoot(session, production, rauma) for _ in range(2))
    rome = cast.shoot(session, production, cast.place(session, "Rome", 41, 12))
    draft = SourceDraft(kind=SourceKind.EYEWITNESS_MEDIA, title="Seen")
    newcomer = cast.owner(session)
    citation = cite_or_offer(session, other, draft, CitationDraft(), by=newcomer)
    said = OrderDraft(relation=Relation.AFTER, other=other, words="after")
    order = order_or_offer(session, rome, draft, said, by=newcomer)
    assert citation and order
    before = record(session)
    made = merge_rows(session, MergeKind.SHOOT, survivor_id=kept.id, loser_id=other.id, by=desk)
    assert (citation.shoot_id, order.shoot_id, order.other_id) == (kept.id, rome.id, kept.id)
    unmerge(session, made.id, by=desk)
    assert record(session) == before


def test_what_passes_on_a_merged_source_passes_on_the_one_that_stays_and_never_in_a_circle(
    session: Session, desk: User
) -> None:
    post, copy, article = (cast.source(session, title) for title in ("Post", "Copy", "Article"))
    with change(session, by=None, comment="Repeats"):
        mark_repeat(session, copy, of=post)
        mark_repeat(session, article, of=copy)
    before = record(session)

    # The article, which passes on the copy, turns out to be the post itself.
    made = merge_rows(session, MergeKind.SOURCE, survivor_id=article.id, loser_id=post.id, by=desk)
    assert (article.passes_on_id, article.repeats_id) == (None, None)
    assert (copy.passes_on_id, copy.repeats_id) == (article.id, article.id)
    unmerge(session, made.id, by=desk)
    assert record(session) == before

    merge_rows(session, MergeKind.SOURCE, survivor_id=article.id, loser_id=copy.id, by=desk)
    assert (article.passes_on_id, article.repeats_id) == (post.id, post.id)


def test_a_merge_that_is_taken_back_grades_anew_what_rests_on_repeats(session: Session, desk: User) -> None:
    shoot = cast.shoot(session, cast.film(session), cast.place(session, "Rauma", 62, 7))
    report = cast.source(session, "Report", SourceKind.OWN_REPORTING)
    post = cast.source(session, "Post", SourceKind.EYEWITNESS_MEDIA)
    article = cast.source(session, "Article", SourceKind.REPEATED_REPORTING, repeats=post)
    cast.say(session, report, shoot)
    cast.say(session, article, shoot)
    assert grade_of(shoot) == "B"
    made = merge_rows(session, MergeKind.SOURCE, survivor_id=report.id, loser_id=post.id, by=desk)
    assert grade_of(shoot) == "C"
    # Meanwhile the grade falls and rises again: it is no longer what the merge left.
    with change(session, by=None, comment="Film is out"):
        shoot.refuted_reason = "Wrong"
    cast.say(session, cast.source(session, "Blog"), shoot)
    with change(session, by=None, comment="Not wrong"):
        shoot.refuted_reason = None
    unmerge(session, made.id, by=desk)
    assert grade_of(shoot) == "B"
