"""The desk by its keys: three items without a mouse, and two moderators at one."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from tests import cast
from tests.chromium import DESKTOP, PHONE, Pages, axe_violations, scrolls_sideways
from tests.serving import LiveServer, in_a_thread
from tracker.accounts.models import Role
from tracker.accounts.operations import sign_up
from tracker.foundation.clock import now
from tracker.foundation.dates import parse_period
from tracker.foundation.geo import Point
from tracker.places.models import PlaceKind
from tracker.places.operations import PlaceDraft
from tracker.productions.queries import production_titled
from tracker.sightings.models import Sighting
from tracker.sightings.operations import SightingDraft, submit

pytestmark = pytest.mark.browser

# (name, country, lat, lon, when): the first is a namesake, the second lies at a stop that is there already.
SENT = (
    ("Rauma", "FI", 61.12724, 21.51127, "Sept 2020"),
    ("Åndalsnes", "NO", 62.56749, 7.68709, "early Sept 2020"),
    ("Bergen", "NO", 60.39299, 5.32415, "early Sept 2020"),
)


def _fill(server: LiveServer) -> None:
    def fill() -> None:
        with server.session() as session:
            cast.moderator(session)
            sign_up(session, name="Ines", password=cast.PASSWORD, role=Role.MODERATOR)
            ingrid = cast.owner(session)
            for number, (name, country, lat, lon, when) in enumerate(SENT):
                place = PlaceDraft(name=name, kind=PlaceKind.TOWN, country=country, point=Point(lat, lon))
                draft = SightingDraft(
                    production_title="MI7",
                    production=production_titled(session, "Mission: Impossible 7"),
                    place_text=name,
                    place=place,
                    period=parse_period(when),
                    address=f"https://paper.example/{number}",
                )
                submit(session, draft, by=ingrid)
            session.commit()

    in_a_thread(fill)


def _sign_in(page: Page, name: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/account"))


def _ready(page: Page) -> None:
    """Wait until the keys do something."""
    expect(page.locator("[data-keys-switch]")).not_to_have_attribute("hidden", "")


def _shows(page: Page, place: str) -> None:
    expect(page.locator(".desk-item h2").first).to_contain_text(place)
    _ready(page)


def _decided(page: Page, words: str) -> None:
    expect(page.get_by_role("main")).to_contain_text(re.compile(words, re.IGNORECASE))
    _ready(page)


def _have_time(server: LiveServer) -> None:
    """Let the seconds to undo be many: a busy machine is no reason to fail."""

    def later() -> None:
        with server.session() as session:
            moment = now() + timedelta(minutes=5)
            decided = update(Sighting).where(Sighting.decided_at.is_not(None))
            session.execute(decided.values(decided_at=moment))
            session.commit()

    in_a_thread(later)


def _looks_well(page: Page) -> None:
    for size in (DESKTOP, PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            assert axe_violations(page) == [], f"{page.url} {size} {scheme}"
            assert not scrolls_sideways(page), f"{page.url} {size}"
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})


def test_three_items_by_keys_alone(demo_pages: Pages, live_server: LiveServer) -> None:
    _fill(live_server)
    page = demo_pages.open()
    _sign_in(page, "Solveig")
    page.goto("/moderation")
    main, keys = page.get_by_role("main"), page.keyboard
    _ready(page)

    # The first is turned down: the number chooses the reason, the words come next, R sends it.
    keys.press("j")
    _shows(page, "Rauma")
    _looks_well(page)
    keys.press("r")
    expect(page.get_by_role("radio", name="Wrong namesake")).to_be_focused()
    keys.press("1")
    expect(page.get_by_label("In your words")).to_be_focused()
    keys.type("jam: the post thanks Rauma in Norway")
    expect(page.get_by_label("In your words")).to_have_value("jam: the post thanks Rauma in Norway")
    keys.press("Escape")
    keys.press("r")
    _decided(page, r"Turned down\s+by Solveig")

    # Z undoes, and it waits again with nothing lost but the words that were taken back.
    _have_time(live_server)
    keys.press("z")
    expect(main).to_contain_text("Your decision")
    _ready(page)
    keys.press("4")
    keys.type("Another country.")
    keys.press("Escape")
    keys.press("r")
    _decided(page, r"Turned down\s+by Solveig")

    # The next one belongs to a stop that is there already.
    keys.press("j")
    _shows(page, "Åndalsnes")
    keys.press("s")
    _shows(page, "Bergen")
    keys.press("k")
    _shows(page, "Åndalsnes")
    keys.press("m")
    _decided(page, r"merged\s+by Solveig")
    keys.press("j")
    _shows(page, "Bergen")
    keys.press("a")
    _decided(page, r"accepted\s+by Solveig")
    expect(page.locator(".queue")).to_contain_text("Nothing waits.")

    # The undo leaves after its seconds; the list of keys can be shown, and the keys turned off.
    expect(page.locator("[data-undo]")).to_have_count(0, timeout=15_000)
    keys.press("?")
    expect(main).to_contain_text("next and previous in the queue")
    page.get_by_role("button", name="Turn the keys off").click()
    page.goto("/moderation/1")
    _ready(page)
    keys.press("?")
    expect(page.locator("[data-keys]")).to_have_attribute("open", "")
    _looks_well(page)


def test_two_moderators_at_one_item(demo_pages: Pages, live_server: LiveServer) -> None:
    _fill(live_server)
    ines, solveig = demo_pages.open(), demo_pages.open()
    _sign_in(ines, "Ines")
    _sign_in(solveig, "Solveig")
    ines.goto("/moderation/2")
    solveig.goto("/moderation/2")
    expect(solveig.get_by_role("main")).to_contain_text("Ines has this open too")
    solveig.get_by_label("In your words").fill("I looked for an hour.")
    solveig.get_by_role("radio", name="No source").check()
    ines.get_by_role("button", name="Add the source to this shoot").click()
    expect(ines.get_by_role("main")).to_contain_text(re.compile(r"merged\s+by Ines", re.IGNORECASE))

    # The slower one is told who was faster; nothing that was typed is lost.
    demo_pages.watch.forgive("answer 409")
    solveig.get_by_role("button", name=re.compile("^Turn down [^…]|^Turn down$")).click()
    main = solveig.get_by_role("main")
    expect(main).to_contain_text(re.compile(r"Ines merged this (\d+ seconds?|less than a minute) ago\."))
    expect(main).to_contain_text("Your words are kept as a note.")
    expect(main).to_contain_text("I looked for an hour.")
    _looks_well(solveig)


def test_without_scripts_the_desk_undoes_with_a_button(demo_pages: Pages, live_server: LiveServer) -> None:
    _fill(live_server)
    page = demo_pages.open(javascript=False)
    _sign_in(page, "Solveig")
    page.goto("/moderation/3")
    page.get_by_role("button", name="Accept as a new shoot").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    _have_time(live_server)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("main")).to_contain_text("Your decision")
