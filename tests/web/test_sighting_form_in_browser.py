"""The sighting form with scripts: places, dates and titles answer while typing, and one press saves."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error, Page, expect
from sqlalchemy import select

from tests.cast import PASSWORD, film_case, owner
from tests.chromium import DESKTOP, PHONE, Pages, axe_violations, scrolls_sideways
from tests.serving import LiveServer, in_a_thread
from tracker.sightings.models import Sighting

pytestmark = pytest.mark.browser
FILM = "Mission: Impossible – Dead Reckoning Part One"


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


def stored(live_server: LiveServer) -> list[tuple[str, str | None, str]]:
    def read() -> list[tuple[str, str | None, str]]:
        with live_server.session() as session:
            return [
                (s.place_text, s.place_gazetteer_id, s.start.edtf)
                for s in session.scalars(select(Sighting).order_by(Sighting.id))
            ]

    return in_a_thread(read)


def test_one_press_saves_what_was_shown_while_typing(pages: Pages, live_server: LiveServer) -> None:
    page = form(pages)
    page.get_by_label("Film or series").fill("libra")
    expect(page.locator("#title-means")).to_have_text(f"Known as {FILM}: film, 2023.")
    page.get_by_label("Place", exact=True).fill("Åndalsnes")
    expect(page.get_by_role("radio", name="Åndalsnes Town of 2,000")).to_be_checked()
    page.get_by_label("When, as you would say it").fill("early Sept 2020")
    expect(page.locator("#when-means")).to_have_text(
        "Means: Between 1 and 10 September 2020. Began and ended somewhere within these ten days."
    )
    page.locator(".save-row").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved: your sighting is waiting.")
    assert stored(live_server) == [("Åndalsnes", "geonames:3163155", "2020-09-01/2020-09-10")]


def test_of_two_namesakes_none_is_checked_and_the_keyboard_chooses(
    pages: Pages, live_server: LiveServer
) -> None:
    page = form(pages)
    page.get_by_label("Film or series").fill("MI7")
    place = page.get_by_label("Place", exact=True)
    place.fill("Rauma")
    expect(page.locator("#place-sentence")).to_have_text("Two places are called Rauma. Choose one.")
    assert page.locator("input[name=candidate]:checked").count() == 0
    place.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Rauma Municipality, Møre og Romsdal")).to_be_checked()
    page.get_by_label("When, as you would say it").fill("Sept 2020")
    expect(page.locator("#when-means")).to_contain_text("Means:")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved: your sighting is waiting.")
    assert stored(live_server) == [("Rauma", "municipality:NO.08.1539", "2020-09")]


def test_an_impossible_date_offers_buttons_that_mend_it(pages: Pages) -> None:
    page = form(pages)
    when = page.get_by_label("When, as you would say it")
    when.fill("31 Sept 2020")
    expect(page.locator("#when-means")).to_have_text(
        "September has 30 days, so 31 September cannot be. Write 30 September or 1 October."
    )
    page.get_by_role("button", name="1 October 2020").click()
    expect(when).to_have_value("1 October 2020")
    expect(page.locator("#when-means")).to_have_text(
        "Means: Thursday, 1 October 2020. Began and ended on this day."
    )


def test_a_pin_on_the_map_is_a_choice_like_the_others(pages: Pages, live_server: LiveServer) -> None:
    page = form(pages)
    page.get_by_label("Film or series").fill("MI7")
    page.get_by_label("Place", exact=True).fill("Åndalsnes")
    expect(page.get_by_role("radio", name="Åndalsnes Town of 2,000")).to_be_checked()
    page.get_by_role("button", name="Pin the middle").click()
    expect(page.get_by_role("radio", name="The pin on the map")).to_be_checked()
    page.get_by_role("radio", name="Åndalsnes Town of 2,000").check()
    expect(page.locator("#lat")).to_have_value("")
    page.get_by_role("button", name="Pin the middle").click()
    page.get_by_label("When, as you would say it").fill("2020")
    expect(page.locator("#when-means")).to_contain_text("Means:")
    page.locator(".save-row").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved: your sighting is waiting.")
    assert stored(live_server) == [("Åndalsnes", None, "2020")]


def test_a_refused_form_puts_the_focus_on_what_went_wrong(pages: Pages) -> None:
    page = form(pages)
    pages.watch.forgive("answer 422")
    page.locator(".save-row").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Not saved yet: three things need you")).to_be_visible()
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="Place: Write where it was.").click()
    expect(page.get_by_label("Place", exact=True)).to_be_focused()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("dark", [False, True])
def test_the_filled_form_is_accessible_and_fits(pages: Pages, size: tuple[int, int], dark: bool) -> None:
    page = form(pages, size=size, dark=dark)
    page.get_by_label("Place", exact=True).fill("Rauma")
    page.get_by_label("When, as you would say it").fill("31 Sept 2020")
    expect(page.locator("#place-sentence")).to_have_text("Two places are called Rauma. Choose one.")
    expect(page.locator("#when-means")).to_contain_text("September has 30 days")
    assert axe_violations(page) == []
    assert not scrolls_sideways(page)


def test_a_refusal_goes_once_it_is_answered(pages: Pages) -> None:
    page = form(pages)
    pages.watch.forgive("answer 422")
    page.get_by_label("Place", exact=True).fill("Rauma")
    page.get_by_label("When, as you would say it").fill("31 Sept 2020")
    page.locator(".save-row").get_by_role("button", name="Save").click()
    expect(page.locator(".field-error")).to_have_text(
        [
            "Write which film or series it is.",
            "Two places are called Rauma. Choose one.",
            "September has 30 days, so 31 September cannot be. Write 30 September or 1 October.",
        ]
    )
    page.get_by_role("radio", name="Rauma Municipality, Møre og Romsdal").check()
    page.get_by_role("button", name="1 October 2020").click()
    expect(page.locator(".field-error")).to_have_text(["Write which film or series it is."])


def test_back_after_a_refusal_brings_back_what_was_typed(pages: Pages) -> None:
    pages.watch.forgive("answer 422")
    page = form(pages)
    page.get_by_label("Film or series").fill("{{7*7}}")
    page.get_by_label("Place", exact=True).fill("Rauma")
    page.get_by_label("When, as you would say it").fill("31 Sept 2020")
    page.get_by_role("main").get_by_role("button", name="Save").last.click()
    expect(page.locator(".error-summary")).to_contain_text("September has 30 days")
    page.goto("/about/grades")
    page.go_back()
    expect(page.get_by_label("Film or series")).to_have_value("{{7*7}}")
    expect(page.get_by_label("When, as you would say it")).to_have_value("31 Sept 2020")


def test_back_after_signing_out_shows_nothing_of_the_form(pages: Pages) -> None:
    pages.watch.forgive("answer 422")
    page = form(pages)
    page.get_by_label("Note").fill("seen from my window")
    page.get_by_role("main").get_by_role("button", name="Save").last.click()
    expect(page.locator(".error-summary")).to_be_visible()
    page.goto("/account")
    page.get_by_role("main").get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()
    page.go_back()
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()
    expect(page.get_by_label("Note")).to_have_count(0)
