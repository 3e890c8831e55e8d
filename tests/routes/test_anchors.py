"""Anchors: the days that surely hold the first known working day."""

from __future__ import annotations

from datetime import date

import pytest

from tests.routes.making import stop
from tracker.routes.anchors import Anchor, anchor_of


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2020-10-06", "2020-10-20~", Anchor(date(2020, 10, 6), date(2020, 10, 6))),
        ("2020-08/2020-10", "2020-10-05~", Anchor(date(2020, 8, 1), date(2020, 10, 5), qualified=True)),
        ("2020-08/2020-10", "2020-10-05", Anchor(date(2020, 8, 1), date(2020, 10, 5))),
        ("2020-07", "2020-08~", Anchor(date(2020, 7, 1), date(2020, 7, 31))),
        ("2021-01~", "..", Anchor(date(2021, 1, 1), date(2021, 1, 31), qualified=True)),
        ("", "../2020-10-05", Anchor(None, date(2020, 10, 5))),
        ("", "2020-10-05~", Anchor(None, date(2020, 10, 5), qualified=True)),
        ("", "", Anchor(None, None)),
        ("", "..", Anchor(None, None)),
        ("2020-10-06/..", "", Anchor(date(2020, 10, 6), None)),
        ("2020-10-06/..", "2020-12", Anchor(date(2020, 10, 6), date(2020, 12, 31))),
    ],
)
def test_a_start_is_cut_at_the_end_and_an_unknown_start_reaches_up_to_it(
    start: str, end: str, expected: Anchor
) -> None:
    assert anchor_of(stop(1, "x", start, end)) == expected


def test_an_attested_day_cuts_a_start_and_stands_for_an_unknown_one() -> None:
    day = date(2020, 9, 3)
    assert anchor_of(stop(1, "x", "2020-08/2020-10", attested=(day,))) == Anchor(date(2020, 8, 1), day)
    assert anchor_of(stop(1, "x", attested=(day, date(2020, 9, 9)))) == Anchor(day, day)
    assert anchor_of(stop(1, "x", "", "2020-10", attested=(day,))) == Anchor(day, day)


def test_an_end_before_the_start_does_not_turn_the_range_around() -> None:
    assert anchor_of(stop(1, "x", "2020-10-06", "2020-09")) == Anchor(date(2020, 10, 6), date(2020, 10, 6))
