"""People without an account: a note that becomes a sighting, and a resident who asks for a removal."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests import cast
from tests.chromium import DESKTOP, PHONE, Pages, axe_violations, scrolls_sideways
from tests.serving import LiveServer, in_a_thread
from tracker.web.frame.question import _WORDS

pytestmark = pytest.mark.browser

FILM = "/productions/mission-impossible-dead-reckoning-part-one"


def _add_people(server: LiveServer) -> None:
    def add() -> None:
        with server.session() as session:
            cast.owner(session), cast.moderator(session)
            session.commit()

    in_a_thread(add)


def _sign_in(page: Page, name: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/account"))


def _answer_the_question(page: Page) -> None:
    group = page.get_by_role("group", name=re.compile("Which of these is"))
    asked = re.search(r"Which of these is ([^?]+)\?", group.inner_text())
    assert asked
    for option in group.get_by_role("radio").all():
        if option.get_attribute("value") in _WORDS[asked[1]]:
            option.check()


def _looks_well(page: Page) -> None:
    for size in (DESKTOP, PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            assert axe_violations(page) == [], f"{page.url} {size} {scheme}"
            assert not scrolls_sideways(page), f"{page.url} {size}"
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_visitors_note_becomes_a_sighting(
    demo_pages: Pages, live_server: LiveServer, scripts: bool
) -> None:
    _add_people(live_server)
    visitor = demo_pages.open(javascript=scripts)
    visitor.goto(FILM)
    visitor.get_by_role("contentinfo").get_by_role("link", name="Leave a note").click()
    expect(visitor.get_by_label("Film or series")).to_have_value(re.compile("Dead Reckoning"))
    visitor.get_by_role("textbox", name="Place (optional)").fill("Åndalsnes")
    visitor.get_by_label("When, as you would say it").fill("early Sept 2020")
    visitor.get_by_label("What you want to tell").fill("A crane stood by the river.")
    if scripts:
        visitor.get_by_role("button", name="Pin the middle").click()
        _looks_well(visitor)
    _answer_the_question(visitor)
    visitor.get_by_role("button", name="Send the note").click()
    expect(visitor.get_by_role("main")).to_contain_text("Waits for a contributor")
    if scripts:
        _looks_well(visitor)

    contributor = demo_pages.open()
    _sign_in(contributor, "Ingrid")
    contributor.goto("/notes")
    _looks_well(contributor)
    # By the keyboard alone.
    contributor.get_by_role("table").get_by_role("link").first.focus()
    contributor.keyboard.press("Enter")
    expect(contributor.get_by_role("heading", name="Note 1")).to_be_visible()
    _looks_well(contributor)
    contributor.get_by_role("link", name="Make a sighting of it").press("Enter")
    expect(contributor.get_by_label("Place", exact=True)).to_have_value("Åndalsnes")
    contributor.get_by_label("Place", exact=True).fill("Åndalsnes, Norway")
    contributor.get_by_role("radio", name=re.compile("Åndalsnes")).first.check()
    contributor.get_by_role("main").get_by_role("button", name="Save").last.click()
    expect(contributor).to_have_url(re.compile(r"/sightings/\d+$"))
    visitor.reload()
    expect(visitor.get_by_role("main")).to_contain_text("Turned into a sighting")


def test_a_resident_asks_for_a_removal_and_a_moderator_grants_it(
    demo_pages: Pages, live_server: LiveServer
) -> None:
    _add_people(live_server)
    resident = demo_pages.open()
    resident.goto("/search?q=Levisham")
    resident.get_by_role("main").get_by_role("link", name=re.compile("Levisham")).first.click()
    place = resident.url
    resident.get_by_role("contentinfo").get_by_role("link", name="Ask for a removal").click()
    resident.get_by_role("radio", name="I live there").check()
    resident.get_by_label("What should go, and why").fill("People come to our door.")
    resident.get_by_label("E-mail").fill("anna@example.org")
    _answer_the_question(resident)
    _looks_well(resident)
    resident.get_by_role("button", name="Send the request").click()
    expect(resident.get_by_role("main")).to_contain_text("It is decided by")
    _looks_well(resident)
    followed = resident.url
    resident.goto(place)
    expect(resident.get_by_role("main")).to_contain_text("A grid cell, not a pin.")

    moderator = demo_pages.open()
    _sign_in(moderator, "Solveig")
    moderator.goto("/moderation/removals")
    _looks_well(moderator)
    expect(moderator.get_by_role("main")).to_contain_text("anna@example.org")
    moderator.get_by_label("In your words, for whoever asked").fill("Of course.")
    moderator.get_by_role("button", name="Grant").click()
    expect(moderator.get_by_role("main")).to_contain_text("No request waits.")
    moderator.goto("/moderation/flags")
    _looks_well(moderator)

    resident.goto(followed)
    expect(resident.get_by_role("main")).to_contain_text("Of course.")
    resident.goto(place)
    expect(resident.get_by_role("heading", level=1)).to_have_text("Place removed on request")
    resident.get_by_role("link", name="History").click()
    expect(resident.get_by_role("main")).to_contain_text("Redacted by Solveig")
    expect(resident.get_by_role("main")).not_to_contain_text("Levisham")
