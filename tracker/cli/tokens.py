"""Tokens of the API from the command line."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from tracker.accounts.models import User
from tracker.accounts.operations import find_user
from tracker.accounts.tokens import Scope, make_token, revoke_token
from tracker.extensions import db
from tracker.foundation.database import writing
from tracker.foundation.errors import NotFoundError, TrackerError

token_group = AppGroup("token", help="Tokens with which programs act for an account: add one, revoke one.")
_SCOPES = click.Choice([scope.value for scope in Scope])


@token_group.command("add")
@click.argument("name")
@click.option("--user", "account", required=True, help="The account that the token acts for.")
@click.option("--scope", "scopes", type=_SCOPES, multiple=True, default=[Scope.SUBMIT_SIGHTINGS.value])
def add(name: str, account: str, scopes: tuple[str, ...]) -> None:
    """Add a token called NAME and print it, once."""
    try:
        with writing(db.session):
            user = _user(account)
            token, secret = make_token(db.session, user, name=name, scopes=[Scope(s) for s in scopes])
            click.echo(f"Token {token.id} for {user.name}; it is not shown again:", err=True)
    except TrackerError as error:
        _fail(error)
    else:
        click.echo(secret)


@token_group.command("revoke")
@click.argument("number", type=int)
@click.option("--user", "account", required=True, help="The account that the token acts for.")
def revoke(number: int, account: str) -> None:
    """End the token of that NUMBER; it works no more from this moment on."""
    try:
        with writing(db.session):
            token = revoke_token(db.session, number, of=_user(account))
            click.echo(f"Revoked {token.name}, {token.shown}…")
    except TrackerError as error:
        _fail(error)


def _user(name: str) -> User:
    user = find_user(db.session, name)
    if user is None:
        raise NotFoundError(f"There is no account {name!r}. Add it with the command user add.")
    return user


def _fail(error: TrackerError) -> None:
    """Say on one line what is wrong, and end with 1: a check failed."""
    click.echo(f"Error: {error}", err=True)
    raise click.exceptions.Exit(1)
