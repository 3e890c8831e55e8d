"""More ways to begin a sighting: on the map, with a point as exact as its circle; and by keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests import cast
from tests.chromium import Pages, axe_violations
from tests.serving import LiveServer, in_a_thread
from tracker.sightings.models import Sighting

pytestmark = pytest.mark.browser


@pytest.fixture
def page(pages: Pages, live_server: LiveServer) -> Page:
    """The form, opened by Ingrid."""

    def fill() -> None:
        with live_server.session() as session:
            cast.owner(session)
            session.commit()

    in_a_thread(fill)
    page = pages.open()
    page.goto("/sign-in?next=/sightings/new")
    page.get_by_label("User name").fill("Ingrid")
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.locator("#text")).to_be_focused()
    return page


def saved(live_server: LiveServer) -> Sighting:
    def read() -> Sighting:
        with live_server.session() as session:
            return session.scalars(select(Sighting)).one()

    return in_a_thread(read)


def test_on_the_map_the_circle_says_how_exact_the_point_is(page: Page, live_server: LiveServer) -> None:
    page.get_by_role("button", name="Map", exact=True).click()
    page.get_by_label("Latitude").fill("62.5671")
    page.get_by_label("Longitude").fill("7.6871")
    page.get_by_label("Accurate to (metres)").fill("400000")
    edge = page.locator(".pick-edge")
    edge.scroll_into_view_if_needed()
    box = edge.bounding_box()
    assert box is not None
    page.mouse.move(box["x"], box["y"])
    page.mouse.down()
    page.mouse.move(box["x"] - 8, box["y"], steps=4)
    page.mouse.up()
    accuracy = page.get_by_label("Accurate to (metres)")
    expect(accuracy).not_to_have_value("400000")
    assert 0 < int(accuracy.input_value()) <= 200_000
    page.get_by_role("button", name="1 km: this quarter").click()
    page.get_by_label("Film or series").fill("Inception")
    page.get_by_label("Place", exact=True).fill("The old quarry")
    expect(page.get_by_role("radio", name=re.compile("The pin on the map"))).to_be_checked()
    page.get_by_label("When, as you would say it").fill("5 Oct 2020")
    expect(page.locator("#when-means")).to_contain_text("Means:")
    assert axe_violations(page) == []
    page.get_by_role("main").get_by_role("button", name="Save", exact=True).last.click()
    expect(page).to_have_url(re.compile(r"/sightings/\d+$"))
    sighting = saved(live_server)
    assert (sighting.place_lat, sighting.place_lon, sighting.place_uncertainty_m) == (62.5671, 7.6871, 1000)


def test_an_area_is_written_and_drawn_without_a_mouse(page: Page, live_server: LiveServer) -> None:
    page.get_by_role("button", name="Just type").press("Enter")
    expect(page.get_by_label("Film or series")).to_be_focused()
    page.keyboard.type("Inception")
    page.keyboard.press("Tab")
    page.keyboard.type("The old quarry")
    page.get_by_text("Set it yourself").press("Enter")
    page.get_by_label("Corners of the area").focus()
    page.keyboard.type("62.50, 7.60\n62.50, 7.80\n62.60, 7.80")
    expect(page.get_by_role("radio", name=re.compile("The area on the map"))).to_be_checked()
    page.get_by_label("When, as you would say it").focus()
    page.keyboard.type("5 Oct 2020")
    expect(page.locator("#when-means")).to_contain_text("Means:")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/sightings/\d+$"))
    geometry = saved(live_server).place_geometry
    assert geometry is not None
    assert geometry["type"] == "Polygon"
    assert axe_violations(page) == []
