"""What a sighting would become: its likely kind, its claim, and the grade it would have."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tracker.foundation.dates import describe, parse_period
from tracker.productions.claims import Claim
from tracker.productions.models import Grade, Status
from tracker.sightings.models import Sighting
from tracker.sightings.outlook import claim_from, known_with, likely_kind
from tracker.sources.models import Source, SourceKind

TODAY = date(2026, 1, 1)


def sighting(when: str = "Sept 2020", **more: object) -> Sighting:
    period = parse_period(when)
    fields = {
        "status": Status.CONFIRMED,
        "address": "https://www.example.org/a",
        "seen_by_sender": False,
        "note": "",
        "submitted_at": datetime(2021, 1, 1, tzinfo=UTC),
    }
    return Sighting(start=period.start, end=period.end, **{**fields, **more})


@pytest.mark.parametrize(
    ("address", "seen", "kind", "grade"),
    [
        ("https://www.example.org/a", False, SourceKind.TRADE_PRESS, Grade.D),
        ("https://www.example.org/a", True, SourceKind.EYEWITNESS_MEDIA, Grade.C),
        (None, True, SourceKind.OWN_KNOWLEDGE, Grade.E),
        (None, False, SourceKind.OWN_KNOWLEDGE, Grade.E),
    ],
)
def test_the_grade_follows_from_what_others_can_open(
    address: str | None, seen: bool, kind: SourceKind, grade: Grade
) -> None:
    one = sighting(address=address, seen_by_sender=seen)
    assert likely_kind(one) is kind
    assert known_with(claim_from(one, kind), today=TODAY).grade is grade


def test_without_a_link_no_kind_of_source_is_believed() -> None:
    one = sighting(address=None)
    claim = claim_from(one, SourceKind.FILM_COMMISSION)
    assert claim.kind is SourceKind.OWN_KNOWLEDGE
    assert known_with(claim, today=TODAY).grade is Grade.E


def test_a_source_that_is_known_keeps_its_own_kind_and_root() -> None:
    source = Source(
        id=7, kind=SourceKind.REPEATED_REPORTING, title="NME", author="", by_cast=False, repeats_id=3
    )
    claim = claim_from(sighting(), SourceKind.FILM_COMMISSION, source)
    assert (claim.kind, claim.source_id, claim.root_id) == (SourceKind.REPEATED_REPORTING, 7, 3)


def test_a_source_that_spoke_already_is_heard_once() -> None:
    source = Source(id=7, kind=SourceKind.BOOK, title="A book", author="", by_cast=False, repeats_id=None)
    there = Claim(id=1, source_id=7, root_id=7, kind=SourceKind.BOOK, title="A book", status=Status.CONFIRMED)
    claim = claim_from(sighting(), SourceKind.BOOK, source)
    assert known_with(claim, [there], today=TODAY).claims == (there,)


def test_own_eyes_on_a_single_day_attest_that_day() -> None:
    seen = claim_from(sighting("5 Oct 2020", seen_by_sender=True), SourceKind.EYEWITNESS_MEDIA)
    read = claim_from(sighting("5 Oct 2020"), SourceKind.TRADE_PRESS)
    month = claim_from(sighting("Oct 2020", seen_by_sender=True), SourceKind.EYEWITNESS_MEDIA)
    assert [claim.attested for claim in (seen, read, month)] == [(date(2020, 10, 5),), (), ()]


@pytest.mark.parametrize(
    ("status", "when", "becomes"),
    [
        (Status.CONFIRMED, "Sept 2020", Status.WRAPPED),
        (Status.CONFIRMED, "from Sept 2020", Status.UNDER_WAY),
        (Status.PLANNED, "2030", Status.PLANNED),
        (Status.RUMOURED, "Sept 2020", Status.RUMOURED),
    ],
)
def test_the_status_is_that_of_today(status: Status, when: str, becomes: Status) -> None:
    knowledge = known_with(claim_from(sighting(when, status=status), SourceKind.TRADE_PRESS), today=TODAY)
    assert knowledge.status is becomes
    assert describe(knowledge.period) == describe(parse_period(when))
