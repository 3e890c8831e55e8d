"""Accounts from the command line: added, promoted, and refused in one line that says what to do."""

from __future__ import annotations

import pytest
from click.testing import Result
from flask import Flask

from tests.cast import PASSWORD
from tracker.accounts.models import Role
from tracker.accounts.operations import authenticate, find_user
from tracker.cli.users import user_group
from tracker.extensions import db

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


def run(app: Flask, *arguments: str, stdin: str | None = None) -> Result:
    return app.test_cli_runner().invoke(user_group, list(arguments), input=stdin)


def test_a_moderator_is_added_with_a_password_from_standard_input(app: Flask) -> None:
    result = run(app, "add", "Solveig", "--role", "moderator", "--password-stdin", stdin=f"{PASSWORD}\n")
    assert (result.exit_code, result.output) == (0, "Added Solveig, moderator.\n")
    with app.app_context():
        user = authenticate(db.session, name="solveig", password=PASSWORD)
        assert user is not None
        assert user.role is Role.MODERATOR


@SQLITE
def test_the_password_is_asked_for_twice_and_not_shown(app: Flask) -> None:
    result = run(app, "add", "Ingrid", stdin=f"{PASSWORD}\n{PASSWORD}\n")
    assert result.exit_code == 0
    assert result.output.splitlines()[-1] == "Added Ingrid, contributor."
    assert PASSWORD not in result.output


@SQLITE
@pytest.mark.parametrize(
    ("name", "password", "error"),
    [
        ("x", PASSWORD, "Error: A user name has 2 to 40 characters.\n"),
        ("Ingrid", "short", "Error: The password has 5 characters. Write at least 10.\n"),
        ("Ingrid", "", "Error: Standard input holds no password: pipe one in, or leave the option out.\n"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_with_exit_code_1(
    app: Flask, name: str, password: str, error: str
) -> None:
    result = run(app, "add", name, "--password-stdin", stdin=password)
    assert (result.exit_code, result.stderr) == (1, error)
    with app.app_context():
        assert find_user(db.session, name) is None


def test_a_taken_name_is_refused(app: Flask) -> None:
    run(app, "add", "Ingrid", "--password-stdin", stdin=PASSWORD)
    result = run(app, "add", "ÍNGRID", "--password-stdin", stdin=PASSWORD)
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: The name 'ÍNGRID' is taken, or looks like one that is. Choose another.\n",
    )


@SQLITE
def test_an_unknown_role_is_wrong_use(app: Flask) -> None:
    assert run(app, "add", "Ingrid", "--role", "emperor").exit_code == 2


@SQLITE
def test_a_role_is_changed_and_an_unknown_name_is_said(app: Flask) -> None:
    run(app, "add", "Ingrid", "--password-stdin", stdin=PASSWORD)
    result = run(app, "role", "ingrid", "admin")
    assert (result.exit_code, result.output) == (0, "Ingrid is admin now.\n")
    with app.app_context():
        user = find_user(db.session, "Ingrid")
        assert user is not None
        assert user.role is Role.ADMIN
    missing = run(app, "role", "Nobody", "admin")
    assert (missing.exit_code, missing.stderr) == (
        1,
        "Error: There is no account 'Nobody'. Add it with the command user add.\n",
    )
