"""What is known on a day: status, dates and contradictions, field by field."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.foundation.dates import UNKNOWN, DateBound
from tracker.productions.claims import Claim
from tracker.productions.knowledge import Knowledge, knowledge_of
from tracker.productions.models import Grade, Status
from tracker.sources.models import SourceKind as Kind

EDTF = DateBound.from_edtf
TODAY = date(2026, 11, 22)


def claim(
    id: int,
    kind: Kind,
    status: Status | None,
    start: str = "",
    end: str = "",
    *,
    published: date | None = None,
) -> Claim:
    return Claim(
        id=id,
        source_id=id,
        root_id=id,
        kind=kind,
        title=f"source {id}",
        status=status,
        start=EDTF(start),
        end=EDTF(end),
        known_from=published,
    )


PLAN = claim(1, Kind.OFFICIAL_POST, Status.PLANNED, "2020-10~", published=date(2020, 10, 5))
REPORT = claim(
    2, Kind.OWN_REPORTING, Status.CONFIRMED, "2020-10-06", "2020-10-20~", published=date(2020, 10, 6)
)


def known(claims: list[Claim], on: date = TODAY, *, as_known: bool = False, released: str = "") -> Knowledge:
    answer = knowledge_of(claims, on=on, as_known=as_known, released=EDTF(released) if released else UNKNOWN)
    assert answer is not None
    return answer


def test_before_the_report_there_is_only_the_plan() -> None:
    then = known([PLAN, REPORT], date(2020, 10, 5), as_known=True)
    assert (then.status, then.period.start.edtf, then.grade) == (Status.PLANNED, "2020-10~", Grade.A)


def test_work_that_followed_replaces_the_plan_and_is_graded_by_who_saw_the_work() -> None:
    now = known([PLAN, REPORT])
    assert (now.status, now.period.start.edtf, now.period.end.edtf) == (
        Status.WRAPPED,
        "2020-10-06",
        "2020-10-20~",
    )
    assert now.grade == Grade.C
    assert now.contradictions == ()


def test_nothing_is_known_before_the_first_source_was_published() -> None:
    assert knowledge_of([PLAN, REPORT], on=date(2020, 10, 4), as_known=True) is None


def test_a_source_without_any_date_counts_in_todays_view_only() -> None:
    undated = claim(3, Kind.TRADE_PRESS, Status.CONFIRMED, "2020-07")
    assert knowledge_of([undated], on=TODAY, as_known=True) is None
    assert known([undated]).period.start.edtf == "2020-07"


@pytest.mark.parametrize(
    ("end", "on", "released", "expected"),
    [
        ("2020-10-20~", date(2020, 10, 20), "", Status.UNDER_WAY),
        ("2020-10-20~", date(2020, 10, 21), "", Status.WRAPPED),
        ("..", date(2020, 10, 21), "2023-07-12", Status.UNDER_WAY),
        ("..", date(2023, 7, 13), "2023-07-12", Status.WRAPPED),
        ("", date(2023, 7, 13), "2023-07-12", Status.WRAPPED),
        ("", date(2023, 7, 13), "", Status.UNDER_WAY),
    ],
)
def test_confirmed_work_is_wrapped_once_its_end_or_the_release_has_passed(
    end: str, on: date, released: str, expected: Status
) -> None:
    answer = known([claim(1, Kind.TRADE_PRESS, Status.CONFIRMED, "2020-10-06", end)], on, released=released)
    assert answer.status == expected


def test_field_by_field_the_best_grade_decides_and_the_other_value_shows() -> None:
    repeated = claim(
        1, Kind.REPEATED_REPORTING, Status.CONFIRMED, "2020-10-21", "2020-10-23", published=date(2021, 9, 25)
    )
    seen = claim(2, Kind.OWN_REPORTING, Status.CONFIRMED, "", "2020-11", published=date(2020, 11, 4))
    answer = known([repeated, seen])
    assert (answer.period.start.edtf, answer.period.end.edtf) == ("2020-10-21", "2020-11")
    (contradiction,) = answer.contradictions
    assert (contradiction.field, contradiction.shown.edtf, contradiction.other.edtf) == (
        "end",
        "2020-11",
        "2020-10-23",
    )
    assert (contradiction.shown_by.id, contradiction.other_by.id) == (2, 1)


def test_on_a_tie_the_latest_published_decides() -> None:
    old = claim(1, Kind.TRADE_PRESS, Status.CONFIRMED, "2020-07", published=date(2020, 6, 1))
    new = claim(2, Kind.TRADE_PRESS, Status.CONFIRMED, "2020-09", published=date(2020, 9, 9))
    assert known([old, new]).period.start.edtf == "2020-09"
    assert known([new, old]) == known([old, new])


def test_a_difference_in_precision_is_no_contradiction() -> None:
    coarse = claim(1, Kind.TRADE_PRESS, Status.CONFIRMED, "2020-10", published=date(2020, 10, 9))
    fine = claim(2, Kind.TRADE_PRESS, Status.CONFIRMED, "2020-10-06", published=date(2020, 10, 8))
    assert known([coarse, fine]).contradictions == ()
