"""Grades by the rules: one test for each line of the table, and the properties that hold for all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.productions.claims import Claim, Scope
from tracker.productions.evidence import Manner, Shows, Stance
from tracker.productions.grades import assess
from tracker.productions.models import Grade, Status
from tracker.sources.models import SourceKind as Kind

WORK = Status.WRAPPED


def claim(id: int, kind: Kind, **more: object) -> Claim:
    values: dict[str, object] = {"source_id": id, "root_id": id, "title": f"source {id}", "status": WORK}
    return Claim(id=id, kind=kind, **{**values, **more})  # type: ignore[arg-type]


POST = claim(1, Kind.OFFICIAL_POST)
VIDEO = claim(2, Kind.EYEWITNESS_MEDIA)
ARTICLE = claim(3, Kind.TRADE_PRESS)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([POST], Grade.A),
        ([claim(1, Kind.PRODUCTION_STATEMENT)], Grade.A),
        ([claim(1, Kind.FILM_COMMISSION)], Grade.A),
        ([claim(1, Kind.MUNICIPALITY)], Grade.A),
        ([replace(POST, manner=Manner.IMPLIES)], Grade.B),
        ([replace(POST, by_cast=True)], Grade.C),
        ([claim(1, Kind.PERMIT)], Grade.C),
        ([VIDEO], Grade.C),
        ([claim(1, Kind.OWN_REPORTING)], Grade.C),
        ([claim(1, Kind.INTERVIEW)], Grade.C),
        ([VIDEO, ARTICLE], Grade.B),
        ([VIDEO, claim(4, Kind.OWN_REPORTING)], Grade.B),
        ([ARTICLE], Grade.D),
        ([ARTICLE, claim(4, Kind.BOOK)], Grade.D),
        ([claim(1, Kind.BOOK)], Grade.D),
        ([claim(1, Kind.CREDITS)], Grade.D),
        ([claim(1, Kind.DATABASE)], Grade.D),
        ([claim(1, Kind.REPEATED_REPORTING)], Grade.D),
        ([claim(1, Kind.OWN_KNOWLEDGE)], Grade.E),
        ([], Grade.E),
        ([VIDEO, replace(ARTICLE, scope=Scope.WIDER)], Grade.C),
        ([VIDEO, replace(ARTICLE, scope=Scope.NARROWER)], Grade.B),
        ([claim(1, Kind.PERMIT), ARTICLE], Grade.B),
        ([VIDEO, claim(4, Kind.REPEATED_REPORTING)], Grade.C),
        ([replace(POST, by_cast=True), VIDEO], Grade.B),
        ([replace(VIDEO, manner=Manner.IMPLIES), ARTICLE], Grade.B),
        ([POST, replace(ARTICLE, stance=Stance.REFUTES, scope=Scope.WIDER)], Grade.X),
        ([POST, replace(ARTICLE, stance=Stance.REFUTES, scope=Scope.NARROWER)], Grade.A),
        ([POST, replace(ARTICLE, stance=Stance.REFUTES, scope=Scope.ELSEWHERE)], Grade.A),
        ([VIDEO, claim(4, Kind.OWN_KNOWLEDGE)], Grade.C),
        ([POST, replace(ARTICLE, stance=Stance.REFUTES)], Grade.X),
        ([replace(ARTICLE, stance=Stance.REFUTES)], Grade.E),
        ([POST, replace(ARTICLE, stance=Stance.REFUTES, live=False)], Grade.A),
        ([replace(POST, live=False), ARTICLE], Grade.D),
        ([replace(POST, stance=Stance.MENTIONS), ARTICLE], Grade.D),
        ([replace(POST, scope=Scope.WIDER), ARTICLE], Grade.D),
        ([replace(POST, scope=Scope.NARROWER)], Grade.A),
        ([replace(POST, scope=Scope.ELSEWHERE)], Grade.E),
        ([replace(VIDEO, shows=Shows.PRESENCE)], Grade.C),
        ([replace(VIDEO, shows=Shows.PRESENCE), replace(POST, shows=Shows.PRESENCE)], Grade.C),
        ([replace(VIDEO, shows=Shows.PRESENCE), ARTICLE], Grade.C),
    ],
)
def test_a_shoot_that_was_worked_on_is_graded_by_its_roots(claims: list[Claim], expected: Grade) -> None:
    assert assess(claims, status=WORK).grade == expected


@pytest.mark.parametrize(
    ("kind", "status", "expected"),
    [
        (Kind.PERMIT, Status.PERMITTED, Grade.A),
        (Kind.OFFICIAL_POST, Status.PLANNED, Grade.A),
        (Kind.TRADE_PRESS, Status.PLANNED, Grade.D),
        (Kind.TRADE_PRESS, Status.CANCELLED, Grade.D),
    ],
)
def test_a_plan_is_graded_by_its_source_like_any_other(kind: Kind, status: Status, expected: Grade) -> None:
    assert assess([claim(1, kind, status=status)], status=status).grade == expected


def test_a_permit_that_only_implies_is_no_official_word() -> None:
    permit = claim(1, Kind.PERMIT, status=Status.PERMITTED)
    assert assess([permit], status=Status.PERMITTED).grade is Grade.A
    assert assess([replace(permit, manner=Manner.IMPLIES)], status=Status.PERMITTED).grade is Grade.C


def test_the_reason_counts_roots_and_says_that_repeats_add_nothing() -> None:
    town = claim(1, Kind.BOOK, author="The chronicle")
    video = replace(VIDEO, author="Fotokjerring")
    repeats = [claim(n, Kind.TRADE_PRESS, root_id=2) for n in range(10, 20)]
    assert assess([town, video, *repeats], status=WORK).why == (
        "Corroborated: two independent sources, Fotokjerring (eyewitness media) and The chronicle (book); "
        "at least one of them is first-hand. Ten sources repeat this and add nothing."
    )


def test_a_plan_proves_no_work() -> None:
    plan = replace(POST, status=Status.PLANNED)
    assert assess([plan, VIDEO], status=WORK).grade == Grade.C
    assert assess([plan], status=Status.PLANNED).grade == Grade.A


def test_ten_articles_on_one_post_are_one_source() -> None:
    repeats = [claim(n, Kind.REPEATED_REPORTING, root_id=1) for n in range(10, 20)]
    assert assess([replace(POST, manner=Manner.IMPLIES), *repeats], status=WORK).grade == Grade.B
    assert assess(repeats, status=WORK).grade == Grade.D


def test_a_refutation_that_is_closed_leaves_z_with_its_reason() -> None:
    told = assess([POST], status=WORK, refuted_reason="It was another train.")
    assert told.grade == Grade.Z
    assert told.why == "Refuted: It was another train. Kept, so that nobody adds it again."


def test_the_reason_names_the_sources_and_what_would_raise_the_grade() -> None:
    director = replace(POST, manner=Manner.IMPLIES, author="Christopher McQuarrie")
    told = assess([director], status=WORK)
    assert told.why == (
        "Corroborated, because an official source implies it: Christopher McQuarrie. It does not state "
        "that work was done there, and implied evidence stops at B."
    )
    assert told.to_raise == (
        "To reach A: a statement by the production, a film commission or the municipality itself."
    )


_CLAIMS = st.lists(
    st.builds(
        claim,
        id=st.integers(1, 9),
        kind=st.sampled_from(Kind),
        manner=st.sampled_from(Manner),
        shows=st.sampled_from(Shows),
        scope=st.sampled_from(Scope),
        stance=st.sampled_from([Stance.SUPPORTS, Stance.SUPPORTS, Stance.MENTIONS]),
        by_cast=st.booleans(),
        status=st.sampled_from([WORK, Status.CONFIRMED, Status.PLANNED, None]),
        known_from=st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2021, 1, 1))),
    ),
    max_size=6,
    unique_by=lambda c: c.id,
)
_STATUS = st.sampled_from([WORK, Status.UNDER_WAY, Status.PLANNED, Status.PERMITTED])


@settings(max_examples=300)
@given(_CLAIMS, _STATUS, st.data())
def test_adding_a_repeat_never_raises_a_grade(
    claims: list[Claim], status: Status, data: st.DataObject
) -> None:
    cited = [c for c in claims if c.counts and c.root_id == c.source_id]
    if not cited:
        return
    root = data.draw(st.sampled_from(cited))
    repeat = replace(
        data.draw(_CLAIMS.filter(bool))[0], id=99, source_id=99, root_id=root.root_id, stance=Stance.SUPPORTS
    )
    before, after = assess(claims, status=status).grade, assess([*claims, repeat], status=status).grade
    if root.status == repeat.status:
        assert after >= before


@settings(max_examples=300)
@given(_CLAIMS, _STATUS)
def test_implied_evidence_stops_at_b_and_presence_at_c(claims: list[Claim], status: Status) -> None:
    implied = [replace(c, manner=Manner.IMPLIES) for c in claims]
    assert assess(implied, status=status).grade >= Grade.B
    seen = [replace(c, shows=Shows.PRESENCE) for c in claims]
    assert assess(seen, status=status).grade >= Grade.C


@settings(max_examples=300)
@given(_CLAIMS, _STATUS)
def test_wider_evidence_and_mentions_raise_nothing(claims: list[Claim], status: Status) -> None:
    here = [c for c in claims if c.scope in (Scope.HERE, Scope.NARROWER) and c.stance is Stance.SUPPORTS]
    assert assess(claims, status=status).grade == assess(here, status=status).grade


@settings(max_examples=200)
@given(_CLAIMS, _STATUS, st.randoms(use_true_random=False))
def test_the_order_of_claims_never_matters(claims: list[Claim], status: Status, random: Random) -> None:
    expected = assess(claims, status=status)
    random.shuffle(claims)
    assert assess(claims, status=status) == expected


@settings(max_examples=200)
@given(_CLAIMS, _STATUS)
def test_a_refutation_disputes_whatever_was_proven(claims: list[Claim], status: Status) -> None:
    before = assess(claims, status=status)
    after = assess([*claims, claim(99, Kind.OWN_KNOWLEDGE, stance=Stance.REFUTES)], status=status)
    supported = any(c.counts for c in claims) and before.why != "Rumour: no source supports it yet."
    assert after.grade is (Grade.X if supported else Grade.E)
