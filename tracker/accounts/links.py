"""Links that carry their own proof: what they stand for, signed with the installation's key.

A link is bound to what it is to change (`bound_to`: a password hash, an address), so that it stops working
once that is changed, and nothing has to be stored until somebody follows it.
"""

from __future__ import annotations

import enum
import hashlib
import hmac
from base64 import urlsafe_b64encode
from datetime import datetime

_MAC_BYTES = 24
_LONGEST = 200


class Purpose(enum.StrEnum):
    """What a link is for; one for one purpose is good for no other."""

    RESET = "reset"
    CONFIRM = "confirm"
    FEED = "feed"
    UNSUBSCRIBE = "unsubscribe"


def sign(key: str, purpose: Purpose, number: int, *, bound_to: str, until: datetime | None = None) -> str:
    """Answer the part of an address that stands for a row's number, good until a moment or for good."""
    ends = int(until.timestamp()) if until is not None else 0
    return f"{number}-{ends}-{_mac(key, purpose, number, ends, bound_to)}"


def number_of(signed: str) -> int | None:
    """Answer whose link it claims to be; `is_good` says whether it is."""
    parts = _parts(signed)
    return parts[0] if parts else None


def is_good(key: str, purpose: Purpose, signed: str, *, bound_to: str, at: datetime) -> bool:
    """Say whether a link was signed here for this purpose and what it is bound to, and has not run out."""
    parts = _parts(signed)
    if parts is None:
        return False
    number, ends, mac = parts
    fits = hmac.compare_digest(mac, _mac(key, purpose, number, ends, bound_to))
    return fits and (ends == 0 or at.timestamp() <= ends)


def _mac(key: str, purpose: Purpose, number: int, ends: int, bound_to: str) -> str:
    said = "\0".join(("link", purpose.value, str(number), str(ends), bound_to))
    digest = hmac.new(key.encode(), said.encode(), hashlib.sha256).digest()[:_MAC_BYTES]
    return urlsafe_b64encode(digest).decode()


def _parts(signed: str) -> tuple[int, int, str] | None:
    number, _, rest = signed[:_LONGEST].partition("-")
    ends, _, mac = rest.partition("-")
    if not (signed.isascii() and number.isdigit() and ends.isdigit() and len(number) < 11 and len(ends) < 13):
        return None
    # A row of the database has no larger number.
    return (int(number), int(ends), mac) if int(number) < 2**31 else None
