"""Editing from the pages: saved at once and recorded; when two edit at once, nothing of either is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from threading import Barrier

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.cast import film_case, latest_changes, moderator, owner, stranger
from tests.web.visitors import Visitor, checked_in, errors_in, seen, signed_in, value_of
from tracker.extensions import db
from tracker.history.recording import change
from tracker.productions.models import Grade, Shoot, Unit

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


@pytest.fixture
def rauma(app: Flask) -> Iterator[int]:
    """Mission: Impossible 7 with Ingrid, Marcello and Solveig; the number of its shoot at Rauma."""
    with app.app_context():
        number = film_case(db.session).shoots["Rauma"].id
        owner(db.session), stranger(db.session), moderator(db.session)
        db.session.commit()
    yield number


def fields_of(page: TestResponse) -> dict[str, str]:
    """Answer what a browser would send from the form of the page's main part, as it stands."""
    form = re.search(r'<form class="form (?:edit-form|conflict)".*?</form>', page.text, re.DOTALL)
    assert form, page.text
    sent: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form[0]):
        given = {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if "name" in given and (given.get("type") not in ("radio", "checkbox") or " checked" in tag):
            sent[given["name"]] = given.get("value", "")
    for name, text in re.findall(
        r'<textarea[^>]*\bname="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>', form[0], re.DOTALL
    ):
        sent[name] = unescape(text)
    for name, options in re.findall(r'<select[^>]*\bname="([^"]+)"[^>]*>(.*?)</select>', form[0], re.DOTALL):
        chosen = re.search(r'<option selected value="([^"]*)"', options)
        sent[name] = unescape(chosen[1]) if chosen else ""
    return sent


def send(visitor: Visitor, address: str, page: TestResponse, **typed: str) -> TestResponse:
    """Send the form of a page back with some fields typed over."""
    return visitor.client.post(address, data={**fields_of(page), **typed})


def shoot_at(app: Flask, number: int) -> Shoot:
    with app.app_context():
        return db.session.get_one(Shoot, number)


def test_an_edit_is_saved_with_its_author_and_reason(app: Flask, rauma: int) -> None:
    ingrid = signed_in(app, "Ingrid")
    address = f"/shoots/{rauma}/edit"
    page = ingrid.get(address)
    assert "Dates and status are not typed here." in seen(page)
    answer = send(ingrid, address, page, story_place="Austrian Alps", unit="main", comment="From the credits")
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"/productions/mission-impossible-dead-reckoning-part-one#shoot-{rauma}",
    )
    shoot = shoot_at(app, rauma)
    assert (shoot.story_place, shoot.unit) == ("Austrian Alps", Unit.MAIN)
    with app.app_context():
        newest = latest_changes(db.session)[0]
        assert newest.author is not None
        assert (newest.author.name, newest.comment) == ("Ingrid", "From the credits")
        assert [(r.before, r.after) for r in newest.revisions] == [
            ({"unit": "unknown", "story_place": ""}, {"unit": "main", "story_place": "Austrian Alps"})
        ]


@SQLITE
def test_sending_the_form_unchanged_writes_nothing(app: Flask, rauma: int) -> None:
    ingrid = signed_in(app, "Ingrid")
    before = shoot_at(app, rauma).version
    answer = send(ingrid, f"/shoots/{rauma}/edit", ingrid.get(f"/shoots/{rauma}/edit"))
    assert answer.status_code == 303
    assert shoot_at(app, rauma).version == before


@SQLITE
def test_what_is_too_long_or_no_choice_is_refused_and_kept(app: Flask, rauma: int) -> None:
    ingrid = signed_in(app, "Ingrid")
    address = f"/shoots/{rauma}/edit"
    page = ingrid.get(address)
    answer = send(ingrid, address, page, story_place="x" * 301, scene="A fight", day_night="DUSK")
    assert answer.status_code == 422
    assert "Too long: at most 300 characters are kept." in errors_in(answer)
    assert (value_of(answer, "story_place"), value_of(answer, "scene")) == ("x" * 301, "A fight")
    assert shoot_at(app, rauma).scene == ""


def both_edit(app: Flask, rauma: int) -> tuple[Visitor, str, TestResponse]:
    """Let Ingrid and Marcello open the form; he saves first; answer her, the address, her answer."""
    address = f"/shoots/{rauma}/edit"
    ingrid, marcello = signed_in(app, "Ingrid"), signed_in(app, "Marcello")
    hers, his = ingrid.get(address), marcello.get(address)
    assert send(marcello, address, his, scene="The train, his words", day_night="DAY").status_code == 303
    return (
        ingrid,
        address,
        send(
            ingrid,
            address,
            hers,
            scene="The train, her words",
            story_place="Austrian Alps",
            comment="Seen it",
        ),
    )


def test_a_stale_edit_shows_all_three_versions_and_saves_nothing(app: Flask, rauma: int) -> None:
    with app.app_context(), change(db.session, by=None, comment="Begin"):
        db.session.get_one(Shoot, rauma).scene = "A train"
        db.session.commit()
    _, _, page = both_edit(app, rauma)
    assert page.status_code == 409
    words = seen(page)
    assert "Someone saved before you" in words
    for version in ("A train", "his words", "her words"):
        assert version in words
    assert "Version 5 by Marcello" in words or "by Marcello came" in words
    assert "What the place plays Only you changed it Empty Empty Austrian Alps kept" in words
    assert "Day or night Only Marcello changed it Not known DAY kept Not known" in words
    assert value_of(page, "comment") == "Seen it"
    assert fields_of(page)["scene"] == "The train, her words"
    assert shoot_at(app, rauma).scene == "The train, his words"


@SQLITE
def test_a_clash_needs_a_choice_and_the_rest_merges(app: Flask, rauma: int) -> None:
    ingrid, address, page = both_edit(app, rauma)
    assert checked_in(page, "keep-scene") == ""
    undecided = send(ingrid, address, page)
    assert undecided.status_code == 409
    saved = send(ingrid, address, undecided, **{"keep-scene": "yours"})
    assert saved.status_code == 303
    shoot = shoot_at(app, rauma)
    assert (shoot.scene, shoot.day_night, shoot.story_place) == (
        "The train, her words",
        "DAY",
        "Austrian Alps",
    )


@SQLITE
def test_the_sender_may_drop_hers(app: Flask, rauma: int) -> None:
    ingrid, address, page = both_edit(app, rauma)
    before = shoot_at(app, rauma).version
    answer = send(ingrid, address, page, action="drop")
    assert answer.status_code == 303
    assert (shoot_at(app, rauma).version, shoot_at(app, rauma).scene) == (before, "The train, his words")


@SQLITE
def test_a_second_clash_shows_the_page_again_with_what_is_live_then(app: Flask, rauma: int) -> None:
    ingrid, address, page = both_edit(app, rauma)
    solveig = signed_in(app, "Solveig")
    send(solveig, address, solveig.get(address), scene="The train, third words")
    again = send(ingrid, address, page, **{"keep-scene": "yours"})
    assert again.status_code == 409
    words = seen(again)
    for version in ("third words", "her words", "Austrian Alps"):
        assert version in words
    assert "his words" not in words.split("The latest changes")[0]
    assert checked_in(again, "keep-scene") == "yours"
    assert send(ingrid, address, again, **{"keep-scene": "yours"}).status_code == 303
    assert shoot_at(app, rauma).scene == "The train, her words"


@SQLITE
def test_both_of_two_notes_are_kept_unless_somebody_says_otherwise(app: Flask, rauma: int) -> None:
    address = f"/shoots/{rauma}/edit"
    ingrid, marcello = signed_in(app, "Ingrid"), signed_in(app, "Marcello")
    hers, his = ingrid.get(address), marcello.get(address)
    send(marcello, address, his, note="Thanked: the museum.")
    page = send(ingrid, address, hers, note="Thanked: the municipality.")
    assert checked_in(page, "keep-note") == "both"
    send(ingrid, address, page)
    assert shoot_at(app, rauma).note == "Thanked: the museum.\n\nThanked: the municipality."


@SQLITE
def test_a_version_that_grew_by_a_source_alone_is_no_conflict(app: Flask, rauma: int) -> None:
    address = f"/shoots/{rauma}/edit"
    ingrid = signed_in(app, "Ingrid")
    page = ingrid.get(address)
    with app.app_context():
        with change(db.session, by=None, comment="A better source"):
            db.session.get_one(Shoot, rauma).grade = Grade.A
        db.session.commit()
    assert send(ingrid, address, page, scene="A fight").status_code == 303
    assert shoot_at(app, rauma).scene == "A fight"


@SQLITE
def test_a_damaged_beginning_is_refused(app: Flask, rauma: int) -> None:
    ingrid = signed_in(app, "Ingrid")
    address = f"/shoots/{rauma}/edit"
    for damaged in ("{", "[]", '{"scene": 7}'):
        answer = send(ingrid, address, ingrid.get(address), began=damaged, scene="A fight")
        assert answer.status_code == 400
        assert "The form came back damaged." in seen(answer)


def test_of_two_who_save_at_once_exactly_one_wins(app: Flask, rauma: int) -> None:
    address = f"/shoots/{rauma}/edit"
    ingrid, marcello = signed_in(app, "Ingrid"), signed_in(app, "Marcello")
    hers, his = fields_of(ingrid.get(address)), fields_of(marcello.get(address))
    start = Barrier(2)

    def save(visitor: Visitor, fields: dict[str, str], scene: str) -> int:
        start.wait(timeout=20)
        return visitor.client.post(address, data={**fields, "scene": scene}).status_code

    with ThreadPoolExecutor(2) as threads:
        answers = [
            threads.submit(save, ingrid, hers, "her words"),
            threads.submit(save, marcello, his, "his words"),
        ]
        assert sorted(answer.result(timeout=30) for answer in answers) == [303, 409]
    assert shoot_at(app, rauma).scene in ("her words", "his words")
