"""A request for removal hides its place at once; granted it stays hidden, refused it takes two to show it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.cast import PASSWORD, film, latest_changes, moderator, place, say, shoot, source
from tests.places.recount import recounted, stored
from tracker.accounts.models import Role, User
from tracker.accounts.operations import sign_up
from tracker.foundation.clock import now
from tracker.foundation.errors import ConflictError, InvalidValueError, NotAllowedError
from tracker.history.models import Revision
from tracker.history.recording import change
from tracker.places.editing import set_whereabouts
from tracker.places.models import Place, PlaceKind, Privacy
from tracker.places.operations import PlaceDraft, find_or_add_place
from tracker.sightings.removal_desk import (
    check_still_hidden,
    confirm,
    forget_contacts,
    grant,
    next_forgotten,
    refuse,
    send_back,
)
from tracker.sightings.removals import (
    Asker,
    Removal,
    RemovalDraft,
    RemovalOf,
    RemovalRules,
    RemovalState,
    ask_removal,
    contacts_of,
    hide,
    removal_by_secret,
)

NAME = "Café at the weir"
RULES = RemovalRules()


def cafe(session: Session) -> Place:
    return place(session, NAME, 62.56731, 7.68713, country="NO", kind=PlaceKind.BUILDING)


def second(session: Session) -> User:
    return sign_up(session, name="Second", password=PASSWORD, role=Role.MODERATOR)


def ask(session: Session, where: Place, network: str = "a", contact: str = "") -> tuple[Removal, str]:
    draft = RemovalDraft(
        about=RemovalOf.PLACE, asker=Asker.RESIDENT, words="I live there.", place=where, contact=contact
    )
    return ask_removal(session, draft, network=network, rules=RULES)


def test_the_place_is_obscured_at_once_and_the_request_is_found_by_its_link_alone(session: Session) -> None:
    where = cafe(session)
    removal, secret = ask(session, where, contact="anna@example.org")
    session.commit()
    assert (where.privacy, where.public_lat, where.public_lon) == (Privacy.OBSCURED, 62.5, 7.7)
    assert where.cell is None
    assert stored(session) == recounted(session)
    assert removal_by_secret(session, secret) is removal
    assert removal_by_secret(session, removal.digest) is None
    assert removal.deadline - removal.asked_at == timedelta(days=7)
    assert contacts_of(session, [removal.id]) == {removal.id: "anna@example.org"}
    assert latest_changes(session)[0].comment == "Obscured: somebody asked for its removal"


def test_granted_the_place_and_its_history_tell_nothing_any_more(session: Session) -> None:
    where, solveig = cafe(session), moderator(session)
    stop = shoot(session, film(session), where, note=f"In the {NAME}")
    say(session, source(session, "Diary"), stop, start="2020", quote=f"at {NAME}")
    with change(session, by=solveig, comment=f"Edit {NAME}"):
        where.municipality = "Rauma"
    removal, _ = ask(session, where)
    grant(session, removal, by=solveig, words="You live there.", texts_too=True)
    session.commit()
    assert (where.name, where.slug, where.privacy) == (
        "Place removed on request",
        "place-removed-on-request",
        Privacy.OBSCURED,
    )
    assert (stop.note, removal.state) == ("", RemovalState.GRANTED)
    told = session.scalars(select(Revision).where(Revision.redaction_id.is_(None)))
    kept = " ".join(f"{one.label} {one.before} {one.after}" for one in told)
    assert NAME not in kept
    assert "62.56731" not in kept
    assert NAME not in " ".join(one.comment for one in latest_changes(session))
    with pytest.raises(ConflictError, match="granted already"):
        refuse(session, removal, by=solveig, words="No.")


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_refused_the_place_is_shown_again_only_when_a_second_moderator_agrees(session: Session) -> None:
    where, solveig, other = cafe(session), moderator(session), second(session)
    removal, _ = ask(session, where)
    refuse(session, removal, by=solveig, words="It is a public café.")
    assert (removal.state, where.privacy) == (RemovalState.REFUSED, Privacy.OBSCURED)
    with pytest.raises(NotAllowedError, match="another moderator has to agree"):
        confirm(session, removal, by=solveig)
    with pytest.raises(NotAllowedError, match="another moderator looks at it"):
        send_back(session, removal, by=solveig)
    confirm(session, removal, by=other)
    session.commit()
    assert (removal.state, where.privacy, where.public_lat) == (RemovalState.KEPT, Privacy.OPEN, 62.56731)
    assert stored(session) == recounted(session)


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_a_second_moderator_may_send_a_refusal_back(session: Session) -> None:
    where, solveig, other = cafe(session), moderator(session), second(session)
    removal, _ = ask(session, where)
    refuse(session, removal, by=solveig, words="No.")
    send_back(session, removal, by=other)
    assert (removal.state, where.privacy) == (RemovalState.PENDING, Privacy.OBSCURED)


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_whoever_entered_the_place_neither_refuses_nor_agrees(session: Session) -> None:
    solveig, other = moderator(session), second(session)
    with change(session, by=solveig, comment="Add"):
        where = find_or_add_place(session, PlaceDraft(name=NAME))
    removal, _ = ask(session, where)
    with pytest.raises(NotAllowedError, match="You entered this place yourself"):
        refuse(session, removal, by=solveig, words="No.")
    refuse(session, removal, by=other, words="No.")
    with pytest.raises(NotAllowedError, match="You entered this place yourself"):
        confirm(session, removal, by=solveig)


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_what_was_hidden_before_or_is_asked_for_by_others_stays_hidden(session: Session) -> None:
    where, solveig, other = cafe(session), moderator(session), second(session)
    first, _ = ask(session, where, "a")
    later, _ = ask(session, where, "b")
    refuse(session, first, by=solveig, words="No.")
    confirm(session, first, by=other)
    assert where.public_lat == 62.5
    refuse(session, later, by=solveig, words="No.")
    confirm(session, later, by=other)
    assert where.public_lat == 62.56731


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_one_network_asks_once_a_day_for_one_place(session: Session) -> None:
    where = cafe(session)
    ask(session, where)
    with pytest.raises(ConflictError, match="from your network asked for this already"):
        ask(session, where)
    ask(session, where, "b")
    assert session.scalar(select(func.count(Removal.id))) == 2


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_beyond_the_hourly_number_a_moderator_hides(session: Session) -> None:
    solveig = moderator(session)
    places = [place(session, f"Quarry {n}", 60.0 + n, 7.0, kind=PlaceKind.QUARRY) for n in range(3)]
    draft = {"about": RemovalOf.PLACE, "asker": Asker.OTHER, "words": "Away."}
    rules = RemovalRules(hidden_per_hour=2)
    asked = [
        ask_removal(session, RemovalDraft(place=one, **draft), network=str(n), rules=rules)[0]  # type: ignore[arg-type]  # any field
        for n, one in enumerate(places)
    ]
    assert [one.privacy for one in places] == [Privacy.OBSCURED, Privacy.OBSCURED, Privacy.OPEN]
    assert asked[2].hidden_at is None
    hide(session, asked[2], by=solveig)
    assert places[2].privacy is Privacy.OBSCURED


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_a_whole_town_waits_for_a_moderator(session: Session) -> None:
    rome = place(session, "Rome", 41.89, 12.48, kind=PlaceKind.TOWN, uncertainty_m=12_000)
    hamlet = place(session, "Hamlet", 62.56731, 7.68713, kind=PlaceKind.TOWN, uncertainty_m=400)
    removal, _ = ask(session, rome)
    ask(session, hamlet)
    assert (rome.privacy, hamlet.privacy) == (Privacy.OPEN, Privacy.OBSCURED)
    check_still_hidden(session)
    hide(session, removal, by=moderator(session))
    assert rome.public_lat == 41.9


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_no_other_edit_shows_what_a_request_hides(session: Session) -> None:
    where = cafe(session)
    ask(session, where)
    check_still_hidden(session)
    with change(session, by=None, comment="Open"):
        set_whereabouts(session, where, privacy=Privacy.OPEN)
    with pytest.raises(ConflictError, match="two moderators have refused"):
        check_still_hidden(session)


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
def test_an_address_is_forgotten_thirty_days_after_the_decision(session: Session) -> None:
    removal, _ = ask(session, cafe(session), contact="anna@example.org")
    assert next_forgotten(session) is None
    grant(session, removal, by=moderator(session), words="Yes.")
    assert forget_contacts(session, at=now() + timedelta(days=29)) == 0
    assert forget_contacts(session, at=now() + timedelta(days=31)) == 1
    assert contacts_of(session, [removal.id]) == {}


@pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("words", "contact"), [(" ", ""), ("I live there.", "no address")])
def test_a_request_without_words_or_with_a_broken_address_is_refused(
    session: Session, words: str, contact: str
) -> None:
    draft = RemovalDraft(
        about=RemovalOf.PLACE, asker=Asker.OWNER, words=words, place=cafe(session), contact=contact
    )
    with pytest.raises(InvalidValueError, match=r"Say in a sentence|no e-mail address"):
        ask_removal(session, draft, network="a", rules=RULES)
