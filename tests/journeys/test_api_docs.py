"""The API's documentation in a real browser: offline, under the strict policy, and tried out."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.cast import film_case
from tests.serving import LiveServer

pytestmark = pytest.mark.browser


def test_swagger_ui_reads_the_description_and_tries_an_endpoint(
    live_server: LiveServer, browser_page: Page
) -> None:
    with live_server.session() as session:
        film_case(session)
        session.commit()
    browser_page.goto("/api/docs")
    docs = browser_page.locator("#swagger-ui")
    expect(docs.get_by_text("/api/v1/productions/{slug}/route")).to_be_visible()
    docs.locator("#operations-Productions-productions .opblock-summary-control").click()
    docs.get_by_role("button", name="Try it out").click()
    docs.get_by_role("button", name="Execute").click()
    expect(docs.locator(".live-responses-table .response-col_status").last).to_have_text(re.compile("200"))
    expect(docs.locator(".live-responses-table")).to_contain_text("Dead Reckoning")


def test_the_menu_of_downloads_opens_by_keyboard_and_saves_a_file(
    live_server: LiveServer, browser_page: Page
) -> None:
    with live_server.session() as session:
        film_case(session)
        session.commit()
    browser_page.goto("/productions/mission-impossible-dead-reckoning-part-one")
    menu = browser_page.locator(".take-along summary").first
    menu.focus()
    browser_page.keyboard.press("Enter")
    with browser_page.expect_download() as saved:
        browser_page.get_by_role("link", name=re.compile("^GPX")).click()
    assert saved.value.suggested_filename == "mission-impossible-dead-reckoning-part-one.gpx"
    browser_page.keyboard.press("Escape")
    expect(browser_page.get_by_role("link", name=re.compile("^GPX"))).to_be_hidden()
