"""The history as everybody may read it: in words, in pages, and without what is kept back."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, update

from tests.cast import film, film_case, moderator, owner, place, say, shoot, source
from tests.web.reading import Page, read
from tracker.accounts.models import User
from tracker.extensions import db
from tracker.foundation.dates import parse_period
from tracker.history.models import Change
from tracker.history.recording import change
from tracker.places.models import Place, PlaceKind, Privacy
from tracker.places.privacy import publish
from tracker.productions.models import Shoot
from tracker.sightings.operations import SightingDraft, submit
from tracker.sources.models import Source, SourceKind

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


def edit(app: Flask, comment: str, *, number: int = 1, by: str | None = None, **fields: object) -> int:
    """Change a shoot's fields; answer the number of the change."""
    with app.app_context():
        author = db.session.query(User).filter_by(name=by).one() if by else None
        with change(db.session, by=author, comment=comment) as opened:
            for name, value in fields.items():
                setattr(db.session.get_one(Shoot, number), name, value)
        db.session.commit()
        return opened.id


@pytest.fixture
def record(app: Flask) -> None:
    """One film, shot at one airport, and a moderator; changes 1 to 3."""
    with app.app_context():
        moderator(db.session)
        airport = place(db.session, "Prague Airport", 50.1, 14.26, kind=PlaceKind.AIRPORT, country="CZ")
        shoot(db.session, film(db.session, "Casino Royale", year=2006), airport)
        db.session.commit()


@pytest.mark.usefixtures("record")
def test_a_change_tells_who_why_and_each_field_before_and_after(app: Flask, client: FlaskClient) -> None:
    number = edit(app, "From the credits", by="Solveig", story_place="Miami airport")
    edit(app, "Spelled right", by="Solveig", story_place="Miami Airport", interior_exterior="EXT")
    page = read(client, "/changes")
    newest, before, *_ = (entry.split("</li>")[0] for entry in page.html.split('<li class="change">')[1:])
    assert Page(newest).words.replace("Change ", "").startswith(f"{number + 1} Solveig")
    assert (
        "Spelled right Shoot changed: Casino Royale at Prague Airport "
        "Plays Before: Miami airport After: Miami Airport Inside or outside Before: nothing After: EXT"
    ) in Page(newest).words
    assert "Plays Before: nothing After: Miami airport" in Page(before).words
    assert f"/changes/{number}" in Page(before).links
    assert "/productions/casino-royale#shoot-1" in Page(before).links


@pytest.mark.usefixtures("record")
def test_the_time_is_utc_for_people_and_machines(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        db.session.execute(update(Change).values(made_at=Change.made_at))
        made = db.session.get_one(Change, 1).made_at
    page = read(client, "/changes/1")
    assert f'datetime="{made:%Y-%m-%dT%H:%M:%SZ}"' in page.html
    assert f"{made.day} {made:%b %Y, %H:%M} UTC" in page.words


@pytest.mark.usefixtures("record")
def test_what_nobody_signed_was_done_by_the_installation(client: FlaskClient) -> None:
    assert "By The installation" in read(client, "/changes/1").words


@pytest.mark.usefixtures("record")
def test_the_page_of_a_change_shows_every_field_of_an_added_row(client: FlaskClient) -> None:
    words = read(client, "/changes/1").words
    for field in (
        "Place added: Prague Airport",
        "Name Prague Airport",
        "Kind airport",
        "Country Czechia",
        "Latitude 50.100",
        "Longitude 14.260",
        "Privacy open",
    ):
        assert field in words


@pytest.mark.usefixtures("record")
def test_dates_read_as_phrases_not_as_columns(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        report = source(db.session, "A book", SourceKind.BOOK)
        say(db.session, report, db.session.get_one(Shoot, 1), start="2006-03", end="2006-04~")
        db.session.commit()
    page = read(client, "/changes")
    assert "Began Before: nothing After: Mar 2006" in page.words
    assert "Ended Before: nothing After: c. Apr 2006" in page.words
    assert "edtf" not in page.html
    assert "Citation added: A book, for Casino Royale at Prague Airport" in page.words


def test_a_film_and_a_place_have_their_own_history(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        one, other = film(db.session, "One"), film(db.session, "Other")
        here, there = place(db.session, "Here", 1, 1), place(db.session, "There", 2, 2)
        shoot(db.session, one, here)
        shoot(db.session, other, there)
        db.session.commit()
    numbers = r'class="change-number" href="/changes/(\d+)"'
    assert re.findall(numbers, read(client, "/changes").flat) == ["6", "5", "4", "3", "2", "1"]
    assert re.findall(numbers, read(client, "/changes?production=one").flat) == ["5", "1"]
    assert re.findall(numbers, read(client, "/changes?place=2").flat) == ["6", "4"]
    page = read(client, "/changes?place=2")
    assert "Changes of There" in page.words
    assert "/places/2-there" in page.links


@SQLITE
@pytest.mark.parametrize(
    ("query", "status", "named"),
    [
        ("production=no-such-film", 404, "no-such-film"),
        ("place=77", 404, "77"),
        ("place=x", 400, "&#39;x&#39;"),
        ("place=99999999999999999999", 400, "99999999999"),
        ("before=yesterday", 400, "yesterday"),
        ("before=-1", 400, "-1"),
    ],
)
def test_a_filter_that_means_nothing_is_refused_by_name(
    client: FlaskClient, query: str, status: int, named: str
) -> None:
    answer = client.get(f"/changes?{query}")
    assert (answer.status_code, named in answer.text) == (status, True)


@SQLITE
@pytest.mark.parametrize("number", ["0", "7", "99999999999999999999"])
def test_a_change_that_is_not_there_is_said_to_be_so(client: FlaskClient, number: str) -> None:
    assert client.get(f"/changes/{number}").status_code == 404


@SQLITE
def test_pages_hold_every_change_once(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        for step in range(93):
            film(db.session, f"Film {step}")
        db.session.commit()
    address, seen = "/changes", []
    for _ in range(5):
        page = read(client, address)
        seen += re.findall(r'class="change-number" href="/changes/(\d+)"', page.flat)
        older = [link for link in page.links if "before=" in link]
        if not older:
            break
        address = older[0]
    assert [int(number) for number in seen] == list(range(93, 0, -1))


@SQLITE
def test_a_huge_change_costs_the_list_no_more_than_a_small_one(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        with change(db.session, by=None, comment="Import a table"):
            for step in range(150):
                film(db.session, f"Film {step}")
        db.session.commit()
    page = read(client, "/changes")
    assert page.html.count('class="change-row"') == 6
    assert "All that change 1 wrote" in page.words
    assert len(page.html) < 20_000
    address, rows = "/changes/1", 0
    for _ in range(9):
        page = read(client, address)
        rows += page.html.count('class="change-row"')
        more = [link for link in page.links if "after=" in link]
        if not more:
            break
        address = more[0]
    assert rows == 300  # each film with its official title


@SQLITE
def test_the_number_of_statements_does_not_grow_with_the_list(app: Flask, client: FlaskClient) -> None:
    def statements(address: str) -> int:
        counted: list[str] = []
        with app.app_context():
            engine = db.engine
        listener = lambda *arguments: counted.append(arguments[2])  # noqa: E731
        event.listen(engine, "before_cursor_execute", listener)
        try:
            read(client, address)
        finally:
            event.remove(engine, "before_cursor_execute", listener)
        return len(counted)

    with app.app_context():
        film_case(db.session)
        db.session.commit()
    addresses = ("/", "/changes", "/productions", "/map", "/search?q=film", "/sources/1")
    before = {address: statements(address) for address in addresses}
    with app.app_context():
        for step in range(12):
            where = place(db.session, f"Film town {step}", 10 + step, 20)
            one = shoot(db.session, film(db.session, f"Film {step}"), where)
            say(db.session, source(db.session, f"Report {step}"), one)
        db.session.commit()
    after = {address: statements(address) for address in addresses}
    assert {a: after[a] - before[a] for a in addresses if after[a] > before[a] + 3} == {}
    assert max(after.values()) <= 20


def hide(app: Flask, privacy: Privacy) -> None:
    """Make the first place obscured or private, as a moderator would."""
    with app.app_context():
        with change(db.session, by=None, comment="Hide the home at 12 Elm Street"):
            home = db.session.get_one(Place, 1)
            home.privacy = privacy
            publish(home)
        db.session.commit()


@pytest.mark.parametrize("privacy", [Privacy.OBSCURED, Privacy.PRIVATE])
def test_the_past_of_a_hidden_place_is_hidden_too(app: Flask, client: FlaskClient, privacy: Privacy) -> None:
    with app.app_context():
        home = place(
            db.session,
            "Elm cottage",
            62.567891,
            7.687654,
            kind=PlaceKind.BUILDING,
            country="NO",
            municipality="Rauma",
            provider="contributor",
        )
        shoot(db.session, film(db.session, "A Film"), home)
        with change(db.session, by=None, comment="Moved 12 Elm Street a little"):
            home.lat, home.lon = 62.567895, 7.687659
            publish(home)
        db.session.commit()
    pages = ["/", "/changes", "/changes?place=1", "/changes?production=a-film"]
    pages += [f"/changes/{number}" for number in range(1, 5)]
    assert any("62.568" in client.get(page).text for page in pages)
    hide(app, privacy)
    pages.append("/changes/5")
    for page in pages:
        answer = client.get(page).text
        assert not [digits for digits in ("62.56", "7.68") if digits in answer], page
        assert "Moved 12" not in answer
        assert "Hide the home" not in answer
        if privacy is Privacy.PRIVATE:
            assert "Elm" not in answer, page
    assert "The comment is not shown" in client.get("/changes/5").text
    assert f"Privacy Before: open After: {privacy.value}" in read(client, "/changes/5").words


@SQLITE
def test_what_spoils_a_film_stays_out_of_the_history_until_it_is_out(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        late = film(db.session, "Late Film", year=2199)
        one = shoot(db.session, late, place(db.session, "Set", 1, 1))
        with change(db.session, by=None, comment="Tell the end"):
            one.scene, one.story_place, one.spoiler = "The butler did it", "The grave", 2
        say(db.session, source(db.session, "A leak"), one, quote="it was the butler", note="butler again")
        db.session.commit()
        number = one.production_id
    for page in ("/", "/changes", "/places/1-set", "/sources/1", "/changes/4", "/changes/6"):
        answer = client.get(page).text
        assert "butler" not in answer, page
        assert "The grave" not in answer, page
    with app.app_context():
        with change(db.session, by=None, comment="It is out"):
            db.session.get_one(type(late), number).year = 2001
        db.session.commit()
    assert "The butler did it" in client.get("/changes/4").text


@SQLITE
def test_a_sighting_on_its_way_to_the_desk_is_no_part_of_the_history(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        period = parse_period("5 Oct 2020")
        draft = SightingDraft(production_title="A Film", place_text="12 Elm Street", period=period)
        submit(db.session, draft, by=owner(db.session))
        db.session.commit()
        assert db.session.query(Change).one().comment == "Sent in a sighting: A Film, 12 Elm Street"
    assert "Elm" not in client.get("/changes").text
    assert client.get("/changes/1").status_code == 404


@SQLITE
def test_an_empty_history_says_what_to_do(client: FlaskClient) -> None:
    page = read(client, "/changes")
    assert "No change so far." in page.words
    assert "/sightings/new" in page.links


@SQLITE
def test_a_source_shows_its_citations_its_repeats_and_its_own_history(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        case = film_case(db.session)
        db.session.commit()
        address = f"/sources/{case.post.id}"
        article = db.session.query(Source).filter_by(title="NME, by way of Myspace").one().id
    page = read(client, address)
    assert "Official: it speaks for those who made or allowed the film." in page.words
    assert "Published by 5 Oct 2020" in page.words
    assert page.rows[1][1:] == [
        "Rauma",
        "supports; implies it wrapped",
        "start unknown, ended by 5 Oct 2020",
        "Thanks Rauma municipality; does not say that work was done there.",
    ]
    assert f"/sources/{article}" in page.links
    assert (
        'href="https://social.example/mcquarrie/1" rel="external nofollow ugc noopener noreferrer"'
        in page.flat
    )
    assert "Rome after Rauma : the director’s post says Rome is next" in page.words
    assert page.html.count('class="change-row"') == 1
    repeat = read(client, f"/sources/{article}")
    assert "Repeats another source, and counts as that one." in repeat.words
    assert address in repeat.links


@SQLITE
@pytest.mark.parametrize("number", ["0", "7", "99999999999999999999"])
def test_a_source_that_is_not_there_is_said_to_be_so(client: FlaskClient, number: str) -> None:
    assert client.get(f"/sources/{number}").status_code == 404
