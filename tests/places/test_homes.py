"""Homes are hidden when they are entered, and their address is told nowhere; moderators open them."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.cast import PASSWORD, moderator, owner, place
from tracker.accounts.models import Role
from tracker.accounts.operations import sign_up
from tracker.foundation.errors import NotAllowedError
from tracker.history.recording import change
from tracker.places.editing import PlaceEdit, edit_place, may_edit
from tracker.places.homes import is_home
from tracker.places.models import Place, PlaceKind, Privacy
from tracker.places.privacy import public_name, public_slug
from tracker.places.queries import places_beginning, places_named
from tracker.sightings.second_person import Asked, ask_for, confirm_request

ON_SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
HOMES = (
    "Private residence",
    "Marit's house",
    "Marit’s house, Rauma",
    "House of Tom and Nicole",
    "Storgata 4",
    "Storgata 4b, Åndalsnes",
    "Karl-Marx-Straße 12",
    "12 Elm Street",
    "221b Baker Street, London",
    "4 Privet Drive",
    "12 bis rue de Rivoli, Paris",
    "Via Roma 7",
    "Calle de Alcalá 20",
)
NO_HOMES = (
    "Rauma",
    "House of Commons",
    "Storgata",
    "Piazza Venezia",
    "West 41 Street between 7 Avenue and 8 Avenue",
    "Fairmont Hotel (950 Mason Street, Nob Hill)",
    "Pier 39",
    "Stage 5",
    "Route 66",
    "Playhouse theatre",
    "Warehouse 12",
)


@pytest.mark.parametrize("name", HOMES)
def test_a_name_tells_a_home(name: str) -> None:
    assert is_home(name)


@pytest.mark.parametrize("name", NO_HOMES)
def test_a_name_tells_no_home(name: str) -> None:
    assert not is_home(name)


@ON_SQLITE
def test_a_home_is_a_cell_without_a_name_wherever_it_comes_from(session: Session) -> None:
    home = place(session, "Storgata 4", 62.56731, 7.68713, country="NO", privacy=Privacy.OPEN)
    assert (home.privacy, home.public_lat, home.cell) == (Privacy.OBSCURED, 62.5, None)
    assert (public_name(home), public_slug(home)) == ("A private home", "a-private-home")
    assert places_named(session, "Storgata") == []
    assert places_beginning(session, "Storg", limit=9) == []


@ON_SQLITE
@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("350 Fifth Avenue", {"is_official": True}),
        ("Via Roma 7", {"gazetteer_id": "geonames:1"}),
        ("Via Roma 7", {"kind": PlaceKind.MUSEUM}),
    ],
)
def test_what_an_authority_or_the_gazetteer_lists_is_nobodys_home(
    session: Session, name: str, more: dict[str, object]
) -> None:
    assert place(session, name, 40.74841, -73.98566, **more).privacy is Privacy.OPEN


@ON_SQLITE
def test_a_private_residence_in_a_permit_is_a_home_all_the_same(session: Session) -> None:
    assert place(session, "Private residence", 40.7, -73.9, is_official=True).privacy is Privacy.OBSCURED


def opened(session: Session, home: Place, by: object) -> None:
    edit = PlaceEdit(
        name=home.name,
        kind=home.kind,
        country=None,
        region="",
        municipality="",
        within_id=None,
        privacy=Privacy.OPEN,
        position=None,
    )
    with change(session, by=None, comment="Open"):
        edit_place(session, home, edit, by=by, began_with=home.version)  # type: ignore[arg-type]  # given as object


@ON_SQLITE
def test_two_moderators_open_a_home(session: Session) -> None:
    solveig, ingrid = moderator(session), owner(session)
    home = place(session, "Storgata 5", 62.56731, 7.68713)
    session.commit()
    assert not may_edit(ingrid, home)
    with pytest.raises(NotAllowedError):
        opened(session, home, ingrid)
    session.rollback()
    with pytest.raises(NotAllowedError, match="Two moderators"):
        opened(session, home, solveig)
    session.rollback()
    kari = sign_up(session, name="Kari", password=PASSWORD, role=Role.MODERATOR)
    wish = ask_for(
        session,
        Asked.PLACE_PRIVACY,
        home.id,
        label=home.name,
        reason="It is a museum.",
        by=solveig,
        privacy=Privacy.OPEN,
    )
    confirm_request(session, wish, by=kari)
    assert (home.privacy, home.public_lat) == (Privacy.OPEN, 62.56731)
