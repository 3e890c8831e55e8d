"""The settings of mail: whole, or refused in one line that names the variable and the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.config import from_environment
from tracker.foundation.errors import ConfigurationError
from tracker.mail.server import MailServer, Security

WHOLE = {
    "MAIL_SERVER": "mail.example.org",
    "MAIL_FROM": "Shot Here <films@example.org>",
    "SITE_URL": "https://films.example/",
}


def settings(tmp_path: Path, **env: str) -> MailServer | None:
    return from_environment({"INSTANCE_PATH": str(tmp_path), **env}).mail


def test_without_a_server_no_mail_goes_out(tmp_path: Path) -> None:
    assert settings(tmp_path) is None


@pytest.mark.parametrize(
    ("security", "port", "got"),
    [
        ("", "", (Security.STARTTLS, 587)),
        ("tls", "", (Security.TLS, 465)),
        ("none", "2525", (Security.NONE, 2525)),
    ],
)
def test_the_way_is_protected_unless_somebody_says_otherwise(
    tmp_path: Path, security: str, port: str, got: tuple[Security, int]
) -> None:
    found = settings(tmp_path, **WHOLE, MAIL_SECURITY=security, MAIL_PORT=port)
    assert found is not None
    assert (found.security, found.port) == got


def test_the_password_is_in_no_representation(tmp_path: Path) -> None:
    found = settings(tmp_path, **WHOLE, MAIL_USERNAME="films", MAIL_PASSWORD="a secret of theirs")
    assert found is not None
    assert "a secret of theirs" not in repr(found)


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"MAIL_SERVER": ""}, "MAIL_FROM is set but MAIL_SERVER is not; set that too, or neither."),
        ({"MAIL_SERVER": "a b"}, "MAIL_SERVER 'a b' is not a host name; write one such as mail.example.org."),
        ({"SITE_URL": ""}, "MAIL_SERVER is set but SITE_URL is not; write the site's address"),
        ({"SITE_URL": "films.example"}, "SITE_URL 'films.example' is not an address"),
        ({"MAIL_FROM": ""}, "MAIL_FROM '' is not an address"),
        ({"MAIL_FROM": "nobody"}, "MAIL_FROM 'nobody' is not an address"),
        ({"MAIL_PORT": "70000"}, "MAIL_PORT '70000' is not a whole number between 1 and 65535."),
        ({"MAIL_SECURITY": "ssl"}, "MAIL_SECURITY 'ssl' is none of starttls, tls and none."),
        (
            {"MAIL_USERNAME": "films"},
            "MAIL_PASSWORD is missing; a mail server wants both name and password",
        ),
        (
            {"MAIL_USERNAME": "films", "MAIL_PASSWORD": "x", "MAIL_SECURITY": "none"},
            "MAIL_SECURITY 'none' would send the mail password in the clear; write starttls or tls.",
        ),
    ],
)
def test_half_a_configuration_is_refused(tmp_path: Path, changed: dict[str, str], error: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        settings(tmp_path, **{**WHOLE, **changed})
    assert error in str(caught.value)
