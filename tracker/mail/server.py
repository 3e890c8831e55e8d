"""The operator's mail server, and handing a letter to it."""

from __future__ import annotations

import enum
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage


class Security(enum.StrEnum):
    """How the way to the server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


USUAL_PORT = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed in, and from whom they come."""

    host: str
    port: int
    sender: str
    security: Security = Security.STARTTLS
    username: str = ""
    # Never in a traceback or a log.
    password: str = field(default="", repr=False)
    timeout_seconds: int = 20


class RefusedForGoodError(Exception):
    """When the server says that it will never take this letter; the text names no address."""


class NotNowError(Exception):
    """When the server cannot be reached or does not take the letter now; the text names no address."""


def hand_in(server: MailServer, message: EmailMessage) -> None:
    """Give a letter to the server. Raises RefusedForGoodError or NotNowError; neither tells to whom it is."""
    try:
        with _connection(server) as connection:
            connection.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise _refusal(codes[0] if codes else 550) from None
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code) from None
    except (OSError, smtplib.SMTPException) as error:
        raise NotNowError(f"the mail server cannot be reached ({type(error).__name__})") from None


def _refusal(code: int) -> Exception:
    if 500 <= code < 600 and code not in (530, 535):
        return RefusedForGoodError(f"the mail server refuses it (code {code})")
    # A wrong password is the operator's to mend; the letter waits.
    return NotNowError(f"the mail server does not take it now (code {code})")


@contextmanager
def _connection(server: MailServer) -> Iterator[smtplib.SMTP]:
    context = ssl.create_default_context()
    if server.security is Security.TLS:
        made: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=server.timeout_seconds, context=context
        )
    else:
        made = smtplib.SMTP(server.host, server.port, timeout=server.timeout_seconds)
    with made as connection:
        if server.security is Security.STARTTLS:
            connection.starttls(context=context)
        if server.username:
            connection.login(server.username, server.password)
        yield connection
