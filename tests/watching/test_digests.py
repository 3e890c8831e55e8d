"""The digest tells each thing once, whatever breaks, and nothing that is not everybody's."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import film, moderator, owner, place, say, shoot, source
from tracker.accounts.models import User
from tracker.foundation.errors import InvalidValueError
from tracker.history.recording import change
from tracker.mail.outbox import OutgoingLetter
from tracker.places.models import Privacy
from tracker.productions.models import Production
from tracker.productions.operations import add_shoot
from tracker.watching.digests import Addresses, to_be_told, write_digest
from tracker.watching.operations import set_mails, watch

ADDRESSES = Addresses(
    lambda one: f"https://films.example/{one.what.__tablename__}",
    "https://films.example/list",
    lambda _: "https://films.example/end",
)
SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)


def watcher(session: Session, what: Production) -> User:
    ingrid = owner(session)
    ingrid.email, ingrid.email_key = "ingrid@example.org", "ingrid@example.org"
    watch(session, ingrid, what)
    set_mails(session, ingrid, wanted=True)
    return ingrid


def letters(session: Session) -> list[str]:
    return list(session.scalars(select(OutgoingLetter.body).order_by(OutgoingLetter.id)))


def test_news_is_told_once_and_only_what_came_after_the_mails_began(session: Session) -> None:
    a_film = film(session)
    shoot(session, a_film, place(session, "Before", 60, 8))
    ingrid = watcher(session, a_film)
    assert not write_digest(session, ingrid.id, ADDRESSES)
    stop = shoot(session, a_film, place(session, "Rauma", 62.57, 7.69))
    say(session, source(session, "News"), stop, start="2020-10", end="2020-10")
    assert write_digest(session, ingrid.id, ADDRESSES)
    assert not write_digest(session, ingrid.id, ADDRESSES)
    (body,) = letters(session)
    assert "A Film\n  1 source cited: new\n  1 stop: new\n" in body
    assert "https://films.example/production" in body
    assert "No more of these mails: https://films.example/end" in body


def test_what_is_broken_off_is_told_the_next_time_and_not_twice(session: Session) -> None:
    a_film = film(session)
    ingrid = watcher(session, a_film)
    session.commit()
    shoot(session, a_film, place(session, "Rauma", 62.57, 7.69))
    session.commit()
    assert write_digest(session, ingrid.id, ADDRESSES)
    session.rollback()  # the process dies before its commit
    assert letters(session) == []
    assert write_digest(session, ingrid.id, ADDRESSES)
    session.commit()
    assert not write_digest(session, ingrid.id, ADDRESSES)
    assert len(letters(session)) == 1


@SQLITE
def test_ones_own_changes_are_no_news(session: Session) -> None:
    a_film = film(session)
    ingrid = watcher(session, a_film)
    with change(session, by=ingrid, comment="Mine"):
        add_shoot(session, a_film, place(session, "Rauma", 62.57, 7.69))
    assert not write_digest(session, ingrid.id, ADDRESSES)


@SQLITE
def test_neither_a_private_place_nor_a_comment_is_named(session: Session) -> None:
    a_film = film(session)
    ingrid = watcher(session, a_film)
    home = place(session, "Ann Lee's house", 62.57, 7.69, municipality="Rauma", privacy=Privacy.PRIVATE)
    watch(session, ingrid, home)
    with change(session, by=moderator(session), comment="At Ann Lee's house"):
        add_shoot(session, a_film, home)
    assert write_digest(session, ingrid.id, ADDRESSES)
    assert "Ann Lee" not in letters(session)[0]


@SQLITE
def test_mails_need_a_confirmed_address_and_end_with_a_suspension(session: Session) -> None:
    a_film, ingrid = film(session), owner(session)
    with pytest.raises(InvalidValueError, match="Confirm an e-mail address first"):
        set_mails(session, ingrid, wanted=True)
    assert to_be_told(session) == []
    ingrid.email, ingrid.email_key = "ingrid@example.org", "ingrid@example.org"
    watch(session, ingrid, a_film)
    set_mails(session, ingrid, wanted=True)
    shoot(session, a_film, place(session, "Rauma", 62.57, 7.69))
    ingrid.suspended_at = ingrid.created_at
    assert not write_digest(session, ingrid.id, ADDRESSES)
