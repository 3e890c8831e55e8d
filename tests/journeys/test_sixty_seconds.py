"""In under a minute: from the news that the project began with, and from a bare link, to what waits."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests import cast
from tests.chromium import Pages
from tests.conftest import not_here
from tests.serving import LiveServer, in_a_thread
from tracker.config import ROOT
from tracker.sightings.models import Sighting

pytestmark = pytest.mark.browser

NEWS = ROOT.parent / "shared" / "data" / "articles_dev" / "seed.txt"
MOST_STEPS = 12
WAITING = [("Stranda", "confirmed"), ("Rauma", "confirmed"), ("Rome", "planned")]


@pytest.fixture
def news() -> str:
    if not NEWS.is_file():
        not_here(f"there is no article at {NEWS}")
    return NEWS.read_text(encoding="utf-8")


def form(demo_pages: Pages, live_server: LiveServer, *, javascript: bool = True) -> Page:
    """Open the form of the demo as Ingrid."""

    def add() -> None:
        with live_server.session() as session:
            cast.owner(session)
            session.commit()

    in_a_thread(add)
    page = demo_pages.open(javascript=javascript)
    page.goto("/sign-in?next=/sightings/new")
    page.get_by_label("User name").fill("Ingrid")
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Add a sighting")).to_be_visible()
    return page


def paste(page: Page, text: str) -> None:
    """Paste into what has the focus, as Ctrl V does, without a clipboard that other tests share."""
    page.evaluate(
        """text => {
            const field = document.activeElement;
            field.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true }));
            field.setRangeText(text);
        }""",
        text,
    )


def waiting(live_server: LiveServer) -> list[tuple[str, str]]:
    def read() -> list[tuple[str, str]]:
        with live_server.session() as session:
            sightings = session.scalars(select(Sighting).order_by(Sighting.id))
            return [(one.place_name, one.status.value) for one in sightings]

    return in_a_thread(read)


def test_the_news_of_the_train_is_pasted_decided_and_saved_in_few_steps(
    demo_pages: Pages, live_server: LiveServer, news: str
) -> None:
    page = form(demo_pages, live_server)
    expect(page.get_by_label("Text of the article or post")).to_be_focused()
    paste(page, news)
    steps = 1
    expect(page.locator("a.fact:focus")).to_contain_text("Roma")
    # The plan asks; the stops that are on record offer to take the source; what is left is to save.
    for key, then in (("a", "[data-duplicate] input:focus"), ("Enter", "#save-entries:focus"), ("Enter", "")):
        page.keyboard.press(key)
        steps += 1
        if then:
            expect(page.locator(then)).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved: your 3 sightings are waiting.")
    assert steps <= MOST_STEPS
    assert waiting(live_server) == WAITING


def test_the_news_of_the_train_is_saved_without_scripts_as_well(
    demo_pages: Pages, live_server: LiveServer, news: str
) -> None:
    page = form(demo_pages, live_server, javascript=False)
    page.get_by_label("Text of the article or post").fill(news)
    page.get_by_role("button", name="Read the text").click()
    expect(page.locator("#marked-text")).to_contain_text("now headed to")
    page.get_by_role("checkbox", name="Rome, planned").check()
    page.locator("#save-entries").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved: your 3 sightings are waiting.")
    assert waiting(live_server) == WAITING


def test_a_link_fills_in_its_day_and_is_saved(demo_pages: Pages, live_server: LiveServer) -> None:
    page = form(demo_pages, live_server)
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.get_by_label("Link (optional)")).to_be_focused()
    page.keyboard.insert_text("https://x.com/somebody/status/1050118621198921728")
    page.keyboard.press("Tab")
    expect(page.locator("#address-means")).to_contain_text("of 10 October 2018")
    expect(page.get_by_label("When, as you would say it")).to_have_value("by 10 October 2018")
    page.get_by_label("Film or series").fill("A film about tides")
    place = page.get_by_label("Place", exact=True)
    place.press_sequentially("Åndalsnes")
    expect(page.get_by_role("option", name=re.compile("Åndalsnes")).first).to_be_visible()
    place.press("ArrowDown")
    place.press("Enter")
    expect(page.locator("#when-means")).to_contain_text("Means:")
    page.get_by_role("main").get_by_role("button", name="Save", exact=True).last.click()
    expect(page).to_have_url(re.compile(r"/sightings/\d+$"))
    expect(page.get_by_role("main")).to_contain_text("x.com/somebody/status/1050118621198921728")
    assert waiting(live_server) == [("Åndalsnes", "confirmed")]
