"""The letters that accounts get, in plain words; doors pass the addresses in."""

from __future__ import annotations

from tracker.mail.outbox import Letter


def confirm_letter(name: str, link: str) -> Letter:
    """Ask whether an address is the user's."""
    return Letter(
        "Confirm your e-mail address",
        f"Hello {name},\n\n"
        "somebody, we hope you, gave this address to an account at Shot Here. To confirm it, open\n\n"
        f"    {link}\n\n"
        "and press the button there. The link works once, for a day.\n\n"
        "If this was not you, do nothing: the address is not used.\n",
    )


def reset_letter(name: str, link: str) -> Letter:
    """Tell how to set a new password."""
    return Letter(
        "A new password",
        f"Hello {name},\n\n"
        "somebody asked for a new password for your account at Shot Here. To set one, open\n\n"
        f"    {link}\n\n"
        "The link works once, for an hour. Setting a new password signs you out everywhere.\n\n"
        "If this was not you, do nothing: your password stays as it is.\n",
    )


def changed_letter(name: str) -> Letter:
    """Tell the owner that the password was changed."""
    return Letter(
        "Your password was changed",
        f"Hello {name},\n\n"
        "the password of your account at Shot Here was changed, and all sessions were ended.\n\n"
        "If this was not you, ask for a new password on the page where one signs in.\n",
    )
