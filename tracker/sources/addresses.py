"""Addresses of sources: checked, and folded so that the same page is found again."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean_line
from tracker.sources.archives import unwrap
from tracker.sources.sites import same_page

_LONGEST = 2000
_TRACKING = re.compile(
    r"(utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|yclid|twclid|ttclid|msclkid|mc_[ce]id|igsh(id)?|si|ref_src"
    r"|ref_url|cmpid|ocid|feature|_hs\w+|mkt_tok|vero_id|at_(medium|campaign)\w*|amp(_\w+)?|outputtype|guce\w*"
    r"|sharetype|share_id|smid|xtor)\Z",
    re.IGNORECASE,
)
_HOST_PREFIX = re.compile(r"^((www\d?|m|mobile|amp|touch)\.)+(?=[^.]+\.)")
_AMP_PATH = re.compile(r"(?<=/)(amp/)(?=.)|/amp(\.html)?/?\Z|(?<=\w)\.amp(?=(\.html)?\Z)")


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
    """Answer what all addresses of one page have in common.

    Without scheme, archive or AMP cache around it, mobile host, tracking parameters, fragment and trailing
    slash; the sites that have several addresses for one thing are folded by `sites`.
    """
    parts = _split(unwrap(_out_of_amp_cache(address)))
    host = _HOST_PREFIX.sub("", (parts.hostname or "").lower().rstrip("."))
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k)]
    path = _AMP_PATH.sub("", parts.path).rstrip("/") or "/"
    host, path, query = same_page(host, path, query)
    return urlunsplit(("", host + port, path, urlencode(sorted(query)), ""))[2:][:_LONGEST]


def _out_of_amp_cache(address: str) -> str:
    """Answer the page behind Google's viewer (google.com/amp/s/…) and cache (….cdn.ampproject.org/c/s/…)."""
    parts = _split(address)
    host = (parts.hostname or "").lower()
    found = None
    if re.fullmatch(r"(www\.)?google\.[a-z.]{2,6}", host):
        found = re.match(r"/amp/(?:s/)?(.+)", parts.path)
        if parts.path == "/url":
            target = dict(parse_qsl(parts.query)).get("q") or dict(parse_qsl(parts.query)).get("url")
            return target if target and _is_web(target) else address
    elif host.endswith(".cdn.ampproject.org"):
        found = re.match(r"/[a-z]+/(?:s/)?(.+)", parts.path)
    if found is None:
        return address
    inner = f"https://{unquote(found[1])}" + (f"?{parts.query}" if parts.query else "")
    return inner if _is_web(inner) else address


def _is_web(address: str) -> bool:
    try:
        return "." in (urlsplit(check_address(address)).hostname or "")
    except InvalidValueError:
        return False


def _split(address: str) -> SplitResult:
    return urlsplit(address)
