"""Mail from the command line, for cron: what waits is sent, and who watches is told."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from tracker.extensions import db
from tracker.foundation.database import writing
from tracker.foundation.errors import ConfigurationError, TrackerError
from tracker.mail.outbox import waiting_and_failed
from tracker.mailing import address_of, send_waiting, settings
from tracker.productions.models import Production
from tracker.watching.digests import Addresses, to_be_told, write_digest
from tracker.watching.models import Telling
from tracker.watching.operations import unsubscribe_part
from tracker.watching.queries import Watched

mail_group = AppGroup("mail", help="Letters: send those that wait.")
watch_group = AppGroup("watch", help="Watching: tell people what is new.")


@mail_group.command("send")
def send() -> None:
    """Send every letter that is due; run it each minute or so."""
    try:
        _need_server()
    except TrackerError as error:
        _fail(error)
    _send()


@watch_group.command("send")
def tell() -> None:
    """Write a digest to everybody who wants mails and has news, and send it; run it once a day.

    Broken off and run again, it tells nothing twice and leaves nothing out.
    """
    try:
        _need_server()
    except TrackerError as error:
        _fail(error)
    with writing(db.session):
        users = to_be_told(db.session)
    written = 0
    for user_id in users:
        with writing(db.session):
            written += write_digest(db.session, user_id, _addresses())
    click.echo(f"{written} of {len(users)} who want mails have news.")
    _send()


def _send() -> None:
    done = send_waiting()
    waiting, failed = waiting_and_failed(db.session)
    db.session.rollback()
    click.echo(f"Sent {done.sent}; {waiting} wait, {failed} were given up.")
    if done.why:
        click.echo(f"Error: {done.why}. See MAIL_SERVER and its companions.", err=True)
        raise click.exceptions.Exit(1)


def _addresses() -> Addresses:
    def unsubscribe(telling: Telling) -> str:
        signed = unsubscribe_part(telling, key=settings().secret_key)
        return address_of("watching.unsubscribe", signed=signed)

    return Addresses(_changes_of, address_of("watching.index"), unsubscribe)


def _changes_of(one: Watched) -> str:
    if isinstance(one.what, Production):
        return address_of("changes.index", production=one.what.slug)
    return address_of("changes.index", place=one.what.id)


def _need_server() -> None:
    if settings().mail is None:
        raise ConfigurationError("No mail goes out here: MAIL_SERVER is not set.")


def _fail(error: TrackerError) -> None:
    """Say on one line what is wrong, and end with 1: a check failed."""
    click.echo(f"Error: {error}", err=True)
    raise click.exceptions.Exit(1)
