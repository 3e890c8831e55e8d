"""What an address tells of itself: platform, account, number and day. Nothing is fetched.

The numbers of some platforms hold the moment at which they were given:
- X: milliseconds since 4 November 2010 above 22 bits ("snowflake")
- Instagram and Threads: base64url of a number with milliseconds since 24 August 2011 above 23 bits
- TikTok: seconds since 1970 above 32 bits
- Bluesky: base32-sortable of microseconds since 1970 above 10 bits (atproto.com/specs/tid)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import unquote, urlsplit

from tracker.sources.addresses import address_key, check_address

_X_EPOCH_MS, _X_FIRST = 1_288_834_974_657, 10**15
_INSTAGRAM_EPOCH_MS = 1_314_220_021_721
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_BASE32 = "234567abcdefghijklmnopqrstuvwxyz"
_EARLIEST = date(1990, 1, 1)
_DAY_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/_-]|\Z)")


@dataclass(frozen=True, slots=True)
class Link:
    """What an address says. `handle` begins with @ or r/; `day` is when the post or article appeared."""

    address: str
    platform: str
    handle: str = ""
    number: str = ""
    day: date | None = None

    @property
    def sentence(self) -> str:
        """Say in words what was read from the address."""
        parts = [self.platform or "A page"]
        if self.handle:
            parts.append(f"by {self.handle}" if self.handle.startswith("@") else f"in {self.handle}")
        if self.number:
            parts.append(f"number {self.number}")
        if self.day:
            parts.append(f"of {self.day.day} {self.day:%B %Y}")
        return ", ".join(parts)


def read_link(text: str, *, today: date) -> Link:
    """Read an address; a day that cannot be is left out. Raises InvalidValueError unless it is an address."""
    address = check_address(text)
    host = address_key(address).partition("/")[0]
    path = unquote(urlsplit(address).path)
    read = _READERS.get(host)
    link = read(address, path) if read else _page(address, path, host)
    sound = link.day is not None and _EARLIEST <= link.day <= today
    return link if sound else Link(link.address, link.platform, link.handle, link.number)


def _instagram(address: str, path: str) -> Link:
    found = re.match(r"(?:/([\w.]+))?/(?:p|reels?|tv)/([\w-]+)", path)
    if found:
        handle = f"@{found[1]}" if found[1] else ""
        return Link(address, "Instagram", handle, found[2], _day_of_media(found[2]))
    return Link(address, "Instagram", _account(path))


def _threads(address: str, path: str) -> Link:
    found = re.match(r"/@([\w.]+)/post/([\w-]+)", path)
    if found:
        return Link(address, "Threads", f"@{found[1]}", found[2], _day_of_media(found[2]))
    return Link(address, "Threads", _account(path))


def _tiktok(address: str, path: str) -> Link:
    found = re.match(r"/@([\w.]+)/(?:video|photo)/(\d{15,20})", path)
    if found:
        return Link(address, "TikTok", f"@{found[1]}", found[2], _day((int(found[2]) >> 32) * 1000))
    return Link(address, "TikTok", _account(path))


def _x(address: str, path: str) -> Link:
    found = re.match(r"/(\w+)(?:/web)?/status(?:es)?/(\d{1,20})", path)
    if not found:
        return Link(address, "X", _account(path))
    number = int(found[2])
    day = _day((number >> 22) + _X_EPOCH_MS) if number > _X_FIRST else None
    return Link(address, "X", "" if found[1] == "i" else f"@{found[1]}", found[2], day)


def _bluesky(address: str, path: str) -> Link:
    found = re.match(r"/profile/([\w.:-]+)/post/([2-7a-z]{13})\Z", path)
    if not found:
        return Link(address, "Bluesky")
    number = 0
    for letter in found[2]:
        number = number * 32 + _BASE32.index(letter)
    handle = "" if found[1].startswith("did:") else f"@{found[1]}"
    return Link(address, "Bluesky", handle, found[2], _day((number >> 10) // 1000))


def _youtube(address: str, path: str) -> Link:
    key = re.search(r"watch\?v=([\w-]+)", address_key(address))
    channel = re.match(r"/(@[\w.-]+)", path)
    return Link(address, "YouTube", channel[1] if channel else "", key[1] if key else "")


def _facebook(address: str, path: str) -> Link:
    found = re.match(r"/([\w.-]+)/(?:posts|videos|photos)/(?:[^/]+/)?(\w+)", path)
    if found:
        return Link(address, "Facebook", f"@{found[1]}", found[2])
    number = re.search(r"/(?:posts|videos|photo)/(\w+)", address_key(address))
    return Link(address, "Facebook", "", number[1] if number else "")


def _reddit(address: str, path: str) -> Link:
    found = re.match(r"/(r/\w+)/comments/(\w+)", path)
    if found:
        return Link(address, "Reddit", found[1], found[2])
    short = re.match(r"/comments/(\w+)", path)
    return Link(address, "Reddit", "", short[1] if short else "")


def _page(address: str, path: str, host: str) -> Link:
    found = _DAY_IN_PATH.search(path)
    try:
        day = date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        day = None
    return Link(address, host, "", "", day)


def _account(path: str) -> str:
    found = re.fullmatch(r"/@?([\w.]+)/?", path)
    return f"@{found[1]}" if found else ""


def _day_of_media(code: str) -> date | None:
    """Answer the day in a shortcode; those of private posts are longer and begin the same."""
    number = 0
    for letter in code[:11]:
        number = number * 64 + _BASE64.index(letter) if letter in _BASE64 else number
    return _day((number >> 23) + _INSTAGRAM_EPOCH_MS) if len(code) >= 10 else None


def _day(milliseconds: int) -> date | None:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC).date()
    except (OverflowError, OSError, ValueError):
        return None


_READERS: dict[str, Callable[[str, str], Link]] = {
    "instagram.com": _instagram,
    "threads.net": _threads,
    "threads.com": _threads,
    "tiktok.com": _tiktok,
    "x.com": _x,
    "bsky.app": _bluesky,
    "youtube.com": _youtube,
    "facebook.com": _facebook,
    "reddit.com": _reddit,
}
