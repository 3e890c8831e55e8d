"""Accounts for admins: the list, and one with its history, role and suspension."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.events import events_of
from tracker.accounts.listing import accounts
from tracker.accounts.models import Role, User
from tracker.accounts.permissions import Permission
from tracker.accounts.standing import reinstate, set_role, suspend
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import ConflictError, InvalidValueError
from tracker.foundation.text import clean_line
from tracker.web.accounts.forms import ReasonForm
from tracker.web.changes.asked import user_named
from tracker.web.frame.access import allow
from tracker.web.frame.signed_in import current_user


@allow(Permission.MANAGE_ACCOUNTS)
def index() -> ResponseReturnValue:
    """List accounts by name: all, those whose name holds some words, those of a role, those suspended."""
    words = clean_line(request.args.get("q", "")[:40])
    role = _role(request.args.get("role", "")) if request.args.get("role") else None
    suspended = request.args.get("suspended") == "yes"
    after = request.args.get("after", "")[:80]
    found = accounts(db.session, words=words, role=role, suspended=suspended, after=after)
    asked: dict[str, Any] = {
        "q": words or None,
        "role": role.value if role else None,
        "suspended": "yes" if suspended else None,
    }
    older = url_for("people.admin", **asked, after=found.users[-1].name_key) if found.more else ""
    return render_template(
        "people/accounts.html",
        users=found.users,
        words=words,
        role=role,
        roles=list(Role),
        suspended=suspended,
        first_url=url_for("people.admin", **asked) if after else "",
        older_url=older,
    )


@allow(Permission.MANAGE_ACCOUNTS)
def show(name: str) -> ResponseReturnValue:
    """Show one account and what was done to it."""
    return _page(user_named(db.session, name), ReasonForm())


@allow(Permission.MANAGE_ACCOUNTS)
def suspend_user(name: str) -> ResponseReturnValue:
    """Suspend an account; its sessions end at once."""
    return _do(
        name, lambda user, reason: suspend(db.session, user, by=current_user(), reason=reason), "suspended"
    )


@allow(Permission.MANAGE_ACCOUNTS)
def reinstate_user(name: str) -> ResponseReturnValue:
    """End a suspension."""
    return _do(
        name,
        lambda user, reason: reinstate(db.session, user, by=current_user(), reason=reason),
        "in good standing again",
    )


@allow(Permission.MANAGE_ACCOUNTS)
def change_role(name: str) -> ResponseReturnValue:
    """Give an account another role; its sessions end."""
    role = _role(request.form.get("role", ""))
    return _do(name, lambda user, _: set_role(db.session, user, role, by=current_user()), role.value)


def _do(name: str, deed: Callable[[User, str], None], now_is: str) -> ResponseReturnValue:
    begin_writing(db.session)
    user = user_named(db.session, name)
    form = ReasonForm()
    if not form.validate():
        return _page(user, form)
    try:
        deed(user, form.reason.data or "")
    except (InvalidValueError, ConflictError) as error:
        db.session.rollback()
        form.reason.errors = [str(error)]
        return _page(user_named(db.session, name), form)
    is_own, told = user.id == current_user().id, f"{user.name} is {now_is}."
    db.session.commit()
    flash(told)
    # Whoever changed his own role was signed out by it.
    return redirect(url_for("accounts.sign_in") if is_own else url_for("people.account", name=name), 303)


def _page(user: User, form: ReasonForm) -> ResponseReturnValue:
    page = render_template(
        "people/account.html",
        user=user,
        form=form,
        roles=list(Role),
        events=events_of(db.session, user.id),
        is_own=user.id == current_user().id,
    )
    return page, 422 if form.errors else 200


def _role(text: str) -> Role:
    if text not in set(Role):
        raise InvalidValueError(f"{text[:40]!r} is no role. Write one of {', '.join(Role)}.")
    return Role(text)
