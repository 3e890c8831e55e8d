"""Nothing typed is lost: not with a killed browser, nor signed out, nor between two tabs."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect
from playwright.sync_api import Error as PlaywrightError

from tests import cast, chromium
from tests.serving import LiveServer, in_a_thread
from tests.web.texts import TRAIN

pytestmark = pytest.mark.browser

KEPT = re.compile(r"Draft kept in (?:your account|this browser), \d\d:\d\d")
BACK = re.compile(r"Your draft from \d\d:\d\d is back\.")


@pytest.fixture(autouse=True)
def people(live_server: LiveServer) -> None:
    def fill() -> None:
        with live_server.session() as session:
            cast.owner(session)
            cast.film_case(session)
            session.commit()

    in_a_thread(fill)


@contextmanager
def profile(browser: Browser, folder: Path, url: str) -> Iterator[BrowserContext]:
    """Start Chromium with a profile on the disk, as somebody's own browser has one."""
    arguments = [*chromium.ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else chromium.ARGUMENTS
    context = browser.browser_type.launch_persistent_context(
        folder,
        executable_path=chromium._program(),
        args=arguments,
        base_url=url,
        timezone_id="UTC",
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    try:
        yield context
    finally:
        # One that was killed is closed already.
        with suppress(PlaywrightError):
            context.close()


def kill(folder: Path) -> None:
    """End the browser of a profile as a crash does."""
    mine = [
        int(each.name)
        for each in Path("/proc").iterdir()
        if each.name.isdigit() and str(folder).encode() in _command_of(each)
    ]
    assert mine
    for number in mine:
        os.kill(number, signal.SIGKILL)


def _command_of(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


def sign_in(page: Page) -> None:
    page.get_by_label("Name").fill("Ingrid")
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()


def paste(page: Page) -> None:
    page.locator("#text").fill(TRAIN)
    page.get_by_role("button", name="Read the text").click()
    expect(page.locator("#marked-text")).to_be_visible()
    # The page goes to the first open fact by itself; keys before that would go elsewhere.
    expect(page.locator("#marked-text a:focus")).to_have_count(1)


def _keeps(words: str) -> Callable[[Response], bool]:
    """Tell the answer to the request that keeps a draft with these words."""

    def keeps(answer: Response) -> bool:
        sent = answer.request.post_data or ""
        return answer.url.endswith("/sightings/draft/changes") and words in sent.replace("+", " ")

    return keeps


def test_decisions_on_a_text_survive_a_killed_browser(
    browser: Browser, live_server: LiveServer, tmp_path: Path
) -> None:
    with profile(browser, tmp_path, live_server.url) as context:
        page = context.pages[0]
        page.goto("/sign-in?next=/sightings/new")
        sign_in(page)
        paste(page)
        page.get_by_role("link", name=re.compile("^Stranda")).focus()
        page.keyboard.press("d")
        with page.expect_response(_keeps("the road")):
            page.get_by_label("Note").fill("Seen from the road.")
        expect(page.locator("#draft-says")).to_have_text(KEPT)
        # Chromium writes to the disk a few seconds later; the account has it already.
        expect(page.locator("#draft-says")).to_contain_text("in your account")
        kill(tmp_path)
    with profile(browser, tmp_path, live_server.url) as context:
        page = context.pages[0]
        page.goto("/sightings/new")
        if (way_back := page.get_by_role("link", name="Sign in to save")).is_visible():
            # The crash was quicker than the browser, which writes its session down every half minute.
            way_back.click()
            sign_in(page)
        expect(page.locator("#draft-bar")).to_have_text(re.compile(BACK.pattern))
        expect(page.get_by_label("Note")).to_have_value("Seen from the road.")
        expect(page.get_by_role("link", name=re.compile("^Stranda.*left out"))).to_be_visible()
        expect(page.locator("#save-entries")).to_have_text("Save 1 entry")
        page.locator("#save-entries").click()
        expect(page).to_have_url(re.compile(r"/sightings/\d+$"))
        page.goto("/sightings/new")
        expect(page.locator("#text")).to_be_focused()
        expect(page.locator("#draft-bar")).to_be_hidden()


def test_what_was_typed_signed_out_is_there_after_signing_in(pages: chromium.Pages) -> None:
    page = pages.open()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.goto("/sightings/new")
    page.get_by_role("button", name="Just type").click()
    page.get_by_label("Film or series").fill("Inception")
    page.get_by_label("Place", exact=True).fill("Rauma, Norway")
    expect(page.locator("#candidates input:checked")).to_have_count(1)
    page.get_by_label("When, as you would say it").fill("summer 2009")
    page.get_by_label("Note").fill("A train on the bridge.")
    page.get_by_role("link", name="Sign in to save").click()
    assert not [url for url in sent if "/sightings/draft" in url]
    sign_in(page)
    expect(page.locator("#draft-bar")).to_have_text(re.compile(BACK.pattern))
    expect(page.get_by_label("Film or series")).to_have_value("Inception")
    expect(page.get_by_label("Note")).to_have_value("A train on the bridge.")
    expect(page.locator("#candidates input:checked")).to_have_count(1)
    expect(page.locator("#when-means")).to_contain_text("Means:")
    page.get_by_role("main").get_by_role("button", name="Save", exact=True).last.click()
    expect(page).to_have_url(re.compile(r"/sightings/\d+$"))


def test_starting_fresh_can_be_taken_back(pages: chromium.Pages) -> None:
    page = pages.open()
    page.goto("/sign-in?next=/sightings/new")
    sign_in(page)
    page.get_by_role("button", name="Just type").click()
    page.get_by_label("Film or series").fill("Inception")
    expect(page.locator("#draft-says")).to_contain_text("in your account")
    page.goto("/sightings/new")
    page.get_by_role("button", name="Start fresh instead").click()
    expect(page.get_by_label("Film or series")).to_have_value("")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("Film or series")).to_have_value("Inception")
    page.reload()
    expect(page.get_by_label("Film or series")).to_have_value("Inception")
    assert chromium.axe_violations(page) == []


def test_of_two_tabs_the_newer_wins_and_the_other_is_told(pages: chromium.Pages) -> None:
    page = pages.open()
    page.goto("/sign-in?next=/sightings/new")
    sign_in(page)
    page.get_by_role("button", name="Just type").click()
    page.get_by_label("Film or series").fill("Inception")
    expect(page.locator("#draft-says")).to_contain_text("in your account")
    other = page.context.new_page()
    other.goto("/sightings/new")
    expect(other.get_by_label("Film or series")).to_have_value("Inception")
    other.get_by_label("Film or series").fill("Dune")
    bar = page.locator("#draft-bar")
    expect(bar).to_contain_text("Another tab saved a newer draft")
    expect(page.get_by_label("Film or series")).to_have_value("Inception")
    bar.get_by_role("button", name="Take that one over").click()
    expect(page.get_by_label("Film or series")).to_have_value("Dune")
