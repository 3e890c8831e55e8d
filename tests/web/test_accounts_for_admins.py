"""Accounts for admins: a list by name, suspension with a reason, roles, and what was done."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.cast import PASSWORD, owner, stranger
from tests.web.visitors import Visitor, errors_in, seen, signed_in
from tracker.accounts.listing import PAGE
from tracker.accounts.models import Role, User
from tracker.accounts.operations import sign_up
from tracker.cli.users import user_group
from tracker.extensions import db

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


def fill(app: Flask) -> None:
    with app.app_context():
        owner(db.session), stranger(db.session)
        sign_up(db.session, name="Admin", password=PASSWORD, role=Role.ADMIN)
        db.session.commit()


def test_a_suspension_ends_the_session_and_leaves_reading_and_leaving(app: Flask) -> None:
    fill(app)
    ingrid, admin = signed_in(app, "Ingrid"), signed_in(app, "Admin")
    refused = admin.post("/admin/accounts/Ingrid/suspension")
    assert (refused.status_code, errors_in(refused)) == (
        422,
        ["Say in a sentence why: the person is told."],
    )
    assert admin.post("/admin/accounts/Ingrid/suspension", reason="Adds homes.").status_code == 303
    assert ingrid.get("/account").status_code == 303, "the open session is ended"
    ingrid = signed_in(app, "Ingrid")
    assert "The reason given: Adds homes." in seen(ingrid.get("/account"))
    assert ingrid.get("/productions").status_code == 200
    assert ingrid.get("/account/export.zip").status_code == 200
    for closed in ("/sightings/saved", "/account/tokens", "/account/watching"):
        page = ingrid.get(closed)
        assert page.status_code == 403
        assert "Your account is suspended" in seen(page)
    told = seen(admin.get("/admin/accounts/Ingrid"))
    assert "Suspended Admin Adds homes." in told
    assert admin.post("/admin/accounts/Ingrid/reinstatement").status_code == 303
    assert ingrid.get("/account").status_code == 303
    assert signed_in(app, "Ingrid").get("/account/tokens").status_code == 200


@SQLITE
def test_who_is_suspended_deletes_the_account(app: Flask) -> None:
    fill(app)
    signed_in(app, "Admin").post("/admin/accounts/Ingrid/suspension", reason="Adds homes.")
    ingrid = signed_in(app, "Ingrid")
    wrong = ingrid.post("/account/deletion", password="a guess")
    assert (wrong.status_code, errors_in(wrong)) == (
        422,
        ["This is not your password. Nothing is deleted."],
    )
    assert ingrid.post("/account/deletion", password=PASSWORD).headers["Location"] == "/"
    assert ingrid.get("/account").status_code == 303
    assert Visitor(app).sign_in("Ingrid").status_code == 422


@SQLITE
def test_a_role_takes_effect_with_the_next_signing_in_and_is_written_down(app: Flask) -> None:
    fill(app)
    ingrid, admin = signed_in(app, "Ingrid"), signed_in(app, "Admin")
    assert admin.post("/admin/accounts/Ingrid/role", role="moderator").status_code == 303
    assert ingrid.get("/moderation").status_code == 303
    assert signed_in(app, "Ingrid").get("/moderation").status_code == 200
    assert "from contributor to moderator" in seen(admin.get("/admin/accounts/Ingrid"))
    assert admin.post("/admin/accounts/Ingrid/role", role="emperor").status_code == 400


@SQLITE
def test_the_last_admin_stays_one(app: Flask) -> None:
    fill(app)
    admin = signed_in(app, "Admin")
    refused = admin.post("/admin/accounts/Admin/role", role="contributor")
    assert refused.status_code == 422
    assert "Admin is the only admin" in seen(refused)
    assert "Admin is the only admin" in seen(admin.post("/account/deletion", password=PASSWORD))
    assert admin.get("/admin/accounts").status_code == 200


@SQLITE
def test_the_list_is_narrowed_and_paged_by_name(app: Flask) -> None:
    fill(app)
    with app.app_context():
        db.session.add_all(
            User(name=f"Person {n:03}", name_key=f"person {n:03}", password_hash="", session_key="x")
            for n in range(PAGE)
        )
        db.session.commit()
    admin = signed_in(app, "Admin")
    names: list[str] = []
    address = "/admin/accounts"
    while address:
        page = admin.get(address).text
        names += re.findall(r'href="/admin/accounts/[^"]+">([^<]+)<', page)
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = older[1].replace("&amp;", "&") if older else ""
    assert names == ["Admin", "Ingrid", "Marcello", *(f"Person {n:03}" for n in range(PAGE))]
    assert re.findall(r'accounts/[^"]+">([^<]+)<', admin.get("/admin/accounts?q=INGR").text) == ["Ingrid"]
    assert re.findall(r'accounts/[^"]+">([^<]+)<', admin.get("/admin/accounts?role=admin").text) == ["Admin"]
    assert "No account fits" in seen(admin.get("/admin/accounts?suspended=yes"))


@SQLITE
def test_the_operator_suspends_and_reinstates(app: Flask) -> None:
    fill(app)
    run = app.test_cli_runner().invoke
    assert (
        run(user_group, ["suspend", "ingrid", "--reason", "Adds homes."]).output == "Ingrid is suspended.\n"
    )
    again = run(user_group, ["suspend", "ingrid"])
    assert (again.exit_code, again.stderr) == (1, "Error: Ingrid is suspended already.\n")
    assert run(user_group, ["reinstate", "Ingrid"]).output == "Ingrid is in good standing again.\n"
    last = run(user_group, ["suspend", "Admin"])
    assert (last.exit_code, last.stderr) == (
        1,
        "Error: Admin is the only admin. Make somebody else an admin first.\n",
    )
