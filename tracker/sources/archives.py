"""Web archives: an address there holds the one of the page that was kept."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

_WAYBACK = re.compile(r"/web/(?:\d{1,14}(?:[a-z]{2}_)?|\*|2)/(.+)\Z", re.DOTALL)
_TODAY = re.compile(r"/(?:\d{4,14}|newest|o/\w+|timegate)/(https?:.+)\Z", re.DOTALL)
_HOSTS_OF_TODAY = frozenset(
    {"archive.today", "archive.ph", "archive.is", "archive.li", "archive.md", "archive.vn", "archive.fo"}
)


def unwrap(address: str) -> str:
    """Answer the page that an archive's address holds; any other address as it is."""
    found = original_of(address)
    return found if found is not None else address


def original_of(address: str) -> str | None:
    """Answer the address of the page that was archived, None where the address is no archive's."""
    parts = urlsplit(address)
    host = (parts.hostname or "").lower().removeprefix("www.")
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    if host in ("web.archive.org", "archive.org"):
        found = _WAYBACK.match(path)
    elif host in _HOSTS_OF_TODAY:
        found = _TODAY.match(path)
    else:
        return None
    if found is None:
        return None
    inner = found[1]
    if re.match(r"https?%3A", inner, re.IGNORECASE):
        inner = unquote(inner)
    # Servers on the way fold the two slashes into one.
    inner = re.sub(r"^(https?):/+", r"\1://", inner, flags=re.IGNORECASE)
    inner = inner if "://" in inner else f"https://{inner}"
    try:
        kept = urlsplit(inner)
        is_page = kept.scheme in ("http", "https") and "." in (kept.hostname or "")
        _ = kept.port
    except ValueError:
        return None
    return inner if is_page else None
