"""Decisions on contradictions: each kind for either side, undone again, and kept through merges."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import film, moderator, owner, place, say, shoot, source
from tests.web.test_contradictions import decide, of_scene, tangled
from tests.web.visitors import Visitor, seen, signed_in
from tracker.accounts.operations import find_user
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.history.recording import change
from tracker.places.models import Place
from tracker.productions.evidence import Citation, OrderCitation, Relation, Settlement, Stance
from tracker.productions.models import Grade, Production, Shoot, Status, Unit
from tracker.productions.operations import CitationDraft, cite, cite_order
from tracker.routes import legs
from tracker.routes.contradictions import contradictions_of
from tracker.routes.film import FilmRoute, film_route
from tracker.sightings.merging import MergeKind, merge_rows, unmerge
from tracker.sources.models import SourceKind

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
PAGE = "/productions/a-tangled-film/contradictions"
HOP = "Could one unit travel so fast: Oslo or Tokyo?"


@pytest.fixture
def record(app: Flask) -> None:
    with app.app_context():
        owner(db.session), moderator(db.session)
        tangled(film(db.session, "A Tangled Film"))
        db.session.commit()


@pytest.fixture
def two_days(app: Flask) -> dict[str, int]:
    """Two shoots in one town that are one, the first begun on two days; a moderator lets both stand."""
    with app.app_context():
        owner(db.session), moderator(db.session)
        production = film(db.session, "Twice")
        bud, ona = place(db.session, "Bud", 62.9, 6.9), place(db.session, "Ona", 62.86, 6.54)
        first, again = (shoot(db.session, production, bud, Unit.MAIN) for _ in range(2))
        for name, day in (("Diary", "2021-03-02"), ("Paper", "2021-03-09")):
            say(db.session, source(db.session, name), first, start=day, end="2021-03-20")
        report = source(db.session, "Report", published="2021-06-01")
        with change(db.session, by=None, comment="Elsewhere"):
            cite(db.session, first, report, CitationDraft(status=Status.CONFIRMED), speaks_of=ona)
        say(db.session, source(db.session, "Letter"), again)
        db.session.commit()
        return {"first": first.id, "again": again.id, "ona": ona.id, "production": production.id}


def route(slug: str) -> FilmRoute:
    production = db.session.scalars(select(Production).where(Production.slug == slug)).one()
    return film_route(db.session, production, as_of=None, today=today())


def open_kinds(slug: str = "twice") -> list[str]:
    return [one.kind.value for one in contradictions_of(route(slug)) if not one.settled]


def legs_of(app: Flask) -> list[tuple[str, int]]:
    found = Visitor(app).get("/productions/a-tangled-film/route.json").get_json()
    return [(lane["unit"], len(lane["legs"])) for lane in found["lanes"]]


@pytest.mark.usefixtures("record")
def test_a_hop_that_was_so_is_drawn_and_undrawn_when_it_is_opened_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    # With dates by the day no two points on earth lie too far apart for an airliner.
    monkeypatch.setattr(legs, "FASTEST_KM_PER_H", 300)
    solveig = signed_in(app, "Solveig")
    with app.app_context():
        oslo, tokyo = (
            db.session.scalars(select(Shoot).join(Place).where(Place.name == name)).one()
            for name in ("Oslo", "Tokyo")
        )
        with change(db.session, by=None, comment="Order"):
            cite_order(db.session, tokyo, Relation.NEXT, oslo, source(db.session, "Log"), words="Tokyo next")
        db.session.commit()
    assert decide(solveig, PAGE, HOP, "keep-0", "x") == 422
    before = legs_of(app)
    assert ("main", 0) in before
    assert decide(solveig, PAGE, HOP, "stand", "") == 422
    assert decide(solveig, PAGE, HOP, "stand", "A jet of the air force took them.") == 303
    assert ("main", 1) in legs_of(app)
    page = seen(Visitor(app).get("/productions/a-tangled-film"))
    assert f"Settled {HOP} A jet of the air force took them." in page.replace("\n", " ")
    settled = seen(solveig.get(PAGE))
    assert "It was so: A jet of the air force took them." in settled
    assert HOP not in seen(Visitor(app).get("/contradictions"))
    assert decide(solveig, PAGE, HOP, "reopen", "There was no jet.") == 303
    assert legs_of(app) == before


@pytest.mark.usefixtures("record")
def test_a_loop_offers_each_of_its_sources_by_name_and_a_form_against_it(app: Flask) -> None:
    solveig = signed_in(app, "Solveig")
    html = solveig.get(PAGE).text
    assert "Wrong: “Rome was first, says the paper”, Paper" in html
    assert "Wrong: “Bud was first, says the diary”, Diary" in html
    forms = re.findall(r'href="(/shoots/\d+/orders/new\?[^"]+)"', html)
    assert len(forms) == 2
    with app.app_context():
        paper = db.session.scalars(
            select(OrderCitation).where(OrderCitation.words == "Rome was first, says the paper")
        ).one()
        expected = (paper.shoot_id, paper.other_id)
    form = solveig.get(forms[1].replace("&amp;", "&"))
    assert form.status_code == 200
    assert re.search(r"<input[^>]*checked[^>]*refutes|<input[^>]*refutes[^>]*checked", form.text)
    assert f"/shoots/{expected[0]}/orders/new" in forms[1] and f"other={expected[1]}" in forms[1]


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(
    ("action", "kept", "refuted"), [("keep-0", "Bud", "Rome"), ("keep-1", "Rome", "Bud")]
)
def test_one_scene_is_decided_for_either_place_and_the_other_is_kept_folded(
    app: Flask, action: str, kept: str, refuted: str
) -> None:
    solveig, question = signed_in(app, "Solveig"), "One scene: was it shot at Bud or Rome?"
    assert decide(solveig, PAGE, question, action, "The frame shows the pier.") == 303
    with app.app_context():
        stops = {s.place.name: s for k in route("a-tangled-film").shoots.values() for s in [k.shoot]}
        assert stops[refuted].grade is Grade.Z
        assert stops[kept].grade is not Grade.Z
        number = stops[refuted].id
    page = seen(solveig.get(PAGE))
    assert f"{refuted}, refuted The frame shows the pier." in page
    assert "The frame shows the pier." in seen(Visitor(app).get("/productions/a-tangled-film"))
    assert solveig.post(f"/shoots/{number}/dispute/reopening").status_code == 303
    assert question in seen(solveig.get(PAGE))


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(("action", "plays"), [("keep-0", "Vienna"), ("keep-1", "Prague")])
def test_what_a_place_plays_is_decided_for_either_source(app: Flask, action: str, plays: str) -> None:
    solveig, question = signed_in(app, "Solveig"), "Bud: what does it play?"
    assert decide(solveig, PAGE, question, action, "The sign in the frame.") == 303
    with app.app_context():
        bud = db.session.scalars(select(Shoot).join(Place).where(Place.name == "Bud")).one()
        assert bud.story_place == plays
    page = seen(solveig.get(PAGE))
    assert question not in page and "The sign in the frame." in page


def test_a_place_is_decided_for_the_other_one_which_then_has_what_was_said(
    app: Flask, two_days: dict[str, int]
) -> None:
    solveig, page = signed_in(app, "Solveig"), "/productions/twice/contradictions"
    assert "It was Ona: fold Bud as refuted" in solveig.get(page).text
    assert decide(solveig, page, "Bud: is this the place?", "keep-1", "The island is in the frame.") == 303
    with app.app_context():
        first = db.session.get_one(Shoot, two_days["first"])
        assert (first.grade, first.refuted_reason) == (Grade.Z, "The island is in the frame.")
        there = db.session.scalars(select(Shoot).where(Shoot.place_id == two_days["ona"])).one()
        assert (there.unit, there.status, there.grade) == (Unit.MAIN, Status.UNDER_WAY, Grade.D)
        said = db.session.scalars(select(Citation).where(Citation.shoot_id == there.id)).one()
        assert (said.stance, said.status, said.speaks_of_id) == (Stance.SUPPORTS, Status.CONFIRMED, None)
    assert "is this the place?" not in seen(solveig.get(page))
    # Opened again, the other place is on record already: deciding again adds nothing.
    assert solveig.post(f"/shoots/{two_days['first']}/dispute/reopening").status_code == 303
    assert decide(solveig, page, "Bud: is this the place?", "keep-1", "It is.") == 303
    with app.app_context():
        assert db.session.scalars(select(Shoot.id).where(Shoot.place_id == two_days["ona"])).all() == [
            there.id
        ]
        assert db.session.scalars(select(Citation.id).where(Citation.shoot_id == there.id)).all() == [said.id]


def settle_all(app: Flask) -> None:
    solveig, page = signed_in(app, "Solveig"), "/productions/twice/contradictions"
    for question in ("Bud: when did it begin?", "Bud: is this the place?"):
        assert decide(solveig, page, question, "stand", "Two units.") == 303


def test_what_is_settled_stays_settled_when_the_shoot_is_merged_and_when_that_is_undone(
    app: Flask, two_days: dict[str, int]
) -> None:
    settle_all(app)
    with app.app_context():
        assert open_kinds() == []
        desk = find_user(db.session, "Solveig")
        assert desk is not None
        before = sorted(db.session.scalars(select(Settlement.key)))
        made = merge_rows(
            db.session,
            MergeKind.SHOOT,
            survivor_id=two_days["again"],
            loser_id=two_days["first"],
            by=desk,
        ).id
        db.session.commit()
        assert open_kinds() == []
        assert sum(bool(one.settled) for one in contradictions_of(route("twice"))) == 2
        assert sorted(db.session.scalars(select(Settlement.key))) != before
        unmerge(db.session, made, by=desk)
        db.session.commit()
        assert open_kinds() == []
        assert sorted(db.session.scalars(select(Settlement.key))) == before


@pytest.mark.parametrize("merged", ["place", "named", "production", "source"])
def test_what_is_settled_stays_settled_when_places_productions_or_sources_are_merged(
    app: Flask, two_days: dict[str, int], merged: str
) -> None:
    settle_all(app)
    with app.app_context():
        desk = find_user(db.session, "Solveig")
        assert desk is not None
        if merged == "production":
            kind, loser = MergeKind.PRODUCTION, two_days["production"]
            survivor = film(db.session, "Twice, again").id
        elif merged == "source":
            kind = MergeKind.SOURCE
            loser = db.session.scalars(
                select(Citation.source_id).where(Citation.speaks_of_id.is_not(None))
            ).one()
            survivor = source(db.session, "The report itself", published="2021-05-01").id
        else:
            kind = MergeKind.PLACE
            bud = db.session.get_one(Shoot, two_days["first"]).place_id
            loser = two_days["ona"] if merged == "named" else bud
            survivor = place(db.session, "The other name", 62.88, 6.7).id
        made = merge_rows(db.session, kind, survivor_id=survivor, loser_id=loser, by=desk).id
        db.session.commit()
        slug = "twice-again" if merged == "production" else "twice"
        assert open_kinds(slug) == []
        assert sum(bool(one.settled) for one in contradictions_of(route(slug))) == 2
        unmerge(db.session, made, by=desk)
        db.session.commit()
        assert open_kinds() == []
        assert sum(bool(one.settled) for one in contradictions_of(route("twice"))) == 2


def test_a_question_is_the_same_whichever_value_is_shown_and_another_once_a_third_is_told(
    app: Flask, two_days: dict[str, int]
) -> None:
    settle_all(app)
    with app.app_context():
        first = db.session.get_one(Shoot, two_days["first"])
        # A first-hand source for the second value turns the two round.
        say(
            db.session,
            source(db.session, "Own photograph", SourceKind.EYEWITNESS_MEDIA),
            first,
            start="2021-03-09",
            end="2021-03-20",
        )
        assert first.start.edtf == "2021-03-09"
        assert open_kinds() == []
        say(db.session, source(db.session, "Third"), first, start="2021-03-15", end="2021-03-20")
        assert open_kinds() == ["start"]
        db.session.rollback()


def test_scenes_that_were_one_are_no_question_once_a_scene_is_gone(app: Flask) -> None:
    with app.app_context():
        moderator(db.session)
        tangled(film(db.session, "A Tangled Film"))
        rome = db.session.scalars(select(Shoot).join(Place).where(Place.name == "Rome")).one()
        of_scene(rome, "")
        db.session.commit()
    assert "One scene" not in seen(Visitor(app).get(PAGE))
