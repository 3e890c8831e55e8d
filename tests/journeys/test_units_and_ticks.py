"""Units on the map, and the "as known on" slider by keyboard, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.cast import film, place, say, shoot, source
from tests.chromium import PHONE, Pages, axe_violations
from tests.serving import LiveServer, in_a_thread
from tracker.productions.models import Unit

pytestmark = pytest.mark.browser
_SHOOTS = [
    (Unit.MAIN, "Harbour", "2022-05-01"),
    (Unit.MAIN, "Fort", "2022-07-10"),
    (Unit.SECOND, "Glacier", "2022-05-10"),
    (Unit.SECOND, "Island", "2022-06-20"),
]
_POINTS = {"Harbour": (59.9, 10.7), "Glacier": (61.7, 7.0), "Island": (57.7, 18.6), "Fort": (55.0, -1.6)}


@pytest.fixture(autouse=True)
def two_units(live_server: LiveServer) -> None:
    """A film that two units shot, each shoot told of on the day after it."""

    def fill() -> None:
        with live_server.session() as session:
            made = film(session, "Two Units", year=2023)
            for unit, name, day in _SHOOTS:
                told = source(session, f"Diary of {name}", published=f"{day[:-2]}{int(day[-2:]) + 1:02}")
                one = shoot(session, made, place(session, name, *_POINTS[name]), unit)
                say(session, told, one, start=day, end=day)
            session.commit()

    in_a_thread(fill)


def test_each_unit_has_its_own_dash_its_name_on_the_line_and_a_place_in_the_legend(pages: Pages) -> None:
    page = pages.open()
    page.goto("/productions/two-units")
    expect(page.locator(".leg-unit")).to_have_text(["Main unit", "Second unit"])
    legend = page.locator(".chart-legend")
    expect(legend).to_contain_text("main unit")
    expect(legend).to_contain_text("second unit")
    dashes = page.locator("path.leg-line").evaluate_all(
        "lines => lines.map((line) => line.getAttribute('stroke-dasharray'))"
    )
    assert sorted(dash or "" for dash in dashes) == ["", "15 5"]
    expect(page.get_by_role("button", name=re.compile("Stop 1, Second unit, Glacier"))).to_be_visible()
    expect(page.locator(".timeline-lane")).to_have_text(["Main unit", "Second unit"])
    assert axe_violations(page) == []


@pytest.mark.parametrize("address", ["/productions/two-units", "/places/1-harbour"])
def test_arrow_keys_go_from_source_to_source_and_shift_by_days(pages: Pages, address: str) -> None:
    page = pages.open(size=PHONE)
    page.goto(address)
    slider = page.get_by_role("slider", name="As known on")
    said = page.locator(".as-known output")
    slider.focus()
    page.keyboard.press("Home")
    expect(said).to_have_text("2 May 2022")
    expect(page).to_have_url(re.compile("as_of=2022-05-02"))
    expect(slider).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    expect(said).to_have_text("3 May 2022")
    expect(page).to_have_url(re.compile("as_of=2022-05-03"))
    expect(slider).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(said).to_have_text("11 May 2022" if "two-units" in address else "Today")


def test_the_list_of_places_works_without_scripts(pages: Pages) -> None:
    page = pages.open(javascript=False)
    page.goto("/places")
    page.get_by_label("Unit").select_option("second")
    page.get_by_role("main").get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile("unit=second"))
    expect(page.locator(".precedents h3")).to_have_text(["Glacier", "Island"])
    expect(page.get_by_role("heading", level=2)).to_have_text("2 places fit")
