"""Text that tries to act, pushed through every field that people fill, into every page and every map."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Dialog

from tests import cast
from tests.chromium import Pages
from tests.serving import LiveServer, in_a_thread
from tracker.foundation.dates import parse_period
from tracker.history.recording import change
from tracker.places.models import PlaceKind
from tracker.productions.evidence import Manner
from tracker.productions.models import TitleKind
from tracker.productions.operations import CitationDraft, add_shoot, add_title, cite
from tracker.sightings.operations import SightingDraft, submit
from tracker.sources.models import SourceKind
from tracker.sources.operations import SourceDraft, find_or_add_source

pytestmark = pytest.mark.browser

HOSTILE = [
    "{{7*7}}",
    "{% for x in range(9) %}9{% endfor %}",
    "${alert(1)}",
    "</script><script>window.hit=1</script>",
    "<img src=x onerror='window.hit=1'>",
    "`${window.hit=1}`",
    "'\"><svg onload=window.hit=1>",
    "{#c#}{%raw%}",
]
ALL = " ".join(HOSTILE)


def _plant(server: LiveServer) -> dict[str, int | str]:
    with server.session() as session:
        user = cast.owner(session)
        cast.moderator(session)
        film = cast.film(session, f"Film {ALL}"[:290])
        where = cast.place(
            session, f"Place {ALL}"[:290], 60.4, 5.3, kind=PlaceKind.TOWN, country="NO", region=ALL
        )
        other = cast.place(session, f"Other {ALL}"[:290], 59.9, 10.7, kind=PlaceKind.TOWN, country="NO")
        with change(session, by=user, comment=ALL):
            add_title(session, film, f"Alias {ALL}"[:290], kind=TitleKind.ALIAS)
            source = find_or_add_source(
                session,
                SourceDraft(
                    kind=SourceKind.OWN_REPORTING,
                    title=f"Source {ALL}"[:290],
                    author=ALL[:290],
                    outlet=ALL[:290],
                    address="https://example.org/'\"><script>window.hit=1</script>",
                    note=ALL,
                ),
            )
            for place, when in ((where, "5 Oct 2020"), (other, "9 Oct 2020")):
                shoot = add_shoot(session, film, place, scene=ALL, note=ALL)
                shoot.story_place = ALL[:290]
                draft = CitationDraft(
                    manner=Manner.STATES,
                    period=parse_period(when),
                    quote=ALL[:300],
                    note=ALL,
                    locator=ALL[:190],
                )
                cite(session, shoot, source, draft)
        sighting = submit(
            session,
            SightingDraft(
                production_title=film.title,
                production=film,
                place_text=ALL,
                period=parse_period("5 Oct 2020"),
                note=ALL,
                address="https://example.org/x'\"><svg/onload=window.hit=1>",
            ),
            by=user,
        )
        session.commit()
        return {"film": film.slug, "place": where.id, "source": source.id, "sighting": sighting.id}


def test_hostile_text_is_shown_as_typed_and_never_acts(pages: Pages, live_server: LiveServer) -> None:
    planted = in_a_thread(lambda: _plant(live_server))
    page = pages.open()
    page.goto("/sign-in")
    page.get_by_label("Name").fill("Solveig")
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    dialogs: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    addresses = [
        "/",
        "/map",
        "/productions",
        f"/productions/{planted['film']}",
        f"/places/{planted['place']}-x",
        f"/sources/{planted['source']}",
        "/search?q=Film",
        "/search?q=%7B%7B7*7%7D%7D%3Cimg%20src%3Dx%20onerror%3Dwindow.hit%3D1%3E",
        "/changes",
        "/changes/1",
        "/changes/2",
        f"/moderation/{planted['sighting']}",
        f"/sightings/{planted['sighting']}",
        f"/sightings/new?production={planted['film']}",
    ]
    shown = 0
    for address in addresses:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        for marker in page.locator(".leaflet-marker-icon[role=button]").all():
            marker.focus()
            page.keyboard.press("Enter")
            page.keyboard.press("Escape")
        text = page.locator("body").inner_text()
        assert page.evaluate("window.hit") is None, address
        assert page.locator("main img[src=x], main svg[onload], .leaflet-container img[src=x]").count() == 0
        shown += "{{7*7}}" in text
        assert not re.search(r"(Film|Place|Source|Alias) 49", text), address
    assert dialogs == []
    # The text did reach the pages: a test that shows nothing proves nothing.
    assert shown >= 10
    for address in (f"/productions/{planted['film']}.geojson", f"/productions/{planted['film']}/route.json"):
        assert "{{7*7}}" in page.request.get(address).text()
