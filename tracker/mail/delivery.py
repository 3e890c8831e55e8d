"""Sending what is in the outbox, one letter at a time, with no transaction open while the server answers.

A crash between the server's yes and our note of it sends a letter twice, under one Message-ID; no order of
the two steps is free of that, and losing it would be worse.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tracker.foundation.clock import now
from tracker.foundation.database import writing
from tracker.mail.outbox import (
    OutgoingLetter,
    forget_old_failures,
    take_next,
    was_not_sent,
    was_sent,
)
from tracker.mail.server import MailServer, NotNowError, RefusedForGoodError, hand_in


@dataclass(slots=True)
class Delivered:
    """What became of the letters that were due; `why` is the last failure, without any address."""

    sent: int = 0
    failed: int = 0
    later: int = 0
    why: str = ""


def deliver(engine: Engine, server: MailServer) -> Delivered:
    """Send every letter that is due. After a failure that is the server's, the rest waits as well."""
    done = Delivered()
    while True:
        with Session(engine) as session:
            with writing(session):
                letter = take_next(session, at=now())
                message = _written(letter, server) if letter is not None else None
                number = letter.id if letter is not None else 0
            if message is None:
                with writing(session):
                    forget_old_failures(session, at=now())
                return done
        try:
            hand_in(server, message)
        except RefusedForGoodError as error:
            done.failed, done.why = done.failed + 1, str(error)
            _note(engine, number, str(error), for_good=True)
        except NotNowError as error:
            done.later, done.why = done.later + 1, str(error)
            _note(engine, number, str(error), for_good=False)
            return done
        else:
            done.sent += 1
            with Session(engine) as session, writing(session):
                was_sent(session, number)


def _note(engine: Engine, number: int, why: str, *, for_good: bool) -> None:
    with Session(engine) as session, writing(session):
        was_not_sent(session, number, why=why, for_good=for_good, at=now())


def _written(letter: OutgoingLetter, server: MailServer) -> EmailMessage:
    message = EmailMessage()
    message["From"] = server.sender
    message["To"] = letter.address
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.made_at)
    domain = parseaddr(server.sender)[1].rpartition("@")[2]
    message["Message-ID"] = f"<{letter.message_id}@{domain}>"
    # No answers by machines on holiday, please.
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.body)
    return message
