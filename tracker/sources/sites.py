"""Sites that have several addresses for one thing: which part of an address says which thing it is."""

from __future__ import annotations

import re
from collections.abc import Callable

Query = list[tuple[str, str]]
Folded = tuple[str, str, Query]


def same_page(host: str, path: str, query: Query) -> Folded:
    """Answer host, path and query as they are for every address of that page.

    `host` is without www and m, `path` without trailing slash, `query` without tracking parameters.
    """
    fold = _SITES.get(host)
    return fold(host, path, query) if fold else (host, path, query)


def _youtube(_host: str, path: str, query: Query) -> Folded:
    given = dict(query)
    found = re.match(r"/(?:shorts|live|embed|v|e)/([\w-]+)", path)
    video = found[1] if found else given.get("v") if path == "/watch" else None
    if video:
        return "youtube.com", "/watch", [("v", video)]
    return "youtube.com", path, query


def _short_youtube(_host: str, path: str, query: Query) -> Folded:
    found = re.match(r"/([\w-]+)\Z", path)
    return ("youtube.com", "/watch", [("v", found[1])]) if found else ("youtu.be", path, query)


def _instagram(_host: str, path: str, query: Query) -> Folded:
    # The same post stands under /p/, /reel/, /reels/ and /tv/, with or without the account before it.
    found = re.match(r"(?:/[\w.]+)?/(?:p|reels?|tv)/([\w-]+)", path)
    if found:
        return "instagram.com", f"/p/{found[1]}", []
    return "instagram.com", path.lower(), [pair for pair in query if pair[0] != "hl"]


def _x(_host: str, path: str, query: Query) -> Folded:
    # A post is known by its number alone: the account in its address may be anything.
    found = re.match(r"/(?:[^/]+|i/web)/status(?:es)?/(\d+)", path)
    if found:
        return "x.com", f"/status/{found[1]}", []
    kept = [pair for pair in query if pair[0] not in ("s", "t", "lang")]
    return "x.com", path.lower(), kept


def _telegram(_host: str, path: str, query: Query) -> Folded:
    # /s/ is the same channel seen in a browser.
    found = re.match(r"(?:/s)?/([\w]+)/(\d+)\Z", path)
    if found:
        return "t.me", f"/{found[1].lower()}/{found[2]}", []
    return (
        "t.me",
        re.sub(r"^/s(?=/)", "", path).lower(),
        [p for p in query if p[0] not in ("single", "embed")],
    )


def _facebook(_host: str, path: str, query: Query) -> Folded:
    given = dict(query)
    kept = [(k, v) for k, v in query if k in ("story_fbid", "id", "fbid", "v", "set")]
    if path in ("/story.php", "/permalink.php") and {"story_fbid", "id"} <= given.keys():
        return "facebook.com", f"/{given['id']}/posts/{given['story_fbid']}", []
    if path in ("/watch", "/video.php", "/watch/live") and "v" in given:
        return "facebook.com", f"/videos/{given['v']}", []
    video = re.match(r"/(?:[^/]+/videos(?:/[^/]+)?|reel)/(\d+)\Z", path)
    if video:
        return "facebook.com", f"/videos/{video[1]}", []
    if path in ("/photo.php", "/photo") and "fbid" in given:
        return "facebook.com", f"/photo/{given['fbid']}", []
    return "facebook.com", path.lower() if "/posts/pfbid" not in path else path, kept


def _tiktok(_host: str, path: str, _query: Query) -> Folded:
    found = re.match(r"/(?:@[^/]*/(?:video|photo)|v|embed(?:/v2)?)/(\d+)", path)
    return "tiktok.com", f"/video/{found[1]}" if found else path.lower(), []


def _reddit(_host: str, path: str, query: Query) -> Folded:
    found = re.match(r"/(?:r/[^/]+/)?comments/(\w+)(?:/[^/]*(?:/(\w+))?)?", path)
    if found:
        return "reddit.com", f"/comments/{found[1]}" + (f"/{found[2]}" if found[2] else ""), []
    return "reddit.com", path.lower(), query


_SITES: dict[str, Callable[[str, str, Query], Folded]] = {
    **dict.fromkeys(("youtube.com", "music.youtube.com", "youtube-nocookie.com"), _youtube),
    "youtu.be": _short_youtube,
    **dict.fromkeys(("instagram.com", "instagr.am"), _instagram),
    **dict.fromkeys(("x.com", "twitter.com", "nitter.net", "fxtwitter.com", "vxtwitter.com"), _x),
    **dict.fromkeys(("t.me", "telegram.me", "telegram.dog"), _telegram),
    **dict.fromkeys(("facebook.com", "fb.com", "mbasic.facebook.com", "web.facebook.com"), _facebook),
    "tiktok.com": _tiktok,
    **dict.fromkeys(("reddit.com", "old.reddit.com", "new.reddit.com", "np.reddit.com"), _reddit),
}
