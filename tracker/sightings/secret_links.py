"""Links that only their holder knows: kept as a digest, so that the database does not open them."""

from __future__ import annotations

import hashlib
import secrets


def make_secret() -> tuple[str, str]:
    """Answer a new secret for an address, and its digest for the database."""
    secret = secrets.token_urlsafe(24)
    return secret, digest_of(secret)


def digest_of(secret: str) -> str:
    """Answer the digest by which a secret is found."""
    return hashlib.sha256(secret.encode()).hexdigest()
