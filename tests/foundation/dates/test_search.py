"""A search by date answers "certainly then" or "perhaps then"."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.foundation.dates import certainly_within, parse_period, perhaps_within

OCTOBER = (date(2020, 10, 1), date(2020, 10, 31))


@pytest.mark.parametrize(
    ("phrase", "certainly", "perhaps"),
    [
        ("5 Oct 2020", True, True),
        ("October 2020", True, True),
        ("6 Oct 2020 onwards", True, True),
        ("20 Sept to 20 Nov 2020", True, True),
        ("Sept–Nov 2020", True, True),
        ("autumn 2020", False, True),
        ("c. 5 Oct 2020", False, True),
        ("6 to c. 20 Oct 2020", True, True),
        ("by 5 Oct 2020", False, True),
        ("before 1 Oct 2020", False, False),
        ("until 5 Oct 2020", True, True),
        ("after 5 Oct 2020", False, True),
        ("from July 2020", False, True),
        ("Nov 2020", False, False),
        ("not sure", False, False),
    ],
)
def test_work_in_october_is_certain_possible_or_neither(phrase: str, certainly: bool, perhaps: bool) -> None:
    period = parse_period(phrase)

    assert (certainly_within(period, *OCTOBER), perhaps_within(period, *OCTOBER)) == (certainly, perhaps)
