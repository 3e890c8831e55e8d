"""Citations that wait: what a newcomer's source says of a shoot or of an order, until a moderator agrees."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key, LongText, enum_column
from tracker.foundation.dates import DateBound, Period
from tracker.history.recording import Recorded
from tracker.productions.evidence import Manner, Relation, Shows, Stance
from tracker.productions.models import InFilm, Shoot, Status
from tracker.productions.operations import CitationDraft
from tracker.sightings.models import State
from tracker.sources.models import SourceKind
from tracker.sources.operations import SourceDraft

Plain = dict[str, Any]


class OfferedCitation(Recorded, Base):
    """A source and what it says, as sent in. Nothing of it is public; accepted, it becomes a citation.

    With `relation` and `other_id` it speaks of the order of two shoots, else of the one.
    """

    __tablename__ = "offered_citation"
    __table_args__ = (
        CheckConstraint("(state = 'pending') = (decided_at is null)", name="decided_unless_pending"),
        CheckConstraint("(relation is null) = (other_id is null)", name="relation_with_other"),
        Index("ix_offered_citation_queue", "state", "sent_at"),
    )
    unrecorded = frozenset({"version"})

    id: Mapped[Key]
    shoot_id: Mapped[int] = mapped_column(ForeignKey(Shoot.id), index=True)
    other_id: Mapped[int | None] = mapped_column(ForeignKey(Shoot.id))
    relation: Mapped[Relation | None] = mapped_column(enum_column(Relation))
    sent_by_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    sent_at: Mapped[datetime] = mapped_column(default=now)
    source: Mapped[Plain] = mapped_column(JSON)
    says: Mapped[Plain] = mapped_column(JSON)
    state: Mapped[State] = mapped_column(enum_column(State), default=State.PENDING)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    decided_at: Mapped[datetime | None]
    words: Mapped[LongText] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    shoot: Mapped[Shoot] = relationship(lazy="raise", foreign_keys=[shoot_id])
    other: Mapped[Shoot | None] = relationship(lazy="raise", foreign_keys=[other_id])
    sent_by: Mapped[User] = relationship(lazy="raise", foreign_keys=[sent_by_id])
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the form that SQLAlchemy wants

    def history_label(self) -> str:
        return f"offered citation {self.id}"

    def history_subjects(self) -> list[tuple[str, int]]:
        return [("offered_citation", self.id)]


def plain_source(draft: SourceDraft) -> Plain:
    """Answer a source's draft as JSON can hold it."""
    return {
        "kind": draft.kind.value,
        "title": draft.title,
        "address": draft.address,
        "author": draft.author,
        "outlet": draft.outlet,
        "published": _plain_bound(draft.published),
        "captured_on": draft.captured_on.isoformat() if draft.captured_on else None,
        "language": draft.language,
        "by_cast": draft.by_cast,
        "note": draft.note,
    }


def source_draft(plain: Mapping[str, Any]) -> SourceDraft:
    """Answer the draft that `plain_source` wrote down."""
    captured = plain["captured_on"]
    return SourceDraft(
        kind=SourceKind(plain["kind"]),
        title=plain["title"],
        address=plain["address"],
        author=plain["author"],
        outlet=plain["outlet"],
        published=_bound(plain["published"]),
        captured_on=date.fromisoformat(captured) if captured else None,
        language=plain["language"],
        by_cast=plain["by_cast"],
        note=plain["note"],
    )


def plain_citation(draft: CitationDraft) -> Plain:
    """Answer a citation's draft as JSON can hold it."""
    return {
        "stance": draft.stance.value,
        "manner": draft.manner.value,
        "shows": draft.shows.value,
        "status": draft.status.value if draft.status else None,
        "start": _plain_bound(draft.period.start),
        "end": _plain_bound(draft.period.end),
        "story_place": draft.story_place,
        "in_film": draft.in_film.value if draft.in_film else None,
        "quote": draft.quote,
        "locator": draft.locator,
        "note": draft.note,
        "attested": [day.isoformat() for day in draft.attested],
    }


def citation_draft(plain: Mapping[str, Any]) -> CitationDraft:
    """Answer the draft that `plain_citation` wrote down."""
    return CitationDraft(
        stance=Stance(plain["stance"]),
        manner=Manner(plain["manner"]),
        shows=Shows(plain["shows"]),
        status=Status(plain["status"]) if plain["status"] else None,
        period=Period(_bound(plain["start"]), _bound(plain["end"])),
        story_place=plain["story_place"],
        in_film=InFilm(plain["in_film"]) if plain["in_film"] else None,
        quote=plain["quote"],
        locator=plain["locator"],
        note=plain["note"],
        attested=tuple(date.fromisoformat(day) for day in plain["attested"]),
    )


def _plain_bound(bound: DateBound) -> list[str | None]:
    days = (bound.earliest, bound.latest)
    return [bound.text, bound.edtf, *(day.isoformat() if day else None for day in days)]


def _bound(plain: list[str | None]) -> DateBound:
    text, edtf, earliest, latest = plain
    return DateBound(
        text or "",
        edtf or "",
        date.fromisoformat(earliest) if earliest else None,
        date.fromisoformat(latest) if latest else None,
    )
