"""Fixtures of the web tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from argon2 import PasswordHasher
from flask import Flask

from tests.mail.smtp import Mailbox, mail_server
from tests.serving import application
from tracker.accounts import passwords
from tracker.config import Settings
from tracker.mailing import wait_until_sent


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server that keeps what it gets."""
    with mail_server() as mailbox:
        yield mailbox


@pytest.fixture
def mailing_app(settings: Settings, mailbox: Mailbox) -> Iterator[Flask]:
    """The application with that mail server, at https://films.example."""
    mailing = replace(settings, mail=mailbox.server, site_url="https://films.example")
    with application(mailing) as (app, _):
        yield app
        assert wait_until_sent(app, seconds=30)


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """Hash with argon2 as ever, but at its least cost: these tests sign in hundreds of times."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        passwords._decoy.cache_clear()
        yield
    passwords._decoy.cache_clear()
