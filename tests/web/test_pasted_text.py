"""A text is pasted, its facts come back marked, and its places are saved as entries; without scripts."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.cast import film_case, owner, stranger
from tests.web.texts import TRAIN
from tests.web.visitors import Visitor, seen, signed_in, value_of
from tracker.extensions import db
from tracker.sightings.models import Sighting
from tracker.sightings.offered import OfferedCitation
from tracker.web.pasting.reading import LONGEST_TEXT

FILM = "Mission: Impossible – Dead Reckoning Part One"
HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}</textarea><script>alert(2)</script>"


@pytest.fixture(autouse=True)
def cast(app: Flask) -> None:
    with app.app_context():
        owner(db.session), stranger(db.session)
        film_case(db.session)
        db.session.commit()


@pytest.fixture
def ingrid(app: Flask) -> Visitor:
    return signed_in(app, "Ingrid")


def marks(page: TestResponse) -> dict[str, tuple[str, str]]:
    """Answer the marked words with their kind and state."""
    found = re.findall(
        r'<a class="fact fact-(\w+)[^>]*?data-state="(\w+)">([^<]+)<', page.text, flags=re.DOTALL
    )
    return {text: (kind, state) for kind, state, text in found}


def value_of_tag(tag: str) -> str:
    found = re.search(r'\bvalue="([^"]*)"', tag)
    return unescape(found[1]) if found else "y"


def filled(page: TestResponse) -> MultiDict[str, str]:
    """Answer what the form of a page would send, in its order, as a browser does."""
    fields: MultiDict[str, str] = MultiDict()
    form = page.text[page.text.index('id="pasted-form"') :]
    for tag in re.findall(r"<input[^>]*>", form):
        name, kind = re.search(r'\bname="([^"]+)"', tag), re.search(r'\btype="(\w+)"', tag)
        if name is None or (kind and kind[1] in ("radio", "checkbox") and not re.search(r"\bchecked\b", tag)):
            continue
        fields.add(name[1], value_of_tag(tag))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields.add(name, chosen[1] if chosen else "")
    for area in ("text", "note"):
        fields.add(area, value_of(page, area))
    return fields


def send(visitor: Visitor, fields: MultiDict[str, str]) -> TestResponse:
    return visitor.client.post("/sightings/entries", data=fields)


def stored(app: Flask) -> list[Sighting]:
    with app.app_context():
        return list(db.session.scalars(select(Sighting).order_by(Sighting.id)))


def test_the_text_comes_back_with_its_facts_marked(app: Flask, ingrid: Visitor) -> None:
    page = ingrid.post("/sightings/reading", text=TRAIN)
    assert page.status_code == 200
    found = marks(page)
    assert found["Mission: Impossible 7"] == ("what", "taken")
    assert found["Stranda"] == ("where", "taken")
    assert found["Rauma Municipalities"] == ("where", "taken")
    assert found["Roma"] == ("where", "asks")
    assert found["Fotokjerring"] == ("who", "taken")
    assert value_of(page, "title") == FILM
    text = seen(page)
    assert "The text repeats four posts. With their links they count; the repeat does not." in text
    assert "Save 2 entries" in text
    assert "1 fact is still open; that is not saved." in text
    assert "is already there." in text
    assert stored(app) == []


def test_what_is_taken_is_saved_in_one_go_and_what_is_open_is_not(app: Flask, ingrid: Visitor) -> None:
    page = ingrid.post("/sightings/reading", text=TRAIN)
    answer = send(ingrid, filled(page))
    assert answer.status_code == 303
    saved = stored(app)
    assert [(s.place_name, s.place_country, s.status.value, s.end.text) for s in saved] == [
        ("Stranda", "NO", "confirmed", "by 5 October 2020"),
        ("Rauma", "NO", "confirmed", "by 5 October 2020"),
    ]
    assert all(s.place_gazetteer_id and s.production_id for s in saved)
    assert "Fotokjerring on Instagram" in saved[0].note
    after = ingrid.get(answer.headers["Location"])
    assert after.status_code == 200
    assert "Saved: your 2 sightings are waiting." in seen(after)
    assert "once accepted." in seen(after)


def test_an_open_fact_that_is_ticked_is_saved_as_planned(app: Flask, ingrid: Visitor) -> None:
    page = ingrid.post("/sightings/reading", text=TRAIN)
    fields = filled(page)
    rome = re.search(r'name="take"\s+value="(where-\d+)"\s+data-tick="\1">', page.text)
    assert rome is not None
    fields.add("take", rome[1])
    assert send(ingrid, fields).status_code == 303
    assert [(s.place_name, s.status.value) for s in stored(app)][-1] == ("Rome", "planned")


def test_a_date_that_cannot_be_keeps_everything_and_saves_nothing(app: Flask, ingrid: Visitor) -> None:
    fields = filled(ingrid.post("/sightings/reading", text=TRAIN, note="Seen from the road."))
    when = next(name for name in fields if name.startswith("when-"))
    fields[when] = "31 September 2020"
    fields["address"] = "https://example.org/2020/10/05/train"
    page = send(ingrid, fields)
    assert page.status_code == 422
    assert "September has 30 days" in seen(page)
    assert "All you typed is kept." in seen(page)
    assert filled(page).to_dict(flat=False).keys() >= {"take", "text", when}
    assert value_of(page, when) == "31 September 2020"
    assert value_of(page, "address") == "https://example.org/2020/10/05/train"
    assert value_of(page, "note") == "Seen from the road."
    assert value_of(page, "text") == TRAIN
    assert stored(app) == []


def test_another_date_is_shown_back_before_it_is_saved(app: Flask, ingrid: Visitor) -> None:
    fields = filled(ingrid.post("/sightings/reading", text=TRAIN))
    when = next(name for name in fields if name.startswith("when-where"))
    fields[when] = "early Sept 2020"
    page = send(ingrid, fields)
    assert (page.status_code, stored(app)) == (200, [])
    assert "Between 1 and 10 September 2020" in seen(page)
    assert send(ingrid, filled(page)).status_code == 303
    assert "2020-09-01/2020-09-10" in [s.start.edtf for s in stored(app)]


def test_hostile_text_is_shown_as_the_text_that_it_is(ingrid: Visitor) -> None:
    page = ingrid.post("/sightings/reading", text=f"{HOSTILE} {TRAIN}", title=HOSTILE, note=HOSTILE)
    assert page.status_code == 200
    assert "<img src=x" not in page.text
    assert "<script>alert" not in page.text
    assert "{{7*7}}" in page.text
    assert value_of(page, "note") == HOSTILE


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": "  "}, "Paste the text first."),
        ({"text": "a" * (LONGEST_TEXT + 1)}, "Too long: at most 15,000 characters are read."),
        ({"text": TRAIN, "published": "soon"}, "'soon' is no day."),
    ],
)
def test_what_cannot_be_read_says_why_and_keeps_the_rest(
    ingrid: Visitor, fields: dict[str, str], sentence: str
) -> None:
    page = ingrid.post("/sightings/reading", title="Libra", note="Kept.", **fields)
    assert page.status_code == 422
    assert sentence in seen(page)
    assert (value_of(page, "title"), value_of(page, "note")) == ("Libra", "Kept.")


def test_a_text_without_film_or_place_says_so(ingrid: Visitor) -> None:
    page = ingrid.post("/sightings/reading", text="It rained all day and nobody came.")
    assert "No film or place found. Fill in three fields below." in seen(page)
    refused = send(ingrid, filled(page))
    assert refused.status_code == 422


def test_a_braced_text_is_read_as_text(ingrid: Visitor) -> None:
    assert ingrid.post("/sightings/reading", text="{ " + TRAIN).status_code == 200


def test_another_start_keeps_all_that_was_typed(ingrid: Visitor) -> None:
    fields = {"text": TRAIN, "title": "Libra", "place": "Rauma", "note": "Kept.", "address": ""}
    page = ingrid.post("/sightings/new", start="type", **fields)
    assert page.status_code == 200
    assert {name: value_of(page, name) for name in fields} == fields


def test_a_link_tells_who_posted_when_and_fills_the_day(ingrid: Visitor) -> None:
    address = "https://x.com/somebody/status/1050118621198921728"
    page = ingrid.post("/sightings/new", start="link", address=address)
    assert "X, by @somebody, number 1050118621198921728, of 10 October 2018." in seen(page)
    assert value_of(page, "when") == "by 10 October 2018"
    told = ingrid.get(f"/sightings/link?address={address}").get_json()
    assert told["when"] == "by 10 October 2018"
    assert ingrid.get("/sightings/link?address=javascript:1").get_json()["problem"]


def test_nobody_lists_what_somebody_else_saved(app: Flask, ingrid: Visitor) -> None:
    send(ingrid, filled(ingrid.post("/sightings/reading", text=TRAIN)))
    numbers = ",".join(str(s.id) for s in stored(app))
    assert signed_in(app, "Marcello").get(f"/sightings/saved?ids={numbers}").status_code == 404
    assert ingrid.get(f"/sightings/saved?ids={numbers}").status_code == 200
    assert ingrid.get("/sightings/saved?ids=99999").status_code == 404
    assert ingrid.get("/sightings/saved?ids=x").status_code == 404


def test_with_a_link_the_text_becomes_a_source_of_what_is_there_already(app: Flask, ingrid: Visitor) -> None:
    link = "https://news.example.org/2020/10/05/train"
    fields = filled(ingrid.post("/sightings/reading", text=TRAIN, address=link))
    another = next(name for name in fields if name.startswith("as-where"))
    fields[another] = "another"
    answer = send(ingrid, fields)
    assert answer.status_code == 303
    assert [s.place_name for s in stored(app)] == ["Stranda"]
    with app.app_context():
        offered = db.session.scalars(select(OfferedCitation)).all()
        assert [(o.source["address"], o.source["kind"], o.says["manner"]) for o in offered] == [
            (link, "repeated_reporting", "implies")
        ]
    page = ingrid.get(answer.headers["Location"])
    assert "Your source waits for a moderator, then it speaks for this stop." in seen(page)


def test_the_link_of_a_post_makes_it_a_source_of_the_places_in_its_paragraph(
    app: Flask, ingrid: Visitor
) -> None:
    fields = filled(ingrid.post("/sightings/reading", text=TRAIN))
    by_director, by_onlooker = (f"link-who-{TRAIN.index(name)}" for name in ("Christopher", "Fotokjerring"))
    fields[by_director] = "https://www.instagram.com/christophermcquarrie/p/CF7iKtaFzVE/"
    fields[by_onlooker] = "https://www.instagram.com/p/CF0000000AA/"
    assert send(ingrid, fields).status_code == 303
    assert stored(app) == []
    with app.app_context():
        offered = db.session.scalars(select(OfferedCitation)).all()
        assert [(o.source["author"], o.source["kind"], o.says["manner"]) for o in offered] == [
            ("Christopher McQuarrie", "official_post", "implies"),
            ("Christopher McQuarrie", "official_post", "implies"),
        ]
        assert by_onlooker and "CF0000000AA" in offered[0].says["note"]


def test_a_post_whose_link_is_none_is_named_and_nothing_is_saved(app: Flask, ingrid: Visitor) -> None:
    fields = filled(ingrid.post("/sightings/reading", text=TRAIN))
    name = f"link-who-{TRAIN.index('Fotokjerring')}"
    fields[name] = "javascript:alert(1)"
    page = send(ingrid, fields)
    assert page.status_code == 422
    assert "Fotokjerring on Instagram: 'javascript:alert(1)' is not a web address." in seen(page)
    assert value_of(page, name) == "javascript:alert(1)"
    assert stored(app) == []


def test_a_post_that_is_not_ticked_is_left_out(app: Flask, ingrid: Visitor) -> None:
    fields = filled(ingrid.post("/sightings/reading", text=TRAIN))
    fields.setlist("post", [post for post in fields.getlist("post") if "who" in post][:1])
    send(ingrid, fields)
    assert [s.note for s in stored(app)] == ["The text repeats: Fotokjerring on Instagram."] * 2


def test_in_a_text_on_several_films_each_place_keeps_its_own(app: Flask, ingrid: Visitor) -> None:
    text = (
        "Here are the filming locations for June 27, 2019:\n\n"
        "Show: Harbour Nights\nLocation: Bergen, Norway\n\n"
        "Show: The Long Winter\nLocation: Tromsø, Norway\n"
    )
    page = ingrid.post("/sightings/reading", text=text)
    assert "0 for you to decide" in seen(page)
    assert send(ingrid, filled(page)).status_code == 303
    assert [(s.production_title, s.place_name) for s in stored(app)] == [
        ("Harbour Nights", "Bergen"),
        ("The Long Winter", "Tromsø"),
    ]
