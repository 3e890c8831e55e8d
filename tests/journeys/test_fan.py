"""A fan: from the home page to a film's route, its legs, its past and its evidence."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.chromium import Pages

pytestmark = pytest.mark.browser

FILM = "/productions/mission-impossible-dead-reckoning-part-one"


def test_from_the_home_page_to_the_route(visitors: Pages) -> None:
    page = visitors.open()
    page.goto("/")
    page.get_by_label("Find a film or a place").fill("mi7")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("Dead Reckoning")).first.click()
    expect(page).to_have_url(re.compile(FILM))
    expect(page.get_by_role("heading", level=1)).to_have_text("Mission: Impossible – Dead Reckoning Part One")
    expect(page.locator(".leaflet-marker-icon").first).to_be_visible()


def test_markers_legs_popup_and_list_agree(visitors: Pages) -> None:
    page = visitors.open()
    page.goto(FILM)
    marker = page.get_by_role("button", name=re.compile("Rauma"))
    expect(marker).to_be_visible()
    marker.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Rauma")
    expect(dialog).to_contain_text("Stranda")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(marker).to_be_focused()
    route = page.request.get(f"{FILM}/route.json").json()
    legs = route["lanes"][0]["legs"]
    drawn = page.request.get(f"{FILM}.geojson").json()["features"]
    assert {
        (f["properties"]["from"], f["properties"]["to"]) for f in drawn if f["properties"]["role"] == "leg"
    } == {(leg["from"], leg["to"]) for leg in legs}
    on_line = [s["place"]["name"] for cluster in route["lanes"][0]["clusters"] for s in cluster["stops"]]
    text = page.locator("#film-stops").inner_text()
    positions = [text.index(name) for name in dict.fromkeys(on_line)]
    assert positions == sorted(positions)


def test_as_known_on_5_october_2020_there_were_three_shoots(visitors: Pages) -> None:
    page = visitors.open()
    page.goto(FILM)
    slider = page.get_by_role("slider", name="As known on")
    slider.focus()
    for _ in range(20):
        if page.locator(".as-known output").inner_text() == "5 Oct 2020":
            break
        page.keyboard.press("PageDown")
    expect(page.locator(".as-known output")).to_have_text("5 Oct 2020")
    expect(page.locator("#film-stops")).to_contain_text("Planned")
    expect(page).to_have_url(re.compile("as_of=2020-10-05"))
    expect(page.locator("#film-stops")).not_to_contain_text("Abu Dhabi")
    expect(page.get_by_role("button", name=re.compile("Abu Dhabi"))).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("Rome"))).to_be_visible()
    page.reload()
    expect(page.locator(".as-known output")).to_have_text("5 Oct 2020")


def test_the_time_slider_shows_the_shoot_growing(visitors: Pages) -> None:
    page = visitors.open()
    page.goto(FILM)
    abu_dhabi = page.get_by_role("button", name=re.compile("Abu Dhabi"))
    expect(abu_dhabi).to_be_visible()
    slider = page.locator("[data-time-slider]")
    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator("#film-stops [data-later]").first).to_be_attached()
    expect(page.locator("[data-time-output]")).to_have_text(re.compile("2020"))
    page.keyboard.press("End")
    expect(page.locator("#film-stops [data-later]")).to_have_count(0)


def test_the_film_page_is_whole_without_scripts(visitors: Pages) -> None:
    page = visitors.open(javascript=False)
    page.goto(f"{FILM}?as_of=2020-10-05")
    text = page.locator("#main").inner_text()
    assert text.index("Rauma") < text.index("Stranda") < text.index("Rome")
    assert "the director’s post says Rome is next" in text
    page.goto(FILM)
    page.get_by_role("textbox", name="As known on").fill("2020-10-06")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("as_of=2020-10-06"))
    expect(page.locator("#main")).to_contain_text("Corriere")


def test_streets_load_nothing_before_they_are_chosen(visitors: Pages) -> None:
    page = visitors.open()
    page.goto("/map")
    expect(page.get_by_role("button", name=re.compile("places", re.IGNORECASE)).first).to_be_visible()
    # The watch of these pages fails the test on any request that leaves the machine.
    assert visitors.watch.standing() == []
