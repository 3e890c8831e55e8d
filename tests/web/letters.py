"""Letters as they arrive, and the links in them."""

from __future__ import annotations

import re
from email.message import EmailMessage

from flask import Flask

from tests.mail.smtp import Mailbox
from tracker.mailing import wait_until_sent

SITE = "https://films.example"


def letters(app: Flask, mailbox: Mailbox) -> list[EmailMessage]:
    """Answer all letters that arrived, once nothing is being sent any more."""
    assert wait_until_sent(app, seconds=30)
    return mailbox.letters


def link_in(letter: EmailMessage, part: str) -> str:
    """Answer the path of the link of a letter that holds some part."""
    found = re.search(rf"{SITE}(/\S*{part}\S*)", letter.get_content())
    assert found, letter.get_content()
    return found[1]
