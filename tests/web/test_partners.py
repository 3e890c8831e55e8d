"""Partners: who made shoots possible, named by contributors, kept in the history."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import PASSWORD, FilmCase, film_case, moderator, owner, stranger
from tests.web.reading import read
from tests.web.visitors import Visitor, errors_in, seen, signed_in, value_of
from tracker.accounts.models import Role
from tracker.accounts.operations import sign_up
from tracker.extensions import db
from tracker.productions.partner_queries import all_partners, roles_of_production
from tracker.productions.queries import production_by_slug

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
SLUG = "mission-impossible-dead-reckoning-part-one"
EDIT = f"/productions/{SLUG}/partners"
THANKS = {
    "name": "Rauma municipality",
    "kind": "municipality",
    "country": "NO",
    "help": "permission",
    "manner": "implies",
    "note": "Thanked for its patience",
    "site": "https://www.rauma.kommune.no",
}


@pytest.fixture
def numbers(app: Flask) -> dict[str, str]:
    """The film case and Ingrid's account; answer the numbers of Rauma's shoot and of the director's post."""
    with app.app_context():
        case: FilmCase = film_case(db.session)
        owner(db.session)
        db.session.commit()
        return {"shoot": str(case.shoots["Rauma"].id), "source": str(case.post.id)}


@pytest.fixture
def ingrid(app: Flask, numbers: dict[str, str]) -> Visitor:
    assert numbers
    return signed_in(app, "Ingrid")


def test_a_contributor_names_a_partner_and_it_shows_on_film_place_and_its_own_page(
    ingrid: Visitor, client: FlaskClient, numbers: dict[str, str]
) -> None:
    answer = ingrid.post(EDIT, **THANKS, **numbers)
    assert (answer.status_code, answer.headers["Location"]) == (303, EDIT)
    said = "Rauma municipality probably gave permission"
    film = read(client, f"/productions/{SLUG}")
    assert f"{said} at Rauma implied by" in film.words
    place = next(link for link in film.links if re.search(r"/places/\d+-rauma$", link))
    assert said in read(client, place).words
    (address,) = {link for link in film.links if link.startswith("/partners/")}
    page = read(client, address)
    assert "Municipality, Norway" in page.words
    assert page.rows[1][0].startswith("Mission: Impossible")
    assert page.rows[1][3] == "Probably gave permission Thanked for its patience"
    assert page.rows[1][4].endswith("implied, not stated")
    assert "https://www.rauma.kommune.no" in page.links
    assert "Rauma municipality Municipality Norway 1" in read(client, "/partners?kind=municipality").words


def test_a_partner_that_is_removed_stays_in_the_history(
    ingrid: Visitor, client: FlaskClient, numbers: dict[str, str]
) -> None:
    ingrid.post(EDIT, **THANKS, **numbers)
    removal = re.search(r'action="(/partners/roles/\d+/removal)"', ingrid.get(EDIT).text)
    assert removal
    answer = ingrid.post(removal[1])
    assert (answer.status_code, answer.headers["Location"]) == (303, EDIT)
    assert "probably gave permission" not in read(client, f"/productions/{SLUG}").words
    history = read(client, "/changes").words
    assert "Remove Rauma municipality: probably gave permission" in history
    assert "Ingrid" in history
    again = ingrid.post(removal[1])
    assert again.status_code == 404
    assert "Somebody may have removed it already" in seen(again)


def test_what_somebody_else_said_is_removed_by_two_moderators_and_by_no_other_contributor(
    app: Flask, ingrid: Visitor, client: FlaskClient, numbers: dict[str, str]
) -> None:
    with app.app_context():
        stranger(db.session), moderator(db.session)
        sign_up(db.session, name="Ines", password=PASSWORD, role=Role.MODERATOR)
        db.session.commit()
    ingrid.post(EDIT, **THANKS, **numbers)
    marcello, solveig, ines = (signed_in(app, name) for name in ("Marcello", "Solveig", "Ines"))
    assert "/partners/roles/" not in marcello.get(EDIT).text
    refused = marcello.post("/partners/roles/1/removal")
    assert refused.status_code == 403 and "whoever added it may remove it" in seen(refused)
    assert "Ask to remove Rauma municipality" in seen(solveig.get(EDIT))
    assert solveig.post("/partners/roles/1/removal", reason="It was the county.").status_code == 303
    assert "probably gave permission" in read(client, f"/productions/{SLUG}").words
    asked = seen(ines.get("/moderation/requests"))
    assert "Remove Rauma municipality: probably gave permission" in asked and "It was the county." in asked
    assert solveig.post("/moderation/requests/1", action="confirm").status_code == 403
    assert ines.post("/moderation/requests/1", action="confirm").status_code == 303
    assert "probably gave permission" not in read(client, f"/productions/{SLUG}").words
    assert "as Solveig asked: It was the county." in read(client, "/changes").words


def test_saying_it_twice_is_saying_it_once(app: Flask, ingrid: Visitor, numbers: dict[str, str]) -> None:
    ingrid.post(EDIT, **THANKS, **numbers)
    ingrid.post(EDIT, **{**THANKS, "name": "  rauma MUNICIPALITY "}, **numbers)
    with app.app_context():
        production = production_by_slug(db.session, SLUG)
        assert production is not None
        assert len(roles_of_production(db.session, production.id)) == 1
        assert [partner.name for partner in all_partners(db.session)] == ["Rauma municipality"]


def test_what_is_wrong_is_said_at_its_field_and_all_that_was_typed_is_kept(
    ingrid: Visitor, numbers: dict[str, str]
) -> None:
    answer = ingrid.post(EDIT, **{**THANKS, "name": "", "site": "javascript:alert(1)"}, **numbers)
    assert answer.status_code == 422
    assert errors_in(answer) == [
        "Write who it was: a municipality, a railway, a film commission.",
        "'javascript:alert(1)' is not a web address. Write one that begins with https://",
    ]
    assert value_of(answer, "note") == "Thanked for its patience"


def test_a_shoot_of_another_film_is_no_choice(ingrid: Visitor) -> None:
    assert ingrid.post(EDIT, **THANKS, shoot="99999", source="0").status_code == 422


def test_hostile_names_stay_text(ingrid: Visitor, client: FlaskClient, numbers: dict[str, str]) -> None:
    hostile = "{{7*7}}<script>alert(1)</script>"
    ingrid.post(EDIT, **{**THANKS, "name": hostile, "note": hostile}, **numbers)
    for address in (f"/productions/{SLUG}", "/partners", "/changes", EDIT):
        page = (ingrid.get(address) if address == EDIT else client.get(address)).text
        assert "<script>alert" not in page
        assert "{{7*7}}" in page


def test_a_partner_is_shown_from_the_day_its_source_was_published(
    ingrid: Visitor, client: FlaskClient, numbers: dict[str, str]
) -> None:
    ingrid.post(EDIT, **THANKS, **numbers)
    assert "probably gave permission" in read(client, f"/productions/{SLUG}?as_of=2020-10-05").words
    assert "probably gave permission" not in read(client, f"/productions/{SLUG}?as_of=2020-10-04").words


@pytest.mark.parametrize("address", ["/partners?kind=studio", "/partners?after=x-y"])
def test_a_list_that_cannot_be_read_is_refused(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 400


def test_an_old_address_leads_to_the_present_one(
    ingrid: Visitor, client: FlaskClient, numbers: dict[str, str]
) -> None:
    ingrid.post(EDIT, **THANKS, **numbers)
    answer = client.get("/partners/1-anything")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/partners/1-rauma-municipality")
    assert client.get("/partners/77-anything").status_code == 404
