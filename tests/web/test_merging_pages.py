"""Merging on pages: pairs are found, a preview tells what changes, old addresses lead on."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from tests.cast import PASSWORD, film, moderator, owner, place, say, shoot, source
from tests.web.visitors import seen, signed_in
from tracker.accounts.models import Role
from tracker.accounts.operations import sign_up
from tracker.extensions import db
from tracker.history.merging import survivor_of
from tracker.history.models import Change
from tracker.history.recording import change
from tracker.places.editing import set_whereabouts
from tracker.places.merging import hide_merged
from tracker.places.models import Place, PlaceKind, Privacy
from tracker.productions.models import Production, Shoot, Status, TitleKind
from tracker.productions.operations import add_title
from tracker.sources.models import SourceKind

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def cast(app: Flask) -> None:
    """Put in one film twice at one place twice, from one page twice, and places that are not the same."""
    with app.app_context():
        owner(db.session), moderator(db.session)
        sign_up(db.session, name="Kari", password=PASSWORD, role=Role.MODERATOR)
        rauma = place(
            db.session, "Rauma", 62.57, 7.69, kind=PlaceKind.MUNICIPALITY, country="NO", uncertainty_m=24000
        )
        again = place(db.session, "Rauma kommune", 62.56, 7.68, country="NO")
        place(db.session, "Rauma", 61.13, 21.5, country="FI")
        kept, other = film(db.session, "Dead Reckoning", year=2023), film(db.session, "Libra", year=2023)
        with change(db.session, by=None, comment="Name"):
            add_title(db.session, other, "Dead Reckoning", kind=TitleKind.WORKING)
        post = source(db.session, "Post", SourceKind.EYEWITNESS_MEDIA, address="https://www.example.org/a/1")
        copy = source(db.session, "Tweet", SourceKind.OWN_REPORTING, address="https://en.example.org/a/1")
        for production, where, who in ((kept, rauma, post), (other, again, copy)):
            one = shoot(db.session, production, where)
            say(db.session, who, one, Status.CONFIRMED, "2020-09", "2020-10")
        db.session.commit()


@SQLITE
def test_likely_pairs_are_listed_with_the_reason(app: Flask) -> None:
    page = signed_in(app, "Solveig").get("/moderation/duplicates")
    assert page.status_code == 200
    pairs = re.findall(r"/moderation/merges/(\w+)/(\d+)/into/(\d+)", page.text)
    assert pairs == [("production", "2", "1"), ("place", "2", "1"), ("source", "2", "1")]
    for why in (
        "the same title, and years that fit",
        "names alike to 100 %, 1.2 km apart",
        "the same address",
    ):
        assert why in seen(page)


@SQLITE
def test_a_merge_is_chosen_by_number_address_or_slug(app: Flask) -> None:
    desk = signed_in(app, "Solveig")
    for kind, typed, number in (
        ("place", "1", 1),
        ("place", "http://localhost/places/1-rauma", 1),
        ("source", "/sources/1", 1),
        ("production", "http://localhost/productions/dead-reckoning", 1),
    ):
        answer = desk.client.get(f"/moderation/merges/{kind}/2", query_string={"into": typed})
        assert answer.status_code == 303
        assert answer.headers["Location"] == f"/moderation/merges/{kind}/2/into/{number}"
    refused = desk.client.get("/moderation/merges/place/2", query_string={"into": "Atlantis"})
    assert refused.status_code == 422
    assert "'Atlantis' is no place here" in seen(refused)
    assert desk.get("/moderation/merges/planet/2").status_code == 404


def test_the_preview_says_what_changes_and_changes_nothing(app: Flask) -> None:
    desk = signed_in(app, "Solveig")
    address = "/moderation/merges/production/2/into/1"
    for _ in range(2):
        page = desk.get(address)
        assert page.status_code == 200
        assert "Moves: 1 shoot, 1 title." in seen(page)
        assert "Route of Dead Reckoning Rauma [Rauma, Rauma kommune]" in seen(page)
    assert desk.get("/productions/libra").status_code == 200
    assert desk.get("/moderation/merges/place/1/into/1").status_code == 400


def test_all_is_merged_step_by_step_old_addresses_lead_on_and_all_is_taken_back(app: Flask) -> None:
    desk, anybody = signed_in(app, "Solveig"), app.test_client()
    for kind in ("production", "place", "source"):
        answer = desk.post(f"/moderation/merges/{kind}/2/into/1", comment="The same")
        assert answer.status_code == 303, seen(answer)
    offered = desk.get("/moderation/duplicates")
    assert "dates that overlap" in seen(offered)
    assert desk.post("/moderation/merges/shoot/2/into/1").status_code == 303
    for old, new in (
        ("/productions/libra", "/productions/dead-reckoning"),
        ("/productions/libra.geojson", "/productions/dead-reckoning.geojson"),
        (
            "/productions/libra/route.json?as_of=2020-10-05",
            "/productions/dead-reckoning/route.json?as_of=2020-10-05",
        ),
        ("/places/2-rauma-kommune", "/places/1-rauma"),
        ("/places/2-anything.geojson", "/places/1-rauma.geojson"),
        ("/sources/2", "/sources/1"),
    ):
        led = anybody.get(old)
        assert (led.status_code, led.headers["Location"]) == (301, new)
    route: Any = anybody.get("/productions/dead-reckoning/route.json").get_json()
    [stop] = [stop for lane in route["lanes"] for cluster in lane["clusters"] for stop in cluster["stops"]]
    assert (stop["place"]["name"], stop["grade"], stop["sources"]) == ("Rauma", "C", 1)
    made = re.findall(r"/moderation/merges/(\d+)/undo", desk.get("/moderation/duplicates").text)
    assert len(made) == 4
    for number in made:
        assert desk.post(f"/moderation/merges/{number}/undo").status_code == 303
    for address in ("/productions/libra", "/places/2-rauma-kommune", "/sources/2"):
        assert anybody.get(address).status_code == 200
    assert desk.post(f"/moderation/merges/{made[0]}/undo").status_code == 409


def test_of_two_who_merge_at_once_one_wins(app: Flask) -> None:
    visitors = [signed_in(app, name) for name in ("Solveig", "Kari")]
    tokens = [visitor.token() for visitor in visitors]
    addresses = ["/moderation/merges/place/2/into/1", "/moderation/merges/place/1/into/2"]

    def send(at: int) -> int:
        return visitors[at].client.post(addresses[at], data={"csrf_token": tokens[at]}).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, (0, 1))) == [303, 409]
    with app.app_context():
        assert sum(survivor_of(db.session, Place, number) is not None for number in (1, 2)) == 1


@SQLITE
def test_the_list_of_pairs_asks_the_database_as_often_however_many_there_are(app: Flask) -> None:
    desk = signed_in(app, "Solveig")

    def statements() -> int:
        count: list[str] = []
        with app.app_context():
            engine = db.engine

        def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
            count.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        assert desk.get("/moderation/duplicates").status_code == 200
        event.remove(engine, "before_cursor_execute", note)
        return len(count)

    few = statements()
    with app.app_context():
        for number in range(20):
            place(db.session, f"Mill {number:03}", 50 + number / 1e4, 8, country="DE")
            film(db.session, "Same", year=1990)
        db.session.commit()
    assert statements() == few
    assert few <= 24


@SQLITE
def test_only_moderators_see_that_places_can_be_merged(app: Flask) -> None:
    for name, there in (("Ingrid", False), ("Solveig", True)):
        assert ("Merge into" in seen(signed_in(app, name).get("/places/1-rauma"))) is there


@SQLITE
def test_a_merge_is_not_reverted_row_by_row_but_taken_back_as_a_whole(app: Flask) -> None:
    desk = signed_in(app, "Solveig")
    assert desk.post("/moderation/merges/place/2/into/1").status_code == 303
    [number] = re.findall(r"/moderation/merges/(\d+)/undo", desk.get("/moderation/duplicates").text)
    refused = desk.get(f"/changes/{number}/revert")
    assert refused.status_code == 409
    assert "Take it back from the list of likely duplicates" in seen(refused)


@SQLITE
def test_the_history_of_a_merged_place_hides_what_the_place_hides_and_of_a_shoot_what_it_tells(
    app: Flask,
) -> None:
    desk = signed_in(app, "Solveig")
    with app.app_context(), change(db.session, by=None, comment="What is told"):
        secret = db.session.get_one(Shoot, 2)
        secret.scene, secret.spoiler = "the hero dies", 2
        for number in (1, 2):
            db.session.get_one(Production, number).year = 2199
        db.session.commit()
    for kind in ("production", "place", "shoot"):
        assert desk.post(f"/moderation/merges/{kind}/2/into/1").status_code == 303
    with app.app_context(), change(db.session, by=None, comment="Somebody lives there"):
        rauma = db.session.get_one(Place, 1)
        set_whereabouts(db.session, rauma, privacy=Privacy.OBSCURED)
        hide_merged(db.session, rauma, Privacy.OBSCURED)
        db.session.commit()
    visitor = app.test_client()
    pages = [visitor.get(f"/changes/{number}").text for number in range(1, 20)]
    assert any("Rauma kommune" in page for page in pages)
    for page in pages:
        assert "62.560" not in page and "62.570" not in page and "the hero dies" not in page


@SQLITE
def test_a_pair_that_is_not_one_is_not_offered_again_until_that_is_taken_back(app: Flask) -> None:
    desk = signed_in(app, "Solveig")
    address = "/moderation/apart/place/1/2"
    assert signed_in(app, "Ingrid").post(address).status_code == 403
    assert desk.post("/moderation/apart/castle/1/2").status_code == 404
    assert desk.post("/moderation/apart/place/1/99").status_code == 404
    assert desk.post("/moderation/apart/place/1/1").status_code == 404
    assert (
        desk.post("/moderation/apart/place/2/1", reason="The fjord and the municipality").status_code == 303
    )
    page = desk.get("/moderation/duplicates")
    assert "/moderation/merges/place/2/into/1" not in page.text
    assert "/moderation/merges/source/2/into/1" in page.text
    assert "Two places, 1 and 2: The fjord and the municipality" in seen(page)
    history = seen(desk.get("/changes?kind=distinct"))
    assert "Not one: places 1 and 2" in history
    # What tells two places apart may tell where a hidden one is: it stays on the desk.
    assert "fjord" not in desk.get("/changes?kind=distinct").text
    assert desk.post("/moderation/apart/1/removal").status_code == 303
    assert desk.post("/moderation/apart/1/removal").status_code == 404
    page = desk.get("/moderation/duplicates")
    assert "/moderation/merges/place/2/into/1" in page.text and "not offered again" not in page.text


@SQLITE
def test_what_is_not_one_is_not_the_row_either_that_this_one_becomes_part_of(app: Flask) -> None:
    desk = signed_in(app, "Solveig")
    with app.app_context():
        place(db.session, "Rauma herred", 62.55, 7.69, country="NO", uncertainty_m=9000)
        db.session.commit()
    assert desk.post("/moderation/apart/place/2/4").status_code == 303
    assert desk.post("/moderation/merges/place/2/into/1").status_code == 303
    page = desk.get("/moderation/duplicates")
    assert "Two places, 1 and 4" in seen(page)
    assert "/moderation/merges/place/4/into/1" not in page.text
    with app.app_context():
        made = db.session.scalars(select(Change.id).where(Change.comment.startswith("Merge place"))).one()
    assert desk.post(f"/moderation/merges/{made}/undo").status_code == 303
    assert "Two places, 2 and 4" in seen(desk.get("/moderation/duplicates"))


@SQLITE
def test_the_page_is_short_where_nothing_looks_like_a_duplicate(app: Flask) -> None:
    desk = signed_in(app, "Solveig")
    for pair in ("production/1/2", "place/1/2", "source/1/2"):
        assert desk.post(f"/moderation/apart/{pair}").status_code == 303
    for number in (1, 2, 3):
        assert desk.post(f"/moderation/apart/{number}/removal").status_code == 303
    for address in ("production/2/into/1", "place/2/into/1", "source/2/into/1", "shoot/2/into/1"):
        assert desk.post(f"/moderation/merges/{address}").status_code == 303
    page = seen(desk.get("/moderation/duplicates"))
    assert "Nothing looks like a duplicate." in page
    for heading in ("Films", "Shoots", "None found", "Said not to be one"):
        assert f" {heading} " not in page.partition("Likely duplicates")[2].partition("Latest merges")[0]


@SQLITE
def test_the_edit_page_and_the_history_of_a_merged_place_lead_on(app: Flask) -> None:
    desk = signed_in(app, "Solveig")
    assert desk.post("/moderation/merges/place/2/into/1").status_code == 303
    edit = desk.get("/places/2/edit")
    assert (edit.status_code, edit.headers["Location"]) == (301, "/places/1/edit")
    history = desk.get("/changes?place=2")
    assert history.status_code == 200
    assert "Rauma" in seen(history) and "Merge place 2 into 1" in seen(history)
    assert '<input type="hidden" name="place" value="1">' in history.text
    assert "place=2" not in history.text
