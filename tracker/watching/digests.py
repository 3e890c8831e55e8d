"""The digest by mail: for each thing that is watched, what was added and changed since the last one.

It names films, places and numbers, and no comment or scene: a mail cannot be taken back when something turns
out to be private or to spoil a story. The page behind the link shows what everybody may read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.history.models import Action, Change, Revision
from tracker.mail.outbox import Letter, post
from tracker.places.privacy import public_name
from tracker.productions.evidence import Citation, OrderCitation
from tracker.productions.models import Production, Shoot
from tracker.watching.models import Telling
from tracker.watching.queries import Watched, about, last_change, watched_by

_NOUNS = {
    "shoot": ("stop", "stops"),
    "citation": ("source cited", "sources cited"),
    "order_citation": ("source on the order", "sources on the order"),
    "production": ("film", "films"),
    "place": ("place", "places"),
}
_DONE = {Action.ADDED: "new", Action.CHANGED: "changed", Action.REMOVED: "taken out"}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the links of a digest lead: a thing's own changes, the list, the end of the mails."""

    changes_of: Callable[[Watched], str]
    list: str
    unsubscribe: Callable[[Telling], str]


def to_be_told(session: Session) -> list[int]:
    """Answer the numbers of the users who want mails."""
    return list(session.scalars(select(Telling.user_id).where(Telling.by_mail).order_by(Telling.user_id)))


def write_digest(session: Session, user_id: int, addresses: Addresses) -> bool:
    """Post a user's digest and note up to where it tells; say whether there was anything to tell.

    Letter and note are one transaction: however often this is broken off, nothing is told twice or left out.
    """
    telling = session.get(Telling, user_id, with_for_update=True, populate_existing=True)
    user = session.get(User, user_id)
    if telling is None or user is None or not telling.by_mail or not user.email or user.is_suspended:
        return False
    until = last_change(session)
    parts = [
        (one, lines)
        for one in watched_by(session, user_id)
        if (lines := _happened(session, one, telling.told_up_to, until, user_id))
    ]
    telling.told_up_to = until
    session.flush()
    if not parts:
        return False
    post(session, user, _letter(user, parts, addresses, telling), to=user.email)
    return True


def name_of(watched: Watched) -> str:
    """Answer what everybody may call it."""
    what = watched.what
    return what.title if isinstance(what, Production) else public_name(what)


def _happened(session: Session, one: Watched, after: int, until: int, user_id: int) -> list[str]:
    of_others = (
        Change.id > after,
        Change.id <= until,
        Change.author_id.is_distinct_from(user_id),
        about([one]),
    )
    counted = session.execute(
        select(Revision.table_name, Revision.action, func.count(Revision.row_id.distinct()))
        .join(Change, Revision.change_id == Change.id)
        .where(*of_others, _rows_of(one))
        .group_by(Revision.table_name, Revision.action)
        .order_by(Revision.table_name, Revision.action)
    )
    lines = [_line(table, action, count) for table, action, count in counted]
    if lines:
        return lines
    changes = session.scalar(select(func.count(Change.id)).where(*of_others)) or 0
    return [f"{changes} {'change' if changes == 1 else 'changes'}"] if changes else []


def _rows_of(one: Watched) -> ColumnElement[bool]:
    """Answer the condition that a row belongs to it: an import is one change of thousands of rows."""
    what, shoot = one.what, Shoot.__table__.c
    owner = shoot.production_id if isinstance(what, Production) else shoot.place_id
    shoots = select(shoot.id).where(owner == what.id)
    cited, ordered = Citation.__table__.c, OrderCitation.__table__.c
    rows = {
        "shoot": Revision.row_id.in_(shoots),
        "citation": Revision.row_id.in_(select(cited.id).where(cited.shoot_id.in_(shoots))),
        "order_citation": Revision.row_id.in_(select(ordered.id).where(ordered.shoot_id.in_(shoots))),
        what.__tablename__: Revision.row_id == what.id,
    }
    return or_(*(and_(Revision.table_name == table, fits) for table, fits in rows.items()))


def _line(table: str, action: Action, count: int) -> str:
    one, many = _NOUNS[table]
    return f"{count} {one if count == 1 else many}: {_DONE[action]}"


def _letter(
    user: User, parts: Sequence[tuple[Watched, list[str]]], addresses: Addresses, telling: Telling
) -> Letter:
    first = name_of(parts[0][0])
    more = f" and {len(parts) - 1} more" if len(parts) > 1 else ""
    unsubscribe = addresses.unsubscribe(telling)
    told = "\n\n".join(
        "\n".join([name_of(one), *(f"  {line}" for line in lines), f"  {addresses.changes_of(one)}"])
        for one, lines in parts
    )
    body = (
        f"Hello {user.name},\n\nthis is new on what you watch at Shot Here.\n\n{told}\n\n"
        f"What you watch: {addresses.list}\nNo more of these mails: {unsubscribe}\n"
    )
    return Letter(f"New: {first}{more}", body, unsubscribe)
