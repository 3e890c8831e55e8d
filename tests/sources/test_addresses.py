"""Addresses of sources: what is refused, and what is the same page."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from tracker.foundation.errors import InvalidValueError
from tracker.history.recording import change
from tracker.sources.addresses import address_key, check_address
from tracker.sources.authors import authors_in_words
from tracker.sources.models import SourceKind
from tracker.sources.operations import SourceDraft, find_or_add_source, mark_repeat, undo_repeat


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://example.org/a",
        "http://",
        "https://[::1",
        "https://localhost/",
        "https://user:secret@example.org/",
        "not an address",
        "https://example.org/" + "a" * 3000,
    ],
)
def test_what_is_no_public_web_address_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError):
        check_address(text)


def test_a_missing_scheme_is_added() -> None:
    assert check_address(" www.bbc.com/news/uk-56816211 ") == "https://www.bbc.com/news/uk-56816211"


@pytest.mark.parametrize(
    "other",
    [
        "http://example.org/story",
        "https://www.example.org/story/",
        "https://m.example.org/story?utm_source=x&fbclid=1",
        "https://EXAMPLE.org/story#top",
        "https://example.org:443/story",
    ],
)
def test_variants_of_one_page_have_one_key(other: str) -> None:
    assert address_key(other) == address_key("https://example.org/story")


def test_other_pages_have_other_keys() -> None:
    keys = {address_key(f"https://example.org/{rest}") for rest in ("a", "b", "a?id=1", "a?id=2", "A")}
    assert len(keys) == 5


def test_a_source_is_found_again_and_chains_of_repeats_collapse_to_the_root(session: Session) -> None:
    def draft(name: str) -> SourceDraft:
        return SourceDraft(kind=SourceKind.TRADE_PRESS, title=name, address=f"https://example.org/{name}")

    with change(session, by=None, comment="Sources"):
        root, middle, last = (find_or_add_source(session, draft(n)) for n in ("root", "middle", "last"))
        assert find_or_add_source(session, draft("root")) is root
        mark_repeat(session, last, of=middle)
        mark_repeat(session, middle, of=root)
        assert (middle.root_id, last.root_id, root.root_id) == (root.id, root.id, root.id)
        with pytest.raises(InvalidValueError, match="would repeat each other"):
            mark_repeat(session, root, of=last)


SAME = [
    ("https://youtu.be/dQw4w9WgXcQ?si=abc", "https://m.youtube.com/watch?v=dQw4w9WgXcQ&t=43s&feature=share"),
    ("https://www.youtube.com/shorts/abc_-1", "https://youtube.com/watch?v=abc_-1"),
    ("https://www.instagram.com/p/CGa1/?igsh=x", "https://instagram.com/fotokjerring/reel/CGa1"),
    ("https://mobile.twitter.com/chrismcq/status/131#m", "https://x.com/i/web/status/131?s=20&t=z"),
    ("https://twitter.com/TomCruise", "https://x.com/tomcruise?lang=en"),
    ("https://t.me/s/Kanal/12", "https://telegram.me/kanal/12?single"),
    ("https://m.facebook.com/story.php?story_fbid=7&id=9", "https://www.facebook.com/9/posts/7?fbclid=q"),
    ("https://fb.com/watch/?v=55", "https://www.facebook.com/rauma/videos/title/55/"),
    ("https://www.google.com/amp/s/amp.example.org/a", "https://example.org/a"),
    ("https://example-org.cdn.ampproject.org/c/s/example.org/a/amp/", "https://example.org/a"),
    ("https://amp.example.org/story.amp.html", "https://www.example.org/story.html?amp=1"),
    ("https://web.archive.org/web/20201006120000/https://example.org/a?utm_medium=b", "http://example.org/a"),
    ("https://web.archive.org/web/2020id_/http:/example.org/a", "https://example.org/a"),
    ("https://archive.ph/20201006120000/https://x.com/a/status/5", "https://twitter.com/a/status/5"),
    ("https://www.google.com/url?q=https://example.org/a&sa=U", "https://example.org/a/"),
    ("https://www.tiktok.com/@a/video/99?is_copy_url=1", "https://m.tiktok.com/v/99.html"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_page_is_the_same_in_apps_archives_and_caches(one: str, other: str) -> None:
    assert address_key(one) == address_key(other)


def test_two_posts_videos_and_captures_of_two_pages_stay_apart() -> None:
    addresses = [
        "https://youtu.be/abc",
        "https://youtu.be/ABC",
        "https://www.instagram.com/p/CGa1/",
        "https://www.instagram.com/p/CGA1/",
        "https://x.com/a/status/1",
        "https://x.com/a/status/2",
        "https://x.com/a",
        "https://t.me/kanal/1",
        "https://t.me/kanal/2",
        "https://web.archive.org/web/2020/https://example.org/a",
        "https://web.archive.org/web/2020/https://example.org/b",
        "https://archive.org/details/a",
        "https://www.google.com/search?q=a",
    ]
    assert len({address_key(address) for address in addresses}) == len(addresses)


@given(st.text(alphabet="/:.?=&%@ampwxtube-0", max_size=40))
def test_whatever_an_address_holds_tracking_and_fragment_change_nothing(rest: str) -> None:
    for host in ("example.org", "youtu.be", "web.archive.org/web/2020", "www.google.com/amp/s"):
        address = f"https://{host}/{rest}?v=1"
        try:
            check_address(address)
        except InvalidValueError:
            continue
        assert address_key(f"{address}&utm_source=x#top") == address_key(address)


def test_undoing_a_repeat_takes_its_own_repeats_along(session: Session) -> None:
    def draft(name: str) -> SourceDraft:
        return SourceDraft(kind=SourceKind.TRADE_PRESS, title=name)

    with change(session, by=None, comment="Sources"):
        root, middle, last, other = (
            find_or_add_source(session, draft(n)) for n in ("root", "middle", "last", "other")
        )
        mark_repeat(session, last, of=middle)
        assert {s.title for s in mark_repeat(session, middle, of=root)} == {"middle", "last"}
        assert {s.title for s in undo_repeat(session, middle)} == {"middle", "last"}
        assert (middle.repeats_id, last.repeats_id) == (None, middle.id)
        mark_repeat(session, middle, of=other)
        assert (middle.root_id, last.root_id) == (other.id, other.id)
        assert undo_repeat(session, root) == []
        with pytest.raises(InvalidValueError, match="would repeat each other"):
            mark_repeat(session, middle, of=last)
        with pytest.raises(InvalidValueError, match="would repeat each other"):
            mark_repeat(session, last, of=last)


def test_authors_and_handles_are_kept_apart_and_named_once(session: Session) -> None:
    with change(session, by=None, comment="A source"):
        found = find_or_add_source(
            session, SourceDraft(kind=SourceKind.INTERVIEW, title="A", author=" Ann Lee ;@ann\n; Ann Lee")
        )
    assert found.author == "Ann Lee; @ann"
    assert authors_in_words("Ann Lee; @ann; Bo Ek") == "Ann Lee, @ann and Bo Ek"
