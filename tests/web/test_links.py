"""No link and no form of any page leads to something that is not there."""

from __future__ import annotations

from contextlib import closing
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask

from tests.cast import film, film_case, moderator, place, say, shoot, source
from tests.web.reading import Page
from tests.web.visitors import Visitor, signed_in
from tracker.extensions import db
from tracker.places.models import Privacy

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
BESIDES = ("/sign-up", "/map?bbox=0,50,20,70&zoom=6", "/search?q=Rauma", "/search?q=zzz", "/nothing-here")


@pytest.fixture
def record(app: Flask) -> None:
    """The film case, a film without shoots, and places of every privacy."""
    with app.app_context():
        moderator(db.session)
        film_case(db.session)
        film(db.session, "A Film That Nobody Saw", year=None)
        home = film(db.session, "Home")
        for privacy in Privacy:
            where = place(db.session, f"{privacy.value} place", 62.5, 7.5, privacy=privacy, country="NO")
            say(db.session, source(db.session, f"Report on {privacy.value}"), shoot(db.session, home, where))
        shoot(db.session, home, place(db.session, "Nowhere yet"))
        db.session.commit()


def crawl(visitor: Visitor) -> tuple[dict[str, int], dict[str, Page], list[tuple[str, str]]]:
    """Follow every link from the home page: status by address, pages by address, and who links where."""
    waiting, seen = ["/", *BESIDES], set[str]()
    statuses: dict[str, int] = {}
    pages: dict[str, Page] = {}
    links: list[tuple[str, str]] = []
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        with closing(visitor.get(address)) as answer:
            statuses[address] = answer.status_code
            if answer.status_code in (301, 302, 303):
                waiting.append(urlsplit(answer.headers["Location"])._replace(scheme="", netloc="").geturl())
                continue
            if answer.mimetype != "text/html":
                continue
            pages[address] = page = Page(answer.text)
        for link in (*page.links, *page.assets):
            target = urljoin(address, link)
            if urlsplit(target).netloc or urlsplit(target).scheme or not target.startswith("/"):
                continue
            links.append((address, target))
            path = target.partition("#")[0]
            # The map's data needs a view, which its own tests give.
            if path == "/map/cells.json":
                continue
            if not path.startswith("/static/vendor/"):
                waiting.append(path)
    return statuses, pages, links


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("who", ["a visitor", "a moderator"])
def test_no_link_is_broken(app: Flask, who: str) -> None:
    visitor = Visitor(app) if who == "a visitor" else signed_in(app, "Solveig")
    statuses, pages, links = crawl(visitor)
    broken = {
        address: status
        for address, status in statuses.items()
        if status not in (200, 301, 302, 303) and address != "/nothing-here"
    }
    assert broken == {}
    assert statuses["/nothing-here"] == 404
    assert len(pages) > 60
    anchors = [
        (source_address, target)
        for source_address, target in links
        if (path := target.partition("#")[0]) in pages
        and (anchor := target.partition("#")[2])
        and not anchor.startswith("map=")
        and anchor not in pages[path].ids
    ]
    assert anchors == []


@pytest.mark.usefixtures("record")
def test_every_page_has_one_title_one_heading_and_no_id_twice(app: Flask) -> None:
    _, pages, _ = crawl(Visitor(app))
    for address, page in pages.items():
        assert page.tags.count("h1") == 1, address
        assert page.tags.count("title") == 1, address
        assert len(page.ids) == len(set(page.ids)), address
        assert page.html.count("Shot Here</title>") == 1, address
