"""Read pages as a visitor does: words, links, tables."""

from __future__ import annotations

from html.parser import HTMLParser

from flask.testing import FlaskClient


class Page(HTMLParser):
    """A page taken apart: its words, addresses, ids, and the rows of its tables as cells of words."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.pieces: list[str] = []
        self.links: list[str] = []
        self.assets: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.rows: list[list[str]] = []
        self._silent = 0
        self._in_cell = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        # A form that is posted leads to no page that could be opened.
        is_posted = tag == "form" and (given.get("method") or "").lower() == "post"
        if tag in ("a", "form") and not is_posted and (address := given.get("href") or given.get("action")):
            self.links.append(address)
        if tag in ("link", "script") and (address := given.get("href") or given.get("src")):
            self.assets.append(address)
        for name in ("data-source", "data-cells"):
            if address := given.get(name):
                self.links.append(address)
        if tag in ("script", "style", "svg"):
            self._silent += 1
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "svg"):
            self._silent -= 1
        if tag in ("td", "th"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        self.pieces.append(data)
        if self._in_cell:
            self.rows[-1][-1] = " ".join(f"{self.rows[-1][-1]} {data}".split())

    @property
    def flat(self) -> str:
        """The source on one line, however the template was laid out."""
        return " ".join(self.html.split())

    @property
    def words(self) -> str:
        """All that is to be read, with single blanks."""
        return " ".join(" ".join(self.pieces).split())


def read(client: FlaskClient, address: str) -> Page:
    """Open a page that has to be there."""
    answer = client.get(address)
    assert answer.status_code == 200, f"{address} answered {answer.status_code}"
    return Page(answer.text)
