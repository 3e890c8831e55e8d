"""The maps in a real Chromium: what people see, reach by keyboard, and cannot be harmed by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import chromium
from tests.conftest import not_run
from tests.maps.charts import VENDOR, chart_server, film, leg, stop
from tracker.maps.shell import MapKind

pytestmark = pytest.mark.browser

MARKERS = ".folium-map .stop-marker"
RAUMA = stop(1, 1, 62.57, 7.69, name="Rauma", bracket=True, kind="municipality", uncertainty_m=24000)
STRANDA = stop(2, 1, 62.31, 6.95, name="Stranda", bracket=True, kind="municipality", uncertainty_m=20000)
ROME = stop(
    3,
    2,
    41.89,
    12.48,
    name="Rome",
    where="Lazio, Italy",
    status="planned",
    status_word="Planned",
    planned=True,
)
HOSTILE = [
    "{{7*7}}",
    "{% for x in y %}",
    "${alert(1)}",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
]


@contextmanager
def chart(
    browser: Browser,
    kind: MapKind,
    answer: Any,
    *,
    at: str = "",
    dark: bool = False,
    size: tuple[int, int] = chromium.DESKTOP,
    **more: Any,
) -> Iterator[Page]:
    """Open a chart; when the block ends, nothing may have gone wrong and nothing have left the machine."""
    if not VENDOR.exists():
        not_run("the browser assets are not there; run: make setup")
    with chart_server(kind, answer, **more) as address, chromium.Pages(browser, address).cleanup() as pages:
        page = pages.open(size=size, dark=dark)
        page.goto(address + at)
        yield page
        page.wait_for_timeout(100)
        assert pages.watch.standing() == []
        assert urlsplit(page.url).path == urlsplit(address).path


def settled_zoom(page: Page) -> float:
    """Answer the zoom once a wheel or a click has had its effect."""
    page.wait_for_timeout(600)
    return float(page.evaluate("shotHere.maps[0].getZoom()"))


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [chromium.DESKTOP, chromium.PHONE])
def test_axe_finds_nothing_on_a_film_map_with_a_popup_and_the_layers_open(
    browser: Browser, dark: bool, size: tuple[int, int]
) -> None:
    with chart(
        browser, MapKind.ROUTE, film(RAUMA, STRANDA, ROME, leg(0, STRANDA, ROME)), dark=dark, size=size
    ) as page:
        page.locator(MARKERS).first.click()
        page.get_by_title("Layers").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert chromium.axe_violations(page) == []


def test_stops_of_one_unordered_step_that_overlap_become_one_bracketed_marker(browser: Browser) -> None:
    with chart(browser, MapKind.ROUTE, film(RAUMA, STRANDA, ROME, leg(0, STRANDA, ROME))) as page:
        expect(page.locator(MARKERS)).to_have_count(2)
        first = page.locator(MARKERS).first
        expect(first.locator(".stop-face")).to_have_class("stop-face is-wrapped is-bracketed")
        expect(first.locator(".stop-numbers")).to_have_text("1")
        expect(first).to_have_attribute(
            "aria-label",
            "2 stops here: Stop 1, Rauma, municipality, Wrapped, C first-hand, order unknown; "
            "Stop 1, Stranda, municipality, Wrapped, C first-hand, order unknown",
        )


def test_zooming_in_takes_the_marker_apart_and_shows_how_far_each_place_reaches(browser: Browser) -> None:
    with chart(browser, MapKind.ROUTE, film(RAUMA, STRANDA, ROME), at="#map=8/62.45/7.3") as page:
        expect(page.locator(MARKERS)).to_have_count(3)
        expect(page.locator("path.stop-area.is-wrapped")).to_have_count(2)


def test_a_plan_is_a_dashed_line_and_a_fact_is_not(browser: Browser) -> None:
    venice = stop(4, 3, 45.43, 12.33, name="Venice")
    answer = film(RAUMA, ROME, venice, leg(0, RAUMA, ROME), leg(1, ROME, venice))
    with chart(browser, MapKind.ROUTE, answer) as page:
        expect(page.locator("path.leg-line")).to_have_count(2)
        dashes = page.locator("path.leg-line").evaluate_all(
            "lines => lines.map(l => l.getAttribute('stroke-dasharray'))"
        )
        assert dashes == ["7 5", None]


def test_the_keyboard_opens_a_popup_and_escape_gives_the_focus_back(browser: Browser) -> None:
    with chart(browser, MapKind.ROUTE, film(RAUMA, ROME)) as page:
        marker = page.get_by_role("button", name="Stop 2, Rome")
        marker.focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="2 Rome")
        expect(dialog).to_be_focused()
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(marker).to_be_focused()


def test_list_and_map_light_each_other_up(browser: Browser) -> None:
    with chart(browser, MapKind.ROUTE, film(RAUMA, ROME)) as page:
        expect(page.locator(MARKERS)).to_have_count(2)
        page.locator("#shoot-3").focus()
        expect(page.locator(f"{MARKERS}.is-lit")).to_have_attribute("data-shoots", "3")
        page.locator(f"{MARKERS}[data-shoots='1']").focus()
        expect(page.locator("li.is-lit")).to_have_id("shoot-1")


def test_the_time_slider_dims_what_came_later_and_says_the_day(browser: Browser) -> None:
    early = stop(5, 1, 50.0, 14.4, name="Prague", earliest="2020-09-10")
    with chart(
        browser,
        MapKind.ROUTE,
        film(early, stop(6, 2, 40.0, -3.7, name="Madrid"), leg(0, early, stop(6, 2, 40.0, -3.7))),
    ) as page:
        expect(page.locator("[data-time-output]")).to_have_text("Whole route")
        expect(page.locator(MARKERS)).to_have_count(2)
        page.get_by_label("Day").fill("20")
        expect(page.locator("[data-time-output]")).to_have_text("Up to 21 Sep 2020")
        expect(page.locator(f"{MARKERS}.is-later")).to_have_attribute("data-shoots", "6")
        expect(page.locator("path.leg-line.is-later")).to_have_count(1)
        expect(page.locator("[data-later]")).to_have_id("shoot-6")


def test_ghosts_are_off_until_asked_for(browser: Browser) -> None:
    ghost = stop(
        9, None, 45.43, 12.33, role="ghost", name="Venice", status="cancelled", status_word="Cancelled"
    )
    with chart(browser, MapKind.ROUTE, film(RAUMA, ROME, ghost)) as page:
        expect(page.locator(MARKERS)).to_have_count(2)
        page.get_by_title("Layers").click()
        page.get_by_label("Ghosts").check()
        expect(page.get_by_role("button", name="Not on the line, Venice, city, Cancelled")).to_have_count(1)


def test_a_route_over_the_antimeridian_stays_in_one_piece(browser: Browser) -> None:
    suva, apia = stop(7, 1, -18.1, 178.4, name="Suva"), stop(8, 2, -13.8, -171.8, name="Apia")
    with chart(browser, MapKind.ROUTE, film(suva, apia, leg(0, suva, apia, end_lon=188.2))) as page:
        expect(page.locator(MARKERS)).to_have_count(2)
        boxes = [marker.bounding_box() for marker in page.locator(MARKERS).all()]
        centre = page.evaluate("shotHere.maps[0].getCenter().lng")
        assert all(boxes)
        assert centre == pytest.approx(183.3, abs=4)


def test_text_is_never_markup_nor_a_template(browser: Browser) -> None:
    stops = [
        stop(
            i + 1,
            i + 1,
            40 + 5 * i,
            10.0 * i,
            name=text,
            where=text,
            why_grade=text,
            dates=text,
            grade_word=text,
            status_word=text,
        )
        for i, text in enumerate(HOSTILE)
    ]
    with chart(
        browser,
        MapKind.ROUTE,
        film(*stops, *(leg(i, stops[i], stops[i + 1], words=HOSTILE[i]) for i in range(4))),
    ) as page:
        page.on("dialog", lambda dialog: pytest.fail(f"ran: {dialog.message}"))
        expect(page.locator(MARKERS)).to_have_count(len(HOSTILE))
        for i, text in enumerate(HOSTILE):
            page.locator(f"{MARKERS}[data-shoots='{i + 1}']").focus()
            page.keyboard.press("Enter")
            expect(page.get_by_role("dialog").locator(".card-title a")).to_have_text(text)
            page.keyboard.press("Escape")
        assert page.locator(".chart img, .chart script").count() == 0


def test_no_tile_is_asked_for_before_streets_is_chosen(browser: Browser) -> None:
    with (
        chart_server(MapKind.ROUTE, film(RAUMA, ROME)) as address,
        chromium.Pages(browser, address).cleanup() as pages,
    ):
        if not VENDOR.exists():
            not_run("the browser assets are not there; run: make setup")
        page = pages.open()
        page.route("http://tiles.invalid/**", lambda route: route.abort())
        page.goto(address)
        expect(page.locator(MARKERS)).to_have_count(2)
        page.wait_for_timeout(300)
        assert pages.watch.standing() == []
        page.get_by_title("Layers").click()
        with page.expect_request("http://tiles.invalid/**"):
            page.get_by_label("Streets").check()
        expect(page.locator(".leaflet-control-attribution")).to_contain_text("<b>Tiles</b>")


def test_the_address_keeps_the_view_and_brings_it_back(browser: Browser) -> None:
    with chart(browser, MapKind.ROUTE, film(RAUMA, ROME)) as page:
        expect(page.locator(MARKERS)).to_have_count(2)
        assert urlsplit(page.url).fragment == ""
        page.get_by_role("button", name="Zoom in").click()
        expect(page).to_have_url(re.compile("#map="))
        view = "[shotHere.maps[0].getZoom(), shotHere.maps[0].getCenter().lat.toFixed(1)]"
        kept = page.evaluate(view)
        page.reload()
        expect(page.locator("path.stop-area, .stop-marker").first).to_be_attached()
        assert page.evaluate(view) == kept


def test_the_wheel_scrolls_the_page_until_the_map_is_clicked(browser: Browser) -> None:
    with chart(browser, MapKind.ROUTE, film(RAUMA, ROME)) as page:
        expect(page.locator(MARKERS)).to_have_count(2)
        page.mouse.move(300, 300)
        before = page.evaluate("shotHere.maps[0].getZoom()")
        page.mouse.wheel(0, -300)
        expect(page.locator(".chart-hint")).to_be_visible()
        page.wait_for_timeout(300)
        assert page.evaluate("shotHere.maps[0].getZoom()") == before
        page.mouse.click(300, 300)
        page.mouse.wheel(0, -300)
        assert settled_zoom(page) > before


def test_a_ring_says_how_many_places_it_holds_and_a_click_goes_closer(browser: Browser) -> None:
    cells = [
        {"lat": 51.5, "lon": 0.0, "n": 1200, "place": None},
        {"lat": 36.0, "lon": -5.8, "n": 1, "place": {"name": "Tangier", "url": "/places/9"}},
    ]
    with chart(browser, MapKind.WORLD, {"kind": "cells", "cells": cells}) as page:
        ring = page.get_by_role("button", name="1,200 places, zoom in")
        expect(ring).to_have_text("1,200")
        before = page.evaluate("shotHere.maps[0].getZoom()")
        page.get_by_role("button", name="Tangier").click()
        link = page.get_by_role("dialog", name="Tangier").get_by_role("link")
        expect(link).to_have_attribute("href", re.compile("/places/9$"))
        page.keyboard.press("Escape")
        ring.click()
        assert settled_zoom(page) > before


def test_a_click_on_a_dot_chooses_the_candidate_and_a_click_on_the_map_sets_a_pin(browser: Browser) -> None:
    both = [
        {"name": "Rauma, Norway", "lat": 62.57, "lon": 7.69},
        {"name": "Rauma, Finland", "lat": 61.13, "lon": 21.51},
    ]
    with chart(browser, MapKind.PICK, {}, candidates=both) as page:
        page.get_by_role("button", name="Choose Rauma, Norway").click()
        expect(page.get_by_role("radio", name="Rauma, Norway")).to_be_checked()
        page.get_by_role("button", name="Pin the middle").click()
        expect(page.get_by_role("radio", name="Rauma, Norway")).not_to_be_checked()
        assert 61 < float(page.locator("#lat").input_value()) < 63
        assert 10 < float(page.locator("#lon").input_value()) < 19
        page.get_by_role("radio", name="Rauma, Finland").check()
        expect(page.locator("#lat")).to_have_value("")
