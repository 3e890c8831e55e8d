"""What sources say: citations about one shoot, attested days, and citations about the order of two."""

from __future__ import annotations

import enum
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.foundation.database import Base, Key, LongText, Name, ShortText, enum_column
from tracker.foundation.date_columns import date_bound
from tracker.foundation.dates import DateBound
from tracker.history.merging import Mergeable
from tracker.history.recording import Recorded
from tracker.places.models import Place
from tracker.productions.models import InFilm, Production, Shoot, Status
from tracker.sources.models import Source


class Stance(enum.StrEnum):
    SUPPORTS = "supports"
    REFUTES = "refutes"
    MENTIONS = "mentions"


class Manner(enum.StrEnum):
    STATES = "states"
    IMPLIES = "implies"


class Shows(enum.StrEnum):
    """What a source saw: work, or only cast or vehicles (which productions also send as decoys)."""

    WORK = "work"
    PRESENCE = "presence"


class Relation(enum.StrEnum):
    NEXT = "next"
    AFTER = "after"
    BEFORE = "before"


class Citation(Mergeable, Recorded, Base):
    """One source speaking about one shoot, with the status, dates and story place that it asserts, if any.

    `speaks_of` is the place that the source names, where that is not the shoot's own.
    """

    __tablename__ = "citation"
    __table_args__ = (
        UniqueConstraint("shoot_id", "source_id", "stance"),
        CheckConstraint("length(quote) <= 300", name="quote_length"),
        Index("ix_citation_source_id", "source_id"),
    )

    id: Mapped[Key]
    shoot_id: Mapped[int] = mapped_column(ForeignKey(Shoot.id))
    source_id: Mapped[int] = mapped_column(ForeignKey(Source.id))
    stance: Mapped[Stance] = mapped_column(enum_column(Stance), default=Stance.SUPPORTS)
    manner: Mapped[Manner] = mapped_column(enum_column(Manner), default=Manner.STATES)
    shows: Mapped[Shows] = mapped_column(enum_column(Shows), default=Shows.WORK)
    status: Mapped[Status | None] = mapped_column(enum_column(Status))
    start: Mapped[DateBound] = date_bound("start")
    end: Mapped[DateBound] = date_bound("end")
    speaks_of_id: Mapped[int | None] = mapped_column(ForeignKey(Place.id), index=True)
    # The story place, as this source names it.
    quote: Mapped[str] = mapped_column(String(300), default="")
    locator: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[ShortText] = mapped_column(default="")
    # What the source says that the place stands in for, and whether the shoot made it into the film.
    story_place: Mapped[Name] = mapped_column(default="", server_default=text("''"))
    in_film: Mapped[InFilm | None] = mapped_column(enum_column(InFilm))
    # Withdrawn or closed citations stay, with the reason; they no longer count.
    closed_reason: Mapped[str | None] = mapped_column(String(500))

    shoot: Mapped[Shoot] = relationship(lazy="raise")
    source: Mapped[Source] = relationship(lazy="raise")
    speaks_of: Mapped[Place | None] = relationship(lazy="raise")

    @property
    def is_live(self) -> bool:
        return self.closed_reason is None

    def history_label(self) -> str:
        return f"citation of source {self.source_id} for shoot {self.shoot_id}"

    def history_subjects(self) -> list[tuple[str, int]]:
        return [("shoot", self.shoot_id), ("source", self.source_id)]


class AttestedDay(Recorded, Base):
    """A day on which a citation proves work."""

    __tablename__ = "attested_day"
    __table_args__ = (UniqueConstraint("citation_id", "day"),)

    id: Mapped[Key]
    citation_id: Mapped[int] = mapped_column(ForeignKey(Citation.id))
    day: Mapped[date]

    citation: Mapped[Citation] = relationship(lazy="raise")

    def history_label(self) -> str:
        return self.day.isoformat()

    def history_subjects(self) -> list[tuple[str, int]]:
        return []


class OrderCitation(Mergeable, Recorded, Base):
    """One source on whether a shoot came next after, after, or before another of the same production.

    One that refutes says that it was not so; while both sides are live the order is disputed and not used.
    """

    __tablename__ = "order_citation"
    __table_args__ = (
        UniqueConstraint("shoot_id", "other_id", "relation", "source_id"),
        CheckConstraint("shoot_id <> other_id", name="two_shoots"),
    )

    id: Mapped[Key]
    production_id: Mapped[int] = mapped_column(ForeignKey(Production.id), index=True)
    shoot_id: Mapped[int] = mapped_column(ForeignKey(Shoot.id), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey(Shoot.id), index=True)
    relation: Mapped[Relation] = mapped_column(enum_column(Relation))
    source_id: Mapped[int] = mapped_column(ForeignKey(Source.id), index=True)
    stance: Mapped[Stance] = mapped_column(
        enum_column(Stance), default=Stance.SUPPORTS, server_default=Stance.SUPPORTS.value
    )
    manner: Mapped[Manner] = mapped_column(enum_column(Manner), default=Manner.STATES)
    words: Mapped[ShortText] = mapped_column(default="")
    closed_reason: Mapped[str | None] = mapped_column(String(500))

    source: Mapped[Source] = relationship(lazy="raise")

    @property
    def is_live(self) -> bool:
        return self.closed_reason is None

    @property
    def earlier_id(self) -> int:
        return self.shoot_id if self.relation is Relation.BEFORE else self.other_id

    @property
    def later_id(self) -> int:
        return self.other_id if self.relation is Relation.BEFORE else self.shoot_id

    def history_label(self) -> str:
        return f"order of shoots {self.earlier_id} and {self.later_id}"

    def history_subjects(self) -> list[tuple[str, int]]:
        return [("production", self.production_id)]


class Settlement(Recorded, Base):
    """A moderator's word that two values stand side by side and are no contradiction, with the reason.

    `key` names the shoots and the values: should one of them change, the question is open again. `about` is
    the question itself (`productions.questions`), by which the key follows what is merged.
    """

    __tablename__ = "settlement"
    __table_args__ = (UniqueConstraint("production_id", "key"),)

    id: Mapped[Key]
    production_id: Mapped[int] = mapped_column(ForeignKey(Production.id))
    key: Mapped[Name]
    about: Mapped[LongText] = mapped_column(default="", server_default=text("''"))
    reason: Mapped[ShortText]

    def history_label(self) -> str:
        return "both stand"

    def history_subjects(self) -> list[tuple[str, int]]:
        return [("production", self.production_id)]
