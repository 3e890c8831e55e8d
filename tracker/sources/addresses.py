"""Addresses of sources: checked, and folded so that the same page is found again."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean_line

_LONGEST = 2000
_TRACKING = re.compile(
    r"(utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igsh(id)?|si|ref_src|ref_url|cmpid|ocid|feature)\Z"
)
_HOST_PREFIX = re.compile(r"^(www|m|mobile|amp)\.(?=[^.]+\.)")


def check_address(text: str) -> str:
    """Answer the address as it will be linked. Raises InvalidValueError unless it is http(s) with a host."""
    address = clean_line(text)
    if "://" not in address and re.match(r"[\w-]+(\.[\w-]+)+(/|\Z)", address):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        host = None
    if host is None or parts.scheme not in ("http", "https") or " " in address or "." not in host:
        raise InvalidValueError(
            f"{address[:120]!r} is not a web address. Write one that begins with https://"
        )
    if len(address) > _LONGEST:
        raise InvalidValueError(f"The address has {len(address)} characters; at most {_LONGEST} can be kept.")
    if parts.username or parts.password:
        raise InvalidValueError("The address holds a user name or password. Leave that part out.")
    return address


def address_key(address: str) -> str:
    """Answer the address without scheme, mobile host, tracking parameters, fragment and trailing slash."""
    parts = urlsplit(address)
    host = _HOST_PREFIX.sub("", (parts.hostname or "").lower())
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = sorted(
        (k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)
    )
    return urlunsplit(("", host + port, parts.path.rstrip("/") or "/", urlencode(query), ""))[2:]
