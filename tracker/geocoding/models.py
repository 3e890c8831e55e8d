"""Tables of the online step: what providers have answered, and when each may be asked again.

Neither is part of the record: both can be emptied at any time, and no history is kept of them.
"""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.foundation.clock import now
from tracker.foundation.database import Base, Name, ShortText, enum_column


class AnswerState(enum.StrEnum):
    ASKING = "asking"
    FOUND = "found"
    NOTHING = "nothing"
    FAILED = "failed"


class RememberedAnswer(Base):
    """What one provider answered to one question, or that it is being asked, or why it gave no answer.

    `key` is a digest of provider, folded words, context and country; the words themselves stand beside it for
    the operator. `candidates` are the fields of `Candidate`, best first.
    """

    __tablename__ = "remembered_answer"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    provider: Mapped[Name]
    query: Mapped[Name]
    context: Mapped[Name] = mapped_column(default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    state: Mapped[AnswerState] = mapped_column(enum_column(AnswerState))
    candidates: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    licence: Mapped[Name] = mapped_column(default="")
    note: Mapped[ShortText] = mapped_column(default="")
    fetched_at: Mapped[datetime] = mapped_column(default=now, index=True)


class ProviderTurn(Base):
    """When a provider may be asked next. One row that all workers share, taken by a conditional UPDATE.

    `next_at` lies far ahead while a request is under way, so that there is never more than one.
    `failures` counts those in a row; until `resting_until` nobody asks, `reason` says why.
    """

    __tablename__ = "provider_turn"
    __table_args__ = (CheckConstraint("failures >= 0", name="failures_not_negative"),)

    provider: Mapped[Name] = mapped_column(primary_key=True)
    next_at: Mapped[datetime]
    failures: Mapped[int] = mapped_column(default=0)
    resting_until: Mapped[datetime | None]
    reason: Mapped[ShortText] = mapped_column(default="")
