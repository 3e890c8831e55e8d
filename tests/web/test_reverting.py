"""Reverting and redacting from the pages: seen beforehand, done in one action, and nothing leaks."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import PASSWORD, film_case, latest_changes, moderator, owner, stranger
from tests.web.reading import read
from tests.web.visitors import Visitor, seen, signed_in, value_of
from tracker.accounts.models import Role, User
from tracker.accounts.operations import sign_up
from tracker.extensions import db
from tracker.history.models import Revision
from tracker.history.recording import change
from tracker.productions.models import Shoot

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


@pytest.fixture
def rauma(app: Flask) -> int:
    """Mission: Impossible 7 with Ingrid, Marcello, Solveig and an admin; the number of its shoot at Rauma."""
    with app.app_context():
        number = film_case(db.session).shoots["Rauma"].id
        owner(db.session), stranger(db.session), moderator(db.session)
        sign_up(db.session, name="Admin", password=PASSWORD, role=Role.ADMIN)
        db.session.commit()
    return number


def edit(app: Flask, number: int, by: str, **fields: str) -> int:
    """Change a shoot under somebody's name; answer the number of the change."""
    with app.app_context():
        author = db.session.query(User).filter_by(name=by).one()
        with change(db.session, by=author, comment=f"By {by}") as opened:
            for name, value in fields.items():
                setattr(db.session.get_one(Shoot, number), name, value)
        db.session.commit()
        return opened.id


def shoot_at(app: Flask, number: int) -> Shoot:
    with app.app_context():
        return db.session.get_one(Shoot, number)


def newest(app: Flask) -> tuple[int, str, str]:
    with app.app_context():
        found = latest_changes(db.session)[0]
        return found.id, found.author.name if found.author else "", found.comment


def test_a_moderator_sees_what_a_revert_does_and_does_it(app: Flask, rauma: int) -> None:
    wrong = edit(app, rauma, "Ingrid", scene="Aliens land", story_place="Mars")
    edit(app, rauma, "Marcello", story_place="Austrian Alps")
    solveig = signed_in(app, "Solveig")
    assert f"/changes/{wrong}/revert" in solveig.get(f"/changes/{wrong}").text
    page = solveig.get(f"/changes/{wrong}/revert")
    words = seen(page)
    assert "1 row goes back; 1 row keeps later work." in words
    assert "Goes back in part. Stays as it is, changed again since: Plays" in words
    assert "What was shot Now: Aliens land Then: nothing" in words
    # Looking changes nothing.
    assert shoot_at(app, rauma).scene == "Aliens land"
    answer = solveig.post(f"/changes/{wrong}/revert", seen=value_of(page, "seen"), reason="Made up")
    number, author, comment = newest(app)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/changes/{number}")
    assert (author, comment) == ("Solveig", f"Revert of change {wrong} (1 row keeps later work): Made up")
    shoot = shoot_at(app, rauma)
    assert (shoot.scene, shoot.story_place) == ("", "Austrian Alps")
    assert "What was shot Before: Aliens land After: nothing" in seen(solveig.get(f"/changes/{number}"))


def test_all_of_a_users_changes_go_in_one_action(app: Flask, rauma: int) -> None:
    for step in range(5):
        edit(app, rauma, "Ingrid", scene=f"Nonsense {step}", note=f"Rubbish {step}")
    edit(app, rauma, "Marcello", note="The municipality is thanked.")
    solveig = signed_in(app, "Solveig")
    assert "Revert all of them" in seen(solveig.get("/users/Ingrid/changes"))
    page = solveig.get("/users/Ingrid/revert")
    answer = solveig.post("/users/Ingrid/revert", seen=value_of(page, "seen"))
    assert answer.status_code == 303
    assert newest(app)[2] == "Revert of all changes by Ingrid (5 rows keep later work)"
    shoot = shoot_at(app, rauma)
    assert (shoot.scene, shoot.note) == ("", "The municipality is thanked.")


@SQLITE
def test_a_revert_that_would_do_something_else_by_now_is_shown_again(app: Flask, rauma: int) -> None:
    wrong = edit(app, rauma, "Ingrid", scene="Aliens land", story_place="Mars")
    solveig = signed_in(app, "Solveig")
    page = solveig.get(f"/changes/{wrong}/revert")
    edit(app, rauma, "Marcello", scene="The train")
    answer = solveig.post(f"/changes/{wrong}/revert", seen=value_of(page, "seen"), reason="Made up")
    assert answer.status_code == 409
    assert "Somebody changed something meanwhile." in seen(answer)
    assert value_of(answer, "reason") == "Made up"
    assert shoot_at(app, rauma).story_place == "Mars"
    assert solveig.post(f"/changes/{wrong}/revert", seen=value_of(answer, "seen")).status_code == 303
    assert shoot_at(app, rauma).scene == "The train"


@SQLITE
def test_what_was_undone_already_offers_nothing(app: Flask, rauma: int) -> None:
    wrong = edit(app, rauma, "Ingrid", scene="Aliens land")
    edit(app, rauma, "Marcello", scene="")
    page = signed_in(app, "Solveig").get(f"/changes/{wrong}/revert")
    assert "Nothing to undo." in seen(page)
    assert 'name="seen"' not in page.text


@SQLITE
def test_who_may_not_revert_or_redact_is_not_offered_it(app: Flask, rauma: int) -> None:
    wrong = edit(app, rauma, "Ingrid", scene="Aliens land")
    offered = {}
    for name in ("Ingrid", "Solveig", "Admin"):
        text = signed_in(app, name).get(f"/changes/{wrong}").text
        offered[name] = (f"/changes/{wrong}/revert" in text, f"/changes/{wrong}/redaction" in text)
    assert offered == {"Ingrid": (False, False), "Solveig": (True, False), "Admin": (True, True)}


@SQLITE
@pytest.mark.usefixtures("rauma")
@pytest.mark.parametrize("address", ["/changes/999/revert", "/changes/999/redaction", "/users/Nobody/revert"])
def test_what_is_not_there_cannot_be_reverted(app: Flask, address: str) -> None:
    assert signed_in(app, "Admin").get(address).status_code == 404


# Redaction ----------------------------------------------------------------------------------------------

SECRET = "Lives at 12 Elm Street"


def everywhere(app: Flask, client: FlaskClient) -> str:
    """Answer all pages that could show something of the history, put together."""
    film = "/productions/mission-impossible-dead-reckoning-part-one"
    with app.app_context():
        last = latest_changes(db.session)[0].id
    pages = ["/", "/changes", f"/changes?production={film.rpartition('/')[2]}", "/changes?shoot=3", film]
    pages += [f"{film}/route.json", f"{film}.geojson", "/users/Ingrid/changes", "/users/Marcello/changes"]
    pages += [f"/changes/{number}" for number in range(max(1, last - 8), last + 1)]
    return "\n".join(client.get(page).text for page in pages)


def redact(visitor: Visitor, number: int, *rows: int, **fields: str) -> int:
    token = visitor.token()
    data = {"csrf_token": token, "row": [str(row) for row in rows], **fields}
    return visitor.client.post(f"/changes/{number}/redaction", data=data).status_code


def rows_of(app: Flask, number: int) -> list[int]:
    with app.app_context():
        return [r.id for r in db.session.query(Revision).filter_by(change_id=number)]


def test_redaction_leaves_nothing_anywhere_and_says_who_when_and_why(
    app: Flask, client: FlaskClient, rauma: int
) -> None:
    told = edit(app, rauma, "Ingrid", note=SECRET, scene="The train")
    edit(app, rauma, "Marcello", note="Asked to take it out")
    assert SECRET in everywhere(app, client)
    admin = signed_in(app, "Admin")
    assert redact(admin, told, *rows_of(app, told), comment="yes", reason="A private address") == 303
    text = everywhere(app, client)
    assert "Elm" not in text
    page = read(client, f"/changes/{told}")
    assert re.search(r"Redacted by Admin on \d+ \w{3} \d{4}, because: .*A private address", page.words)
    assert "By Ingrid" in page.words
    with app.app_context():
        blanked = db.session.query(Revision).filter(Revision.redaction_id.is_not(None)).all()
        # The edit itself, and the one that took the words out again.
        assert len(blanked) == 2
        assert {(r.label, r.before, r.after) for r in blanked} == {("", None, None)}
    assert newest(app)[1:] == ("Admin", f"Redacted change {told}: A private address")
    assert shoot_at(app, rauma).note == "Asked to take it out"


def test_redaction_may_reach_what_stands_today(app: Flask, client: FlaskClient, rauma: int) -> None:
    told = edit(app, rauma, "Ingrid", note=SECRET, scene="The train")
    admin = signed_in(app, "Admin")
    assert SECRET in seen(admin.get(f"/changes/{told}"))
    assert redact(admin, told, *rows_of(app, told), live="yes", reason="A private address") == 303
    assert (shoot_at(app, rauma).note, shoot_at(app, rauma).scene) == ("", "")
    assert "Elm" not in everywhere(app, client)
    with app.app_context():
        for revision in db.session.query(Revision):
            assert "Elm" not in str((revision.label, revision.before, revision.after))


@SQLITE
def test_redaction_needs_a_reason_and_a_choice(app: Flask, rauma: int) -> None:
    told = edit(app, rauma, "Ingrid", note=SECRET)
    admin = signed_in(app, "Admin")
    assert redact(admin, told, *rows_of(app, told), reason=" ") == 422
    assert redact(admin, told, reason="Because") == 422
    assert SECRET in seen(admin.get(f"/changes/{told}"))


@SQLITE
def test_what_was_redacted_cannot_be_reverted(app: Flask, rauma: int) -> None:
    told = edit(app, rauma, "Ingrid", note=SECRET)
    redact(signed_in(app, "Admin"), told, *rows_of(app, told), reason="A private address")
    page = signed_in(app, "Solveig").get(f"/changes/{told}/revert")
    assert "Stays as it is: what it held was redacted" in seen(page)
    assert 'name="seen"' not in page.text


# Narrowing the history ----------------------------------------------------------------------------------


@SQLITE
def test_the_history_can_be_narrowed_to_a_kind_a_person_and_days(
    app: Flask, client: FlaskClient, rauma: int
) -> None:
    first = edit(app, rauma, "Ingrid", scene="One")
    second = edit(app, rauma, "Marcello", scene="Two")

    def numbers(address: str) -> list[int]:
        found = re.findall(r'class="change-number" href="/changes/(\d+)"', read(client, address).flat)
        return [int(number) for number in found]

    assert numbers("/changes?author=ingrid") == [first]
    assert numbers("/users/Ingrid/changes") == [first]
    assert numbers(f"/changes?shoot={rauma}")[:2] == [second, first]
    assert numbers("/changes?kind=shoot&author=Marcello") == [second]
    assert numbers("/changes?kind=film&author=Marcello") == []
    assert numbers("/changes?author=Ingrid&until=2001-01-01") == []
    assert numbers("/changes?author=Ingrid&since=2001-01-01") == [first]
    assert numbers("/changes?source=1")
    for wrong in ("kind=x", "since=soon", "until=0001-01-01", "source=x"):
        assert client.get(f"/changes?{wrong}").status_code == 400
    for missing in ("author=Nobody", "shoot=999", "source=999"):
        assert client.get(f"/changes?{missing}").status_code == 404


@SQLITE
def test_a_longer_text_is_shown_once_with_what_went_and_what_came(
    app: Flask, client: FlaskClient, rauma: int
) -> None:
    edit(app, rauma, "Ingrid", note="The crew came on Friday and left the valley again by train on Sunday.")
    edit(app, rauma, "Ingrid", note="The crew came on Friday and left the valley again by road on Sunday.")
    words = read(client, "/changes?author=Ingrid").words
    assert "again by [taken out: train ] [put in: road ] on Sunday." in words.replace("]", " ]").replace(
        "  ", " "
    )
