"""The history as a feed: all changes, or those of a film or a place."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.exchange.exporting.atom import Entry, write_feed
from tracker.exchange.exporting.formats import FORMATS
from tracker.extensions import db
from tracker.history.queries import PAGE, public_changes
from tracker.web.changes.asked import asked
from tracker.web.changes.page import ChangeWords, in_words
from tracker.web.exports.sending import View, send_pieces
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter


@allow(Permission.READ)
@limiter.limit("120 per minute")
def feed() -> ResponseReturnValue:
    """Answer the latest changes, narrowed as on the page: ?production=, ?place=, ?author= and so on."""
    narrowed = asked(db.session)
    found = public_changes(db.session, wanted=narrowed.wanted, limit=PAGE)
    entries = [entry_of(words) for words in in_words(db.session, found)]
    page = request.host_url.rstrip("/") + narrowed.address()
    title = f"Changes of {narrowed.about.name}" if narrowed.about else "Changes"
    view = View(title, page, "changes")
    return send_pieces(view, FORMATS["atom"], lambda heading: write_feed(heading, entries))


def entry_of(words: ChangeWords) -> Entry:
    """Answer a change as an entry of a feed."""
    lines = [f"{row.noun} {row.action}: {row.name}" for row in words.rows]
    return Entry(
        address=url_for("changes.show", change_id=words.id, _external=True),
        title=words.comment or f"Change {words.id}",
        updated=words.made_at,
        summary="\n".join([*lines, *(["and more"] if words.more else [])]),
        author=words.author,
    )
