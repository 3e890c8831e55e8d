"""Contradictions: what a film's sources disagree on, side by side, and what a moderator decides."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import film, film_case, moderator, owner, place, say, shoot, source
from tests.chromium import DESKTOP, PHONE, Pages, axe_violations, scrolls_sideways
from tests.serving import LiveServer
from tests.web.test_film_page import counted
from tests.web.visitors import Visitor, seen, signed_in
from tracker.extensions import db
from tracker.history.recording import change
from tracker.productions.evidence import Citation, Relation, Stance
from tracker.productions.models import Grade, Production, Shoot, Status, Unit
from tracker.productions.operations import cite_order
from tracker.sources.models import SourceKind

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
SLUG = "mission-impossible-dead-reckoning-part-one"
PAGE = f"/productions/{SLUG}/contradictions"


@pytest.fixture
def record(app: Flask) -> None:
    with app.app_context():
        film_case(db.session)
        owner(db.session), moderator(db.session)
        tangled(film(db.session, "A Tangled Film"))
        db.session.commit()


def tangled(production: Production) -> None:
    """Give a film one contradiction of each kind that the film of the case has not."""
    session = db.session
    bud, rome = place(session, "Bud", 62.9, 6.9), place(session, "Rome", 41.9, 12.5)
    tokyo, oslo = place(session, "Tokyo", 35.7, 139.7), place(session, "Oslo", 59.9, 10.7)
    first, other = shoot(session, production, bud), shoot(session, production, rome)
    for of in (first, other):
        of_scene(of, "A duel on a pier")
    diary = source(session, "Diary", SourceKind.INTERVIEW, published="2021-05-01")
    paper = source(session, "Paper", published="2021-06-01")
    say(session, diary, first, Status.WRAPPED, "2021-03-02", "2021-03-02", story_place="Vienna")
    say(session, paper, first, Status.CANCELLED, story_place="Prague")
    say(session, diary, other, Status.WRAPPED, "2021-03-02", "2021-03-02")
    denial = source(session, "Denial", SourceKind.OWN_REPORTING, published="2021-07-01")
    say(session, denial, other, None, stance=Stance.REFUTES)
    for where, day in ((oslo, "2021-04-01"), (tokyo, "2021-04-01")):
        say(session, diary, shoot(session, production, where, Unit.MAIN), Status.WRAPPED, day, day)
    with change(session, by=None, comment="Order"):
        cite_order(session, first, Relation.BEFORE, other, diary, words="Bud was first, says the diary")
        cite_order(session, other, Relation.BEFORE, first, paper, words="Rome was first, says the paper")


def of_scene(of: Shoot, words: str) -> None:
    with change(db.session, by=None, comment="Scene"):
        of.scene = words
        db.session.flush()


def decide(who: Visitor, page: str, question: str, action: str, reason: str) -> int:
    """Press a button below a question; answer the status."""
    html = who.get(page).text
    forms = re.findall(
        r'<form class="decide-between".*?aria-label="Decide: ([^"]*)".*?name="key" value="([^"]*)"',
        html,
        re.S,
    )
    key = dict(forms)[question]
    return who.post(f"{page}/decision", key=key, action=action, reason=reason).status_code


@SQLITE
@pytest.mark.usefixtures("record")
def test_every_kind_of_contradiction_stands_side_by_side_with_its_sources(app: Flask) -> None:
    page = seen(Visitor(app).get("/productions/a-tangled-film/contradictions"))
    for words in (
        "Rome: was it shot here?",
        "Bud: what became of it? Shown Wrapped Diary , interview",
        "Other value Cancelled Paper , trade press",
        "Bud: what does it play? Shown Vienna",
        "One scene: was it shot at Bud or Rome?",
        "would each come before the other",
    ):
        assert words in page, words
    venice = seen(Visitor(app).get(PAGE))
    assert "Venice: when did it end? Shown" in venice
    assert "23 Oct 2020 Codelist" in venice
    everywhere = seen(Visitor(app).get("/contradictions"))
    assert "A Tangled Film" in everywhere
    assert "Venice: when did it end?" in everywhere
    assert "Decide" not in everywhere


@SQLITE
@pytest.mark.usefixtures("record")
def test_keeping_one_value_closes_the_other_with_the_reason_and_it_can_be_opened_again(app: Flask) -> None:
    solveig, question = signed_in(app, "Solveig"), "Venice: when did it end?"
    assert decide(solveig, PAGE, question, "keep-1", "") == 422
    assert decide(solveig, PAGE, question, "keep-1", "The log names the day.") == 303
    page = seen(solveig.get(PAGE))
    assert "None is open." in page
    assert "The log names the day." in page
    with app.app_context():
        closed = db.session.scalars(select(Citation).where(Citation.closed_reason.is_not(None))).one()
        assert db.session.get_one(Shoot, closed.shoot_id).end.edtf == "2020-10-23"
        number = closed.id
    assert solveig.post(f"/citations/{number}/reopening").status_code == 303
    assert question in seen(solveig.get(PAGE))


@SQLITE
@pytest.mark.usefixtures("record")
def test_both_may_stand_with_a_reason_until_a_value_changes(app: Flask) -> None:
    solveig, question = signed_in(app, "Solveig"), "Venice: when did it end?"
    assert decide(solveig, PAGE, question, "stand", "Two units left on two days.") == 303
    film_page = seen(Visitor(app).get(f"/productions/{SLUG}"))
    assert f"Settled {question} Two units left on two days." in film_page
    assert "1 contradiction" not in film_page
    assert "Venice" not in seen(Visitor(app).get("/contradictions"))
    assert decide(solveig, PAGE, question, "reopen", "A third source.") == 303
    assert "1 contradiction" in seen(Visitor(app).get(f"/productions/{SLUG}"))


@SQLITE
@pytest.mark.usefixtures("record")
@pytest.mark.parametrize(("action", "grade"), [("keep-0", Grade.C), ("keep-1", Grade.Z)])
def test_a_dispute_is_closed_for_one_side_and_opened_again(app: Flask, action: str, grade: Grade) -> None:
    solveig, page = signed_in(app, "Solveig"), "/productions/a-tangled-film/contradictions"
    with app.app_context():
        number = db.session.scalars(select(Shoot.id).where(Shoot.grade == Grade.X)).one()
    assert decide(solveig, page, "Rome: was it shot here?", action, "The ship was elsewhere.") == 303
    with app.app_context():
        assert db.session.get_one(Shoot, number).grade is grade
    film_page = seen(Visitor(app).get("/productions/a-tangled-film"))
    assert "The ship was elsewhere." in film_page
    assert solveig.post(f"/shoots/{number}/dispute/reopening").status_code == 303
    with app.app_context():
        assert db.session.get_one(Shoot, number).grade is Grade.X
    assert solveig.post(f"/shoots/{number}/dispute/reopening").status_code == 409


@SQLITE
@pytest.mark.usefixtures("record")
def test_a_loop_is_cut_where_a_moderator_says_and_what_is_gone_is_a_conflict(app: Flask) -> None:
    solveig, page = signed_in(app, "Solveig"), "/productions/a-tangled-film/contradictions"
    question = next(q for q in re.findall(r"Decide: ([^\"]*)", solveig.get(page).text) if "first" in q)
    assert decide(solveig, page, question, "drop-1", "The paper mixed them up.") == 303
    assert "would each come before the other" not in seen(solveig.get(page))
    assert "The paper mixed them up." in seen(solveig.get(page))
    gone = solveig.post(f"{page}/decision", key="cycle-none", action="drop-0", reason="x")
    assert gone.status_code == 409
    assert signed_in(app, "Ingrid").post(f"{page}/decision", key="x", action="stand").status_code == 403


@SQLITE
def test_pages_of_contradictions_take_as_many_statements_for_many_stops_as_for_few(app: Flask) -> None:
    sent = {}
    for count in (2, 20):
        with app.app_context():
            production = film(db.session, f"Film of {count}")
            for i in range(count):
                stop = shoot(db.session, production, place(db.session, f"Place {i}", 1.0 + i, 5.0))
                for day in ("2021-03-01", "2021-03-09"):
                    report = source(db.session, f"Report {count} {i} {day}", published="2021-06-01")
                    say(db.session, report, stop, start=day, end=day)
            db.session.commit()
            engine = db.engine
        for address in (f"/productions/film-of-{count}/contradictions", "/contradictions"):
            with counted(engine) as statements:
                page = Visitor(app).get(address)
            assert page.status_code == 200
            assert page.text.count("when did it begin?") >= count
            sent[count, address.endswith(f"{count}/contradictions")] = len(statements)
    assert sent[2, True] == sent[20, True] <= 9
    assert sent[2, False] == sent[20, False] <= 9


@pytest.mark.browser
def test_the_pages_are_accessible_at_both_widths_light_and_dark(
    pages: Pages, live_server: LiveServer
) -> None:
    with live_server.app.app_context():
        film_case(db.session)
        moderator(db.session)
        tangled(film(db.session, "A Tangled Film"))
        db.session.commit()
    for size, dark in ((DESKTOP, False), (PHONE, True)):
        page = pages.open(size=size, dark=dark)
        page.goto("/sign-in")
        page.get_by_label("Name").fill("Solveig")
        page.get_by_label("Password").fill("a train roof in Norway")
        page.get_by_role("button", name="Sign in").click()
        for address in (
            "/contradictions",
            "/productions/a-tangled-film/contradictions",
            "/shoots/3/sources/new?stance=refutes",
            "/shoots/3/orders/new",
            "/citations/1",
            "/moderation/sources",
            "/sources/2",
            f"/productions/{SLUG}",
        ):
            page.goto(address)
            assert axe_violations(page) == [], address
            assert not scrolls_sideways(page), address
        page.context.close()
