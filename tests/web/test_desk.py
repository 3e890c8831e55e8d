"""The desk around a decision: undo, presence, answers, trust, second persons, and what the public sees."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from tests.cast import PASSWORD, film_case, latest_changes, moderator, owner, stranger
from tests.web.test_moderation import ANDALSNES, SLUG, TODAY, decide, loaded, route_today, sent
from tests.web.test_place_editing import edit
from tests.web.visitors import Visitor, seen, signed_in
from tracker.accounts.models import Role, User
from tracker.accounts.operations import find_user, sign_up
from tracker.config import Settings, from_environment
from tracker.extensions import db
from tracker.foundation.clock import now
from tracker.foundation.dates import parse_period
from tracker.foundation.errors import ConfigurationError
from tracker.foundation.geo import Point
from tracker.history.recording import change
from tracker.photos.licences import Licence
from tracker.places.models import Place, PlaceKind, Privacy
from tracker.places.operations import PlaceDraft, find_or_add_place
from tracker.productions.evidence import Citation
from tracker.productions.models import Shoot
from tracker.productions.operations import CitationDraft, cite
from tracker.productions.photographing import PhotoDraft, PictureFile, add_photo
from tracker.productions.queries import production_titled
from tracker.sightings.models import Risk, Sighting, State
from tracker.sightings.moderation import accept
from tracker.sightings.operations import SightingDraft, submit
from tracker.sightings.trust import trust_of
from tracker.sources.models import SourceKind
from tracker.sources.operations import SourceDraft, find_or_add_source

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
FILM = f"/productions/{SLUG}"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def cast(app: Flask) -> None:
    with app.app_context():
        owner(db.session), stranger(db.session), moderator(db.session)
        sign_up(db.session, name="Ines", password=PASSWORD, role=Role.MODERATOR)
        film_case(db.session)
        db.session.commit()


@pytest.fixture
def desk(app: Flask) -> Visitor:
    return signed_in(app, "Solveig")


def earlier(app: Flask, number: int, by: timedelta) -> None:
    """Let a decision have been made some time before."""
    with app.app_context():
        moment = now() - by
        db.session.execute(update(Sighting).where(Sighting.id == number).values(decided_at=moment))
        db.session.commit()


def user_named(name: str) -> User:
    user = find_user(db.session, name)
    assert user is not None
    return user


# Undo -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("accept", {}),
        ("merge", {"shoot": "3"}),
        ("reject", {"reason": "no_source", "words": "No link."}),
    ],
)
def test_a_decision_can_be_undone_from_the_next_page_and_nothing_of_it_is_left(
    app: Flask, desk: Visitor, action: str, fields: dict[str, str]
) -> None:
    number = sent(app)
    with app.app_context():
        before = counts()
    decide(desk, number, action, **fields)
    page = desk.get(f"/moderation/{number}")
    assert "Undo" in seen(page)
    answer = desk.post(f"/moderation/{number}/undo")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/moderation/{number}")
    sighting = loaded(app, number)
    assert (sighting.state, sighting.decided_by_id, sighting.shoot_id) == (State.PENDING, None, None)
    assert route_today(app) == TODAY
    with app.app_context():
        assert counts() == before
        undone, decided, _ = latest_changes(db.session, about=("sighting", number))
        assert undone.author is not None
        assert undone.author.name == "Solveig"
        assert undone.comment == f"Undid the decision on sighting {number}"
        assert decided.id < undone.id
    assert "Your decision" in seen(desk.get(f"/moderation/{number}"))


def counts() -> list[int | None]:
    return [db.session.scalar(select(func.count(table.id))) for table in (Shoot, Citation, Place)]


def test_only_who_decided_undoes_and_only_for_ten_seconds(app: Flask, desk: Visitor) -> None:
    number = sent(app)
    decide(desk, number, "accept")
    ines = signed_in(app, "Ines")
    assert "Undo" not in seen(ines.get(f"/moderation/{number}"))
    assert ines.post(f"/moderation/{number}/undo").status_code == 403
    earlier(app, number, timedelta(seconds=20))
    assert "Undo" not in seen(desk.get(f"/moderation/{number}"))
    late = desk.post(f"/moderation/{number}/undo")
    assert late.status_code == 409
    assert "The 10 seconds to undo are over." in seen(late)
    assert loaded(app, number).state is State.ACCEPTED


def test_an_undo_leaves_what_others_have_built_on_it(app: Flask, desk: Visitor) -> None:
    number = sent(app, when="3 July 2021")
    decide(desk, number, "accept")
    with app.app_context():
        shoot = db.session.get_one(Shoot, loaded(app, number).shoot_id)
        with change(db.session, by=user_named("Marcello"), comment="Another source"):
            paper = find_or_add_source(db.session, SourceDraft(kind=SourceKind.TRADE_PRESS, title="A paper"))
            cite(db.session, shoot, paper, CitationDraft(period=parse_period("3 July 2021")))
        db.session.commit()
        kept = shoot.id
    assert desk.post(f"/moderation/{number}/undo").status_code == 303
    assert loaded(app, number).state is State.PENDING
    with app.app_context():
        cited = select(func.count(Citation.id)).where(Citation.shoot_id == kept)
        assert db.session.scalar(cited) == 1


# Two at once ----------------------------------------------------------------------------------------------


def test_who_else_has_it_open_is_said_and_forgotten_when_they_leave(app: Flask, desk: Visitor) -> None:
    number = sent(app)
    ines = signed_in(app, "Ines")
    ines.get(f"/moderation/{number}")
    assert "Ines has this open too, since less than a minute." in seen(desk.get(f"/moderation/{number}"))
    told = ines.post(f"/moderation/{number}/presence").get_json()
    assert told == {"waits": True, "others": [{"name": "Solveig", "since": "less than a minute"}]}
    assert ines.post(f"/moderation/{number}/presence", left="1").status_code == 200
    assert "Ines has this open too" not in seen(desk.get(f"/moderation/{number}"))
    decide(desk, number, "accept")
    assert ines.post(f"/moderation/{number}/presence").get_json()["waits"] is False


# Answers --------------------------------------------------------------------------------------------------


def turned_down(app: Flask, desk: Visitor) -> int:
    number = sent(app, address="")
    decide(desk, number, "reject", reason="no_source", words="Where did you read it?")
    return number


def test_the_sender_answers_once_and_another_moderator_comes_first(app: Flask, desk: Visitor) -> None:
    number = turned_down(app, desk)
    ingrid = signed_in(app, "Ingrid")
    assert "You can answer, once, until" in seen(ingrid.get(f"/sightings/{number}"))
    assert "No source. Where did you read it?" in seen(ingrid.get(f"/sightings/{number}/answer"))
    fields = {"words": "In the paper.", "when": "7 Sept 2020", "address": "https://paper.example/a"}
    assert ingrid.post(f"/sightings/{number}/answer", **fields).status_code == 303
    sighting = loaded(app, number)
    assert (sighting.state, sighting.reason, sighting.address) == (State.PENDING, None, fields["address"])
    assert sighting.start.text == "7 Sept 2020"
    mine, others = seen(desk.get(f"/moderation/{number}")), signed_in(app, "Ines").get("/moderation")
    assert "Turned down by Solveig, less than a minute ago No source. Where did you read it?" in mine
    assert "Answer by Ingrid, less than a minute ago In the paper." in mine
    assert "You turned this down, and its sender has answered." in mine
    assert "Answered. You turned it down: somebody else first" in seen(desk.get("/moderation"))
    assert "Answered. Mission: Impossible" in seen(others)
    # Once: until it is turned down again there is nothing to answer.
    again = ingrid.post(f"/sightings/{number}/answer", words="And more.")
    assert again.status_code == 409
    assert "There is nothing to answer." in seen(again)
    decide(signed_in(app, "Ines"), number, "reject", reason="cannot_be", words="Not that day.")
    assert ingrid.post(f"/sightings/{number}/answer", words="It was.").status_code == 303


def test_after_72_hours_the_address_says_so(app: Flask, desk: Visitor) -> None:
    number = turned_down(app, desk)
    earlier(app, number, 73 * HOUR)
    ingrid = signed_in(app, "Ingrid")
    for page in (
        ingrid.get(f"/sightings/{number}/answer"),
        ingrid.post(f"/sightings/{number}/answer", words="Still."),
    ):
        assert page.status_code == 410
        assert "The time to answer is over." in seen(page)
    assert loaded(app, number).state is State.REJECTED
    assert "The 72 hours to answer ended on" in seen(ingrid.get(f"/sightings/{number}"))


def test_an_answer_without_words_or_with_a_date_that_cannot_be_is_kept_and_refused(
    app: Flask, desk: Visitor
) -> None:
    number = turned_down(app, desk)
    ingrid = signed_in(app, "Ingrid")
    page = ingrid.post(f"/sightings/{number}/answer", words="", when="31 Sept 2020")
    assert page.status_code == 422
    assert "Say in a sentence what was overlooked." in seen(page)
    assert "31 September" in seen(page)
    assert signed_in(app, "Marcello").get(f"/sightings/{number}/answer").status_code == 404


# What speaks against it -----------------------------------------------------------------------------------


def test_risk_is_written_down_when_it_is_sent(app: Flask) -> None:
    sea = PlaceDraft(name="A pin", kind=PlaceKind.POINT, point=Point(58.0, 3.0))
    home = PlaceDraft(name="her house", kind=PlaceKind.POINT, country="NO", point=Point(62.5, 7.7))
    plain = sent(app, address="https://paper.example/2020/10/01/a")
    contradicting = sent(app, when="2150", address="https://paper.example/b")
    older = sent(app, when="Nov 2020", address="https://paper.example/2020/10/01/c")
    private = sent(app, place=home, address="https://paper.example/d")
    afloat = sent(app, place=sea, address="https://paper.example/e")
    risks = [loaded(app, number).risk for number in (plain, contradicting, older, private)]
    assert risks == [Risk.NEW_ACCOUNT, Risk.CONTRADICTION, Risk.CONTRADICTION, Risk.PRIVACY]
    assert "Source age" in loaded(app, older).flags
    text = seen(signed_in(app, "Solveig").get(f"/moderation/{afloat}"))
    assert "Sea The pin lies in the open sea." in text
    assert "Home Says “her house”: it may be where somebody lives." in seen(
        signed_in(app, "Solveig").get(f"/moderation/{private}")
    )


def test_the_queue_is_narrowed_by_kind_film_and_country_and_keeps_that_on_the_way(
    app: Flask, desk: Visitor
) -> None:
    here = sent(app)
    elsewhere = sent(app, title="Another Film", place=None)
    page = desk.get("/moderation?country=NO")
    assert f"/moderation/{here}?country=NO" in page.text
    assert f"/moderation/{elsewhere}" not in page.text
    answer = desk.post(f"/moderation/{here}/decision?country=NO", action="accept")
    assert answer.headers["Location"] == f"/moderation/{here}?country=NO"
    assert "Nothing waits." in seen(desk.get("/moderation?kind=citation"))
    for odd in ("kind=x&film=x&country=xxx&after=x", "film=99999999999999999999", "after=1_2_3_4_5"):
        assert desk.get(f"/moderation?{odd}").status_code == 200


# Trust ----------------------------------------------------------------------------------------------------


def make_trusted(app: Flask) -> None:
    """Let ten sightings of Ingrid's be accepted."""
    with app.app_context():
        solveig, ingrid = user_named("Solveig"), user_named("Ingrid")
        for n in range(10):
            draft = SightingDraft(
                production_title="Her Film", place_text=f"Place {n}", period=parse_period("2020")
            )
            sighting = submit(db.session, draft, by=ingrid)
            accept(db.session, sighting, by=solveig, kind=SourceKind.TRADE_PRESS)
        assert trust_of(db.session, ingrid).is_trusted
        db.session.commit()


def test_a_trusted_contributors_sighting_counts_at_once_and_is_taken_back_in_one_click(
    app: Flask, desk: Visitor
) -> None:
    make_trusted(app)
    number = sent(app, when="3 July 2019")
    assert (loaded(app, number).state, loaded(app, number).unreviewed) == (State.ACCEPTED, True)
    assert "Åndalsnes" in route_today(app)
    film = seen(Visitor(app).get(FILM))
    assert "published unreviewed by a trusted contributor" in film
    own = seen(signed_in(app, "Ingrid").get(f"/sightings/{number}"))
    assert "Published unreviewed by a trusted contributor" in own
    assert "Åndalsnes, 3 Jul 2019" in seen(desk.get("/moderation/trusted"))
    assert desk.post(f"/moderation/{number}/review", action="take_back").status_code == 303
    assert loaded(app, number).state is State.PENDING
    assert route_today(app) == TODAY


def test_what_a_moderator_lets_stand_says_so(app: Flask, desk: Visitor) -> None:
    make_trusted(app)
    number = sent(app, when="3 July 2019")
    assert desk.post(f"/moderation/{number}/review", action="confirm").status_code == 303
    sighting = loaded(app, number)
    assert (sighting.state, sighting.unreviewed) == (State.ACCEPTED, False)
    assert "Nothing waits for a second look." in seen(desk.get("/moderation/trusted"))
    assert desk.post(f"/moderation/{number}/review", action="confirm").status_code == 409


@pytest.mark.parametrize("odd", [{"when": "2150"}, {"address": ""}, {"when": "early Sept 2020"}])
def test_what_is_odd_or_perhaps_there_already_waits_even_from_the_trusted(
    app: Flask, odd: dict[str, str]
) -> None:
    make_trusted(app)
    assert loaded(app, sent(app, **{"when": "3 July 2019", **odd})).state is State.PENDING  # type: ignore[arg-type]  # any field


def test_a_moderator_takes_trust_back_with_a_reason_and_gives_it_again(app: Flask, desk: Visitor) -> None:
    make_trusted(app)
    assert "Trusted: 10 of the last 10" in seen(desk.get("/users/Ingrid/trust"))
    assert desk.post("/users/Ingrid/trust", action="revoke", reason=" ").status_code == 422
    assert desk.post("/users/Ingrid/trust", action="revoke", reason="Guesses.").status_code == 303
    assert loaded(app, sent(app, when="3 July 2019")).state is State.PENDING
    assert "Guesses." in seen(desk.get("/users/Ingrid/trust"))
    assert desk.post("/users/Ingrid/trust", action="restore").status_code == 303
    assert loaded(app, sent(app, when="4 July 2017", address="https://paper.example/z")).unreviewed
    assert desk.post("/users/Solveig/trust", action="revoke", reason="Me.").status_code == 403


def test_trust_takes_ten_decided_and_nine_in_ten_accepted(app: Flask, desk: Visitor) -> None:
    make_trusted(app)
    for n in range(2):
        number = sent(app, address="", when="2150")
        decide(desk, number, "reject", reason="cannot_be", words=f"Not so. {n}")
    with app.app_context():
        trust = trust_of(db.session, user_named("Ingrid"))
        assert (trust.accepted, trust.decided, trust.is_trusted) == (10, 12, False)


# Second persons -------------------------------------------------------------------------------------------


def a_home(app: Flask, privacy: Privacy = Privacy.OBSCURED) -> int:
    with app.app_context():
        with change(db.session, by=None, comment="Add a place"):
            draft = PlaceDraft(name="The house", point=Point(62.5, 7.5), privacy=privacy)
            number = find_or_add_place(db.session, draft).id
        db.session.commit()
    return number


def privacy_of(app: Flask, number: int) -> Privacy:
    with app.app_context():
        return db.session.get_one(Place, number).privacy


def test_showing_more_of_a_place_takes_two_moderators(app: Flask, desk: Visitor) -> None:
    number = a_home(app)
    assert edit(desk, number, privacy="open").status_code == 422
    assert edit(desk, number, privacy="open", comment="It is a museum now.").status_code == 303
    assert privacy_of(app, number) is Privacy.OBSCURED
    text = seen(desk.get("/moderation/requests"))
    assert "Make The house open" in text
    assert "You asked. A second moderator decides." in text
    assert desk.post("/moderation/requests/1", action="confirm").status_code == 403
    ines = signed_in(app, "Ines")
    assert "Solveig asks: a second moderator decides" in seen(ines.get("/moderation"))
    assert ines.post("/moderation/requests/1", action="confirm").status_code == 303
    assert privacy_of(app, number) is Privacy.OPEN
    with app.app_context():
        last = latest_changes(db.session, about=("place", number))[0]
        assert last.comment == "Make The house open, as Solveig asked: It is a museum now."
    assert ines.post("/moderation/requests/1", action="refuse").status_code == 409


def test_a_moderator_removes_anothers_citation_with_a_second_one(app: Flask, desk: Visitor) -> None:
    assert desk.post("/citations/1/removal", reason=" ").status_code == 400
    assert desk.post("/citations/1/removal", reason="Another film.").status_code == 303
    with app.app_context():
        assert db.session.get(Citation, 1) is not None
    assert desk.post("/citations/1/removal", reason="Once more.").status_code == 409
    ines = signed_in(app, "Ines")
    assert ines.post("/moderation/requests/1", action="confirm").status_code == 303
    with app.app_context():
        assert db.session.get(Citation, 1) is None


def test_what_is_refused_stays_as_it_is(app: Flask, desk: Visitor) -> None:
    desk.post("/citations/1/removal", reason="Another film.")
    assert signed_in(app, "Ines").post("/moderation/requests/1", action="refuse").status_code == 303
    with app.app_context():
        assert db.session.get(Citation, 1) is not None
    assert "Nothing waits for a second person." in seen(desk.get("/moderation/requests"))


def test_where_one_person_does_it_all_he_decides_his_own(app: Flask, settings: Settings) -> None:
    from dataclasses import replace  # noqa: PLC0415 - the one test with other settings

    app.config["SETTINGS"] = replace(settings, own_decisions=True)
    desk = signed_in(app, "Solveig")
    number = sent(app, by="Solveig")
    assert decide(desk, number, "accept")[0] == 303
    assert desk.post("/citations/1/removal", reason="A mistake.").status_code == 303
    with app.app_context():
        assert db.session.get(Citation, 1) is None


@pytest.mark.usefixtures("engine_url")
def test_the_setting_is_allow_or_refuse(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = str(tmp_path_factory.mktemp("instance"))
    assert from_environment({"INSTANCE_PATH": folder, "OWN_DECISIONS": "allow"}).own_decisions
    assert not from_environment({"INSTANCE_PATH": folder}).own_decisions
    with pytest.raises(ConfigurationError, match="OWN_DECISIONS 'perhaps' is neither allow nor refuse"):
        from_environment({"INSTANCE_PATH": folder, "OWN_DECISIONS": "perhaps"})


# One queue ------------------------------------------------------------------------------------------------


def test_what_has_a_page_of_its_own_waits_in_the_same_queue_and_leads_there(
    app: Flask, desk: Visitor
) -> None:
    ingrid = signed_in(app, "Ingrid")
    sent(app)
    with app.app_context():
        rauma = db.session.scalars(select(Place).where(Place.name == "Rauma")).one()
        address = f"/places/{rauma.id}-{rauma.slug}"
        ines = user_named("Ines")
        with change(db.session, by=ines, comment="A photo"):
            file = PictureFile("a" * 64, 640, 480)
            said = PhotoDraft(author="Ines", licence=Licence.CC0)
            add_photo(db.session, file, said, by=ines, place=rauma)
        db.session.commit()
    ingrid.post("/removals/new", page=address, about="place", asker="resident", words="I live there.")
    ingrid.post("/flags/new", page=address, reason="privacy", words="A name.")
    ingrid.post("/flags/new", page=FILM, reason="spam", words="")
    ingrid.post("/notes/new", title="MI7", place="Bergen", words="A crane on the quay")
    queue = desk.get("/moderation")
    text = seen(queue)
    assert "6 waiting, by risk, then by age." in text
    assert "Removal: Rauma now Not hidden yet, to be decided in 6 days 23 hours" in text
    assert text.index("Flag: It tells something private") < text.index("Åndalsnes")
    for link in (
        "/moderation/removals#request-1",
        "/moderation/flags#flag-1",
        "/moderation/flags#flag-2",
        "/moderation/photos#photo-1",
        "/notes/1",
    ):
        assert f'href="{link}"' in queue.text
        page, _, anchor = link.partition("#")
        shown = desk.get(page)
        assert shown.status_code == 200 and (not anchor or f'id="{anchor}"' in shown.text)
    only = seen(desk.get("/moderation?kind=note"))
    assert "1 waiting" in only and "Note: MI7" in only and "Flag:" not in only
    assert "of 6 in the queue" in seen(ingrid.get("/sightings/1"))
    mine = signed_in(app, "Ines").get("/moderation?kind=photo")
    assert "queue-item-own" in mine.text and "Yours: someone else decides" in seen(mine)
    desk.post("/moderation/removals/1", action="refuse", words="It is a municipality.")
    assert "Yours: someone else decides" in seen(desk.get("/moderation?kind=removal"))
    assert "Refused by one, a second has to agree" in seen(
        signed_in(app, "Ines").get("/moderation?kind=removal")
    )


# What the public sees -------------------------------------------------------------------------------------


def test_what_waits_shows_its_municipality_and_is_no_stop(app: Flask) -> None:
    sent(app)
    home = PlaceDraft(name="his house", kind=PlaceKind.POINT, country="NO", point=Point(62.1234, 7.5678))
    sent(app, place=home, address="https://paper.example/home")
    page = Visitor(app).get(FILM)
    text = seen(page)
    assert "Unreviewed: 1 sighting waits" in text
    assert "Rauma, Norway , within 1–10 Sep 2020" in text
    assert "Åndalsnes" not in page.text
    assert "his house" not in page.text
    assert "62.1234" not in page.text
    assert route_today(app) == TODAY


def test_the_place_page_names_the_film_of_what_waits(app: Flask) -> None:
    sent(app)
    with app.app_context():
        rauma = db.session.scalars(select(Place).where(Place.name == "Rauma")).one()
        address = f"/places/{rauma.id}-{rauma.slug}"
        assert production_titled(db.session, "MI7") is not None
    text = seen(Visitor(app).get(address))
    assert "Unreviewed: 1 sighting waits" in text
    assert "for Mission: Impossible – Dead Reckoning Part One" in text
    assert ANDALSNES.name not in text
