"""Somebody with a browser and no scripts: reads pages, fills in forms, carries the forgery token along."""

from __future__ import annotations

import re
from html import unescape

from flask import Flask
from werkzeug.test import TestResponse

from tests.cast import PASSWORD

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Visitor:
    """One browser session on the application."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def get(self, address: str) -> TestResponse:
        return self.client.get(address)

    def post(self, address: str, /, **fields: str) -> TestResponse:
        """Send a form with the session's token, as the form on a page would."""
        return self.client.post(address, data={"csrf_token": self.token(), **fields})

    def token(self) -> str:
        """Read the token from a page that everybody gets: one's account, or where one signs in."""
        page = self.client.get("/account", follow_redirects=True)
        found = _TOKEN.search(page.text)
        assert found, page.text
        return found[1]

    def sign_in(self, name: str, password: str = PASSWORD, next: str = "") -> TestResponse:
        address = f"/sign-in?next={next}" if next else "/sign-in"
        return self.post(address, name=name, password=password)


def signed_in(app: Flask, name: str) -> Visitor:
    """Answer a visitor who is signed in under that name."""
    visitor = Visitor(app)
    answer = visitor.sign_in(name)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account")
    return visitor


def seen(page: TestResponse) -> str:
    """Answer what a reader sees of a page, on one line."""
    visible = re.sub(r"<(script|style|svg|template|head)\b.*?</\1>", " ", page.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", visible)).split())


def errors_in(page: TestResponse) -> list[str]:
    """Answer the sentences at the fields that were refused."""
    return [unescape(text) for text in re.findall(r'class="field-error"[^>]*>([^<]+)<', page.text)]


def value_of(page: TestResponse, field: str) -> str:
    """Answer what an input or text area of a page holds."""
    found = re.search(rf'<input[^>]*name="{field}"[^>]*>', page.text)
    if found:
        value = re.search(r'\bvalue="([^"]*)"', found[0])
        return unescape(value[1]) if value else ""
    area = re.search(rf'<textarea[^>]*name="{field}"[^>]*>\r?\n?(.*?)</textarea>', page.text, re.DOTALL)
    assert area, f"no field {field}"
    return unescape(area[1])


def checked_in(page: TestResponse, group: str) -> str:
    """Answer the value of the chosen radio button of a group, "" where none is."""
    for button in re.findall(rf'<input[^>]*name="{group}"[^>]*>', page.text):
        if re.search(r"\bchecked\b", button):
            value = re.search(r'\bvalue="([^"]*)"', button)
            return unescape(value[1]) if value else ""
    return ""
