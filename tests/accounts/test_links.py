"""Signed links: good for what they were made for, and for nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tracker.accounts.links import Purpose, is_good, number_of, sign
from tracker.foundation.clock import now

KEY = "a key of this installation"


def test_a_link_is_good_for_its_purpose_and_what_it_is_bound_to() -> None:
    signed = sign(KEY, Purpose.RESET, 7, bound_to="hash")
    assert number_of(signed) == 7
    assert is_good(KEY, Purpose.RESET, signed, bound_to="hash", at=now())
    assert not is_good(KEY, Purpose.FEED, signed, bound_to="hash", at=now())
    assert not is_good(KEY, Purpose.RESET, signed, bound_to="another", at=now())
    assert not is_good("another key", Purpose.RESET, signed, bound_to="hash", at=now())


def test_a_link_runs_out() -> None:
    until = now() + timedelta(hours=1)
    signed = sign(KEY, Purpose.RESET, 7, bound_to="hash", until=until)
    assert is_good(KEY, Purpose.RESET, signed, bound_to="hash", at=until - timedelta(seconds=1))
    assert not is_good(KEY, Purpose.RESET, signed, bound_to="hash", at=until + timedelta(seconds=1))


def test_neither_number_nor_end_can_be_changed() -> None:
    signed = sign(KEY, Purpose.RESET, 7, bound_to="hash", until=now() + timedelta(hours=1))
    number, end, mac = signed.split("-", 2)
    for made_up in (
        f"8-{end}-{mac}",
        f"{number}-0-{mac}",
        f"{number}-{int(end) + 9}-{mac}",
        f"07-{end}-{mac}x",
    ):
        assert not is_good(KEY, Purpose.RESET, made_up, bound_to="hash", at=now())


@pytest.mark.parametrize(
    "text",
    ["", "-", "--", "x-0-y", "1", "1-x-y", "9" * 400, f"{2**31}-0-x", "٣-0-x", "1-0-ä", "-1-0-x", "1-0-"],
)
def test_what_is_no_link_is_no_error(text: str) -> None:
    assert not is_good(KEY, Purpose.RESET, text, bound_to="hash", at=now())
