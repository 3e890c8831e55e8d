"""EDTF is read with the days that it allows."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.foundation.dates import OPEN, UNKNOWN, DateBound, InvalidDateError, parse_bound

TIMELINE_VALUES = [
    *("", "..", "2020-02", "2020-08~", "2020-08/2020-10", "2020-10-05~", "2020-10-06", "2021-01~"),
    *("2021-01/2021-02", "2021-04-20~", "2006-03-06", "2009-11-22", "2006-02-13~", "2006-06"),
]

ALLOWED_DAYS = [
    ("2020", date(2020, 1, 1), date(2020, 12, 31)),
    ("2020-10", date(2020, 10, 1), date(2020, 10, 31)),
    ("2020-10-05", date(2020, 10, 5), date(2020, 10, 5)),
    ("2020-10-05~", date(2020, 10, 5), date(2020, 10, 5)),
    ("2020-10?", date(2020, 10, 1), date(2020, 10, 31)),
    ("2020%", date(2020, 1, 1), date(2020, 12, 31)),
    ("2020-~10-05", date(2020, 10, 5), date(2020, 10, 5)),
    ("2020-08/2020-10", date(2020, 8, 1), date(2020, 10, 31)),
    ("2020/2020-03-05", date(2020, 1, 1), date(2020, 3, 5)),
    ("../2020-10-05", None, date(2020, 10, 5)),
    ("/2020", None, date(2020, 12, 31)),
    ("2020-10-05/..", date(2020, 10, 5), None),
    ("202X", date(2020, 1, 1), date(2029, 12, 31)),
    ("2020-XX", date(2020, 1, 1), date(2020, 12, 31)),
    ("2020-1X", date(2020, 10, 1), date(2020, 12, 31)),
    ("2021-02-XX", date(2021, 2, 1), date(2021, 2, 28)),
    ("2021-XX-31", date(2021, 1, 31), date(2021, 12, 31)),
    ("[2019,2020]", date(2019, 1, 1), date(2020, 12, 31)),
    ("[2019-06..2019-08,2020-06..2020-08]", date(2019, 6, 1), date(2020, 8, 31)),
    ("[..2019-06,2020-01]", None, date(2020, 1, 31)),
]


@pytest.mark.parametrize(("edtf", "earliest", "latest"), ALLOWED_DAYS)
def test_edtf_allows_these_days(edtf: str, earliest: date | None, latest: date | None) -> None:
    assert DateBound.from_edtf(edtf) == DateBound("", edtf, earliest, latest)


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("2020-21", "2020-03/2020-05"),
        ("2020-24~", "2020-12~/2021-02~"),
        ("2020-31", "2020-03/2020-05"),
        ("2020-34", "2020-04/2020-06"),
        ("[2019-06/2019-08,2020-06/2020-08]", "[2019-06..2019-08,2020-06..2020-08]"),
        ("202x", "202X"),
    ],
)
def test_seasons_become_months_and_sets_their_own_notation(given: str, written: str) -> None:
    assert DateBound.from_edtf(given).edtf == written


def test_empty_is_unknown_and_two_dots_are_open() -> None:
    assert (parse_bound(""), parse_bound("..")) == (UNKNOWN, OPEN)
    assert (UNKNOWN.is_unknown, UNKNOWN.is_open, UNKNOWN.is_known) == (True, False, False)
    assert (OPEN.is_unknown, OPEN.is_open, OPEN.is_known) == (False, True, False)
    assert DateBound.from_edtf("../2020").is_known


@pytest.mark.parametrize(
    "edtf", ["2020/2019", "2020-10-05/2020-10-04", "2020-00", "1700", "2201", "2020-02-3X", "-2020", "Y20200"]
)
def test_edtf_that_cannot_be_is_refused(edtf: str) -> None:
    with pytest.raises(InvalidDateError):
        DateBound.from_edtf(edtf)


@pytest.mark.parametrize(
    ("phrase", "edtf"),
    [
        ("6–20 Oct 2020", "2020-10-06/2020-10-20"),
        ("late Sept to early Oct 2020", "2020-09-21/2020-10-10"),
        ("by 5 Oct 2020", "../2020-10-05"),
        ("since July 2020", "2020-07/.."),
        ("after 5 Oct and before 9 Oct 2020", "2020-10-06/2020-10-08"),
        ("not sure", ""),
    ],
)
def test_a_phrase_for_one_end_is_the_stretch_that_holds_it(phrase: str, edtf: str) -> None:
    assert parse_bound(phrase).edtf == edtf


@pytest.mark.parametrize("value", TIMELINE_VALUES)
def test_the_values_of_a_timeline_are_kept_as_they_stand(value: str) -> None:
    assert parse_bound(value).edtf == value
