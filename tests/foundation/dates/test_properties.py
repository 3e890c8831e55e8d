"""What holds for every date, whoever writes it and however."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.foundation.dates import (
    DateBound,
    Hemisphere,
    InvalidDateError,
    Period,
    certainly_within,
    describe,
    describe_short,
    meaning,
    parse_bound,
    parse_period,
    perhaps_within,
)
from tracker.foundation.dates.calendar import MONTHS, WEEKDAYS

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
WORDS = """
5 12 20 31 29 2020 2021 1999 2020-10 2020-02-30 5.10.2020 05/10/2020 202X 1990s XX
Oct Feb september autumn winter early mid late Monday week today
c. ~ ? % perhaps or to - – / .. , and [ ]
before by after until from between within began ended onwards present unknown later of
"""
PIECES = st.sampled_from(WORDS.split())
PHRASES = st.lists(PIECES, max_size=9).map(" ".join)
# A busy machine is no failure; the one test about speed sets its own limit.
unhurried = settings(deadline=None)
HEMISPHERES = st.sampled_from(Hemisphere)


def long_form(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def period_or_none(phrase: str, hemisphere: Hemisphere = Hemisphere.NORTH) -> Period | None:
    try:
        return parse_period(phrase, hemisphere=hemisphere, today=date(2020, 10, 5))
    except InvalidDateError:
        return None


@given(DAYS)
@unhurried
def test_a_day_is_read_back_from_every_way_of_writing_it(day: date) -> None:
    month = MONTHS[day.month - 1]
    ways = [
        long_form(day),
        f"{day.day} {month[:3]} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{WEEKDAYS[day.weekday()]}, {long_form(day).upper()}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
        day.isoformat(),
    ]

    for way in ways:
        start = parse_period(way).start
        assert (start.edtf, start.earliest, start.latest) == (day.isoformat(), day, day)


@given(DAYS, DAYS)
@unhurried
def test_two_days_make_a_period_only_in_their_order(one: date, other: date) -> None:
    period = period_or_none(f"{long_form(one)} to {long_form(other)}")

    if one <= other:
        assert period is not None
        assert (period.start.earliest, period.end.latest) == (one, other)
    else:
        assert period is None


@given(DAYS, DAYS)
@unhurried
def test_what_is_described_is_read_back_as_the_same_days(one: date, other: date) -> None:
    first, last = sorted((one, other))
    period = parse_period(f"{long_form(first)} to c. {long_form(last)}")

    assert describe(parse_period(describe(period))) == describe(period)
    assert parse_period(describe_short(period)).start.edtf == period.start.edtf


@given(PHRASES, HEMISPHERES)
@settings(max_examples=600, deadline=None)
@example("began within Aug–Oct 2020, ended c. 5 Oct 2020", Hemisphere.NORTH)
@example("winter 2019-20 or summer 2020", Hemisphere.SOUTH)
def test_every_phrase_that_is_read_holds_together(phrase: str, hemisphere: Hemisphere) -> None:
    period = period_or_none(phrase, hemisphere)
    if period is None:
        return

    for bound in (period.start, period.end):
        assert bound.text == phrase.strip()
        assert bound.earliest is None or bound.latest is None or bound.earliest <= bound.latest
        assert DateBound.from_edtf(bound.edtf, bound.text) == bound
        assert parse_bound(bound.edtf).edtf == bound.edtf
    assert describe(period)
    assert describe_short(period)
    assert meaning(period).endswith(".")


@given(PHRASES, DAYS, DAYS)
@unhurried
def test_what_is_certain_is_also_possible(phrase: str, one: date, other: date) -> None:
    period = period_or_none(phrase)
    first, last = sorted((one, other))

    if period and certainly_within(period, first, last):
        assert perhaps_within(period, first, last)


@given(DAYS)
@unhurried
def test_a_wider_date_holds_the_narrower(day: date) -> None:
    month, year = f"{day:%Y-%m}", f"{day.year}"
    part = "early" if day.day <= 10 else "mid" if day.day <= 20 else "late"
    bounds = [
        parse_bound(value)
        for value in (day.isoformat(), f"{part} {MONTHS[day.month - 1]} {year}", month, year, year[:3] + "X")
    ]

    for narrower, wider in pairwise(bounds):
        assert narrower.earliest and narrower.latest and wider.earliest and wider.latest
        assert wider.earliest <= narrower.earliest <= narrower.latest <= wider.latest


@given(DAYS, st.sampled_from("~?%"))
@unhurried
def test_a_qualifier_changes_no_day(day: date, sign: str) -> None:
    plain, qualified = parse_bound(day.isoformat()), parse_bound(day.isoformat() + sign)

    assert (plain.earliest, plain.latest) == (qualified.earliest, qualified.latest)
    assert qualified.is_qualified


@given(st.text(max_size=220) | st.text("0123456789-/.,~?%[]Xx: ", max_size=40))
@settings(max_examples=300, deadline=None)
@example("\0")
@example("٣")
@example("[" * 199)
@example("2020-10-05\0")
@example("²⁰²⁰")
@example("1/" * 99)
@example("ﷺ" * 200)
@example("-".join(["2020"] * 30))
def test_any_text_is_read_or_refused_and_nothing_else(text: str) -> None:
    for read in (parse_period, parse_bound, DateBound.from_edtf):
        try:
            read(text)
        except InvalidDateError as refusal:
            assert 0 < len(str(refusal)) < 400


@given(st.sampled_from(["9", "[", "a", "\0", "Oct ", "2020-", "..", "X"]))
@settings(max_examples=8, deadline=1000)  # milliseconds
def test_a_megabyte_is_refused_at_once(piece: str) -> None:
    assert period_or_none(piece * (1_000_000 // len(piece))) is None
