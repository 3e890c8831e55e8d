"""Somebody without an account and without scripts who fills in a form, the small question included."""

from __future__ import annotations

import re
from html import unescape

from werkzeug.test import TestResponse

from tests.web.visitors import Visitor, value_of
from tracker.web.frame.question import _WORDS

_ASKED = re.compile(r"Which of these is ([^?]+)\?")


def right_answer(page: TestResponse) -> str:
    """Answer the option of the page's question that is right."""
    asked = _ASKED.search(page.text)
    assert asked, page.text
    options = re.findall(r'name="answer"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="answer"', page.text)
    return next(one for pair in options for one in map(unescape, pair) if one in _WORDS[asked[1]])


def wrong_answer(page: TestResponse) -> str:
    """Answer an option of the page's question that is wrong."""
    right = right_answer(page)
    return next(
        word for words in _WORDS.values() for word in words if word != right and f">{word}<" in page.text
    )


def sent(visitor: Visitor, address: str, **fields: str) -> TestResponse:
    """Open a form, fill it in, answer its question rightly, and send it."""
    page = visitor.get(address)
    assert page.status_code == 200
    return visitor.post(
        address.partition("?")[0],
        **{
            "asked": value_of(page, "asked"),
            "answer": right_answer(page),
            "page": value_of(page, "page"),
            **fields,
        },
    )
