"""Citing from a stop: add a source, say that it is wrong, change it, take it back, say in which order."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.cast import film_case, latest_changes, moderator, owner, say, shoot, source, stranger
from tests.web.reading import read
from tests.web.visitors import Visitor, errors_in, seen, signed_in, value_of
from tracker.accounts.operations import find_user
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.dates import parse_period
from tracker.history.models import Change
from tracker.places.models import Place
from tracker.productions.evidence import AttestedDay, Citation, OrderCitation, Stance
from tracker.productions.models import Grade, Production, Shoot, Status
from tracker.productions.queries import production_titled
from tracker.routes.film import FilmRoute, film_route
from tracker.routes.words import route_in_words
from tracker.sightings.moderation import accept
from tracker.sightings.operations import SightingDraft, submit
from tracker.sources.models import Source, SourceKind

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
SLUG = "mission-impossible-dead-reckoning-part-one"
LINK = "https://www.nrk.no/rauma"


@pytest.fixture(autouse=True)
def stops(app: Flask) -> dict[str, int]:
    """Put in the film of the case; answer the numbers of its shoots by name."""
    with app.app_context():
        case = film_case(db.session)
        owner(db.session), stranger(db.session), moderator(db.session)
        numbers = {name: of.id for name, of in case.shoots.items()}
        db.session.commit()
    return numbers


def trust(app: Flask, name: str) -> None:
    """Let a sighting of a user's be accepted."""
    with app.app_context():
        by, judge = find_user(db.session, name), find_user(db.session, "Solveig")
        assert by and judge
        draft = SightingDraft(production_title="Another film", place_text="Bud", period=parse_period("2020"))
        accept(db.session, submit(db.session, draft, by=by), by=judge, kind=SourceKind.OWN_KNOWLEDGE)
        db.session.commit()


def a_source(**more: str) -> dict[str, str]:
    return {"address": LINK, "kind": "municipality", "stance": "supports", "manner": "states"} | {
        "shows": "work",
        **more,
    }


def of_shoot(number: int) -> tuple[Grade, Status, str]:
    known = db.session.get_one(Shoot, number)
    return known.grade, known.status, known.end.edtf


def test_a_source_is_two_clicks_from_a_stop_and_counts_at_once(app: Flask, stops: dict[str, int]) -> None:
    ingrid, rauma = signed_in(app, "Ingrid"), stops["Rauma"]
    trust(app, "Ingrid")
    film_page = read(ingrid.client, f"/productions/{SLUG}")
    form = f"/shoots/{rauma}/sources/new"
    assert {form, f"{form}?stance=refutes"} <= set(film_page.links)
    checked = ingrid.post(form, **a_source(when="early Oct 2020", author="Rauma kommune; @rauma"))
    assert "Means: Between 1 and 10 October 2020." in seen(checked)
    answer = ingrid.post(
        form,
        **a_source(
            when="early Oct 2020", shown_when="early Oct 2020", quote="Her var de.", days="3 Oct 2020"
        ),
    )
    assert (answer.status_code, answer.headers.get("Location")) == (303, f"/productions/{SLUG}#shoot-{rauma}")
    with app.app_context():
        assert of_shoot(rauma)[0] is Grade.A
        assert db.session.scalar(select(AttestedDay.day)) == date(2020, 10, 3)
        last = latest_changes(db.session, about=("shoot", rauma))[0]
        assert (last.author and last.author.name, last.comment) == ("Ingrid", "Cited nrk.no/rauma")
    page = seen(ingrid.get(f"/productions/{SLUG}"))
    assert "Official: stated by nrk.no/rauma" in page or "stated by" in page
    assert "Her var de." in page


def test_a_source_is_found_again_and_says_a_thing_once(app: Flask, stops: dict[str, int]) -> None:
    solveig, form = signed_in(app, "Solveig"), f"/shoots/{stops['Rauma']}/sources/new"
    assert solveig.post(form, **a_source()).status_code == 303
    again = solveig.post(form, **a_source(address="https://m.nrk.no/rauma/?utm_source=x"))
    assert again.status_code == 409
    assert "supports this stop already" in seen(again)
    other = solveig.post(f"/shoots/{stops['Stranda']}/sources/new", **a_source(address=f"{LINK}?fbclid=1"))
    assert other.status_code == 303
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(Source.address_key == "nrk.no/rauma")) == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"kind": ""}, "Choose what kind of source it is: the grade follows from it."),
        ({"address": "javascript:alert(1)"}, "is not a web address"),
        ({"address": "", "title": ""}, "Give a link, or say what it is"),
        ({"when": "31 September 2020"}, "September"),
        ({"quote": "x" * 301}, "Too long: at most 300 characters are kept."),
        ({"days": "October 2020"}, "is no single day"),
        ({"repeats": "https://example.org/unknown"}, "No source is recorded at that address"),
        ({"published": "soonish"}, "soonish"),
    ],
)
def test_what_cannot_be_is_said_at_its_field_and_nothing_is_saved(
    app: Flask, stops: dict[str, int], fields: dict[str, str], sentence: str
) -> None:
    with app.app_context():
        before = db.session.scalar(select(func.count(Citation.id)))
    page = signed_in(app, "Solveig").post(f"/shoots/{stops['Rauma']}/sources/new", **a_source(**fields))
    assert page.status_code == 422
    assert any(sentence in error for error in errors_in(page)), errors_in(page)
    with app.app_context():
        assert db.session.scalar(select(func.count(Citation.id))) == before


def test_a_newcomers_refutation_waits_out_of_sight_and_disputes_once_accepted(
    app: Flask, stops: dict[str, int]
) -> None:
    ingrid, solveig, levisham = signed_in(app, "Ingrid"), signed_in(app, "Solveig"), stops["Levisham"]
    hidden = a_source(stance="refutes", note="It was another train.", title="A letter to the editor")
    answer = ingrid.post(f"/shoots/{levisham}/sources/new", **hidden)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"#shoot-{levisham}")
    for address in (f"/productions/{SLUG}", "/changes", "/contradictions"):
        page = Visitor(app).get(address)
        assert "another train" not in page.text
        assert "letter to the editor" not in page.text
    desk = seen(solveig.get("/moderation/sources"))
    assert "refutes it; states it" in desk
    assert "It was another train." in desk
    assert "1 waiting, by risk" in seen(solveig.get("/moderation"))
    assert solveig.post("/moderation/sources/1", action="reject", words="").status_code == 422
    assert solveig.post("/moderation/sources/1", action="accept").status_code == 303
    assert solveig.post("/moderation/sources/1", action="accept").status_code == 409
    with app.app_context():
        assert of_shoot(levisham)[0] is Grade.X
    # One accepted source is enough: the next counts at once.
    ingrid.post(f"/shoots/{stops['Rauma']}/sources/new", **a_source(address="https://rauma.no/film"))
    with app.app_context():
        assert of_shoot(stops["Rauma"])[0] is Grade.A


def test_what_is_turned_down_leaves_no_trace_in_the_record(app: Flask, stops: dict[str, int]) -> None:
    ingrid, solveig = signed_in(app, "Ingrid"), signed_in(app, "Solveig")
    ingrid.post(f"/shoots/{stops['Rauma']}/sources/new", **a_source())
    assert solveig.post("/moderation/sources/1", action="reject", words="Not about Rauma.").status_code == 303
    with app.app_context():
        assert db.session.scalar(select(Source).where(Source.address_key == "nrk.no/rauma")) is None
    ingrid.post(f"/shoots/{stops['Rauma']}/sources/new", **a_source())
    assert "1 waiting, by risk" in seen(solveig.get("/moderation"))


def test_whoever_cited_may_change_and_remove_it_others_may_not(app: Flask, stops: dict[str, int]) -> None:
    ingrid, marcello, rauma = signed_in(app, "Ingrid"), signed_in(app, "Marcello"), stops["Rauma"]
    for name in ("Ingrid", "Marcello"):
        trust(app, name)
    ingrid.post(f"/shoots/{rauma}/sources/new", **a_source(when="2020-09", shown_when="2020-09"))
    with app.app_context():
        number = db.session.scalar(select(func.max(Citation.id)))
        assert of_shoot(rauma) == (Grade.A, Status.WRAPPED, "2020-09")
    address = f"/citations/{number}"
    assert marcello.get(address).status_code == 403
    assert marcello.post(f"{address}/removal").status_code == 403
    assert value_of(ingrid.get(address), "when") == "2020-09"
    began = value_of(ingrid.get(address), "began_with")
    fields = a_source(manner="implies", when="2020-08", shown_when="2020-08", began_with=began)
    assert ingrid.post(address, **fields).status_code == 303
    with app.app_context():
        assert of_shoot(rauma)[0] is Grade.B
    assert ingrid.post(f"{address}/removal", reason="The wrong stop.").status_code == 303
    with app.app_context():
        assert db.session.get(Citation, number) is None
        assert of_shoot(rauma) == (Grade.B, Status.WRAPPED, "../2020-10-05")
        assert latest_changes(db.session)[0].comment == "Removed nrk.no/rauma. The wrong stop."
    history = seen(Visitor(app).get("/changes"))
    assert "Removed nrk.no/rauma" in history


def test_an_edit_that_somebody_else_overtook_shows_both_versions_and_keeps_what_was_typed(
    app: Flask, stops: dict[str, int]
) -> None:
    ingrid, solveig, rauma = signed_in(app, "Ingrid"), signed_in(app, "Solveig"), stops["Rauma"]
    trust(app, "Ingrid")
    ingrid.post(f"/shoots/{rauma}/sources/new", **a_source(when="2020-09", shown_when="2020-09"))
    with app.app_context():
        number = db.session.scalar(select(func.max(Citation.id)))
    address = f"/citations/{number}"
    began = value_of(ingrid.get(address), "began_with")
    of_solveig = a_source(when="2020-09", shown_when="2020-09", quote="We close it.", began_with=began)
    assert solveig.post(address, **of_solveig).status_code == 303
    mine = a_source(when="2020-08", shown_when="2020-08", quote="They close it.", began_with=began)
    late = ingrid.post(address, **mine)
    assert late.status_code == 409
    told = seen(late)
    assert "Its words We close it. They close it." in told and "When, as it says 2020-09 2020-08" in told
    assert value_of(late, "when") == "2020-08" and "They close it." in late.text
    assert ingrid.post(address, **{**mine, "began_with": value_of(late, "began_with")}).status_code == 303
    with app.app_context():
        assert db.session.get_one(Citation, number).quote == "They close it."


def test_a_source_that_refutes_an_order_takes_it_off_the_route_until_it_is_settled(
    app: Flask, stops: dict[str, int]
) -> None:
    solveig = signed_in(app, "Solveig")
    denied = {
        "address": "https://example.org/diary",
        "kind": "interview",
        "stance": "refutes",
        "relation": "next",
        "manner": "states",
        "other": str(stops["Rauma"]),
    }
    answer = solveig.post(f"/shoots/{stops['Rome']}/orders/new", **denied)
    assert (answer.status_code, answer.headers.get("Location")) == (
        303,
        f"/productions/{SLUG}#shoot-{stops['Rome']}",
    )
    with app.app_context():
        assert len(route_on(date(2020, 10, 5)).sayings) == 2  # published later than that day
        today_s = route_on(today())
        assert [s.earlier for s in today_s.sayings] == [stops["Stranda"]]
    page = seen(Visitor(app).get(f"/productions/{SLUG}/contradictions"))
    assert "Did Rauma come before Rome?" in page
    assert "disputed, so not used" in seen(solveig.get(f"/productions/{SLUG}"))
    key = value_of(solveig.get(f"/productions/{SLUG}/contradictions"), "key")
    assert key
    wrong = solveig.post("/shoots/999/orders/new", **denied)
    assert wrong.status_code == 404
    with app.app_context():
        number = db.session.scalar(select(OrderCitation.id).where(OrderCitation.stance == Stance.REFUTES))
    assert solveig.post(f"/orders/{number}/removal").status_code == 303
    with app.app_context():
        assert len(route_on(today()).sayings) == 2


def test_an_order_that_the_dates_leave_open_follows_a_source_that_states_it(
    app: Flask, stops: dict[str, int]
) -> None:
    solveig = signed_in(app, "Solveig")
    fields = {
        "address": "https://example.org/diary",
        "kind": "interview",
        "stance": "supports",
        "relation": "before",
        "manner": "states",
        "other": str(stops["Rauma"]),
        "author": "The gaffer",
    }
    assert solveig.post(f"/shoots/{stops['Stranda']}/orders/new", **fields).status_code == 303
    with app.app_context():
        assert "Leavesden → Stranda → Rauma → Rome" in route_in_words(route_on(today()).route)
    assert "The gaffer says that Stranda came before Rauma" in seen(Visitor(app).get(f"/productions/{SLUG}"))


def test_a_stop_lives_through_its_statuses_by_what_sources_say(app: Flask, stops: dict[str, int]) -> None:
    solveig = signed_in(app, "Solveig")
    with app.app_context():
        rome = db.session.get_one(Place, db.session.get_one(Shoot, stops["Rome"]).place_id)
        number = shoot(db.session, production(db.session), rome).id
        db.session.commit()
    expected = {
        "rumoured": ("Rumoured", False),
        "planned": ("Planned", True),
        "postponed": ("Postponed", False),
        "permitted": ("Permitted", True),
        "cancelled": ("Cancelled", False),
        "under_way": ("Under way", True),
        "suspended": ("Suspended", True),
    }
    for month, (status, (word, on_line)) in enumerate(expected.items(), 1):
        day = f"2026-{month:02}-01"
        said = a_source(
            address=f"https://example.org/{status}",
            kind="trade_press",
            status=status,
            published=day,
            when="May 2027",
            shown_when="May 2027",
        )
        assert solveig.post(f"/shoots/{number}/sources/new", **said).status_code == 303
        with app.app_context():
            assert of_shoot(number)[1].value == status
            film = route_on(today())
            drawn = {s.id for lane in film.route.lanes for c in lane.clusters for s in c.stops}
            drawn |= {s.id for lane in film.route.lanes for s, _ in lane.floaters}
            assert (number in drawn) is on_line, status
            assert (number in {k.shoot.id for k in film.ghosts}) is (status in ("postponed", "cancelled"))
        assert word in seen(solveig.get(f"/productions/{SLUG}"))


def test_a_repeat_is_marked_and_undone_on_the_sources_page_and_grades_follow(
    app: Flask, stops: dict[str, int]
) -> None:
    solveig = signed_in(app, "Solveig")
    with app.app_context():
        first = source(db.session, "Video", SourceKind.EYEWITNESS_MEDIA, address="https://example.org/video")
        second = source(db.session, "Article", address="https://example.org/article")
        for who in (first, second):
            say(db.session, who, db.session.get_one(Shoot, stops["Abu Dhabi"]))
        numbers = first.id, second.id
        db.session.commit()
    place = f"/sources/{numbers[1]}/repeats"
    refused = solveig.post(f"/sources/{numbers[0]}/repeats", of=str(numbers[0]))
    assert refused.status_code == 400
    assert "would repeat each other" in seen(refused)
    grades = []
    for address, fields in ((place, {"of": "https://m.example.org/video?si=1"}), (f"{place}/undo", {})):
        assert solveig.post(address, **fields).status_code == 303
        shown = seen(solveig.get(f"/sources/{numbers[1]}"))
        grades.append("Repeats another source" in shown)
    assert grades == [True, False]
    assert "Supports" in seen(Visitor(app).get(f"/sources/{numbers[0]}"))


def production(session: Session) -> Production:
    found = production_titled(session, "MI7")
    assert found
    return found


def route_on(day: date) -> FilmRoute:
    return film_route(db.session, production(db.session), as_of=day, today=today())


def test_a_waiting_source_is_withdrawn_by_its_sender_alone(app: Flask, stops: dict[str, int]) -> None:
    ingrid, solveig = signed_in(app, "Ingrid"), signed_in(app, "Solveig")
    ingrid.post(f"/shoots/{stops['Rauma']}/sources/new", **a_source(title="A letter"))
    account = seen(ingrid.get("/account"))
    assert "A letter Rauma , Mission: Impossible" in account
    for other in (signed_in(app, "Marcello"), solveig):
        assert other.post("/moderation/sources/1/withdrawal").status_code == 403
    assert ingrid.post("/moderation/sources/99/withdrawal").status_code == 404
    assert ingrid.post("/moderation/sources/1/withdrawal").status_code == 303
    page = ingrid.get("/account")
    assert "/moderation/sources/1/withdrawal" not in page.text
    assert "Withdrawn" in seen(page)
    assert "No source waits." in seen(solveig.get("/moderation/sources"))
    assert solveig.post("/moderation/sources/1", action="accept").status_code == 409
    assert ingrid.post("/moderation/sources/1/withdrawal").status_code == 409


def test_the_history_of_an_accepted_source_names_who_sent_it_in(app: Flask, stops: dict[str, int]) -> None:
    ingrid, solveig = signed_in(app, "Ingrid"), signed_in(app, "Solveig")
    ingrid.post(f"/shoots/{stops['Rauma']}/sources/new", **a_source(title="A letter"))
    assert solveig.post("/moderation/sources/1", action="accept").status_code == 303
    words = "Accepted offered citation 1, sent in by Ingrid"
    for address in ("/changes", f"/changes?shoot={stops['Rauma']}"):
        page = seen(Visitor(app).get(address))
        assert words in page, address
    with app.app_context():
        number = db.session.scalars(
            select(Change.id).where(Change.comment == "Accepted offered citation 1")
        ).one()
    page = seen(Visitor(app).get(f"/changes/{number}"))
    assert words in page and "By Solveig" in page
