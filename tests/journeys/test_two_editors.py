"""Two people at one stop, and a vandal: nothing that anybody wrote in earnest is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests import cast
from tests.chromium import DESKTOP, PHONE, Pages, axe_violations, scrolls_sideways
from tests.serving import LiveServer, in_a_thread
from tracker.productions.models import Production, Shoot

pytestmark = pytest.mark.browser

FILM = "/productions/mission-impossible-dead-reckoning-part-one"


def _people(server: LiveServer) -> int:
    """Add Ingrid, Marcello and Solveig; answer the number of a stop of the film."""

    def add() -> int:
        with server.session() as session:
            cast.owner(session), cast.stranger(session), cast.moderator(session)
            session.commit()
            of_film = select(Shoot.id).join(Production).where(Production.slug == FILM.rpartition("/")[2])
            return session.scalars(of_film.order_by(Shoot.id)).first() or 0

    return in_a_thread(add)


def _sign_in(pages: Pages, name: str, *, javascript: bool = True) -> Page:
    page = pages.open(javascript=javascript)
    page.goto("/sign-in")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/account"))
    return page


def _looks_well(page: Page) -> None:
    for size in (DESKTOP, PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for dark in (False, True):
            page.emulate_media(color_scheme="dark" if dark else "light")
            assert axe_violations(page) == [], f"{page.url} {size} {'dark' if dark else 'light'}"
        assert not scrolls_sideways(page), f"{page.url} {size}"
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})


def _save(page: Page) -> None:
    page.get_by_role("main").get_by_role("button", name="Save").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_two_people_edit_one_stop_and_neither_loses_anything(
    demo_pages: Pages, live_server: LiveServer, javascript: bool
) -> None:
    number = _people(live_server)
    ingrid = _sign_in(demo_pages, "Ingrid", javascript=javascript)
    marcello = _sign_in(demo_pages, "Marcello")

    # Both come from the stop's evidence on the film's page, and open the form.
    ingrid.goto(FILM)
    expect(ingrid.locator(f"a[href='/shoots/{number}/edit']")).to_have_count(1)
    for page in (ingrid, marcello):
        page.goto(f"/shoots/{number}/edit")
    if javascript:
        _looks_well(ingrid)

    marcello.get_by_label("What was shot, in a few words").fill("The jump, as he saw it")
    marcello.get_by_label("Day or night").select_option("DAY")
    _save(marcello)
    expect(marcello).to_have_url(re.compile(f"{FILM}#shoot-{number}"))

    ingrid.get_by_label("What was shot, in a few words").fill("The jump, as she saw it")
    ingrid.get_by_label("What the place plays").fill("Austrian Alps")
    ingrid.get_by_label("What did you change, and how do you know?").fill("I stood there.")
    demo_pages.watch.forgive("answer 409")
    _save(ingrid)
    main = ingrid.get_by_role("main")
    expect(ingrid.get_by_role("heading", name="Someone saved before you")).to_be_visible()
    for words in ("as he saw it", "as she saw it", "Austrian Alps", "Only Marcello changed it"):
        expect(main).to_contain_text(words)
    expect(ingrid.get_by_label("What did you change, and how do you know?")).to_have_value("I stood there.")
    ingrid.get_by_text("Copy my text").click()
    expect(ingrid.get_by_label("All that you typed")).to_have_value(re.compile("as she saw it"))
    if javascript:
        _looks_well(ingrid)

    # Somebody else is faster once more: the page comes again, and still knows her choice.
    marcello.goto(f"/shoots/{number}/edit")
    marcello.get_by_label("What was shot, in a few words").fill("The jump, as he saw it twice")
    _save(marcello)
    ingrid.get_by_role("radio", name=re.compile("she saw it")).check()
    ingrid.get_by_role("button", name=re.compile("Save as version")).click()
    expect(main).to_contain_text("as he saw it twice")
    expect(ingrid.get_by_role("radio", name=re.compile("she saw it"))).to_be_checked()
    ingrid.get_by_role("button", name=re.compile("Save as version")).click()
    expect(ingrid).to_have_url(re.compile(f"{FILM}#shoot-{number}"))

    ingrid.goto(f"/shoots/{number}/edit")
    expect(ingrid.get_by_label("What was shot, in a few words")).to_have_value("The jump, as she saw it")
    expect(ingrid.get_by_label("Day or night")).to_have_value("DAY")
    expect(ingrid.get_by_label("What the place plays")).to_have_value("Austrian Alps")


def test_a_vandals_edits_go_in_one_action_and_later_work_stays(
    demo_pages: Pages, live_server: LiveServer
) -> None:
    number = _people(live_server)
    ingrid, marcello = _sign_in(demo_pages, "Ingrid"), _sign_in(demo_pages, "Marcello")
    for step in range(5):
        ingrid.goto(f"/shoots/{number}/edit")
        ingrid.get_by_label("What was shot, in a few words").fill(f"Nonsense {step}")
        ingrid.get_by_label("Note", exact=False).fill(f"Rubbish {step}")
        _save(ingrid)
        expect(ingrid).to_have_url(re.compile("#shoot-"))
    marcello.goto(f"/shoots/{number}/edit")
    marcello.get_by_label("Note", exact=False).fill("The studio opened in July.")
    _save(marcello)
    expect(marcello).to_have_url(re.compile("#shoot-"))

    solveig = _sign_in(demo_pages, "Solveig")
    solveig.goto("/changes?author=Ingrid")
    _looks_well(solveig)
    solveig.get_by_role("main").get_by_role("link", name="Ingrid").first.click()
    solveig.get_by_role("link", name="Revert all of them").click()
    main = solveig.get_by_role("main")
    expect(main).to_contain_text("5 rows keep later work")
    _looks_well(solveig)
    main.get_by_role("button", name="Revert all changes by Ingrid").click()
    expect(solveig).to_have_url(re.compile(r"/changes/\d+$"))
    expect(main).to_contain_text("Revert of all changes by Ingrid")
    _looks_well(solveig)

    solveig.goto(f"/shoots/{number}/edit")
    expect(solveig.get_by_label("What was shot, in a few words")).to_have_value("")
    expect(solveig.get_by_label("Note", exact=False)).to_have_value("The studio opened in July.")
    for address in (f"{FILM}/edit", "/sources/1/edit"):
        solveig.goto(address)
        _looks_well(solveig)
