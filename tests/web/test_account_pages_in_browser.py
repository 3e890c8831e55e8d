"""The pages of accounts in a browser: accessible at both widths, light and dark; watching without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD, film_case, owner
from tests.chromium import DESKTOP, PHONE, Pages, axe_violations, scrolls_sideways
from tests.serving import LiveServer, in_a_thread
from tracker.accounts.models import Role
from tracker.accounts.operations import sign_up
from tracker.accounts.resets import reset_link
from tracker.accounts.standing import suspend

pytestmark = pytest.mark.browser
FILM = "/productions/mission-impossible-dead-reckoning-part-one"


@pytest.fixture
def link(live_server: LiveServer) -> str:
    """Sign up Ingrid, an admin and somebody who is suspended; answer a link for a new password."""

    def fill() -> str:
        with live_server.session() as session:
            film_case(session)
            ingrid = owner(session)
            admin = sign_up(session, name="Admin", password=PASSWORD, role=Role.ADMIN)
            suspend(session, sign_up(session, name="Loki", password=PASSWORD), by=admin, reason="Adds homes.")
            session.commit()
            key = live_server.app.config["SETTINGS"].secret_key
            return f"/sign-in/new-password/{reset_link(ingrid, key=key)}"

    return in_a_thread(fill)


def sign_in(page: Page, name: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def wrong_with(page: Page, addresses: list[str], how: str) -> list[str]:
    found = []
    for address in addresses:
        page.goto(address)
        found += [f"{how} {address}: {violation}" for violation in axe_violations(page)]
        if scrolls_sideways(page):
            found.append(f"{how} {address}: scrolls sideways")
    return found


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_every_page_of_accounts_is_accessible(
    pages: Pages, link: str, size: tuple[int, int], dark: bool
) -> None:
    found = wrong_with(pages.open(size=size, dark=dark), ["/sign-in/lost", "/users/Ingrid", link], "anybody")
    who = {
        "Ingrid": [
            "/account",
            "/account/watching",
            "/account/email",
            "/account/password",
            "/account/deletion",
        ],
        "Loki": ["/account"],
        "Admin": ["/admin/accounts", "/admin/accounts/Loki", "/admin/accounts/Ingrid"],
    }
    for name, addresses in who.items():
        page = pages.open(size=size, dark=dark)
        sign_in(page, name)
        if name == "Ingrid":
            page.goto(FILM)
            page.get_by_role("button", name="Watch").click()
            page.goto("/account/watching")
            page.get_by_role("button", name="Make a feed").click()
        found += wrong_with(page, addresses, name)
    assert found == []


def test_a_film_is_watched_without_scripts(pages: Pages, link: str) -> None:
    page = pages.open(javascript=False)
    sign_in(page, "Ingrid")
    page.goto(FILM)
    page.get_by_role("button", name="Watch").click()
    page.get_by_role("link", name="Watched").click()
    expect(page.get_by_role("main")).to_contain_text("1 watched")
    page.get_by_role("button", name="Stop watching").click()
    expect(page.get_by_role("main")).to_contain_text("You watch nothing yet.")
    assert link
