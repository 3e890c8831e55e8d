"""Remembered answers of online providers: hits for half a year, misses for two weeks."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker.foundation.clock import now
from tracker.foundation.text import clean_line, fold
from tracker.geocoding.candidates import Candidate
from tracker.geocoding.models import AnswerState, RememberedAnswer

KEPT = {
    AnswerState.FOUND: timedelta(days=180),
    AnswerState.NOTHING: timedelta(days=14),
    AnswerState.FAILED: timedelta(minutes=1),
    # Whoever asked has died or was restarted if this passes without an answer.
    AnswerState.ASKING: timedelta(minutes=2),
}
LONGEST = 300
_FIELDS = frozenset(field.name for field in fields(Candidate))


@dataclass(frozen=True, slots=True)
class Question:
    """What an online provider is asked: words, where they lie in words, and an ISO country code or ""."""

    text: str
    context: str = ""
    country: str = ""

    def __post_init__(self) -> None:
        for name in ("text", "context"):
            object.__setattr__(self, name, clean_line(getattr(self, name))[:LONGEST])
        object.__setattr__(self, "country", self.country.strip().upper()[:2])

    @property
    def is_askable(self) -> bool:
        """Say whether there are words at all in it."""
        return bool(fold(self.text))

    def key(self, provider: str) -> str:
        """Answer the key of this question; spellings that differ in case and accents alone share it."""
        parts = (provider, fold(self.text), fold(self.context), self.country)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is known of a question: its state, the candidates of a hit, the note of a failure."""

    state: AnswerState
    candidates: tuple[Candidate, ...] = ()
    note: str = ""

    @property
    def is_answer(self) -> bool:
        return self.state in (AnswerState.FOUND, AnswerState.NOTHING)


def recall(session: Session, provider: str, question: Question) -> Remembered | None:
    """Answer what is remembered of a question and not too old; None if it has to be asked."""
    row = session.get(RememberedAnswer, question.key(provider), populate_existing=True)
    if row is None or row.fetched_at <= now() - KEPT[row.state]:
        return None
    return Remembered(row.state, tuple(_candidate(each) for each in row.candidates), row.note)


def begin_asking(session: Session, provider: str, question: Question) -> bool:
    """Note that a question is being asked; false if it is already, or if its answer is known.

    Of several that begin at once exactly one is told true.
    """
    key, moment = question.key(provider), now()
    old = [
        (RememberedAnswer.state == state) & (RememberedAnswer.fetched_at <= moment - kept)
        for state, kept in KEPT.items()
        if state is not AnswerState.FAILED
    ]
    is_free = RememberedAnswer.state == AnswerState.FAILED
    for condition in old:
        is_free |= condition
    taken = session.execute(
        update(RememberedAnswer)
        .where(RememberedAnswer.key == key, is_free)
        .values(state=AnswerState.ASKING, candidates=[], note="", fetched_at=moment)
        .execution_options(synchronize_session=False)
    )
    return taken.rowcount == 1 or _add(  # type: ignore[attr-defined]  # an UPDATE answers a cursor
        session, provider, question, state=AnswerState.ASKING, fetched_at=moment
    )


def remember(
    session: Session, provider: str, question: Question, candidates: Sequence[Candidate], *, licence: str
) -> None:
    """Keep an answer, a miss too, and forget what has become too old."""
    _keep(
        session,
        provider,
        question,
        state=AnswerState.FOUND if candidates else AnswerState.NOTHING,
        candidates=[asdict(candidate) for candidate in candidates],
        licence=licence,
        note="",
    )
    _forget_old(session)


def remember_failure(session: Session, provider: str, question: Question, note: str) -> None:
    """Keep for a minute why there was no answer, for those who are waiting for it."""
    _keep(session, provider, question, state=AnswerState.FAILED, candidates=[], note=note[:500])


def forget(session: Session, provider: str, question: Question) -> None:
    """Drop what is known of a question, so that it can be asked at once."""
    session.execute(
        delete(RememberedAnswer)
        .where(RememberedAnswer.key == question.key(provider))
        .execution_options(synchronize_session=False)
    )


def _keep(session: Session, provider: str, question: Question, **values: Any) -> None:
    values["fetched_at"] = now()
    known = update(RememberedAnswer).where(RememberedAnswer.key == question.key(provider)).values(**values)
    known = known.execution_options(synchronize_session=False)
    changed = session.execute(known)
    if changed.rowcount == 0 and not _add(session, provider, question, **values):  # type: ignore[attr-defined]
        session.execute(known)


def _add(session: Session, provider: str, question: Question, **values: Any) -> bool:
    row = RememberedAnswer(
        key=question.key(provider),
        provider=provider,
        query=question.text,
        context=question.context,
        country=question.country,
        **values,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return False
    return True


def _forget_old(session: Session) -> None:
    moment = now()
    for state, kept in KEPT.items():
        session.execute(
            delete(RememberedAnswer)
            .where(RememberedAnswer.state == state, RememberedAnswer.fetched_at <= moment - kept)
            .execution_options(synchronize_session=False)
        )


def _candidate(record: dict[str, Any]) -> Candidate:
    # A field that a later version dropped must not make what was kept unreadable.
    return Candidate(**{name: value for name, value in record.items() if name in _FIELDS})
