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

from tests.cast import film, film_case, latest_changes, moderator, owner, say, source, stranger
from tests.web.visitors import Visitor, checked_in, errors_in, seen, signed_in, value_of
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.history.recording import change
from tracker.productions.models import Grade, Shoot, Unit
from tracker.productions.operations import add_identifier
from tracker.productions.queries import production_by_slug
from tracker.sources.models import Source

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


def send(visitor: Visitor, address: str, page: TestResponse, /, **typed: str) -> TestResponse:
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


FILM = "mission-impossible-dead-reckoning-part-one"


@pytest.mark.usefixtures("rauma")
def test_a_films_titles_numbers_and_release_can_be_edited(app: Flask) -> None:
    ingrid = signed_in(app, "Ingrid")
    address = f"/productions/{FILM}/edit"
    page = ingrid.get(address)
    assert value_of(page, "released") == "2023-07-12"
    answer = send(
        ingrid,
        address,
        page,
        year="2024",
        released="12 July 2023",
        imdb="https://www.imdb.com/title/tt9603212/",
        wikidata="Q83808444",
        title_new1_text="Mission : Impossible 7, partie 1",
        title_new1_language="fr",
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/productions/{FILM}")
    assert "tt9603212" in ingrid.get(f"/productions/{FILM}").text
    with app.app_context():
        film = production_by_slug(db.session, FILM)
        assert film is not None
        assert (film.year, film.released.text) == (2024, "12 July 2023")
        assert ("Mission : Impossible 7, partie 1", "fr") in [(t.text, t.language) for t in film.titles]
    # The new title leads to the film.
    assert ingrid.get("/productions/mission-impossible-7-partie-1").headers["Location"].endswith(FILM)


@SQLITE
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"year": "1066"}, "1066 is no year of a film"),
        ({"year": "MMXX"}, "is no year. Write four digits"),
        ({"imdb": "nm0000129"}, "is no number of imdb"),
        ({"released": "31 Sept 2023"}, "September has 30 days"),
        ({"title_new1_text": "MI7"}, "is there twice"),
        ({"title_new1_text": "X", "title_new1_language": "Klingon!"}, "is no language code"),
    ],
)
@pytest.mark.usefixtures("rauma")
def test_what_cannot_be_of_a_film_is_refused_with_what_to_write(
    app: Flask, typed: dict[str, str], sentence: str
) -> None:
    ingrid = signed_in(app, "Ingrid")
    address = f"/productions/{FILM}/edit"
    answer = send(ingrid, address, ingrid.get(address), **typed)
    assert answer.status_code == 422
    assert sentence in seen(answer)
    for name, value in typed.items():
        assert value_of(answer, name) == value


@SQLITE
@pytest.mark.usefixtures("rauma")
def test_a_number_of_another_film_is_refused_by_name(app: Flask) -> None:
    with app.app_context():
        with change(db.session, by=None, comment="Other"):
            add_identifier(db.session, film(db.session, "Inception"), scheme="imdb", value="tt1375666")
        db.session.commit()
    ingrid = signed_in(app, "Ingrid")
    address = f"/productions/{FILM}/edit"
    answer = send(ingrid, address, ingrid.get(address), imdb="tt1375666")
    assert answer.status_code == 422
    assert "tt1375666 of imdb belongs to 'Inception' already." in seen(answer)


@pytest.mark.usefixtures("rauma")
def test_two_who_add_titles_at_once_meet_although_the_film_itself_is_the_same(app: Flask) -> None:
    address = f"/productions/{FILM}/edit"
    ingrid, marcello = signed_in(app, "Ingrid"), signed_in(app, "Marcello")
    hers, his = ingrid.get(address), marcello.get(address)
    assert send(marcello, address, his, title_2_text="M:I 7").status_code == 303
    page = send(ingrid, address, hers, title_2_text="M.I.7", title_new1_text="Libra 7")
    assert page.status_code == 409
    assert send(ingrid, address, page, **{"keep-title_2_text": "live"}).status_code == 303
    with app.app_context():
        found = production_by_slug(db.session, FILM)
        assert found is not None
        texts = {title.text for title in found.titles}
    assert {"M:I 7", "Libra 7"} <= texts
    assert "M.I.7" not in texts


def test_an_edited_source_changes_what_rests_on_it(app: Flask, rauma: int) -> None:
    with app.app_context():
        number = db.session.query(Source).filter_by(title="Report on Rauma").one().id
        assert db.session.get_one(Shoot, rauma).grade is Grade.B
    ingrid = signed_in(app, "Ingrid")
    address = f"/sources/{number}/edit"
    answer = send(
        ingrid,
        address,
        ingrid.get(address),
        kind="production_statement",
        archive_address="https://archive.example/rauma",
        published="by 1 Jan 2024",
        captured_on="2024-01-02",
    )
    assert answer.status_code == 303
    assert shoot_at(app, rauma).grade is Grade.A
    page = ingrid.get(f"/sources/{number}")
    assert 'href="https://archive.example/rauma"' in page.text
    assert "by 1 Jan 2024" in seen(page)


@SQLITE
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": " "}, "Write what it is"),
        ({"address": "javascript:alert(1)"}, "is not a web address"),
        ({"archive_address": "ftp://archive.example"}, "is not a web address"),
        ({"address": "https://m.news.example/train/?utm_source=x"}, "has this address already"),
        ({"published": "soon"}, "soon"),
        ({"captured_on": "yesterday"}, "is not a day"),
    ],
)
@pytest.mark.usefixtures("rauma")
def test_what_cannot_be_of_a_source_is_refused_with_what_to_write(
    app: Flask, typed: dict[str, str], sentence: str
) -> None:
    ingrid = signed_in(app, "Ingrid")
    answer = send(ingrid, "/sources/1/edit", ingrid.get("/sources/1/edit"), **typed)
    assert answer.status_code == 422
    assert sentence in seen(answer)


@SQLITE
@pytest.mark.parametrize("address", ["/shoots/999/edit", "/sources/999/edit", "/productions/none/edit"])
@pytest.mark.usefixtures("rauma")
def test_what_is_not_there_cannot_be_edited(app: Flask, address: str) -> None:
    assert signed_in(app, "Ingrid").get(address).status_code == 404


@SQLITE
def test_what_sources_say_a_place_plays_is_shown_and_not_asked_for(app: Flask, rauma: int) -> None:
    address = f"/shoots/{rauma}/edit"
    ingrid = signed_in(app, "Ingrid")
    opened = ingrid.get(address)
    assert value_of(opened, "story_place") == ""
    assert f"/shoots/{rauma}/sources/new" in opened.text
    with app.app_context():
        plays = source(db.session, "Magazine")
        say(db.session, plays, db.session.get_one(Shoot, rauma), None, story_place="Austrian Alps")
        db.session.commit()

    # The form was opened before; what was typed is kept, and where to say it is told.
    refused = send(ingrid, address, opened, story_place="Swiss Alps", scene="A fight")
    assert refused.status_code in (409, 422)
    assert "Swiss Alps" in refused.text
    told = ingrid.get(address)
    assert 'name="story_place"' not in told.text
    assert "What the place plays Austrian Alps as sources say; add one that says otherwise" in seen(told)
    assert send(ingrid, address, told, scene="A fight").status_code == 303
    stored = shoot_at(app, rauma)
    assert (stored.story_place, stored.scene) == ("Austrian Alps", "A fight")


def test_words_on_a_scene_are_told_from_the_day_on_which_they_were_known(app: Flask, rauma: int) -> None:
    ingrid, address = signed_in(app, "Ingrid"), f"/shoots/{rauma}/edit"
    page = "/productions/mission-impossible-dead-reckoning-part-one"
    assert send(ingrid, address, ingrid.get(address), scene="A fight on the roof").status_code == 303
    assert shoot_at(app, rauma).scene_known_from == today()
    assert "A fight on the roof" in seen(ingrid.get(page))
    assert "A fight on the roof" not in seen(ingrid.get(f"{page}?as_of=2020-10-05"))
    refused = send(ingrid, address, ingrid.get(address), scene_known_from="October")
    assert refused.status_code == 422 and "is not a day" in refused.text
    assert send(ingrid, address, ingrid.get(address), scene_known_from="2020-10-05").status_code == 303
    for ending in ("", "/route.json", ".geojson", ".csv"):
        assert "A fight on the roof" in ingrid.get(f"{page}{ending}?as_of=2020-10-05").text, ending
        assert "A fight on the roof" not in ingrid.get(f"{page}{ending}?as_of=2020-10-04").text, ending
    # Other words with no other day are known since today.
    assert send(ingrid, address, ingrid.get(address), day_night="DAY").status_code == 303
    assert shoot_at(app, rauma).scene_known_from == today()
