"""The ground that the other tests stand on holds."""

from __future__ import annotations

import socket

import pytest
from playwright.sync_api import Error, Page
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from tests import chromium


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_gets_a_migrated_database_of_its_own(session: Session, turn: int) -> None:
    session.execute(text("CREATE TABLE left_behind (turn integer)"))
    session.execute(text("INSERT INTO left_behind VALUES (:turn)"), {"turn": turn})
    session.commit()
    assert session.execute(text("SELECT turn FROM left_behind")).scalars().all() == [turn]
    assert session.execute(text("SELECT count(*) FROM production")).scalar() == 0


def test_foreign_keys_are_enforced_on_both_backends(database: Engine) -> None:
    with database.begin() as connection:
        connection.execute(text("CREATE TABLE parent (id integer PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE child (parent_id integer REFERENCES parent (id))"))
    with pytest.raises(Exception, match=r"(?i)foreign key"), database.begin() as connection:
        connection.execute(text("INSERT INTO child VALUES (1)"))


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_no_test_reaches_beyond_this_machine() -> None:
    with pytest.raises(RuntimeError, match="A test tried to use socket"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


@pytest.mark.browser
def test_a_page_on_another_host_is_noticed_and_not_reached(pages: chromium.Pages) -> None:
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        pages.open().goto("http://192.0.2.1/x")
    assert pages.watch.standing() == ["request leaves the site: http://192.0.2.1/x"]
    pages.watch.forgive("192.0.2.1")


@pytest.mark.browser
def test_a_violation_of_the_content_security_policy_is_noticed(pages: chromium.Pages) -> None:
    page = pages.open()
    page.goto("/healthz")
    page.evaluate("fetch('http://192.0.2.1/x').catch(() => 0)")
    assert "Content Security Policy" in pages.watch.standing()[0]
    pages.watch.forgive("Content Security Policy")


@pytest.mark.browser
def test_a_script_that_fails_is_noticed(browser_page: Page, pages: chromium.Pages) -> None:
    browser_page.goto("/healthz")
    browser_page.evaluate("setTimeout(() => { throw new Error('on purpose') })")
    browser_page.wait_for_timeout(50)
    assert pages.watch.standing() == ["script: on purpose"]
    pages.watch.forgive("on purpose")
