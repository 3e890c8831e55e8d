"""The timeline: bars that show what is sure and what is only possible, under an axis of months."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.foundation.dates import Period, parse_bound
from tracker.productions.models import Status
from tracker.web.productions.bars import bar_of
from tracker.web.productions.timeline import axis_of


@pytest.mark.parametrize(
    ("start", "end", "bar"),
    [
        ("2020-10-06", "2020-10-20", ["sure 2020-10-06 2020-10-20"]),
        ("2020-11-29", "2020-11-29", ["sure 2020-11-29 2020-11-29"]),
        ("2020-07", "2020-08~", ["within 2020-07-01 2020-07-31", "about 2020-08-01 2020-08-31"]),
        ("2020-08/2020-10", "2020-10-05~", ["within 2020-08-01 2020-10-05"]),
        ("2020-10-21", "2020-11", ["sure 2020-10-21 2020-11-01", "within 2020-11-01 2020-11-30"]),
        ("2021-01/2021-02", "2021-02~", ["within 2021-01-01 2021-02-01", "about 2021-02-01 2021-02-28"]),
        ("2021-04-20~", "2021-04~", ["about 2021-04-20 2021-04-30"]),
        ("2021-08~", "2021-09~", ["about 2021-08-01 2021-09-30"]),
        ("", "by 5 Oct 2020", ["by 2020-08-21 2020-10-05"]),
        ("2020-07-01", "", ["sure 2020-07-01 2020-07-01"]),
        ("2020-10", "2020-10", ["within 2020-10-01 2020-10-31"]),
        ("", "", []),
    ],
)
def test_a_bar_shows_each_stretch_of_days_in_its_texture(start: str, end: str, bar: list[str]) -> None:
    period = Period(parse_bound(start), parse_bound(end))
    assert [f"{s.kind} {s.first} {s.last}" for s in bar_of(period, Status.WRAPPED)] == bar


def test_a_plan_is_dashed_with_an_arrow_while_its_end_is_open() -> None:
    open_end = Period(parse_bound("2021-01~"), parse_bound(".."))
    closed = Period(parse_bound("2021-01~"), parse_bound("2021-03"))
    assert [s.kind for s in bar_of(open_end, Status.PLANNED)] == ["planned"]
    assert [s.kind for s in bar_of(closed, Status.PERMITTED)] == ["planned_about"]
    assert [s.kind for s in bar_of(closed, Status.CANCELLED)] == ["ghost"]


def test_the_axis_has_whole_months_and_fills_the_width() -> None:
    axis = axis_of(date(2020, 2, 14), date(2021, 9, 3))
    assert (axis.first, axis.last) == (date(2020, 2, 1), date(2021, 9, 30))
    assert "".join(month.letter for month in axis.months) == "FMAMJJASONDJFMAMJJAS"
    assert axis.months[0].x == 0
    assert axis.months[-1].x + axis.months[-1].w == pytest.approx(1000, abs=0.1)
    assert [year.label for year in axis.years] == ["2020", "2021"]


@pytest.mark.parametrize(
    ("first", "last"), [(date(2020, 5, 1), date(2020, 5, 1)), (date(1900, 1, 1), date(2199, 1, 1))]
)
def test_a_day_and_three_centuries_both_fit_an_axis_that_can_be_read(first: date, last: date) -> None:
    axis = axis_of(first, last)
    assert 1 <= len(axis.months) <= 60
    assert len(axis.years) <= 12
    assert axis.first <= first <= last <= axis.last
