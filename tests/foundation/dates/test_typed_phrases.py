"""Every way of writing a date that people use, and what it is read as."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.foundation.dates import Hemisphere, parse_period

BOTH_ENDS = [
    ("5 Oct 2020", "2020-10-05"),
    ("5th October 2020", "2020-10-05"),
    ("Oct 5, 2020", "2020-10-05"),
    ("Oct. 5th, 2020", "2020-10-05"),
    ("5-Oct-2020", "2020-10-05"),
    ("5.10.2020", "2020-10-05"),
    ("13/10/2020", "2020-10-13"),
    ("10/13/2020", "2020-10-13"),
    ("10/10/2020", "2020-10-10"),
    ("2020-10-05", "2020-10-05"),
    ("2020/10/05", "2020-10-05"),
    ("Monday 5 October 2020", "2020-10-05"),
    ("5. Oktober 2020", "2020-10-05"),
    ("5 de octubre de 2020", "2020-10-05"),
    ("1er février 2020", "2020-02-01"),
    ("5 ottobre 2020", "2020-10-05"),
    ("5. desember 2020", "2020-12-05"),
    ("٥ Oct ٢٠٢٠", "2020-10-05"),
    ("５\N{NO-BREAK SPACE}Oct\N{NARROW NO-BREAK SPACE}2020", "2020-10-05"),
    ("October 2020", "2020-10"),
    ("OCTOBER 2020", "2020-10"),
    ("in October 2020", "2020-10"),
    ("2020-10", "2020-10"),
    ("10/2020", "2020-10"),
    ("2020", "2020"),
    ("the 1990s", "199X"),
    ("early Oct 2020", "2020-10-01/2020-10-10"),
    ("beginning of October 2020", "2020-10-01/2020-10-10"),
    ("mid Oct 2020", "2020-10-11/2020-10-20"),
    ("mid-October 2020", "2020-10-11/2020-10-20"),
    ("late Oct 2020", "2020-10-21/2020-10-31"),
    ("end of October 2020", "2020-10-21/2020-10-31"),
    ("late Feb 2021", "2021-02-21/2021-02-28"),
    ("early 2020", "2020-01/2020-04"),
    ("mid-2020", "2020-05/2020-08"),
    ("late 2020", "2020-09/2020-12"),
    ("spring 2020", "2020-03/2020-05"),
    ("summer 2020", "2020-06/2020-08"),
    ("autumn 2020", "2020-09/2020-11"),
    ("fall 2020", "2020-09/2020-11"),
    ("winter 2020", "2020-12/2021-02"),
    ("winter 2019-20", "2019-12/2020-02"),
    ("winter 2019/2020", "2019-12/2020-02"),
    ("late winter 2020", "2021-02"),
    ("week of 5 Oct 2020", "2020-10-05/2020-10-11"),
    ("week of 8 Oct 2020", "2020-10-05/2020-10-11"),
    ("week of 4 Oct 2020", "2020-09-28/2020-10-11"),
    ("between 5 and 9 Oct 2020", "2020-10-05/2020-10-09"),
    ("sometime between 5 and 9 Oct 2020", "2020-10-05/2020-10-09"),
    ("within Sept–Oct 2020", "2020-09/2020-10"),
    ("c. May 2019", "2019-05~"),
    ("ca. May 2019", "2019-05~"),
    ("circa May 2019", "2019-05~"),
    ("about May 2019", "2019-05~"),
    ("around May 2019", "2019-05~"),
    ("~May 2019", "2019-05~"),
    ("~2019", "2019~"),
    ("2019?", "2019?"),
    ("perhaps May 2019", "2019-05?"),
    ("perhaps c. May 2019", "2019-05%"),
    ("about end of September 2020", "2020-09-21~/2020-09-30~"),
    ("c. autumn 2020", "2020-09~/2020-11~"),
    ("summer 2019 or 2020", "[2019-06..2019-08,2020-06..2020-08]"),
    ("May 2019 or 2020", "[2019-05,2020-05]"),
    ("May or June 2019", "[2019-05,2019-06]"),
    ("May, June or July 2019", "[2019-05,2019-06,2019-07]"),
    ("2019 or 2020", "[2019,2020]"),
    ("5 or 6 Oct 2020", "[2020-10-05,2020-10-06]"),
    ("c. May or June 2019", "[2019-05~,2019-06~]"),
    ("[2019,2020]", "[2019,2020]"),
    ("2020-23", "2020-09/2020-11"),
]

EACH_END = [
    ("Sept-Oct 2020", "2020-09", "2020-10"),
    ("Sept–Oct 2020", "2020-09", "2020-10"),
    ("Sept—Oct 2020", "2020-09", "2020-10"),
    ("Aug to Oct 2020", "2020-08", "2020-10"),
    ("September and October 2020", "2020-09", "2020-10"),
    ("2020-09/2020-10", "2020-09", "2020-10"),
    ("2020-10-05 – 2020-10-09", "2020-10-05", "2020-10-09"),
    ("6-20 Oct 2020", "2020-10-06", "2020-10-20"),
    ("6 to 20 Oct 2020", "2020-10-06", "2020-10-20"),
    ("Oct 6–20, 2020", "2020-10-06", "2020-10-20"),
    ("6. - 20. Oktober 2020", "2020-10-06", "2020-10-20"),
    ("6.10.-20.10.2020", "2020-10-06", "2020-10-20"),
    ("from 6 Oct 2020 to 20 Oct 2020", "2020-10-06", "2020-10-20"),
    ("from 6 to c. 20 October 2020", "2020-10-06", "2020-10-20~"),
    ("c. 6–20 Oct 2020", "2020-10-06~", "2020-10-20~"),
    ("c. 6 Oct 2020 to 20 Oct 2020", "2020-10-06~", "2020-10-20"),
    ("Monday 5 to Friday 9 Oct 2020", "2020-10-05", "2020-10-09"),
    ("30 May - 2 June 2006", "2006-05-30", "2006-06-02"),
    ("5 Oct 2020 to 9 Nov", "2020-10-05", "2020-11-09"),
    ("early to mid Oct 2020", "2020-10-01/2020-10-10", "2020-10-11/2020-10-20"),
    ("late Sept to early Oct 2020", "2020-09-21/2020-09-30", "2020-10-01/2020-10-10"),
    ("2019-2020", "2019", "2020"),
    ("2019-20", "2019", "2020"),
    ("Nov to Jan 2021", "2020-11", "2021-01"),
    ("30 Dec – 2 Jan 2021", "2020-12-30", "2021-01-02"),
    ("Nov 2020 to Jan", "2020-11", "2021-01"),
    ("autumn to spring 2021", "2020-09/2020-11", "2021-03/2021-05"),
    ("before 5 Oct 2020", "", "../2020-10-04"),
    ("before Oct 2020", "", "../2020-09-30"),
    ("by 5 Oct 2020", "", "../2020-10-05"),
    ("by October 2020", "", "../2020-10-31"),
    ("on or before 5 Oct 2020", "", "../2020-10-05"),
    ("until 5 Oct 2020", "", "2020-10-05"),
    ("up to 5 Oct 2020", "", "2020-10-05"),
    ("after 5 Oct 2020", "2020-10-06/..", ""),
    ("on or after 5 Oct 2020", "2020-10-05/..", ""),
    ("5 Oct 2020 or later", "2020-10-05/..", ""),
    ("after 5 Oct and before 9 Oct 2020", "2020-10-06/..", "../2020-10-08"),
    ("from July 2020", "2020-07", ".."),
    ("since July 2020", "2020-07", ".."),
    ("July 2020 onwards", "2020-07", ".."),
    ("6 Oct 2020 – present", "2020-10-06", ".."),
    ("2020-10-05/..", "2020-10-05", ".."),
    ("/2020-10-05", "", "2020-10-05"),
    ("began within Aug–Oct 2020, ended c. 5 Oct 2020", "2020-08/2020-10", "2020-10-05~"),
    ("not sure", "", ""),
]


@pytest.mark.parametrize(("phrase", "edtf"), BOTH_ENDS)
def test_one_date_fills_both_ends(phrase: str, edtf: str) -> None:
    period = parse_period(phrase)

    assert (period.start.edtf, period.end.edtf) == (edtf, edtf)
    assert (period.start.text, period.end.text) == (phrase, phrase)


@pytest.mark.parametrize(("phrase", "start", "end"), EACH_END)
def test_a_phrase_of_two_dates_or_a_limit_fills_each_end_by_itself(phrase: str, start: str, end: str) -> None:
    period = parse_period(phrase)

    assert (period.start.edtf, period.end.edtf) == (start, end)


@pytest.mark.parametrize(
    ("phrase", "edtf"),
    [
        ("spring 2020", "2020-09/2020-11"),
        ("summer 2020", "2020-12/2021-02"),
        ("autumn 2020", "2020-03/2020-05"),
        ("winter 2020", "2020-06/2020-08"),
        ("2020-23", "2020-03/2020-05"),
    ],
)
def test_seasons_are_those_of_the_southern_hemisphere_when_the_place_is(phrase: str, edtf: str) -> None:
    period = parse_period(phrase, hemisphere=Hemisphere.SOUTH)

    assert (period.start.edtf, period.end.edtf) == (edtf, edtf)


def test_the_days_of_a_phrase_are_its_first_and_last() -> None:
    start = parse_period("early Sept 2020").start
    either = parse_period("summer 2019 or 2020").start
    by = parse_period("by 5 Oct 2020").end
    leap = parse_period("February 2020").end

    assert (start.earliest, start.latest) == (date(2020, 9, 1), date(2020, 9, 10))
    assert (either.earliest, either.latest) == (date(2019, 6, 1), date(2020, 8, 31))
    assert (by.earliest, by.latest) == (None, date(2020, 10, 5))
    assert (leap.earliest, leap.latest) == (date(2020, 2, 1), date(2020, 2, 29))


def test_approximate_dates_allow_the_same_days_and_say_that_they_are_approximate() -> None:
    plain, approximate = parse_period("May 2019").start, parse_period("c. May 2019").start

    assert (approximate.earliest, approximate.latest) == (plain.earliest, plain.latest)
    assert (plain.is_qualified, approximate.is_qualified) == (False, True)


def test_today_and_yesterday_are_read_when_the_day_is_known() -> None:
    today = date(2021, 1, 1)

    assert parse_period("today", today=today).start.edtf == "2021-01-01"
    assert parse_period("yesterday", today=today).end.edtf == "2020-12-31"
