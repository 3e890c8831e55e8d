"""Dates are shown in plain words that neither hide nor invent precision."""

from __future__ import annotations

import pytest

from tracker.foundation.dates import DateBound, Period, describe, describe_short, meaning, parse_period

WORDS = [
    (
        ("2020-08/2020-10", "2020-10-05~"),
        "began within Aug–Oct 2020, ended c. 5 Oct 2020",
        "within Aug–Oct to c. 5 Oct 2020",
    ),
    (("2020-10-06", "2020-10-20~"), "6 Oct 2020 to c. 20 Oct 2020", "6 to c. 20 Oct 2020"),
    (("2020-11-29", "2020-11-29"), "29 Nov 2020", "29 Nov 2020"),
    (("2020-10-21", "2020-11"), "21 Oct 2020, ended within Nov 2020", "21 Oct to within Nov 2020"),
    (("", "../2020-10-05"), "start unknown, ended by 5 Oct 2020", "by 5 Oct 2020"),
    (("", "2020-10-05"), "start unknown, ended 5 Oct 2020", "until 5 Oct 2020"),
    (("2021-01~", ".."), "c. Jan 2021, end open", "c. Jan 2021, open"),
    (("2021-04-20~", "2021-04~"), "c. 20 Apr 2021, ended c. Apr 2021", "c. 20 Apr to c. Apr 2021"),
    (("2020-07", "2020-08~"), "began within Jul 2020, ended c. Aug 2020", "within Jul to c. Aug 2020"),
    (("2020-02", "2020-02"), "Feb 2020", "Feb 2020"),
    (("2020-09-01/2020-09-10", "2020-09-01/2020-09-10"), "within 1–10 Sep 2020", "within 1–10 Sep 2020"),
    (
        ("2020-12/2021-02", "2020-12/2021-02"),
        "within Dec 2020–Feb 2021",
        "within Dec 2020–Feb 2021",
    ),
    (("2020-12-30", "2021-01-02"), "30 Dec 2020 to 2 Jan 2021", "30 Dec 2020 to 2 Jan 2021"),
    (("2020-10-06/..", ""), "began 6 Oct 2020 or later, end unknown", "6 Oct 2020 or later"),
    (
        ("2020-10-06/..", "../2020-10-19"),
        "began 6 Oct 2020 or later, ended by 19 Oct 2020",
        "6 Oct or later, by 19 Oct 2020",
    ),
    (("2019?", "2019?"), "perhaps 2019", "perhaps 2019"),
    (("[2019-05,2019-06]", "[2019-05,2019-06]"), "May or Jun 2019", "May or Jun 2019"),
    (("199X", "199X"), "1990s", "1990s"),
    (("", ""), "dates unknown", "undated"),
]

MEANINGS = [
    (
        "early Sept 2020",
        "Between 1 and 10 September 2020. Began and ended somewhere within these ten days.",
    ),
    ("5 Oct 2020", "Monday, 5 October 2020. Began and ended on this day."),
    ("c. 5 Oct 2020", "About 5 October 2020. Began and ended on or near this day."),
    ("October 2020", "Between 1 and 31 October 2020. Began and ended somewhere within this month."),
    (
        "autumn 2020",
        "Between 1 September and 30 November 2020. Began and ended somewhere within these three months.",
    ),
    ("2020", "Between 1 January and 31 December 2020. Began and ended somewhere within this year."),
    ("c. May 2019", "About 1 to 31 May 2019. Began and ended within or near this month."),
    (
        "summer 2019 or 2020",
        "Either between 1 June and 31 August 2019, or between 1 June and 31 August 2020. "
        "Began and ended somewhere within one of these.",
    ),
    ("Sept-Oct 2020", "Began between 1 and 30 September 2020. Ended between 1 and 31 October 2020."),
    ("6 to 9 Oct 2020", "From 6 to 9 October 2020. Four days, the first and the last included."),
    ("6 to c. 20 Oct 2020", "From 6 October 2020 to about 20 October 2020. About 15 days."),
    ("before 5 Oct 2020", "When it began is not known. Ended on or before 4 October 2020."),
    ("from July 2020", "Began between 1 and 31 July 2020. No end is set."),
    ("not sure", "The dates are not known. The shoot is listed beside the map, not on the route."),
]


@pytest.mark.parametrize(("ends", "words", "short"), WORDS)
def test_a_period_is_described_in_full_and_in_short(ends: tuple[str, str], words: str, short: str) -> None:
    period = Period(DateBound.from_edtf(ends[0]), DateBound.from_edtf(ends[1]))

    assert (describe(period), describe_short(period)) == (words, short)


@pytest.mark.parametrize(("phrase", "sentence"), MEANINGS)
def test_the_form_answers_what_a_phrase_means(phrase: str, sentence: str) -> None:
    assert meaning(parse_period(phrase)) == sentence
