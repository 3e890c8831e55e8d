"""The desk: what a moderator sees, and what a decision changes: map, evidence, history, the sender's page."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import PASSWORD, film_case, latest_changes, moderator, owner
from tests.web.visitors import Visitor, errors_in, seen, signed_in
from tracker.accounts.models import Role
from tracker.accounts.operations import find_user, sign_up
from tracker.extensions import db
from tracker.foundation.dates import describe, parse_period
from tracker.foundation.geo import Point
from tracker.places.models import PlaceKind
from tracker.places.operations import PlaceDraft
from tracker.productions.evidence import Citation
from tracker.productions.models import Grade, Production, Shoot, Status
from tracker.productions.queries import production_titled
from tracker.routes.film import film_route
from tracker.routes.words import route_in_words
from tracker.sightings.models import Reason, Sighting, State
from tracker.sightings.operations import SightingDraft, submit
from tracker.sources.models import Source, SourceKind

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
ANDALSNES = PlaceDraft(
    name="Åndalsnes",
    kind=PlaceKind.TOWN,
    country="NO",
    region="Møre og Romsdal",
    municipality="Rauma",
    point=Point(62.56749, 7.68709),
    uncertainty_m=1088,
    gazetteer_id="geonames:3163155",
)
RAUMA_FINLAND = PlaceDraft(
    name="Rauma",
    kind=PlaceKind.TOWN,
    country="FI",
    region="Satakunta",
    point=Point(61.12724, 21.51127),
    uncertainty_m=2867,
    gazetteer_id="geonames:639734",
)
LINK = "https://news.example/andalsnes"
TODAY = (
    "Leavesden → [Rauma, Stranda] → Rome → Venice → Piazza Venezia → [Abu Dhabi, Longcross] → Levisham"
    " → Stoney Middleton"
)
SLUG = "mission-impossible-dead-reckoning-part-one"


@pytest.fixture(autouse=True)
def cast(app: Flask) -> None:
    """Sign up a contributor and a moderator; put in the film of the case."""
    with app.app_context():
        owner(db.session), moderator(db.session)
        film_case(db.session)
        db.session.commit()


@pytest.fixture
def desk(app: Flask) -> Visitor:
    return signed_in(app, "Solveig")


def sent(
    app: Flask,
    *,
    by: str = "Ingrid",
    title: str = "MI7",
    place: PlaceDraft | None = ANDALSNES,
    when: str = "early Sept 2020",
    address: str = LINK,
    status: Status = Status.CONFIRMED,
    seen_by_sender: bool = False,
) -> int:
    """Send a sighting in; answer its number."""
    with app.app_context():
        user = find_user(db.session, by)
        assert user is not None
        draft = SightingDraft(
            production_title=title,
            production=production_titled(db.session, title),
            place_text=place.name if place else "somewhere",
            place=place,
            period=parse_period(when),
            status=status,
            address=address,
            seen_by_sender=seen_by_sender,
        )
        number = submit(db.session, draft, by=user).id
        db.session.commit()
    return number


def decide(desk: Visitor, number: int, action: str, **fields: str) -> tuple[int, str]:
    answer = desk.post(f"/moderation/{number}/decision", action=action, **fields)
    return answer.status_code, answer.headers.get("Location", "")


def route_today(app: Flask, title: str = "MI7") -> str:
    with app.app_context():
        production = production_titled(db.session, title)
        assert production is not None
        return route_in_words(film_route(db.session, production, as_of=None, today=date(2026, 1, 1)).route)


def loaded(app: Flask, number: int) -> Sighting:
    with app.app_context():
        sighting = db.session.get(Sighting, number)
        assert sighting is not None
        return sighting


# What the desk shows ----------------------------------------------------------------------------------------


@SQLITE
def test_the_queue_stands_oldest_first_and_greys_ones_own(app: Flask, desk: Visitor) -> None:
    first = sent(app, when="2020")
    own = sent(app, by="Solveig", when="Oct 2020")
    text = seen(desk.get("/moderation"))
    assert "2 waiting, by risk, then by age. Oldest: less than a minute." in text
    assert text.index("Åndalsnes, 2020") < text.index("Åndalsnes, Oct 2020")
    assert text.count("Yours: someone else decides") == 1
    assert f'href="/moderation/{first}"' in desk.get("/moderation").text
    page = desk.get(f"/moderation/{own}")
    assert "Yours. Someone else decides about it." in seen(page)
    assert "Your decision" not in seen(page)


@SQLITE
def test_an_empty_desk_says_when_the_last_decision_was(app: Flask, desk: Visitor) -> None:
    assert "Nothing waits. No decision has been made yet." in seen(desk.get("/moderation"))
    decide(desk, sent(app), "accept")
    assert "Last decision less than a minute ago." in seen(desk.get("/moderation"))


@SQLITE
def test_an_item_says_what_was_typed_understood_and_checked(app: Flask, desk: Visitor) -> None:
    page = desk.get(f"/moderation/{sent(app)}")
    text = seen(page)
    assert "by Ingrid, account less than a minute old, first entry" in text
    assert "“Åndalsnes”, chosen: Åndalsnes, Town, Rauma, Møre og Romsdal, Norway" in text
    assert "“early Sept 2020”. Between 1 and 10 September 2020." in text
    assert "Speaks against it Nothing was found." in text
    assert "Known as Mission: Impossible – Dead Reckoning Part One." in text
    assert "An address that is new to the record." in text
    assert (
        f'<a class="long-link" href="{LINK}" rel="nofollow ugc noopener noreferrer">{LINK}</a>' in page.text
    )


@SQLITE
def test_what_speaks_against_it_is_said_in_words(app: Flask, desk: Visitor) -> None:
    far = seen(desk.get(f"/moderation/{sent(app, place=RAUMA_FINLAND, when='Sept 2020')}"))
    assert "Distance 744 km from Rauma, the nearest of the film’s stops of those weeks." in far
    assert "Namesake Another Rauma, 744 km away, is a stop of this film." in far
    late = seen(desk.get(f"/moderation/{sent(app, when='March 2024')}"))
    assert "Date After the release, 12 July 2023." in late
    ahead = seen(desk.get(f"/moderation/{sent(app, when='2150')}"))
    assert "Date “Work was done”, but 2150 lies ahead." in ahead
    bare = seen(desk.get(f"/moderation/{sent(app, place=None, address='', when='not sure')}"))
    assert "Place “somewhere” has no pin. It would be listed as not located." in bare
    assert "Date No date. It would be listed beside the map." in bare
    assert "Source Nothing that others can open: it would be graded E, rumour." in bare
    known = seen(desk.get(f"/moderation/{sent(app, address='https://www.news.example/train?utm_source=x')}"))
    assert (
        "Source “NME, by way of Myspace” is already cited for Rauma, Stranda. It only repeats another source."
        in known
    )


@SQLITE
def test_it_stands_beside_its_likely_duplicate_with_the_route_before_and_after(
    app: Flask, desk: Visitor
) -> None:
    text = seen(desk.get(f"/moderation/{sent(app)}"))
    assert "Already there: shoot 3" in text
    assert "Rauma, municipality, Møre og Romsdal, NO" in text
    assert f"Now, and if merged. {TODAY}: 6,260 km in all." in text
    after = TODAY.replace("[Rauma, Stranda]", "[Rauma, Stranda, Åndalsnes]")
    assert f"If accepted as new. {after}: 6,260 km in all." in text
    assert (
        "For the first in the list: grade B stays, the route stays as it is. "
        "Its dates become “began within 1–10 Sep 2020, ended by 5 Oct 2020”." in text
    )
    assert "Grade D, wrapped. Draws the route shown above. Nothing speaks against it." in text


@SQLITE
def test_what_the_desk_foretells_is_what_happens(app: Flask, desk: Visitor) -> None:
    number = sent(app, when="20 Aug 2020", seen_by_sender=True)
    text = seen(desk.get(f"/moderation/{number}"))
    foretold = text.split("If accepted as new. ")[1].split(":")[0]
    decide(desk, number, "accept", kind="eyewitness_media")
    assert route_today(app) == foretold
    assert foretold != TODAY


# Decisions ------------------------------------------------------------------------------------------------


def test_accepting_makes_a_shoot_with_a_citation_history_and_a_new_route(app: Flask, desk: Visitor) -> None:
    assert route_today(app) == TODAY
    number = sent(app, when="3 July 2021")
    assert decide(desk, number, "accept", kind="own_reporting") == (303, f"/moderation/{number}")
    assert route_today(app) == TODAY.replace("Levisham →", "Levisham → Åndalsnes →")
    with app.app_context():
        sighting = db.session.get(Sighting, number)
        assert sighting is not None
        shoot = db.session.get(Shoot, sighting.shoot_id)
        assert shoot is not None
        assert (shoot.status, shoot.grade, describe(shoot.period)) == (Status.WRAPPED, Grade.C, "3 Jul 2021")
        ((citation, source),) = db.session.execute(
            select(Citation, Source).join(Source).where(Citation.shoot_id == shoot.id)
        )
        assert (source.kind, source.address) == (SourceKind.OWN_REPORTING, LINK)
        assert (citation.status, citation.start.text) == (Status.CONFIRMED, "3 July 2021")
        accepted, submitted = latest_changes(db.session, about=("sighting", number))
        assert accepted.author is not None
        assert (accepted.author.name, accepted.comment) == (
            "Solveig",
            f"Accepted sighting {number} as a new shoot",
        )
        assert {(r.table_name, r.action.value) for r in accepted.revisions} >= {
            ("place", "added"),
            ("shoot", "added"),
            ("source", "added"),
            ("citation", "added"),
            ("sighting", "changed"),
        }
        assert submitted.author is not None
        assert submitted.author.name == "Ingrid"


@SQLITE
def test_the_sender_is_told_that_it_is_live_with_a_link_to_the_stop(app: Flask, desk: Visitor) -> None:
    number = sent(app)
    decide(desk, number, "accept")
    page = signed_in(app, "Ingrid").get(f"/sightings/{number}")
    assert "Your sighting is live. It became a stop of its own." in seen(page)
    assert "Accepted by Solveig" in seen(page)
    shoot_id = loaded(app, number).shoot_id
    assert f'href="/productions/{SLUG}#shoot-{shoot_id}"' in page.text
    film = Visitor(app).get(f"/productions/{SLUG}")
    assert film.status_code == 200
    assert f'id="shoot-{shoot_id}"' in film.text


def test_merging_adds_the_source_to_the_shoot_and_no_stop(app: Flask, desk: Visitor) -> None:
    number = sent(app, seen_by_sender=True)
    with app.app_context():
        before = len(db.session.scalars(select(Shoot.id)).all())
    assert decide(desk, number, "merge", shoot="3", kind="eyewitness_media")[0] == 303
    # Inside the brackets the stops are listed by their earliest day, which the new source knows better.
    assert route_today(app) == TODAY.replace("[Rauma, Stranda]", "[Stranda, Rauma]")
    sighting = loaded(app, number)
    assert (sighting.state, sighting.shoot_id) == (State.MERGED, 3)
    with app.app_context():
        assert len(db.session.scalars(select(Shoot.id)).all()) == before
        cited = db.session.scalars(select(Source.address).join(Citation).where(Citation.shoot_id == 3)).all()
        assert LINK in cited
    assert "Its source was added to a stop that was there already." in seen(
        signed_in(app, "Ingrid").get(f"/sightings/{number}")
    )


def test_turning_down_takes_a_reason_and_words_that_the_sender_reads(app: Flask, desk: Visitor) -> None:
    number = sent(app, place=RAUMA_FINLAND)
    words = "The post thanks Rauma in <b>Norway</b>."
    assert decide(desk, number, "reject", reason="wrong_namesake", words=words)[0] == 303
    assert route_today(app) == TODAY
    sighting = loaded(app, number)
    assert (sighting.state, sighting.reason, sighting.words, sighting.shoot_id) == (
        State.REJECTED,
        Reason.WRONG_NAMESAKE,
        words,
        None,
    )
    page = signed_in(app, "Ingrid").get(f"/sightings/{number}")
    assert f"Wrong namesake. {words}" in seen(page)
    assert "<b>Norway</b>" not in page.text


def test_a_film_that_was_new_begins_to_exist_when_its_sighting_is_accepted(app: Flask, desk: Visitor) -> None:
    number = sent(app, title="The Salt Path")
    assert "“The Salt Path” is new to the record. Accepting adds it." in seen(
        desk.get(f"/moderation/{number}")
    )
    decide(desk, number, "accept")
    assert route_today(app, "the salt path") == "Åndalsnes"
    with app.app_context():
        assert db.session.scalars(select(Production.slug).order_by(Production.id)).all() == [
            SLUG,
            "the-salt-path",
        ]


@SQLITE
def test_a_rumour_that_is_accepted_stays_off_the_route(app: Flask, desk: Visitor) -> None:
    number = sent(app, status=Status.RUMOURED)
    assert "A rumour does not change the route." in seen(desk.get(f"/moderation/{number}"))
    decide(desk, number, "accept")
    assert route_today(app) == TODAY


@SQLITE
@pytest.mark.parametrize(
    ("action", "fields", "error"),
    [
        ("reject", {"words": "No."}, "Choose the reason why it is turned down."),
        (
            "reject",
            {"reason": "no_source", "words": " \u200b "},
            "Say in a sentence why, so that the sender can answer.",
        ),
        ("merge", {}, "Choose the shoot that the source belongs to."),
        ("", {}, "Choose what to do: accept, add to a shoot, or turn down."),
        ("delete", {}, "Choose what to do: accept, add to a shoot, or turn down."),
    ],
)
def test_half_a_decision_is_none_and_keeps_the_words(
    app: Flask, desk: Visitor, action: str, fields: dict[str, str], error: str
) -> None:
    number = sent(app)
    page = desk.post(f"/moderation/{number}/decision", action=action, **fields)
    assert page.status_code == 422
    assert f"Not decided yet {error}" in seen(page)
    assert fields.get("words", "") in page.text
    assert loaded(app, number).state is State.PENDING


@SQLITE
@pytest.mark.parametrize(
    ("field", "value"), [("shoot", "999"), ("shoot", "x"), ("kind", "gossip"), ("reason", "boredom")]
)
def test_a_choice_that_was_not_offered_is_refused(app: Flask, desk: Visitor, field: str, value: str) -> None:
    number = sent(app)
    page = desk.post(f"/moderation/{number}/decision", action="merge", **{field: value})
    assert page.status_code == 422
    assert len(errors_in(page)) == 1
    assert loaded(app, number).state is State.PENDING


def test_nobody_decides_about_ones_own(app: Flask, desk: Visitor) -> None:
    number = sent(app, by="Solveig")
    for action, fields in (
        ("accept", {}),
        ("merge", {"shoot": "3"}),
        ("reject", {"reason": "no_source", "words": "Mine."}),
    ):
        assert decide(desk, number, action, **fields) == (403, "")
    assert loaded(app, number).state is State.PENDING
    assert route_today(app) == TODAY


@SQLITE
def test_the_slower_of_two_is_told_who_decided_and_keeps_the_words(app: Flask, desk: Visitor) -> None:
    with app.app_context():
        sign_up(db.session, name="Ines", password=PASSWORD, role=Role.MODERATOR)
        db.session.commit()
    number = sent(app)
    decide(signed_in(app, "Ines"), number, "accept")
    page = desk.post(
        f"/moderation/{number}/decision", action="reject", reason="no_source", words="I looked for an hour."
    )
    assert page.status_code == 409
    text = seen(page)
    assert re.search(r"Not decided by you Ines accepted this (\d+ seconds?|less than a minute) ago\.", text)
    assert "Your words are kept as a note." in text
    assert "Note by Solveig, less than a minute ago I looked for an hour." in text
    assert "Accepted by Ines less than a minute ago." in text
    sender = seen(signed_in(app, "Ingrid").get(f"/sightings/{number}"))
    assert "I looked for an hour." not in sender
    assert loaded(app, number).state is State.ACCEPTED


@SQLITE
def test_a_sighting_that_does_not_exist_is_a_404(desk: Visitor) -> None:
    assert desk.get("/moderation/4711").status_code == 404
    assert desk.post("/moderation/4711/decision", action="accept").status_code == 404


def test_of_eight_moderators_who_accept_at_once_exactly_one_wins(app: Flask) -> None:
    names = [f"Moderator {n}" for n in range(8)]
    with app.app_context():
        for name in names:
            sign_up(db.session, name=name, password=PASSWORD, role=Role.MODERATOR)
        db.session.commit()
    desks = [signed_in(app, name) for name in names]
    tokens = [desk.token() for desk in desks]
    for _ in range(3):
        number = sent(app)

        def accept(at: int, number: int = number) -> int:
            fields = {"csrf_token": tokens[at], "action": "accept"}
            return desks[at].client.post(f"/moderation/{number}/decision", data=fields).status_code

        with ThreadPoolExecutor(8) as pool:
            assert sorted(pool.map(accept, range(8))) == [303] + [409] * 7
        with app.app_context():
            decided = [
                c for c in latest_changes(db.session, about=("sighting", number)) if "Accepted" in c.comment
            ]
            assert len(decided) == 1


def test_two_sightings_of_one_new_place_decided_at_once_make_one_place(app: Flask) -> None:
    names = ["Moderator 1", "Moderator 2"]
    with app.app_context():
        for name in names:
            sign_up(db.session, name=name, password=PASSWORD, role=Role.MODERATOR)
        db.session.commit()
    desks = [signed_in(app, name) for name in names]
    numbers = [sent(app), sent(app, address="https://other.example/b")]
    tokens = [desk.token() for desk in desks]

    def accept(at: int) -> int:
        fields = {"csrf_token": tokens[at], "action": "accept"}
        return desks[at].client.post(f"/moderation/{numbers[at]}/decision", data=fields).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(accept, range(2)))
    # The slower one may be asked to send again; nothing is lost or doubled either way.
    assert set(answers) <= {303, 409}
    for at, answer in enumerate(answers):
        if answer == 409:
            assert accept(at) == 303
    shoots = [loaded(app, number).shoot_id for number in numbers]
    with app.app_context():
        places = set(db.session.scalars(select(Shoot.place_id).where(Shoot.id.in_(shoots))))
    assert (len(set(shoots)), len(places)) == (2, 1)
