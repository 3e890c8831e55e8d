"""Mail for all doors: the addresses in letters, and the threads that send what is in the outbox.

Links in letters are made of the setting SITE_URL, never of the request: whoever sends a request chooses the
host that it names.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog
from flask import Flask, current_app
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tracker.accounts.events import AccountEvent, Deed, note_down
from tracker.accounts.resets import GOOD_FOR, ResetRequest, account_to_mail, reset_link
from tracker.config import Settings
from tracker.extensions import db
from tracker.foundation.clock import now
from tracker.foundation.database import writing
from tracker.mail.delivery import Delivered, deliver
from tracker.mail.letters import reset_letter
from tracker.mail.outbox import post

_log = structlog.get_logger("tracker.mail")
_KEY = "shot_here_mail"
_starting = threading.Lock()


def settings() -> Settings:
    """Answer the settings of the present application."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def address_of(endpoint: str, **values: object) -> str:
    """Answer the address of a page for a letter; without SITE_URL its path alone."""
    site = settings().site_url
    parts = urlsplit(site)
    urls = current_app.url_map.bind(
        parts.netloc or "localhost", script_name=parts.path or "/", url_scheme=parts.scheme or "http"
    )
    address = urls.build(endpoint, values, force_external=bool(site))
    return str(address)


def send_waiting() -> Delivered:
    """Write the letters that were asked for, and send all that are due. Opens transactions of its own."""
    server = settings().mail
    if server is None:
        return Delivered()
    _write_asked_for(db.engine)
    done = deliver(db.engine, server)
    _log.info("mail sent", sent=done.sent, failed=done.failed, later=done.later, why=done.why)
    return done


def send_soon() -> None:
    """Begin to send what waits, beside this request; call it after the commit.

    What a dying process leaves behind stays in the outbox: the command `mail send` takes it up.
    """
    if settings().mail is not None:
        _sender(current_app._get_current_object()).wake()  # type: ignore[attr-defined]


def wait_until_sent(app: Flask, *, seconds: float) -> bool:
    """Wait until this process sends nothing any more; answer whether that came in time."""
    return _sender(app).idle.wait(seconds)


@dataclass(slots=True)
class _Sender:
    """The one thread of a process that sends; woken while it works, it goes round once more."""

    app: Flask
    lock: threading.Lock
    idle: threading.Event
    again: bool = False
    running: bool = False

    def wake(self) -> None:
        with self.lock:
            self.again = True
            if self.running:
                return
            self.running = True
            self.idle.clear()
        threading.Thread(target=self._work, name="mail", daemon=True).start()

    def _work(self) -> None:
        while self._goes_on():
            try:
                with self.app.app_context():
                    send_waiting()
            except Exception:
                # Nobody waits for this thread; the letters stay in the outbox.
                _log.exception("sending mail failed")

    def _goes_on(self) -> bool:
        with self.lock:
            if self.again:
                self.again = False
                return True
            self.running = False
            self.idle.set()
            return False


def _sender(app: Flask) -> _Sender:
    with _starting:
        found: _Sender | None = app.extensions.get(_KEY)
        if found is None:
            idle = threading.Event()
            idle.set()
            found = app.extensions[_KEY] = _Sender(app, threading.Lock(), idle)
    return found


def _write_asked_for(engine: Engine) -> None:
    """Turn each request for a new password into a letter, if there is such an account, and forget it."""
    while True:
        with Session(engine) as session, writing(session):
            asked = session.scalar(select(ResetRequest).order_by(ResetRequest.id).limit(1).with_for_update())
            if asked is None:
                return
            user = account_to_mail(session, asked.asked)
            session.delete(asked)
            if user is None or user.email is None or _was_mailed(session, user.id):
                continue
            link = address_of("accounts.reset", signed=reset_link(user, key=settings().secret_key))
            post(session, user, reset_letter(user.name, link), to=user.email)
            note_down(session, user, Deed.RESET_LINK, by=None, words="by mail")


def _was_mailed(session: Session, user_id: int) -> bool:
    """Say whether the last link is young: nobody's mailbox is filled by somebody who presses a button."""
    last = session.scalar(
        select(AccountEvent.at)
        .where(AccountEvent.user_id == user_id, AccountEvent.deed == Deed.RESET_LINK)
        .order_by(AccountEvent.id.desc())
        .limit(1)
    )
    return last is not None and now() - last < GOOD_FOR / 6
