"""The settings of mail from the environment. A value that cannot be used is an error that names it."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parseaddr
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tracker.foundation.errors import ConfigurationError

if TYPE_CHECKING:
    from tracker.mail.server import MailServer, Security

_OTHERS = ("MAIL_PORT", "MAIL_USERNAME", "MAIL_PASSWORD", "MAIL_FROM", "MAIL_SECURITY")


def mail_server(env: Mapping[str, str]) -> MailServer | None:
    """Answer the mail server, None where none is named. Raises ConfigurationError naming the variable."""
    host = env.get("MAIL_SERVER", "").strip()
    if not host:
        lonely = [name for name in _OTHERS if env.get(name, "")]
        if lonely:
            raise ConfigurationError(f"{lonely[0]} is set but MAIL_SERVER is not; set that too, or neither.")
        return None
    if not all(c.isalnum() or c in ".-:[]" for c in host):
        raise ConfigurationError(
            f"MAIL_SERVER {host!r} is not a host name; write one such as mail.example.org."
        )
    if not env.get("SITE_URL", ""):
        raise ConfigurationError(
            "MAIL_SERVER is set but SITE_URL is not; write the site's address, such as https://films.example."
        )
    # Only who sends mail pays for loading this.
    from tracker.mail.server import USUAL_PORT, MailServer  # noqa: PLC0415

    security = _security(env)
    username, password = env.get("MAIL_USERNAME", ""), env.get("MAIL_PASSWORD", "")
    if bool(username) != bool(password):
        missing = "MAIL_PASSWORD" if username else "MAIL_USERNAME"
        raise ConfigurationError(
            f"{missing} is missing; a mail server wants both name and password, or neither."
        )
    if security.value == "none" and username and not _is_this_machine(host):
        raise ConfigurationError(
            "MAIL_SECURITY 'none' would send the mail password in the clear; write starttls or tls."
        )
    return MailServer(host, _port(env, USUAL_PORT[security]), _sender(env), security, username, password)


def site_url(env: Mapping[str, str]) -> str:
    """Answer the address of the site without a slash at its end, "" where none is set."""
    value = env.get("SITE_URL", "").strip().rstrip("/")
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
        raise ConfigurationError(
            f"SITE_URL {value!r} is not an address; write one such as https://films.example."
        )
    return value


def _security(env: Mapping[str, str]) -> Security:
    from tracker.mail.server import Security  # noqa: PLC0415 - as above

    value = env.get("MAIL_SECURITY", "").strip().lower() or "starttls"
    if value not in set(Security):
        raise ConfigurationError(f"MAIL_SECURITY {value!r} is none of starttls, tls and none.")
    return Security(value)


def _port(env: Mapping[str, str], usual: int) -> int:
    value = env.get("MAIL_PORT", "").strip() or str(usual)
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= 65535:
        raise ConfigurationError(f"MAIL_PORT {value!r} is not a whole number between 1 and 65535.")
    return int(value)


def _sender(env: Mapping[str, str]) -> str:
    value = env.get("MAIL_FROM", "").strip()
    address = parseaddr(value)[1]
    name, at, domain = address.partition("@")
    if not (name and at and "." in domain) or "\n" in value or "\r" in value:
        raise ConfigurationError(
            f"MAIL_FROM {value!r} is not an address; write one such as Shot Here <films@example.org>."
        )
    return value


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
