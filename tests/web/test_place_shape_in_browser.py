"""Drawing a place with the mouse, and giving the same shape without one."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect
from shapely.geometry import shape

from tests.cast import PASSWORD, film, moderator, owner, place, say, shoot, source
from tests.chromium import DESKTOP, PHONE, Pages, axe_violations, scrolls_sideways
from tests.serving import LiveServer, in_a_thread
from tracker.foundation.geometry import shape_of
from tracker.history.recording import change
from tracker.places.editing import Position, set_whereabouts
from tracker.places.models import Place, PlaceKind, Privacy

pytestmark = pytest.mark.browser
RING = [[7.2, 62.4], [8.0, 62.4], [8.0, 62.8], [7.2, 62.8], [7.2, 62.4]]
RAILWAY = [[7.7, 62.56], [8.1, 62.2], [9.1, 62.1]]


@pytest.fixture(autouse=True)
def cast(live_server: LiveServer) -> None:
    def fill() -> None:
        with live_server.session() as session:
            owner(session), moderator(session)
            rauma = place(
                session, "Rauma", 62.57, 7.69, kind=PlaceKind.MUNICIPALITY, country="NO", uncertainty_m=24000
            )
            railway = place(session, "Rauma Line", 62.2, 8.1, kind=PlaceKind.RAILWAY, country="NO")
            production = film(session)
            for where in (rauma, railway):
                one = shoot(session, production, where)
                say(session, source(session, f"Report on {where.name}"), one, start="2020-10", end="2020-10")
            session.commit()

    in_a_thread(fill)


def edit_page(pages: Pages, name: str = "Ingrid", number: int = 1, **look: Any) -> Page:
    """Sign somebody in and open the edit page of a place."""
    page = pages.open(**look)
    page.goto(f"/sign-in?next=/places/{number}/edit")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Edit Rauma")).to_be_visible()
    page.wait_for_load_state("networkidle")
    return page


def stored(live_server: LiveServer, number: int = 1) -> dict[str, Any] | None:
    def read() -> dict[str, Any] | None:
        with live_server.session() as session:
            return session.get_one(Place, number).geometry

    return in_a_thread(read)


def give_shapes(live_server: LiveServer) -> None:
    """Give the municipality an outline and the railway a line."""

    def write() -> None:
        with live_server.session() as session, change(session, by=None, comment="Shapes"):
            for number, kind, coordinates in ((1, "Polygon", [RING]), (2, "LineString", RAILWAY)):
                found = shape_of({"type": kind, "coordinates": coordinates})
                row = session.get_one(Place, number)
                set_whereabouts(session, row, privacy=Privacy.OPEN, position=Position(shape=found))
            session.commit()

    in_a_thread(write)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Rauma", level=1, exact=True)).to_be_visible()


def test_an_area_is_drawn_with_the_mouse_and_its_corners_stand_in_the_field(
    pages: Pages, live_server: LiveServer
) -> None:
    page = edit_page(pages)
    page.get_by_role("button", name="Area", exact=True).click()
    chart = page.locator(".shape-map .leaflet-container")
    chart.scroll_into_view_if_needed()
    for x, y in ((300, 100), (450, 100), (450, 220), (300, 220), (300, 100)):
        chart.hover(position={"x": x, "y": y})
        chart.click(position={"x": x, "y": y})
    corners = page.get_by_label("Corners, one “lat, lon” a line")
    expect(corners).not_to_have_value("")
    assert len(corners.input_value().splitlines()) == 4
    expect(page.get_by_role("radio", name="An area")).to_be_checked()
    save(page)
    drawn = stored(live_server)
    assert drawn is not None and drawn["type"] == "Polygon"
    assert shape(drawn).is_valid and len(drawn["coordinates"][0]) == 5


def test_a_shape_is_given_with_the_keyboard_alone(pages: Pages, live_server: LiveServer) -> None:
    page = edit_page(pages)
    page.get_by_role("radio", name="A point").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Corners, one “lat, lon” a line")).to_be_focused()
    page.keyboard.type("62.4, 7.2\n62.4, 8.0\n62.8, 8.0\n62.8, 7.2")
    page.get_by_role("button", name="Save", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Rauma", level=1, exact=True)).to_be_visible()
    assert stored(live_server) == {"type": "Polygon", "coordinates": [RING]}


def test_a_point_and_its_reach_are_typed(pages: Pages) -> None:
    page = edit_page(pages)
    for label, text in (("Latitude", "62.5"), ("Longitude", "7.5"), ("Exact to, in metres", "300")):
        page.get_by_label(label).fill(text)
    save(page)
    expect(page.get_by_text("62.500° N, 7.500° E")).to_be_visible()


def test_wrong_geojson_is_refused_kept_and_mended(pages: Pages, live_server: LiveServer) -> None:
    pages.watch.forgive("422")
    page = edit_page(pages)
    page.get_by_text("Paste GeoJSON").click()
    field = page.get_by_label("GeoJSON", exact=False).last
    field.fill('{"type":"Polygon","coordinates":[[[7.2,62.4],[8,62.4],[8,62.8],[7.2,62.8]]]}')
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("is not closed")
    field = page.get_by_label("GeoJSON", exact=False).last
    assert "62.8" in field.input_value()
    assert axe_violations(page) == []
    field.fill('{"type":"Polygon","coordinates":[[[7.2,62.4],[8,62.4],[8,62.8],[7.2,62.8],[7.2,62.4]]]}')
    save(page)
    assert stored(live_server) == {"type": "Polygon", "coordinates": [RING]}


def test_areas_and_lines_are_drawn_on_every_map(pages: Pages, live_server: LiveServer) -> None:
    give_shapes(live_server)
    page = pages.open()
    for address in ("/productions/a-film", "/places/1-rauma", "/map#map=8/62.4/8"):
        page.goto(address)
        expect(page.locator("path.stop-area.is-line").first).to_be_attached()
        expect(page.locator("path.stop-area:not(.is-line)").first).to_be_attached()


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize("dark", [False, True])
def test_the_pages_are_accessible(
    pages: Pages, live_server: LiveServer, size: tuple[int, int], dark: bool
) -> None:
    give_shapes(live_server)
    page = edit_page(pages, "Solveig", size=size, dark=dark)
    found: list[str] = []
    for address in (
        "/places/1/edit",
        "/moderation/duplicates",
        "/moderation/merges/place/2",
        "/moderation/merges/place/2/into/1",
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        found += [f"{address}: {violation}" for violation in axe_violations(page)]
        if scrolls_sideways(page):
            found.append(f"{address}: scrolls sideways")
    assert found == []


def test_without_scripts_the_fields_alone_do_it(pages: Pages, live_server: LiveServer) -> None:
    page = edit_page(pages, javascript=False)
    page.get_by_role("radio", name="A line").check()
    page.get_by_label("Corners, one “lat, lon” a line").fill("62.56, 7.7\n62.2, 8.1\n62.1, 9.1")
    save(page)
    assert stored(live_server) == {"type": "LineString", "coordinates": RAILWAY}
