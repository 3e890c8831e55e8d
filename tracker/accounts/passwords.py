"""Passwords: hashed with argon2id, checked in the same time whether or not the user exists."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tracker.foundation.errors import InvalidValueError

LEAST, MOST = 10, 200
_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """Answer the argon2id hash. Raises InvalidValueError for one that is too short or too long."""
    if len(password) < LEAST:
        raise InvalidValueError(f"The password has {len(password)} characters. Write at least {LEAST}.")
    if len(password) > MOST:
        raise InvalidValueError(f"The password has {len(password)} characters. Write at most {MOST}.")
    return _hasher.hash(password)


def check_password(password: str, hashed: str | None) -> bool:
    """Say whether the password fits the hash. Without a hash as much time is spent on a made-up one."""
    try:
        _hasher.verify(hashed or _decoy(), password[:MOST])
    except (VerificationError, InvalidHashError):
        return False
    return hashed is not None


def needs_new_hash(hashed: str) -> bool:
    """Say whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(hashed)


@cache
def _decoy() -> str:
    return _hasher.hash("nobody has this password")
