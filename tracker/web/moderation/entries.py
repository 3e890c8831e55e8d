"""The entries of the desk's queue in words, whatever their kind, in the sections that they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.dates import describe_short
from tracker.places.privacy import public_name
from tracker.productions.models import Shoot
from tracker.sightings.desk import LONG, Section, Waiting
from tracker.sightings.models import Risk, Sighting
from tracker.sightings.offered import OfferedCitation
from tracker.sightings.second_person import SecondPersonRequest
from tracker.sightings.thread import Remark, RemarkKind
from tracker.sightings.what_waits import Kind
from tracker.web.frame.ages import short_age
from tracker.web.moderation.other_entries import Words, flags, notes, photos, removals


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the queue. `own` is not the reader's to decide, `late` has waited too long."""

    kind: Kind
    id: int
    url: str
    title: str
    age: str
    late: bool
    note: str
    own: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the queue with its entries."""

    words: str
    entries: tuple[Entry, ...]


def parts_of(
    session: Session, waiting: Sequence[Waiting], *, user: User, query: dict[str, Any], alone: bool
) -> list[Part]:
    """Answer the queue in its sections; `query` is kept in the addresses of sightings."""
    words = {kind: load(session, _ids(waiting, kind), user, query) for kind, load in _LOADERS.items()}
    moment = now()
    return [
        Part(
            Section(section).words,
            tuple(
                _entry(one, words[one.kind][one.id], moment - one.since, own=_is_own(one, user, alone))
                for one in some
                if one.id in words[one.kind]
            ),
        )
        for section, some in groupby(waiting, key=lambda one: one.section)
    ]


def _is_own(one: Waiting, user: User, alone: bool) -> bool:
    return one.sender_id == user.id and not alone


def _entry(one: Waiting, words: tuple[str, str, str], waited: timedelta, *, own: bool) -> Entry:
    url, title, note = words
    return Entry(
        kind=one.kind,
        id=one.id,
        url=url,
        title=title,
        age=short_age(waited),
        late=waited > LONG,
        note="Yours: someone else decides" if own else note,
        own=own,
    )


def _ids(waiting: Iterable[Waiting], kind: Kind) -> list[int]:
    return [one.id for one in waiting if one.kind is kind]


def _sightings(session: Session, ids: list[int], user: User, query: dict[str, Any]) -> Words:
    rows = session.scalars(
        select(Sighting)
        .where(Sighting.id.in_(ids))
        .options(joinedload(Sighting.submitted_by), joinedload(Sighting.production))
    )
    answered = _turned_down_by(session, ids)
    return {
        one.id: (
            url_for("moderation.show", sighting_id=one.id, **query),
            f"{one.place_name or one.place_text}, {describe_short(one.period)}",
            _sighting_note(one, answered.get(one.id), user),
        )
        for one in rows
    }


def _sighting_note(one: Sighting, turned_down_by: int | None, user: User) -> str:
    if turned_down_by == user.id:
        return "Answered. You turned it down: somebody else first"
    film = one.production.title if one.production else one.production_title
    parts = [f"{film}, from {one.submitted_by.name}"]
    if turned_down_by is not None:
        parts.insert(0, "Answered")
    if one.flags:
        parts.append(f"{len(one.flags)} {'flag' if len(one.flags) == 1 else 'flags'}: {', '.join(one.flags)}")
    if one.risk is Risk.NEW_ACCOUNT:
        parts.append("new account")
    return ". ".join(parts)


def _turned_down_by(session: Session, ids: list[int]) -> dict[int, int]:
    """Answer who turned each sighting down last, before its sender answered."""
    rows = session.execute(
        select(Remark.sighting_id, Remark.author_id)
        .where(Remark.sighting_id.in_(ids), Remark.kind == RemarkKind.TURNED_DOWN)
        .order_by(Remark.id)
    )
    return {row.sighting_id: row.author_id for row in rows}


def _citations(session: Session, ids: list[int], _user: User, _query: dict[str, Any]) -> Words:
    shoot = joinedload(OfferedCitation.shoot)
    rows = session.scalars(
        select(OfferedCitation)
        .where(OfferedCitation.id.in_(ids))
        .options(
            joinedload(OfferedCitation.sent_by),
            shoot.joinedload(Shoot.place),
            shoot.joinedload(Shoot.production),
        )
    )
    return {
        one.id: (
            url_for("citing.waiting", _anchor=f"waiting-{one.id}"),
            f"Source for {public_name(one.shoot.place)}",
            f"{one.shoot.production.title}, from {one.sent_by.name}",
        )
        for one in rows
    }


def _requests(session: Session, ids: list[int], _user: User, _query: dict[str, Any]) -> Words:
    rows = session.scalars(
        select(SecondPersonRequest)
        .where(SecondPersonRequest.id.in_(ids))
        .options(joinedload(SecondPersonRequest.asked_by))
    )
    return {
        one.id: (
            url_for("moderation.requests", _anchor=f"request-{one.id}"),
            one.wish,
            f"{one.asked_by.name} asks: a second moderator decides",
        )
        for one in rows
    }


_LOADERS = {
    Kind.SIGHTING: _sightings,
    Kind.CITATION: _citations,
    Kind.SECOND_PERSON: _requests,
    Kind.PHOTO: photos,
    Kind.REMOVAL: removals,
    Kind.NOTE: notes,
    Kind.FLAG: flags,
}
