"""A contributor and a moderator: from signing up to a stop that changes the route and says why."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.chromium import DESKTOP, PHONE, Pages, axe_violations, scrolls_sideways
from tests.serving import LiveServer, in_a_thread

pytestmark = pytest.mark.browser

FILM = "/productions/mission-impossible-dead-reckoning-part-one"
SECOND_STEP = ["Rauma", "Stranda"]


def _add_a_moderator(server: LiveServer) -> None:
    def add() -> None:
        with server.session() as session:
            cast.moderator(session)
            session.commit()

    in_a_thread(add)


def _sign_in(page: Page, name: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/account"))


def _looks_well(page: Page) -> None:
    for size in (DESKTOP, PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            assert axe_violations(page) == [], f"{page.url} {size} {scheme}"
            assert not scrolls_sideways(page), f"{page.url} {size}"
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})


def _second_step(page: Page) -> list[str]:
    route = page.request.get(f"{FILM}/route.json").json()
    return [stop["place"]["name"] for stop in route["lanes"][0]["clusters"][1]["stops"]]


def test_a_sighting_from_the_form_to_the_map(demo_pages: Pages, live_server: LiveServer) -> None:
    _add_a_moderator(live_server)
    contributor = demo_pages.open()

    # Signing up comes first: the button on the film's page leads there and back.
    contributor.goto(FILM)
    contributor.get_by_role("banner").get_by_role("link", name="Add a sighting").click()
    contributor.get_by_role("link", name="Sign up").click()
    _looks_well(contributor)
    contributor.get_by_label("Name").fill("Marit")
    contributor.get_by_label("Password").fill("the mountain behind Åndalsnes")
    contributor.get_by_role("main").get_by_role("button", name="Sign up").click()

    # The form, as somebody would fill it in.
    contributor.goto("/sightings/new?production=mission-impossible-dead-reckoning-part-one")
    expect(contributor.get_by_label("Film or series")).to_have_value(re.compile("Dead Reckoning"))
    contributor.get_by_label("Place", exact=True).fill("Åndalsnes")
    candidate = contributor.get_by_role("radio", name=re.compile("Åndalsnes"))
    expect(candidate.first).to_be_visible()
    candidate.first.check()
    contributor.get_by_label("When, as you would say it").fill("early Sept 2020")
    expect(contributor.get_by_text("between 1 and 10 September 2020", exact=False).first).to_be_visible()
    # It lies within the municipality where a stop is recorded; this is one of its own.
    contributor.get_by_role("radio", name="It is another shoot").check()
    contributor.get_by_label("Link").fill("https://example.org/news/2020/09/08/train-in-andalsnes")
    _looks_well(contributor)
    contributor.get_by_role("main").get_by_role("button", name="Save").last.click()
    expect(contributor).to_have_url(re.compile(r"/sightings/\d+$"))
    expect(contributor.get_by_role("main")).to_contain_text("Åndalsnes")
    _looks_well(contributor)
    sighting = contributor.url
    assert _second_step(contributor) == SECOND_STEP

    # Somebody else decides.
    moderator = demo_pages.open()
    _sign_in(moderator, "Solveig")
    moderator.goto("/moderation")
    moderator.get_by_role("link", name=re.compile("Åndalsnes")).first.click()
    main = moderator.get_by_role("main")
    expect(main).to_contain_text("[Rauma, Stranda, Åndalsnes]")
    _looks_well(moderator)
    moderator.get_by_role("button", name="Accept as a new shoot").click()
    expect(main).to_contain_text(re.compile("accepted", re.IGNORECASE))

    # The route has changed, and says why; the sender is told; the history knows who did what.
    assert _second_step(contributor) == ["Rauma", "Stranda", "Åndalsnes"]
    contributor.goto(sighting)
    expect(contributor.get_by_role("main")).to_contain_text(
        re.compile("your sighting is live", re.IGNORECASE)
    )
    contributor.goto(FILM)
    stops = contributor.locator("#film-stops")
    expect(stops).to_contain_text("Åndalsnes")
    expect(stops).to_contain_text("Order unknown between these three")
    expect(contributor.get_by_role("button", name=re.compile("Åndalsnes"))).to_be_visible()
    expect(contributor.locator("#film-evidence")).to_contain_text("example.org")
    contributor.goto("/changes")
    expect(contributor.get_by_role("main")).to_contain_text("Solveig")


def test_nobody_decides_his_own_sighting(demo_pages: Pages, live_server: LiveServer) -> None:
    _add_a_moderator(live_server)
    page = demo_pages.open(javascript=False)
    _sign_in(page, "Solveig")
    page.goto("/sightings/new")
    page.get_by_label("Film or series").fill("Inception")
    page.get_by_label("Place", exact=True).fill("Rauma")
    page.get_by_label("When, as you would say it").fill("summer 2009")
    page.get_by_role("main").get_by_role("button", name="Save").last.click()
    # Two places of that name: none is chosen silently.
    demo_pages.watch.forgive("answer 422")
    expect(page.get_by_role("main")).to_contain_text("Two places are called Rauma")
    page.get_by_role("radio", name=re.compile("Møre og Romsdal")).check()
    page.get_by_role("main").get_by_role("button", name="Save").last.click()
    expect(page).to_have_url(re.compile(r"/sightings/\d+$"))
    page.goto(page.url.replace("/sightings/", "/moderation/"))
    expect(page.get_by_role("main")).to_contain_text("Someone else decides")
    expect(page.get_by_role("button", name="Accept as a new shoot")).to_have_count(0)
