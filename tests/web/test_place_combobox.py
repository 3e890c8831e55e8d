"""The combobox of the place in a real browser: keys, what is said, the map, phones, and no scripts at all."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from tests.cast import PASSWORD, film_case, owner
from tests.chromium import DESKTOP, PHONE, Pages, axe_violations, scrolls_sideways
from tests.serving import LiveServer, in_a_thread
from tests.web.test_sighting_form_in_browser import form
from tracker.sightings.models import Sighting

pytestmark = pytest.mark.browser
NAMESAKES = "Two places are called Rauma. Choose one."


@pytest.fixture(autouse=True)
def cast(live_server: LiveServer) -> None:
    def fill() -> None:
        with live_server.session() as session:
            owner(session)
            film_case(session)
            session.commit()

    in_a_thread(fill)


def place_of(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Place", exact=True)


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def type_place(page: Page, text: str) -> Locator:
    """Type a place key by key and wait for the list to answer it."""
    field = place_of(page)
    field.click()
    field.press_sequentially(text)
    expect(options(page).last).to_contain_text(f"Keep “{text}” without a pin")
    return field


def pointed_at(page: Page) -> str:
    """Answer the text of the row that assistive technology is told of, "" for none."""
    found = page.evaluate(
        "document.getElementById("
        "document.getElementById('place').getAttribute('aria-activedescendant') ?? '')?.innerText ?? ''"
    )
    return str(found)


def test_it_opens_on_typing_and_says_so_to_assistive_technology(pages: Pages) -> None:
    page = form(pages)
    field = place_of(page)
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_attribute("aria-autocomplete", "list")
    expect(field).to_have_attribute("aria-controls", "place-list")
    type_place(page, "Rauma")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("listbox", name="Places")).to_be_visible()
    expect(page.locator("#place-live")).to_contain_text(NAMESAKES)
    expect(page.locator("#place-live")).to_contain_text(" places.")
    assert pointed_at(page) == ""


def test_a_row_shows_the_letters_typed_kind_region_country_and_why(pages: Pages) -> None:
    page = form(pages)
    page.get_by_label("Film or series").fill("MI7")
    type_place(page, "andals")
    row = options(page).first
    expect(row.locator("mark")).to_have_text("Åndals")
    expect(row.locator("svg")).to_have_count(1)
    expect(row).to_contain_text("Town of 2,000, Rauma, Møre og Romsdal, Norway")
    expect(row).to_contain_text("Where Rauma is pinned, a stop of this film")


def test_arrows_move_enter_chooses_and_the_map_fills_the_dot(pages: Pages) -> None:
    page = form(pages)
    field = type_place(page, "Rauma")
    lit = page.locator(".pick-marker.is-lit")
    expect(lit).to_have_count(0)
    field.press("ArrowDown")
    assert "Norway" in pointed_at(page)
    expect(lit).to_have_attribute("aria-label", "Choose Rauma")
    field.press("ArrowDown")
    assert "Finland" in pointed_at(page)
    expect(lit).to_have_count(1)
    field.press("ArrowUp")
    field.press("ArrowUp")
    assert pointed_at(page) == ""
    expect(lit).to_have_count(0)
    field.press("ArrowDown")
    field.press("Enter")
    expect(options(page)).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_be_focused()
    expect(page.get_by_role("radio", name="Rauma Municipality, Møre og Romsdal")).to_be_checked()
    expect(page.locator(".pick-marker.is-chosen")).to_have_count(1)


def test_half_a_name_is_written_out_once_it_is_chosen(pages: Pages) -> None:
    page = form(pages)
    field = type_place(page, "Aandal")
    options(page).first.click()
    expect(field).to_have_value("Åndalsnes")
    expect(page.locator("#offered_for")).to_have_value("Åndalsnes")
    expect(page.get_by_role("radio", name="Åndalsnes Town of 2,000")).to_be_checked()


def test_escape_closes_and_keeps_the_text_and_the_arrow_opens_again(pages: Pages) -> None:
    page = form(pages)
    field = type_place(page, "Rauma")
    field.press("ArrowDown")
    field.press("Escape")
    expect(page.locator("#place-popup")).to_be_hidden()
    expect(field).to_have_value("Rauma")
    assert page.locator("input[name=candidate]:checked").count() == 0
    expect(page.locator("#place-sentence")).to_have_text(NAMESAKES)
    field.press("ArrowDown")
    expect(page.locator("#place-popup")).to_be_visible()
    assert "Norway" in pointed_at(page)


def test_tab_leaves_without_choosing(pages: Pages) -> None:
    page = form(pages)
    field = type_place(page, "Rauma")
    field.press("ArrowDown")
    field.press("Tab")
    expect(page.locator("#place-popup")).to_be_hidden()
    expect(field).to_have_value("Rauma")
    expect(field).not_to_be_focused()
    assert page.locator("input[name=candidate]:checked").count() == 0


def test_the_last_row_keeps_the_words_without_a_pin(pages: Pages) -> None:
    page = form(pages)
    field = type_place(page, "Rauma")
    field.press("ArrowUp")
    field.press("Enter")
    expect(page.get_by_role("radio", name="Keep “Rauma” without a pin")).to_be_checked()


def test_more_typing_takes_the_choice_back(pages: Pages) -> None:
    page = form(pages)
    field = type_place(page, "Rauma")
    field.press("ArrowDown")
    field.press("Enter")
    field.press_sequentially("t")
    expect(page.locator("input[name=candidate]:checked")).to_have_count(0)


def test_the_country_chosen_last_comes_first_for_the_next_place(pages: Pages) -> None:
    page = form(pages)
    type_place(page, "Aandal")
    options(page).first.click()
    with page.expect_request(lambda request: "lately=NO" in request.url and "q=Ber" in request.url):
        place_of(page).fill("Ber")
    expect(options(page).filter(has_text="Bergen")).not_to_have_count(0)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("dark", [False, True])
def test_the_open_list_is_accessible_and_covered_by_nothing(
    pages: Pages, size: tuple[int, int], dark: bool
) -> None:
    page = form(pages, size=size, dark=dark)
    field = type_place(page, "Rauma")
    field.press("ArrowDown")
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)
    for at in range(options(page).count()):
        row = options(page).nth(at)
        row.scroll_into_view_if_needed()
        row.hover(trial=True)
        box = row.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    bottom = page.evaluate("document.getElementById('place-popup').getBoundingClientRect().bottom")
    bar = page.evaluate("document.querySelector('.tab-bar').getBoundingClientRect().top || innerHeight")
    assert bottom <= bar


def test_without_scripts_look_up_leads_to_the_candidates(pages: Pages, live_server: LiveServer) -> None:
    page = pages.open(javascript=False)
    page.goto("/sign-in?next=/sightings/new")
    page.get_by_label("User name").fill("Ingrid")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_label("Film or series").fill("MI7")
    page.get_by_label("Place", exact=True).fill("Rauma")
    page.get_by_label("When, as you would say it").fill("2020")
    page.get_by_role("button", name="Look up").click()
    expect(page.locator("#place-sentence")).to_have_text(NAMESAKES)
    expect(page.get_by_label("Film or series")).to_have_value("MI7")
    page.get_by_role("radio", name="Rauma Town of 39,000").check()
    page.locator(".save-row").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved: your sighting is waiting.")

    def saved() -> list[str | None]:
        with live_server.session() as session:
            return list(session.scalars(select(Sighting.place_gazetteer_id)))

    assert in_a_thread(saved) == ["geonames:639734"]
