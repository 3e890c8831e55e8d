"""Every page, at both widths, light and dark: no requests outside, errors, violations, sideways scroll."""

from __future__ import annotations

import pytest

from tests.chromium import DESKTOP, PHONE, Pages, axe_violations, scrolls_sideways

pytestmark = pytest.mark.browser

ADDRESSES = [
    "/",
    "/map",
    "/productions",
    "/productions/mission-impossible-dead-reckoning-part-one",
    "/productions/mission-impossible-dead-reckoning-part-one?as_of=2020-10-05",
    "/productions/inception",
    "/places/1-x",
    "/search?q=rauma",
    "/search?q=nothing+of+the+kind",
    "/changes",
    "/changes/1",
    "/changes?kind=shoot",
    "/sources/1",
    "/about/grades",
    "/about/credits",
    "/data",
    "/api/docs",
    "/notes/new",
    "/flags/new?page=/places",
    "/removals/new?page=/productions/inception",
    "/places",
    "/partners",
    "/contradictions",
    "/permits",
    "/sightings/new",
    "/sign-in",
    "/sign-up",
    "/sign-in/lost",
]
LOOKS = [(DESKTOP, False), (DESKTOP, True), (PHONE, False), (PHONE, True)]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_accessible_and_keeps_to_itself(visitors: Pages, address: str) -> None:
    found: list[str] = []
    for size, dark in LOOKS:
        page = visitors.open(size=size, dark=dark)
        page.goto(address)
        page.wait_for_load_state("networkidle")
        how = f"{size[0]} {'dark' if dark else 'light'}"
        found += [f"{how}: {violation}" for violation in axe_violations(page)]
        if scrolls_sideways(page):
            found.append(f"{how}: scrolls sideways")
        page.context.close()
    assert found == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_an_address_that_leads_nowhere_says_so_in_the_same_identity(
    visitors: Pages, size: tuple[int, int]
) -> None:
    visitors.watch.forgive("404")
    page = visitors.open(size=size)
    page.goto("/no/such/page")
    assert axe_violations(page) == []
    assert page.get_by_role("link", name="Shot Here").is_visible()
