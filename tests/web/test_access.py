"""Who may open what: every route with every method, for everybody. What is not listed here is refused."""

from __future__ import annotations

from collections import defaultdict

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.cast import PASSWORD, film_case, moderator, owner, stranger
from tests.web.visitors import Visitor, signed_in
from tracker.accounts.models import Role
from tracker.accounts.operations import find_user, sign_up
from tracker.accounts.permissions import Permission
from tracker.accounts.standing import suspend
from tracker.accounts.tokens import Scope, make_token
from tracker.extensions import db
from tracker.foundation.dates import parse_period
from tracker.sightings.operations import SightingDraft, submit
from tracker.web.frame.access import UndeclaredAccessError, allow, permission_of
from tracker.web.urls import ADDRESSES

pytestmark = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
# What each permission opens, by who asks. Anything else is refused.
OPEN_TO = {
    Permission.READ: {"anonymous", "suspended", "contributor", "moderator", "admin"},
    Permission.SIGN_IN: {"anonymous", "suspended", "contributor", "moderator", "admin"},
    Permission.OWN_DATA: {"suspended", "contributor", "moderator", "admin"},
    Permission.OWN_ACCOUNT: {"contributor", "moderator", "admin"},
    Permission.TELL: {"anonymous", "suspended", "contributor", "moderator", "admin"},
    Permission.SUBMIT: {"contributor", "moderator", "admin"},
    Permission.ANSWER: {"contributor", "moderator", "admin"},
    Permission.REMOVE: {"moderator", "admin"},
    Permission.EDIT: {"contributor", "moderator", "admin"},
    Permission.CITE: {"contributor", "moderator", "admin"},
    Permission.MODERATE: {"moderator", "admin"},
    Permission.MERGE: {"moderator", "admin"},
    Permission.REVERT: {"moderator", "admin"},
    Permission.OPEN_PLACE: {"moderator", "admin"},
    Permission.IMPORT: {"moderator", "admin"},
    Permission.REDACT: {"admin"},
    Permission.MANAGE_ACCOUNTS: {"admin"},
}
# The whole of what writes or is private; a new page of that kind has to be added here by hand.
GUARDED = {
    "accounts.sign_in": Permission.SIGN_IN,
    "accounts.sign_up": Permission.SIGN_IN,
    "accounts.lost": Permission.SIGN_IN,
    "accounts.reset": Permission.SIGN_IN,
    "accounts.sign_out": Permission.OWN_DATA,
    "accounts.show": Permission.OWN_DATA,
    "accounts.password": Permission.OWN_DATA,
    "accounts.end_sessions": Permission.OWN_DATA,
    "accounts.take_along": Permission.OWN_DATA,
    "accounts.delete": Permission.OWN_DATA,
    "accounts.email": Permission.OWN_ACCOUNT,
    "accounts.remove_email": Permission.OWN_ACCOUNT,
    "watching.index": Permission.OWN_ACCOUNT,
    "watching.remove": Permission.OWN_ACCOUNT,
    "watching.set_feed": Permission.OWN_ACCOUNT,
    "watching.set_mails": Permission.OWN_ACCOUNT,
    "watching.film": Permission.OWN_ACCOUNT,
    "watching.place": Permission.OWN_ACCOUNT,
    "people.admin": Permission.MANAGE_ACCOUNTS,
    "people.account": Permission.MANAGE_ACCOUNTS,
    "people.suspend": Permission.MANAGE_ACCOUNTS,
    "people.reinstate": Permission.MANAGE_ACCOUNTS,
    "people.change_role": Permission.MANAGE_ACCOUNTS,
    "places.edit": Permission.EDIT,
    "accounts.tokens": Permission.OWN_ACCOUNT,
    "accounts.revoke_token": Permission.OWN_ACCOUNT,
    "api.submit_sighting": Permission.SUBMIT,
    "api.own_sightings": Permission.SUBMIT,
    "api.own_sighting": Permission.SUBMIT,
    "api.cite_order": Permission.CITE,
    "api.remove_order": Permission.CITE,
    "api.cite": Permission.CITE,
    "api.remove_citation": Permission.CITE,
    "api.reopen_citation": Permission.MODERATE,
    "api.decide_contradiction": Permission.MODERATE,
    "api.add_role": Permission.EDIT,
    "api.remove_role": Permission.EDIT,
    "sightings.new": Permission.TELL,
    "notes.new": Permission.TELL,
    "notes.follow": Permission.TELL,
    "notes.index": Permission.ANSWER,
    "notes.show": Permission.ANSWER,
    "notes.decide": Permission.ANSWER,
    "flags.new": Permission.TELL,
    "flags.index": Permission.MODERATE,
    "flags.close": Permission.MODERATE,
    "removals.new": Permission.TELL,
    "removals.follow": Permission.TELL,
    "removals.desk": Permission.REMOVE,
    "removals.decide": Permission.REMOVE,
    "pasting.save": Permission.SUBMIT,
    "pasting.saved": Permission.SUBMIT,
    "photos.upload": Permission.SUBMIT,
    "photos.waiting": Permission.SUBMIT,
    "photos.new": Permission.SUBMIT,
    "photos.edit": Permission.SUBMIT,
    "photos.remove": Permission.SUBMIT,
    "photos.open": Permission.OPEN_PLACE,
    "photos.waiting_list": Permission.MODERATE,
    "photos.decide": Permission.MODERATE,
    "sightings.show": Permission.SUBMIT,
    "sightings.withdraw": Permission.SUBMIT,
    "sightings.answer": Permission.SUBMIT,
    "sightings.add_source": Permission.SUBMIT,
    "sightings.draft": Permission.SUBMIT,
    "sightings.keep_draft": Permission.SUBMIT,
    "sightings.drop_draft": Permission.SUBMIT,
    "places.online": Permission.SUBMIT,
    "places.online_json": Permission.SUBMIT,
    "places.search_online": Permission.SUBMIT,
    "changes.revert": Permission.REVERT,
    "changes.revert_user": Permission.REVERT,
    "changes.redact": Permission.REDACT,
    "productions.edit": Permission.EDIT,
    "sources.edit": Permission.EDIT,
    "shoots.edit": Permission.EDIT,
    "partners.edit": Permission.EDIT,
    "partners.remove": Permission.EDIT,
    "moderation.queue": Permission.MODERATE,
    "moderation.show": Permission.MODERATE,
    "moderation.decide": Permission.MODERATE,
    "moderation.undo": Permission.MODERATE,
    "moderation.presence": Permission.MODERATE,
    "moderation.trusted": Permission.MODERATE,
    "moderation.review": Permission.MODERATE,
    "moderation.requests": Permission.MODERATE,
    "moderation.decide_request": Permission.MODERATE,
    "moderation.trust": Permission.MODERATE,
    "citing.new": Permission.CITE,
    "citing.edit": Permission.CITE,
    "citing.remove": Permission.CITE,
    "citing.reopen": Permission.MODERATE,
    "citing.waiting": Permission.MODERATE,
    "citing.withdraw": Permission.CITE,
    "merging.keep_apart": Permission.MERGE,
    "merging.take_apart_back": Permission.MERGE,
    "citing.decide": Permission.MODERATE,
    "orders.new": Permission.CITE,
    "orders.remove": Permission.CITE,
    "orders.reopen": Permission.MODERATE,
    "sources.mark_repeat": Permission.MODERATE,
    "sources.undo_repeat": Permission.MODERATE,
    "contradictions.decide": Permission.MODERATE,
    "contradictions.reopen": Permission.MODERATE,
    "imports.index": Permission.IMPORT,
    "imports.upload": Permission.IMPORT,
    "imports.show": Permission.IMPORT,
    "imports.progress": Permission.IMPORT,
    "imports.answer": Permission.IMPORT,
    "imports.pick": Permission.IMPORT,
    "imports.step": Permission.IMPORT,
    "imports.rejects": Permission.IMPORT,
    "imports.remove": Permission.IMPORT,
    "imports.undo": Permission.IMPORT,
    "permits.attribute": Permission.CITE,
    "permits.attributed": Permission.CITE,
    "permits.undo": Permission.CITE,
    "merging.duplicates": Permission.MERGE,
    "merging.choose": Permission.MERGE,
    "merging.preview": Permission.MERGE,
    "merging.undo": Permission.MERGE,
}
# Open to moderators and to whoever cited; the citations of the film's case are nobody's.
OF_WHO_CITED = {"citing.edit", "citing.remove", "orders.remove"}
# Pressed by mail programs, with a signed link in place of a session.
WITHOUT_SESSION = {"watching.unsubscribe"}
NAMES = {"contributor": "Ingrid", "moderator": "Solveig", "admin": "Admin", "suspended": "Suspended"}
ROLES = sorted(OPEN_TO[Permission.READ])


@pytest.fixture
def sighting(app: Flask) -> int:
    """Put in a film, one sighting of Ingrid's, and one user of each kind; answer the sighting's number."""
    with app.app_context():
        film_case(db.session)
        ingrid = owner(db.session)
        stranger(db.session), moderator(db.session)
        sign_up(db.session, name="Admin", password=PASSWORD, role=Role.ADMIN)
        sign_up(db.session, name="Suspended", password=PASSWORD)
        draft = SightingDraft(production_title="MI7", place_text="Rauma", period=parse_period("2020"))
        number = submit(db.session, draft, by=ingrid).id
        db.session.commit()
    return number


def visitor_who_is(app: Flask, role: str) -> Visitor:
    if role == "anonymous":
        return Visitor(app)
    if role == "suspended":
        set_suspended(app)
    return signed_in(app, NAMES[role])


def bearer_of(app: Flask, role: str) -> dict[str, str]:
    """Answer the header with which a program of theirs asks the API; nobody has none."""
    if role == "anonymous":
        return {}
    with app.app_context():
        user = find_user(db.session, NAMES[role])
        assert user is not None
        _, secret = make_token(db.session, user, name="Test", scopes=list(Scope))
        db.session.commit()
    return {"Authorization": f"Bearer {secret}"}


def set_suspended(app: Flask) -> None:
    with app.app_context():
        user = find_user(db.session, "Suspended")
        assert user is not None
        if not user.is_suspended:
            suspend(db.session, user)
        db.session.commit()


def address_of(app: Flask, rule: Rule, sighting: int) -> str:
    values = {
        "sighting_id": sighting,
        "slug": "mission-impossible-dead-reckoning-part-one",
        "place_id": 1,
        "change_id": 1,
        "name": "Ingrid",
        "source_id": 1,
        "filename": "css/base.css",
        "kind": "place",
        "loser_id": 2,
        "survivor_id": 1,
        "ending": "jpg" if rule.endpoint == "photos.file" else "csv",
        # Nobody's: revoking the token of this very test would end it.
        "token_id": 99,
        "watch_id": 99,
        "signed": "1-0-nothing-that-was-signed-here",
    }
    view = {"bbox": "-180,-85,180,85", "zoom": "2"}
    asked = {"api.search": {"q": "Rome"}, "api.cells": view, "exports.world": view, "permits.in_view": view}
    query = view if rule.endpoint.startswith("world.") else asked.get(rule.endpoint, {})
    return app.url_map.bind("localhost").build(
        rule.endpoint, {**{name: values.get(name, 1) for name in rule.arguments}, **query}
    )


def rules(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint)


def was_let_in(answer: TestResponse) -> bool:
    """Say whether the view itself answered: neither refused nor sent to sign in."""
    sent_to_sign_in = answer.status_code == 303 and "/sign-in?next=" in answer.headers["Location"]
    return answer.status_code not in (400, 401, 403, 405) and not sent_to_sign_in


def test_every_view_says_who_may_use_it(app: Flask) -> None:
    for endpoint, view in app.view_functions.items():
        if endpoint != "static":
            permission_of(view)


@pytest.mark.usefixtures("engine_url")
def test_a_view_that_does_not_say_so_is_refused_by_name() -> None:
    def silent() -> str:
        return "here I am"

    with pytest.raises(UndeclaredAccessError, match=r"silent does not say who may use it: add @allow"):
        permission_of(silent)


def test_the_guarded_pages_ask_for_exactly_what_this_list_says(app: Flask) -> None:
    asked = {name: permission_of(view) for name, view in app.view_functions.items() if name != "static"}
    assert {name: asked[name] for name in asked if asked[name] is not Permission.READ} == GUARDED


def test_only_listed_pages_take_anything_but_reading(app: Flask) -> None:
    writing = {rule.endpoint for rule in rules(app) if (rule.methods or set()) - {"GET", "HEAD", "OPTIONS"}}
    assert writing == {
        "accounts.sign_in",
        "accounts.sign_up",
        "accounts.sign_out",
        "places.edit",
        "accounts.tokens",
        "accounts.revoke_token",
        "accounts.password",
        "accounts.end_sessions",
        "accounts.lost",
        "accounts.reset",
        "accounts.email",
        "accounts.remove_email",
        "accounts.confirmed_email",
        "accounts.delete",
        "watching.remove",
        "watching.set_feed",
        "watching.set_mails",
        "watching.film",
        "watching.place",
        "watching.unsubscribe",
        "people.suspend",
        "people.reinstate",
        "people.change_role",
        "api.submit_sighting",
        "api.cite_order",
        "api.remove_order",
        "pasting.reading",
        "pasting.save",
        "sightings.new",
        "sightings.add_source",
        "sightings.keep_draft",
        "sightings.drop_draft",
        "sightings.withdraw",
        "photos.upload",
        "photos.new",
        "photos.edit",
        "photos.remove",
        "photos.open",
        "photos.decide",
        "notes.new",
        "notes.decide",
        "flags.new",
        "flags.close",
        "removals.new",
        "removals.decide",
        "moderation.decide",
        "moderation.undo",
        "moderation.presence",
        "moderation.review",
        "moderation.decide_request",
        "moderation.trust",
        "sightings.answer",
        "places.search_online",
        "changes.revert",
        "changes.revert_user",
        "changes.redact",
        "productions.edit",
        "sources.edit",
        "shoots.edit",
        "citing.new",
        "citing.edit",
        "citing.remove",
        "citing.reopen",
        "citing.decide",
        "citing.withdraw",
        "api.cite",
        "api.remove_citation",
        "api.reopen_citation",
        "api.decide_contradiction",
        "api.add_role",
        "api.remove_role",
        "orders.new",
        "orders.remove",
        "orders.reopen",
        "sources.mark_repeat",
        "sources.undo_repeat",
        "contradictions.decide",
        "contradictions.reopen",
        "imports.upload",
        "imports.answer",
        "imports.pick",
        "imports.step",
        "imports.remove",
        "imports.undo",
        "permits.attribute",
        "permits.undo",
        "merging.preview",
        "merging.undo",
        "merging.keep_apart",
        "merging.take_apart_back",
        "partners.edit",
        "partners.remove",
    }


@pytest.mark.parametrize("role", ROLES)
def test_reading_opens_to_a_role_what_its_permissions_open(app: Flask, sighting: int, role: str) -> None:
    visitor, bearer = visitor_who_is(app, role), bearer_of(app, role)
    for rule in rules(app):
        if rule.endpoint == "static" or "GET" not in (rule.methods or set()):
            continue
        permission = permission_of(app.view_functions[rule.endpoint])
        address = address_of(app, rule, sighting)
        for method in ("GET", "HEAD"):
            answer = visitor.client.open(address, method=method, headers=bearer)
            # A contributor is let in, and then told that the citation is somebody else's.
            anothers = rule.endpoint == "citing.edit" and role == "contributor"
            expected = role in OPEN_TO[permission] and not anothers
            assert was_let_in(answer) is expected, (role, method, address, answer.status_code)
            assert answer.status_code < 500, address


@pytest.mark.parametrize("role", ROLES)
def test_writing_opens_to_a_role_what_its_permissions_open(app: Flask, sighting: int, role: str) -> None:
    bearer = bearer_of(app, role)
    for rule in rules(app):
        if "POST" not in (rule.methods or set()):
            continue
        visitor = visitor_who_is(app, role)
        token = visitor.token()
        address = address_of(app, rule, sighting)
        answer = visitor.client.post(address, data={"csrf_token": token}, headers=bearer)
        expected = role in OPEN_TO[permission_of(app.view_functions[rule.endpoint])]
        # A moderator is let in, and then told that only its sender withdraws a sighting.
        own_refusal = rule.endpoint == "sightings.withdraw" and role in ("moderator", "admin")
        own_refusal |= rule.endpoint in OF_WHO_CITED and role == "contributor"
        assert (answer.status_code in (401, 403)) is (not expected or own_refusal), (
            role,
            address,
            answer.status_code,
        )
        assert answer.status_code < 500


@pytest.mark.parametrize("role", ROLES)
def test_a_method_that_a_page_does_not_have_is_refused_to_everybody(
    app: Flask, sighting: int, role: str
) -> None:
    visitor = visitor_who_is(app, role)
    taken: dict[str, set[str]] = defaultdict(set)
    for rule in rules(app):
        taken[rule.rule] |= rule.methods or set()
    for rule in rules(app):
        for method in set(METHODS) - taken[rule.rule]:
            answer = visitor.client.open(address_of(app, rule, sighting), method=method)
            assert answer.status_code in (400, 405), (role, method, rule.rule, answer.status_code)


@pytest.mark.parametrize("role", ROLES)
def test_no_post_goes_through_without_the_sessions_token(app: Flask, sighting: int, role: str) -> None:
    visitor = visitor_who_is(app, role)
    for rule in rules(app):
        if "POST" in (rule.methods or set()):
            answer = visitor.client.post(address_of(app, rule, sighting), data={"csrf_token": "made up"})
            refused = (404,) if rule.endpoint in WITHOUT_SESSION else (400, 401, 403)
            assert answer.status_code in refused, (role, rule.rule, answer.status_code)


def test_anothers_sighting_exists_only_for_moderators(app: Flask, sighting: int) -> None:
    seen = {}
    for name in ("Ingrid", "Marcello", "Solveig", "Admin"):
        visitor = signed_in(app, name)
        seen[name] = visitor.get(f"/sightings/{sighting}").status_code
    assert seen == {"Ingrid": 200, "Marcello": 404, "Solveig": 200, "Admin": 200}


def test_what_somebody_watches_and_the_tokens_exist_only_for_their_owner(app: Flask, sighting: int) -> None:
    ingrid = signed_in(app, "Ingrid")
    assert ingrid.post("/places/1/watch").status_code == 303
    with app.app_context():
        user = find_user(db.session, "Ingrid")
        assert user is not None
        token, _ = make_token(db.session, user, name="Hers", scopes=list(Scope))
        addresses = ("/account/watching/1/removal", f"/account/tokens/{token.id}/revocation")
        db.session.commit()
    for name in ("Marcello", "Solveig", "Admin"):
        visitor = signed_in(app, name)
        assert [visitor.post(address).status_code for address in addresses] == [404, 404], name
        assert "1 watched" not in visitor.get("/account/watching").text
    assert [ingrid.post(address).status_code for address in addresses] == [303, 303]
    assert sighting == 1


def test_a_view_without_a_declaration_cannot_be_registered(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tracker.web import urls  # noqa: PLC0415 - patched here alone

    def silent() -> str:
        return "here I am"

    monkeypatch.setattr(urls, "ADDRESSES", [*ADDRESSES, ("/silent", "silent", silent, ("GET",))])
    with pytest.raises(UndeclaredAccessError):
        urls.register(Flask("bare"))
    assert allow(Permission.READ)(silent) is silent
    assert app.name == "tracker"
