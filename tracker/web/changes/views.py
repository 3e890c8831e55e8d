"""Who changed what and why: the list of changes, one user's, and each one by itself."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission, may
from tracker.extensions import db
from tracker.foundation.errors import NotFoundError
from tracker.history.queries import PAGE, Wanted, public_change, public_changes
from tracker.web.changes.asked import asked, user_named
from tracker.web.changes.labels import KINDS
from tracker.web.changes.page import in_words, whole_change
from tracker.web.frame.access import allow
from tracker.web.frame.numbers import LARGEST_ID, number_in
from tracker.web.frame.sessions import signed_in_user


@allow(Permission.READ)
def index() -> ResponseReturnValue:
    """List changes, newest first: all, or those of a film, place, shoot, source, author, kind or time."""
    wanted = asked(db.session)
    before = _before()
    found = public_changes(db.session, wanted=wanted.wanted, before=before, limit=PAGE + 1)
    shown, more = found[:PAGE], len(found) > PAGE
    return render_template(
        "changes/index.html",
        changes=in_words(db.session, shown),
        asked=wanted,
        about=wanted.about,
        kinds=KINDS,
        first_url=wanted.address() if before else "",
        older_url=wanted.address(before=shown[-1].id) if more else "",
    )


@allow(Permission.READ)
def by_user(name: str) -> ResponseReturnValue:
    """List what one user changed, newest first."""
    user = user_named(db.session, name)
    before = _before()
    found = public_changes(db.session, wanted=Wanted(author_id=user.id), before=before, limit=PAGE + 1)
    shown, more = found[:PAGE], len(found) > PAGE
    address = url_for("changes.by_user", name=user.name)
    return render_template(
        "changes/user.html",
        user=user,
        may_revert=may(signed_in_user(), Permission.REVERT),
        changes=in_words(db.session, shown),
        first_url=address if before else "",
        older_url=url_for("changes.by_user", name=user.name, before=shown[-1].id) if more else "",
    )


@allow(Permission.READ)
def show(change_id: int) -> ResponseReturnValue:
    """Show one change with every field that it wrote."""
    change = public_change(db.session, change_id) if change_id <= LARGEST_ID else None
    if change is None:
        raise NotFoundError(f"The record has no change number {change_id}.")
    after = request.args.get("after", "")
    words = whole_change(db.session, change, after=number_in(after, "after") if after else 0)
    user = signed_in_user()
    return render_template(
        "changes/show.html",
        change=words,
        first_page=not after,
        may_revert=may(user, Permission.REVERT),
        may_redact=may(user, Permission.REDACT),
    )


def _before() -> int | None:
    before = request.args.get("before", "")
    return number_in(before, "before") if before else None
