"""Accounts from the command line."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from tracker.accounts.models import Role
from tracker.accounts.operations import find_user, set_role, sign_up
from tracker.extensions import db
from tracker.foundation.database import writing
from tracker.foundation.errors import InvalidValueError, NotFoundError, TrackerError

user_group = AppGroup("user", help="Accounts: add one, change a role.")
_ROLES = click.Choice([role.value for role in Role])


@user_group.command("add")
@click.argument("name")
@click.option("--role", type=_ROLES, default=Role.CONTRIBUTOR.value, show_default=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(name: str, role: str, *, password_stdin: bool) -> None:
    """Add an account called NAME."""
    try:
        # Asked before the database is locked: people type slowly.
        password = _password(from_stdin=password_stdin)
        with writing(db.session):
            user = sign_up(db.session, name=name, password=password, role=Role(role))
            click.echo(f"Added {user.name}, {user.role.value}.")
    except TrackerError as error:
        _fail(error)


@user_group.command("role")
@click.argument("name")
@click.argument("role", type=_ROLES)
def change_role(name: str, role: str) -> None:
    """Give NAME the role ROLE; open sessions of that account end."""
    try:
        with writing(db.session):
            user = find_user(db.session, name)
            if user is None:
                raise NotFoundError(f"There is no account {name!r}. Add it with the command user add.")
            set_role(db.session, user, Role(role))
            click.echo(f"{user.name} is {user.role.value} now.")
    except TrackerError as error:
        _fail(error)


def _password(*, from_stdin: bool) -> str:
    if not from_stdin:
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise InvalidValueError("Standard input holds no password: pipe one in, or leave the option out.")
    return line


def _fail(error: TrackerError) -> None:
    """Say on one line what is wrong, and end with 1: a check failed."""
    click.echo(f"Error: {error}", err=True)
    raise click.exceptions.Exit(1)
