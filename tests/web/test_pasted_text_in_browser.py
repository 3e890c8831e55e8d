"""From a pasted text to saved entries with the keyboard, counted by steps."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.cast import PASSWORD, film_case, owner
from tests.chromium import DESKTOP, PHONE, Pages, axe_violations, scrolls_sideways
from tests.serving import LiveServer, in_a_thread
from tests.web.texts import TRAIN
from tracker.sightings.models import Sighting

pytestmark = pytest.mark.browser
MOST_STEPS = 12


@pytest.fixture(autouse=True)
def cast(live_server: LiveServer) -> None:
    def fill() -> None:
        with live_server.session() as session:
            owner(session)
            film_case(session)
            session.commit()

    in_a_thread(fill)


def form(pages: Pages, **look: object) -> Page:
    """Sign Ingrid in and open the form."""
    page = pages.open(**look)  # type: ignore[arg-type]  # options by name
    page.goto("/sign-in?next=/sightings/new")
    page.get_by_label("User name").fill("Ingrid")
    page.get_by_label("Password").fill(PASSWORD)
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


def stored(live_server: LiveServer) -> list[tuple[str, str]]:
    def read() -> list[tuple[str, str]]:
        with live_server.session() as session:
            return [
                (s.place_name, s.status.value)
                for s in session.scalars(select(Sighting).order_by(Sighting.id))
            ]

    return in_a_thread(read)


def looks_well(page: Page) -> None:
    for size in (DESKTOP, PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            assert axe_violations(page) == [], f"{page.url} {size} {scheme}"
            assert not scrolls_sideways(page), f"{page.url} {size}"


def test_from_paste_to_saved_by_keyboard_in_few_steps(pages: Pages, live_server: LiveServer) -> None:
    page = form(pages)
    expect(page.get_by_label("Text of the article or post")).to_be_focused()
    steps = 1
    paste(page, TRAIN)
    expect(page.locator("a.fact:focus")).to_contain_text("Roma")
    expect(page.get_by_role("button", name="Save 2 entries")).to_be_visible()
    expect(page.locator("#fact-strip")).to_contain_text("Rome: planned.")
    for key, awaited in (("a", "[data-duplicate] input:focus"), ("Enter", "#save-entries:focus")):
        page.keyboard.press(key)
        steps += 1
        expect(page.locator(awaited)).to_have_count(1)
    expect(page.get_by_role("button", name="Save 3 entries")).to_be_visible()
    page.keyboard.press("Enter")
    steps += 1
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved: your 3 sightings are waiting.")
    assert steps <= MOST_STEPS
    assert stored(live_server) == [("Stranda", "confirmed"), ("Rauma", "confirmed"), ("Rome", "planned")]
    looks_well(page)


def test_keys_act_on_a_focused_mark_only(pages: Pages, live_server: LiveServer) -> None:
    page = form(pages)
    expect(page.get_by_label("Text of the article or post")).to_be_focused()
    paste(page, TRAIN)
    expect(page.locator("a.fact:focus")).to_contain_text("Roma")
    page.keyboard.press("d")
    expect(page.locator("a.fact", has_text="Roma")).to_have_attribute("data-state", "left")
    page.locator("a.fact", has_text="Stranda").focus()
    page.keyboard.press("d")
    expect(page.get_by_role("button", name="Save 1 entry")).to_be_visible()
    page.locator("a.fact", has_text="Rauma").focus()
    page.keyboard.press("e")
    expect(page.get_by_label("Place", exact=True).locator("visible=true")).to_be_focused()
    page.get_by_label("Note").fill("add a date")
    expect(page.get_by_role("button", name="Save 1 entry")).to_be_visible()
    page.get_by_role("button", name="Save 1 entry").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved: your sighting is waiting.")
    assert stored(live_server) == [("Rauma", "confirmed")]


def test_the_marked_page_looks_well_and_hostile_text_stays_text(pages: Pages) -> None:
    page = form(pages)
    looks_well(page)
    page.get_by_label("Text of the article or post").focus()
    paste(page, f"<img src=x onerror=alert(1)> {TRAIN}")
    expect(page.locator("#marked-text")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("#marked-text img").count() == 0
    looks_well(page)


def test_changing_the_start_keeps_what_was_typed(pages: Pages) -> None:
    page = form(pages)
    page.get_by_label("Film or series").fill("Libra")
    page.get_by_label("Text of the article or post").fill("Not finished")
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.get_by_label("Link (optional)")).to_be_focused()
    page.keyboard.type("https://x.com/somebody/status/1050118621198921728")
    page.keyboard.press("Tab")
    expect(page.locator("#address-means")).to_have_text(
        "X, by @somebody, number 1050118621198921728, of 10 October 2018."
    )
    expect(page.get_by_label("When, as you would say it")).to_have_value("by 10 October 2018")
    expect(page.locator("#when-means")).to_contain_text("Means:")
    page.get_by_role("button", name="Map", exact=True).click()
    expect(page.locator("[data-map=pick]")).to_be_focused()
    page.get_by_role("button", name="Text", exact=True).click()
    expect(page.get_by_label("Text of the article or post")).to_have_value("Not finished")
    expect(page.get_by_label("Film or series")).to_have_value("Libra")
    expect(page.get_by_label("Link (optional)")).to_have_value(re.compile("somebody"))


def test_without_scripts_the_page_comes_marked_with_ticks(pages: Pages, live_server: LiveServer) -> None:
    page = form(pages, javascript=False)
    page.get_by_label("Text of the article or post").fill(TRAIN)
    page.get_by_role("button", name="Read the text").click()
    page.get_by_role("checkbox", name="Rome, planned").check()
    page.get_by_role("checkbox", name="Stranda, implied").uncheck()
    page.locator("#save-entries").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved: your 2 sightings are waiting.")
    assert stored(live_server) == [("Rauma", "confirmed"), ("Rome", "planned")]
