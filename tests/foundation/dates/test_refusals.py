"""A date that cannot be is refused with the reason and with what to write instead."""

from __future__ import annotations

import pytest

from tracker.foundation.dates import InvalidDateError, parse_bound, parse_period
from tracker.foundation.errors import InvalidValueError

REASONS = [
    ("31 Sept 2020", "September has 30 days, so 31 September cannot be. Write 30 September or 1 October."),
    ("2020-09-31", "September has 30 days, so 31 September cannot be. Write 30 September or 1 October."),
    ("31.9.2020", "September has 30 days, so 31 September cannot be. Write 30 September or 1 October."),
    (
        "29 Feb 2021",
        "February 2021 has 28 days, so 29 February 2021 cannot be. Write 28 February or 1 March.",
    ),
    ("45 Oct 2020", "No month has a day 45. Write a day from 1 to 31."),
    ("0 Oct 2020", "No month has a day 0. Write a day from 1 to 31."),
    ("2020-13", "A year has 12 months, so month 13 cannot be. Write a month from 1 to 12."),
    ("05/10/2020", "“05/10/2020” can be read in two ways. Write 5 October 2020 or 10 May 2020."),
    ("2020-21", "“2020-21” can be read in two ways. Write spring 2020 or 2020–2021."),
    ("2010/11", "“2010/11” can be read in two ways. Write November 2010 or 2010–2011."),
    (
        "Tuesday 5 October 2020",
        "5 October 2020 is a Monday, not a Tuesday. Write Monday 5 October 2020 or Tuesday 6 October 2020.",
    ),
    (
        "20 Oct 2020 to 6 Oct 2020",
        "The end, 6 October 2020, lies before the start, 20 October 2020. "
        "Swap the two, or correct the wrong one.",
    ),
    (
        "Oct to Sept 2020",
        "The end, 30 September 2020 at the latest, lies before the start, 1 October 2020 at the earliest. "
        "Swap the two, or correct the wrong one.",
    ),
    ("5 Oct", "The year is missing. Add it, as in 5 Oct 2020."),
    ("5 2020", "The month of day 5 is missing. Add it, as in 5 Oct 2020."),
    ("5.10.20", "“5.10.20” has a short year. Write the year with four digits, like 5 Oct 2020."),
    (
        "5 Oct 99999",
        "“99999” is neither a day nor a year. Write the year with four digits, like 2020.",
    ),
    (
        "1 Oct 1850",
        "The year 1850 cannot be: nothing was filmed before 1888, and plans end at 2200. "
        "Write a year between them.",
    ),
    ("Dec or Jan 2021", "These could be of different years. Write the year of each: Dec 2020 or Jan 2021."),
    ("between 5 Oct 2020", "“between” needs two dates. Write it like between 5 and 9 Oct 2020."),
    ("today", "“today” depends on the day. Write the date, like 5 Oct 2020."),
]


@pytest.mark.parametrize(("phrase", "reason"), REASONS)
def test_an_impossible_or_ambiguous_date_is_refused_with_its_reason(phrase: str, reason: str) -> None:
    with pytest.raises(InvalidValueError) as refusal:
        parse_period(phrase)

    assert str(refusal.value) == reason


@pytest.mark.parametrize(
    "phrase",
    ["31 Sept 2020", "29 Feb 2021", "05/10/2020", "2020-21", "2010/11", "Sunday 5 Oct 2020", "31 Nov 2199"],
)
def test_every_suggestion_of_a_refusal_can_itself_be_read(phrase: str) -> None:
    with pytest.raises(InvalidDateError) as refusal:
        parse_period(phrase)

    assert len(refusal.value.suggestions) >= 2
    for suggestion in refusal.value.suggestions:
        assert parse_period(suggestion).start.is_known


@pytest.mark.parametrize(
    "phrase",
    [
        *("", "  ", "hello", "-", ",", "or", "c.", "Oct 2020 to", "to Oct 2020", "5 Oct 2020 6 Oct 2020"),
        *("[", "[]", "/", "../..", "2020-10-05T10:00", "3/9/19 4:00", "summer May 2020", "early 5 Oct 2020"),
    ],
)
def test_text_that_is_no_date_is_refused(phrase: str) -> None:
    with pytest.raises(InvalidDateError):
        parse_period(phrase)


def test_an_endless_text_is_refused_without_repeating_it() -> None:
    with pytest.raises(InvalidDateError) as refusal:
        parse_bound("9" * 1_000_000)

    assert len(str(refusal.value)) < 200
