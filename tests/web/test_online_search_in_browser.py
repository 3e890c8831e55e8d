"""The button "Search online" with scripts: the answer joins the places above it; the form stays usable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD, owner
from tests.chromium import PHONE, Pages, axe_violations, scrolls_sideways
from tests.nominatim import LocalNominatim, local_nominatim
from tests.serving import LiveServer, in_a_thread

pytestmark = pytest.mark.browser
UNION = "Hotel Union Øye"


@pytest.fixture
def nominatim(live_server: LiveServer) -> Iterator[LocalNominatim]:
    def sign_up() -> None:
        with live_server.session() as session:
            owner(session)
            session.commit()

    in_a_thread(sign_up)
    with local_nominatim() as server:
        settings = live_server.app.config["SETTINGS"]
        live_server.app.config["SETTINGS"] = replace(settings, geocoder=server.provider())
        yield server


def form(pages: Pages, **look: object) -> Page:
    page = pages.open(**look)  # type: ignore[arg-type]  # options by name
    page.goto("/sign-in?next=/sightings/new")
    page.get_by_label("User name").fill("Ingrid")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    return page


def test_what_was_found_online_joins_the_places_offered(pages: Pages, nominatim: LocalNominatim) -> None:
    nominatim.hold.clear()
    page = form(pages)
    # A combobox once the scripts run; until then the button opens another tab.
    place = page.get_by_role("combobox", name="Place", exact=True)
    place.fill(UNION)
    page.get_by_role("button", name="Search online").press("Enter")
    expect(page.locator("#online-note")).to_have_text("Asking… You can go on meanwhile.")
    page.get_by_label("When, as you would say it").fill("2020")
    expect(page.locator("#when-means")).to_contain_text("Means:")
    nominatim.hold.set()
    expect(page.get_by_role("radio", name=f"{UNION} Building, Stranda")).to_be_visible()
    expect(page.locator("#online-note")).to_have_text("The answer is among the places above.")
    assert page.get_by_label("When, as you would say it").input_value() == "2020"
    # The field itself offers it too, from now on.
    place.press("ArrowDown")
    expect(page.get_by_role("option", name=f"{UNION} Building, Stranda")).to_be_visible()
    assert axe_violations(page) == []


def test_without_scripts_the_search_opens_beside_the_form(pages: Pages, nominatim: LocalNominatim) -> None:
    page = form(pages, javascript=False, size=PHONE)
    page.get_by_label("Place", exact=True).fill(UNION)
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Search online").click()
    beside = opened.value
    expect(beside.get_by_role("heading", level=1)).to_have_text(f"Asked online: {UNION}")
    assert not scrolls_sideways(beside)
    assert page.get_by_label("Place", exact=True).input_value() == UNION
    assert len(nominatim.asked) == 1
