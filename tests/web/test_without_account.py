"""Without an account: notes, flags and requests for removal, with plain pages and no scripts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import PASSWORD, film, moderator, owner, place, shoot, stranger
from tests.serving import application
from tests.web.answering import right_answer, sent, wrong_answer
from tests.web.visitors import Visitor, errors_in, seen, signed_in, value_of
from tracker.accounts.models import Role
from tracker.accounts.operations import sign_up
from tracker.config import Settings
from tracker.extensions import db
from tracker.places.models import Place, PlaceKind, Privacy
from tracker.sightings.flags import Flag
from tracker.sightings.models import Sighting
from tracker.sightings.notes import Note, NoteState
from tracker.sightings.removals import Removal

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
NOTE = {"title": "The Train", "place": "Åndalsnes", "when": "2020", "note": "A crane by the river"}


@pytest.fixture
def cast(app: Flask) -> Flask:
    with app.app_context():
        owner(db.session), stranger(db.session), moderator(db.session)
        sign_up(db.session, name="Second", password=PASSWORD, role=Role.MODERATOR)
        there = place(
            db.session,
            "Weir café",
            62.56731,
            7.68713,
            country="NO",
            kind=PlaceKind.BUILDING,
            municipality="Rauma",
        )
        shoot(db.session, film(db.session, "The Train"), there)
        db.session.commit()
    return app


def count(app: Flask, table: type[Note] | type[Flag] | type[Removal]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_note_becomes_a_sighting_and_its_sender_follows_it_by_a_secret_link(cast: Flask) -> None:
    visitor, ingrid = Visitor(cast), signed_in(cast, "Ingrid")
    answer = sent(visitor, "/notes/new?page=/productions/the-train", **NOTE)
    assert answer.status_code == 303
    link = answer.headers["Location"]
    page = visitor.get(link)
    assert "Waits for a contributor" in seen(page)
    assert (page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    # Nothing of it is anywhere else.
    for address in ("/", "/changes", "/productions/the-train", "/search?q=crane"):
        assert "crane by" not in visitor.get(address).text
    assert visitor.get("/notes").status_code == 303

    assert "The Train" in seen(ingrid.get("/notes"))
    assert ingrid.post("/notes/1/decision", action="take").status_code == 303
    assert "A contributor is looking into it" in seen(visitor.get(link))
    assert "Ingrid" in seen(ingrid.get("/notes?state=taken"))
    form = ingrid.get("/sightings/new?note=1")
    assert [value_of(form, name) for name in ("title", "place", "when", "note")] == list(NOTE.values())
    fields = {
        **NOTE,
        "status": "confirmed",
        "candidate": "no-pin",
        "offered_for": "Åndalsnes",
        "shown_when": "2020",
    }
    saved = ingrid.post("/sightings/new?note=1", **fields)
    assert (saved.status_code, saved.headers["Location"]) == (303, "/sightings/1")
    assert "Turned into a sighting" in seen(visitor.get(link))
    assert "No note is here" in seen(ingrid.get("/notes"))
    with cast.app_context():
        note = db.session.get_one(Note, 1)
        assert (note.state, note.sighting_id, db.session.get_one(Sighting, 1).note) == (
            NoteState.TURNED,
            1,
            NOTE["note"],
        )


def test_a_note_is_closed_with_a_reason_that_its_sender_reads(cast: Flask) -> None:
    visitor, ingrid = Visitor(cast), signed_in(cast, "Ingrid")
    link = sent(visitor, "/notes/new", **NOTE).headers["Location"]
    refused = ingrid.post("/notes/1/decision", action="close", reason=" ")
    assert (refused.status_code, errors_in(refused)) == (
        422,
        ["Say in a sentence why, so that its sender can follow it."],
    )
    assert ingrid.post("/notes/1/decision", action="close", reason="That was a fair.").status_code == 303
    assert "That was a fair." in seen(visitor.get(link))
    assert ingrid.post("/notes/1/decision", action="close", reason="Again").status_code == 409


def test_the_sighting_form_of_a_visitor_is_a_note_and_keeps_what_was_typed(cast: Flask) -> None:
    visitor = Visitor(cast)
    page = visitor.get("/sightings/new?production=the-train")
    assert value_of(page, "title") == "The Train"
    assert "Send it as a note instead" in page.text
    posted = visitor.client.post(
        "/sightings/new", data={"csrf_token": visitor.token(), **NOTE, "as_note": "1"}, follow_redirects=True
    )
    assert (posted.status_code, errors_in(posted)) == (200, [])
    assert [value_of(posted, name) for name in NOTE] == list(NOTE.values())
    assert count(cast, Note) == 0


def test_a_wrong_answer_an_old_question_and_a_filled_trap_save_nothing(cast: Flask) -> None:
    visitor = Visitor(cast)
    page = visitor.get("/notes/new")
    asked = value_of(page, "asked")
    wrong = visitor.post("/notes/new", **NOTE, asked=asked, answer=wrong_answer(page))
    assert wrong.status_code == 422
    assert "Here is another question" in errors_in(wrong)[0]
    assert value_of(wrong, "note") == NOTE["note"]
    assert value_of(wrong, "asked") != asked
    for more in ({"asked": asked}, {"asked": "forged", "answer": "Norway"}, {}):
        assert visitor.post("/notes/new", **NOTE, **more).status_code == 422
    trapped = visitor.post(
        "/notes/new", **NOTE, asked=asked, answer=right_answer(page), website="https://spam.example"
    )
    assert "only machines fill it in" in trapped.text
    assert count(cast, Note) == 0
    assert visitor.post("/notes/new", **NOTE, asked=asked, answer=right_answer(page)).status_code == 303
    assert count(cast, Note) == 1


def test_a_browser_without_cookies_is_told_so(cast: Flask) -> None:
    client = cast.test_client(use_cookies=False)
    for address in ("/notes/new", "/flags/new", "/removals/new"):
        answer = client.post(address, data={"csrf_token": "any", **NOTE})
        assert answer.status_code == 400
        assert "Your browser sent no cookie" in seen(answer)


def test_a_flag_reaches_the_moderators_and_is_closed_with_words(cast: Flask) -> None:
    visitor, solveig = Visitor(cast), signed_in(cast, "Solveig")
    assert 'href="/flags/new?page=/places"' in visitor.get("/places").text
    answer = sent(visitor, "/flags/new?page=/places/1-weir-cafe", reason="privacy", words="My aunt")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/places/1-weir-cafe")
    refused = sent(visitor, "/flags/new?page=/places", reason="other")
    assert errors_in(refused) == ["Say in a sentence what is wrong."]
    # A flag leads nobody away from here.
    away = sent(visitor, "/flags/new?page=//evil.example/x", reason="spam")
    assert away.headers["Location"] == "/"
    page = seen(solveig.get("/moderation/flags"))
    assert page.index("/places/1-weir-cafe") < page.index("advertising or nonsense ·")
    assert solveig.post("/moderation/flags/1", outcome="").status_code == 422
    assert solveig.post("/moderation/flags/1", outcome="Hidden.").status_code == 303
    assert solveig.post("/moderation/flags/1", outcome="Again").status_code == 409
    assert "My aunt" not in seen(solveig.get("/moderation/flags"))


def test_a_resident_asks_and_the_place_is_a_cell_at_once_then_its_history_is_blank(cast: Flask) -> None:
    visitor, solveig = Visitor(cast), signed_in(cast, "Solveig")
    assert "62.567" in visitor.get("/places/1-weir-cafe").text
    answer = sent(
        visitor,
        "/removals/new?page=/places/1-weir-cafe",
        about="place",
        asker="resident",
        words="I live above it.",
        contact="anna@example.org",
    )
    assert answer.status_code == 303
    link = answer.headers["Location"]
    told = seen(visitor.get(link))
    assert "It is decided by" in told
    assert "in 6 days 23 hours at the latest" in told
    for page in ("/places/1-weir-cafe", "/places/1-weir-cafe.geojson", "/productions/the-train.geojson"):
        assert "62.567" not in visitor.get(page).text, page
    assert "A grid cell, not a pin" in seen(visitor.get("/places/1-weir-cafe"))
    assert "anna@example.org" not in visitor.get(link).text
    desk = seen(solveig.get("/moderation/removals"))
    assert "I live above it." in desk
    assert "anna@example.org" in desk
    granted = solveig.post("/moderation/removals/1", action="grant", words="Of course.", name="A café")
    assert granted.status_code == 303
    assert "Of course." in seen(visitor.get(link))
    old = visitor.get("/places/1-weir-cafe")
    assert (old.status_code, old.headers["Location"]) == (301, "/places/1-a-cafe")
    history = visitor.get("/changes?place=1").text
    assert "Weir" not in history
    assert "Redacted by Solveig" in history
    assert "62.567" not in history


def test_a_refusal_takes_two_and_no_edit_or_revert_goes_around_it(cast: Flask) -> None:
    visitor, solveig, second = Visitor(cast), signed_in(cast, "Solveig"), signed_in(cast, "Second")
    ask = {"about": "place", "asker": "owner", "words": "It is mine."}
    link = sent(visitor, "/removals/new?page=/places/1-weir-cafe", **ask).headers["Location"]
    again = sent(visitor, "/removals/new?page=/places/1-weir-cafe", **ask)
    assert (again.status_code, count(cast, Removal)) == (409, 1)
    with cast.app_context():
        where = db.session.get_one(Place, 1)
        edit = {"version": str(where.version), "name": "Weir café", "kind": "building", "country": "NO"}
        hidden_by = db.session.scalar(select(func.max(Removal.id)))
    assert hidden_by == 1
    form = solveig.get("/places/1/edit")
    fields = {name: value_of(form, name) for name in ("version", "name", "municipality", "lat", "lon")}
    opened = solveig.post("/places/1/edit", **{**edit, **fields, "privacy": "open", "shape": "point"})
    assert opened.status_code in (409, 422), seen(opened)
    last = max(
        int(n) for n in __import__("re").findall(r"/changes/(\d+)", solveig.get("/changes?place=1").text)
    )
    solveig.post(f"/changes/{last}/revert", comment="Back")
    with cast.app_context():
        assert db.session.get_one(Place, 1).privacy is Privacy.OBSCURED
    assert solveig.post("/moderation/removals/1", action="refuse", words="A café.").status_code == 303
    assert "A second one has to agree" in seen(visitor.get(link))
    assert solveig.post("/moderation/removals/1", action="confirm").status_code == 403
    with cast.app_context():
        assert db.session.get_one(Place, 1).privacy is Privacy.OBSCURED
    assert second.post("/moderation/removals/1", action="confirm").status_code == 303
    assert "62.567" in visitor.get("/places/1-weir-cafe").text
    assert "Refused by two moderators" in seen(visitor.get(link))


def test_contributors_and_visitors_do_not_see_the_desks(cast: Flask) -> None:
    ingrid = signed_in(cast, "Ingrid")
    for address in ("/moderation/removals", "/moderation/flags"):
        assert ingrid.get(address).status_code == 403
        assert Visitor(cast).get(address).status_code == 303


@pytest.fixture
def limited(settings: Settings) -> Iterator[Flask]:
    with application(replace(settings, limits=True, removals_hidden_per_hour=1)) as (app, _):
        yield app


def test_one_network_may_send_so_many_and_beyond_the_cap_an_alarm_stands_on_the_desk(limited: Flask) -> None:
    with limited.app_context():
        moderator(db.session)
        for number in range(2):
            place(db.session, f"Quarry {number}", 60.0 + number, 7.0, kind=PlaceKind.QUARRY)
        db.session.commit()
    visitor, solveig = Visitor(limited), signed_in(limited, "Solveig")
    ask = {"about": "place", "asker": "other", "words": "Away."}
    for number in (1, 2):
        assert sent(visitor, f"/removals/new?page=/places/{number}-x", **ask).status_code == 303
    assert "1 place waits to be obscured" in seen(solveig.get("/moderation/removals"))
    assert solveig.post("/moderation/removals/2", action="hide").status_code == 303
    assert "waits to be obscured" not in seen(solveig.get("/moderation/removals"))
    codes = {sent(visitor, "/removals/new?page=/places/1-x", **ask).status_code for _ in range(6)}
    assert codes == {409, 429}
