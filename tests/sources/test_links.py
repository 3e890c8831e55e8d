"""What an address tells of itself, without anybody opening it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.foundation.errors import InvalidValueError
from tracker.sources.links import read_link

TODAY = date(2026, 1, 1)
POST, VIDEO, NOTE = "1050118621198921728", "6880000000000000000", "3l6oveex3ii2l"
SITES = ["x.com", "instagram.com", "tiktok.com", "bsky.app", "a.example"]


@pytest.mark.parametrize(
    ("address", "platform", "handle", "number", "day"),
    [
        ("https://twitter.com/user/status/1050118621198921728?s=20", "X", "@user", POST, date(2018, 10, 10)),
        ("https://x.com/i/web/status/1050118621198921728", "X", "", POST, date(2018, 10, 10)),
        ("https://x.com/jack/status/20", "X", "@jack", "20", None),
        (f"https://www.tiktok.com/@a.fan/video/{VIDEO}", "TikTok", "@a.fan", VIDEO, date(2020, 10, 5)),
        (f"https://bsky.app/profile/bsky.app/post/{NOTE}", "Bluesky", "@bsky.app", NOTE, date(2024, 10, 17)),
        ("https://youtu.be/dQw4w9WgXcQ?t=3", "YouTube", "", "dQw4w9WgXcQ", None),
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "YouTube", "", "dQw4w9WgXcQ", None),
        ("https://www.facebook.com/raumakommune/posts/1234567", "Facebook", "@raumakommune", "1234567", None),
        ("https://old.reddit.com/r/movies/comments/abc123/a_train/", "Reddit", "r/movies", "abc123", None),
        ("https://www.threads.net/@someone", "Threads", "@someone", "", None),
        ("https://news.example.org/film/2020/10/05/train", "news.example.org", "", "", date(2020, 10, 5)),
        ("https://example.org/2020-9-8/train", "example.org", "", "", date(2020, 9, 8)),
        ("https://example.org/2020/13/45/train", "example.org", "", "", None),
        ("https://example.org/2999/01/01/train", "example.org", "", "", None),
        ("example.org/a", "example.org", "", "", None),
    ],
)  # fmt: skip
def test_an_address_tells_platform_account_number_and_day(
    address: str, platform: str, handle: str, number: str, day: date | None
) -> None:
    link = read_link(address, today=TODAY)
    assert (link.platform, link.handle, link.number, link.day) == (platform, handle, number, day)


def test_codes_of_instagram_hold_their_day() -> None:
    link = read_link("https://www.instagram.com/christophermcquarrie/p/CF7iKtaFzVE/", today=TODAY)
    assert (link.platform, link.handle, link.number) == ("Instagram", "@christophermcquarrie", "CF7iKtaFzVE")
    assert link.day is not None
    assert (link.day.year, link.day.month) == (2020, 10)
    assert link.sentence == (
        f"Instagram, by @christophermcquarrie, number CF7iKtaFzVE, of {link.day.day} October 2020"
    )


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="is not a web address"):
        read_link("javascript:alert(1)", today=TODAY)


@given(st.sampled_from(SITES), st.text(max_size=60))
def test_no_path_makes_it_fail_or_tells_a_day_to_come(host: str, path: str) -> None:
    try:
        link = read_link(f"https://{host}/{path}", today=TODAY)
    except InvalidValueError:
        return
    assert link.day is None or link.day <= TODAY
