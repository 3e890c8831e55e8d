"""Accounts from the command line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup

from tracker.accounts.events import Deed, note_down
from tracker.accounts.models import Role, User
from tracker.accounts.operations import find_user, sign_up
from tracker.accounts.resets import reset_link
from tracker.accounts.standing import reinstate, set_role, suspend
from tracker.extensions import db
from tracker.foundation.database import writing
from tracker.foundation.errors import InvalidValueError, NotFoundError, TrackerError
from tracker.mailing import address_of, settings

user_group = AppGroup("user", help="Accounts: add, give a role, suspend, reset a password.")
_ROLES = click.Choice([role.value for role in Role])


@user_group.command("add")
@click.argument("name")
@click.option("--role", type=_ROLES, default=Role.CONTRIBUTOR.value, show_default=True)
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def add(name: str, role: str, *, password_stdin: bool) -> None:
    """Add an account called NAME."""
    with _told():
        # Asked before the database is locked: people type slowly.
        password = _password(from_stdin=password_stdin)
        with writing(db.session):
            user = sign_up(db.session, name=name, password=password, role=Role(role))
            click.echo(f"Added {user.name}, {user.role.value}.")


@user_group.command("role")
@click.argument("name")
@click.argument("role", type=_ROLES)
def change_role(name: str, role: str) -> None:
    """Give NAME the role ROLE; open sessions of that account end."""
    with _told(), writing(db.session):
        user = _user(name)
        set_role(db.session, user, Role(role))
        click.echo(f"{user.name} is {user.role.value} now.")


@user_group.command("suspend")
@click.argument("name")
@click.option("--reason", default="", help="The person is told.")
def suspend_command(name: str, reason: str) -> None:
    """Let NAME read, take the data along and leave, and nothing else; open sessions end."""
    with _told(), writing(db.session):
        user = _user(name)
        suspend(db.session, user, reason=reason)
        click.echo(f"{user.name} is suspended.")


@user_group.command("reinstate")
@click.argument("name")
@click.option("--reason", default="", help="For the account's history.")
def reinstate_command(name: str, reason: str) -> None:
    """End the suspension of NAME."""
    with _told(), writing(db.session):
        user = _user(name)
        reinstate(db.session, user, reason=reason)
        click.echo(f"{user.name} is in good standing again.")


@user_group.command("reset-link")
@click.argument("name")
def reset_link_command(name: str) -> None:
    """Print a link with which NAME sets a new password: once, within an hour."""
    with _told(), writing(db.session):
        user = _user(name)
        signed = reset_link(user, key=settings().secret_key)
        note_down(db.session, user, Deed.RESET_LINK, by=None, words="at the command line")
        click.echo(address_of("accounts.reset", signed=signed))
        if not settings().site_url:
            click.echo("Put the site's address before it; SITE_URL would.", err=True)


def _user(name: str) -> User:
    user = find_user(db.session, name)
    if user is None:
        raise NotFoundError(f"There is no account {name!r}. Add it with the command user add.")
    return user


def _password(*, from_stdin: bool) -> str:
    if not from_stdin:
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise InvalidValueError("Standard input holds no password: pipe one in, or leave the option out.")
    return line


@contextmanager
def _told() -> Iterator[None]:
    """Say on one line what is wrong, and end with 1: a check failed."""
    try:
        yield
    except TrackerError as error:
        click.echo(f"Error: {error}", err=True)
        raise click.exceptions.Exit(1) from None
