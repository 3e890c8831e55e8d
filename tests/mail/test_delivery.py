"""Letters are sent once they are committed, outside of any transaction, and none is lost."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from tests.cast import owner
from tests.mail.smtp import Mailbox, mail_server
from tracker.foundation.clock import now
from tracker.foundation.database import writing
from tracker.mail.delivery import Delivered, deliver
from tracker.mail.outbox import (
    WAITS,
    Letter,
    OutgoingLetter,
    post,
    take_next,
    waiting_and_failed,
)
from tracker.mail.server import MailServer, Security

SQLITE = pytest.mark.parametrize("engine_url", ["sqlite"], indirect=True)
LETTER = Letter("Hello", "One line.\n\n.and a dot", "https://films.example/end")


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as mailbox:
        yield mailbox


def put_in(database: Engine, *letters: Letter) -> None:
    with Session(database) as session, writing(session):
        ingrid = owner(session)
        for letter in letters:
            post(session, ingrid, letter, to="ingrid@example.org")


def left(database: Engine) -> tuple[int, int]:
    with Session(database) as session:
        return waiting_and_failed(session)


def make_due(database: Engine) -> None:
    with Session(database) as session, writing(session):
        session.execute(update(OutgoingLetter).values(due_at=now() - timedelta(seconds=1)))


def test_a_letter_arrives_as_it_was_written_and_is_forgotten(database: Engine, mailbox: Mailbox) -> None:
    put_in(database, LETTER)
    assert deliver(database, mailbox.server) == Delivered(sent=1)
    (letter,) = mailbox.letters
    assert letter["To"] == "ingrid@example.org"
    assert letter["From"] == "Shot Here <films@example.org>"
    assert letter["Subject"] == "Hello"
    assert letter["List-Unsubscribe"] == "<https://films.example/end>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.get_content().split() == ["One", "line.", ".and", "a", "dot"]
    with Session(database) as session:
        assert session.scalars(select(OutgoingLetter)).all() == []


@SQLITE
def test_the_database_can_be_written_while_the_server_takes_a_letter(
    database: Engine, mailbox: Mailbox
) -> None:
    put_in(database, LETTER)

    def write() -> None:
        with Session(database) as session, writing(session):
            session.execute(update(OutgoingLetter).values(failure="written meanwhile"))

    mailbox.at_delivery = write
    assert deliver(database, mailbox.server).sent == 1


@SQLITE
def test_a_letter_that_was_not_committed_is_never_sent(database: Engine, mailbox: Mailbox) -> None:
    with Session(database) as session:
        post(session, owner(session), LETTER, to="ingrid@example.org")
        session.rollback()
    assert deliver(database, mailbox.server) == Delivered()
    assert mailbox.letters == []


@SQLITE
@pytest.mark.parametrize("answer", [b"550 nobody of that name", b"554 no"])
def test_a_letter_that_is_refused_for_good_is_given_up_and_the_next_one_sent(
    database: Engine, mailbox: Mailbox, answer: bytes
) -> None:
    put_in(database, LETTER)
    mailbox.recipient_answer = answer
    done = deliver(database, mailbox.server)
    assert (done.sent, done.failed, done.later) == (0, 1, 0)
    assert "ingrid" not in done.why
    assert left(database) == (0, 1)
    make_due(database)
    mailbox.recipient_answer = b"250 fine"
    assert deliver(database, mailbox.server) == Delivered()


@SQLITE
def test_a_letter_that_is_not_taken_now_waits_and_arrives_later(database: Engine, mailbox: Mailbox) -> None:
    put_in(database, LETTER)
    mailbox.answer = b"451 try again"
    assert deliver(database, mailbox.server).later == 1
    assert left(database) == (1, 0)
    mailbox.answer = b"250 taken"
    # Its time has not come yet.
    assert deliver(database, mailbox.server) == Delivered()
    make_due(database)
    assert deliver(database, mailbox.server) == Delivered(sent=1)
    assert len(mailbox.letters) == 1


@SQLITE
def test_a_server_that_is_not_there_costs_nothing_but_time(database: Engine) -> None:
    put_in(database, LETTER, LETTER)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    nobody = MailServer("127.0.0.1", port, "films@example.org", Security.NONE, timeout_seconds=2)
    done = deliver(database, nobody)
    # The second one is not even tried.
    assert (done.sent, done.failed, done.later) == (0, 0, 1)
    assert "cannot be reached" in done.why
    assert left(database) == (2, 0)


@SQLITE
def test_after_the_last_attempt_a_letter_is_given_up(database: Engine, mailbox: Mailbox) -> None:
    put_in(database, LETTER)
    mailbox.answer = b"451 try again"
    for _ in range(len(WAITS) + 1):
        make_due(database)
        assert deliver(database, mailbox.server).later == 1
    assert left(database) == (0, 1)


def test_a_letter_whose_sender_died_is_taken_up_after_its_lease_under_the_same_number(
    database: Engine, mailbox: Mailbox
) -> None:
    put_in(database, LETTER)
    with Session(database) as session, writing(session):
        taken = take_next(session, at=now())
        assert taken is not None
        message_id = taken.message_id
    assert deliver(database, mailbox.server) == Delivered()
    make_due(database)
    assert deliver(database, mailbox.server) == Delivered(sent=1)
    assert mailbox.letters[0]["Message-ID"] == f"<{message_id}@example.org>"


def test_of_two_senders_one_gets_the_letter(database: Engine) -> None:
    put_in(database, LETTER)
    with Session(database) as first, Session(database) as second:
        with writing(first):
            got = take_next(first, at=now())
        with writing(second):
            assert take_next(second, at=now()) is None
        assert got is not None


@SQLITE
def test_a_subject_cannot_end_the_header(database: Engine, mailbox: Mailbox) -> None:
    put_in(database, Letter("Film\r\nBcc: everybody@example.org", "text"))
    deliver(database, mailbox.server)
    assert mailbox.letters[0]["Subject"] == "Film Bcc: everybody@example.org"
    assert mailbox.letters[0]["Bcc"] is None
