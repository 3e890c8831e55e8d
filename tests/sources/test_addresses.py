"""Addresses of sources: what is refused, and what is the same page."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tracker.foundation.errors import InvalidValueError
from tracker.history.recording import change
from tracker.sources.addresses import address_key, check_address
from tracker.sources.models import SourceKind
from tracker.sources.operations import SourceDraft, find_or_add_source, mark_repeat


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
