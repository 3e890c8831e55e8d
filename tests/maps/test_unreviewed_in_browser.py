"""Unreviewed sightings on the maps in a real Chromium: told apart, read as text, taken off by the layers."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests import chromium
from tests.maps.charts import film, leg
from tests.maps.test_charts_in_browser import HOSTILE, MARKERS, RAUMA, ROME, chart
from tracker.maps.shell import MapKind

pytestmark = pytest.mark.browser
MARK = ".folium-map .unreviewed-marker"


def unreviewed(name: str = "Rauma", title: str = "A Film") -> dict[str, Any]:
    sighting = {"film": title, "dates": "3 Jul 2019", "url": "/productions/a-film#unreviewed-title"}
    properties = {
        "role": "unreviewed",
        "unreviewed": True,
        "name": name,
        "uncertainty_m": 24000,
        "sightings": [sighting],
    }
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [7.69, 62.57]},
        "properties": properties,
    }


@pytest.mark.parametrize("dark", [False, True])
def test_on_a_films_map_it_stands_beside_the_route_until_the_layer_is_taken_off(
    browser: Browser, dark: bool
) -> None:
    answer = film(RAUMA, ROME, leg(0, RAUMA, ROME), unreviewed())
    with chart(browser, MapKind.ROUTE, answer, dark=dark) as page:
        expect(page.locator(MARKERS)).to_have_count(2)
        mark = page.get_by_role("button", name="Unreviewed: Rauma, 1 sighting")
        expect(mark).to_have_count(1)
        border = mark.locator(".unreviewed-disc").evaluate("node => getComputedStyle(node).borderTopStyle")
        assert border == "dashed"
        expect(page.locator(".chart-legend")).to_contain_text("unreviewed")
        mark.focus()
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Unreviewed: Rauma")
        expect(dialog).to_contain_text("3 Jul 2019")
        assert chromium.axe_violations(page) == []
        page.keyboard.press("Escape")
        expect(mark).to_be_focused()
        page.get_by_title("Layers").click()
        page.get_by_role("checkbox", name="Unreviewed").uncheck()
        expect(page.locator(MARK)).to_have_count(0)
        expect(page.locator(".chart-legend")).not_to_contain_text("unreviewed")
        expect(page.locator(MARKERS)).to_have_count(2)
        page.get_by_role("checkbox", name="Unreviewed").check()
        expect(page.locator(MARK)).to_have_count(1)


def test_on_a_places_map_its_film_is_named_and_what_was_typed_stays_text(browser: Browser) -> None:
    place = {**RAUMA, "properties": {**RAUMA["properties"], "role": "place"}}
    answer = film(place, unreviewed("".join(HOSTILE), "".join(HOSTILE)))
    with chart(browser, MapKind.PLACE, answer) as page:
        page.locator(MARK).click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("<img src=x onerror=alert(1)>, 3 Jul 2019")
        expect(page.locator(".chart-legend")).to_contain_text("unreviewed")
        page.keyboard.press("Escape")
        page.get_by_title("Layers").click()
        page.get_by_role("checkbox", name="Unreviewed").uncheck()
        expect(page.locator(MARK)).to_have_count(0)


def test_where_there_is_none_a_place_has_neither_legend_nor_layers(browser: Browser) -> None:
    place = {**RAUMA, "properties": {**RAUMA["properties"], "role": "place"}}
    with chart(browser, MapKind.PLACE, film(place)) as page:
        expect(page.locator(MARKERS)).to_have_count(1)
        expect(page.locator(".chart-legend")).to_be_hidden()
        expect(page.get_by_role("checkbox", name="Unreviewed")).to_have_count(0)
