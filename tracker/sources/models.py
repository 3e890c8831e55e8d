"""Sources: the things that can be cited."""

from __future__ import annotations

import enum
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.foundation.database import Base, Key, Name, ShortText, enum_column
from tracker.foundation.date_columns import date_bound, in_order
from tracker.foundation.dates import DateBound
from tracker.history.merging import Mergeable
from tracker.history.recording import Recorded


class SourceKind(enum.StrEnum):
    OFFICIAL_POST = "official_post"
    PRODUCTION_STATEMENT = "production_statement"
    FILM_COMMISSION = "film_commission"
    MUNICIPALITY = "municipality"
    PERMIT = "permit"
    OWN_REPORTING = "own_reporting"
    REPEATED_REPORTING = "repeated_reporting"
    EYEWITNESS_MEDIA = "eyewitness_media"
    TRADE_PRESS = "trade_press"
    BOOK = "book"
    CREDITS = "credits"
    INTERVIEW = "interview"
    DATABASE = "database"
    OWN_KNOWLEDGE = "own_knowledge"

    @property
    def word(self) -> str:
        return self.value.replace("_", " ")


class Source(Mergeable, Recorded, Base):
    """A thing that can be cited. `repeats` names the source that it only passes on."""

    __tablename__ = "source"
    __table_args__ = (
        CheckConstraint("repeats_id is null or repeats_id <> id", name="not_its_own_repeat"),
        CheckConstraint("address is null or address like 'http%'", name="address_is_http"),
        CheckConstraint("archive_address is null or archive_address like 'http%'", name="archive_is_http"),
        in_order("published"),
        Index("uq_source_address_key", "address_key", unique=True),
    )
    unrecorded = frozenset({"version"})

    id: Mapped[Key]
    kind: Mapped[SourceKind] = mapped_column(enum_column(SourceKind))
    # A cast member's own post is first-hand, but it does not speak for the production.
    by_cast: Mapped[bool] = mapped_column(default=False)
    title: Mapped[Name]
    author: Mapped[Name] = mapped_column(default="")
    outlet: Mapped[Name] = mapped_column(default="")
    address: Mapped[str | None] = mapped_column(String(2000))
    address_key: Mapped[str | None] = mapped_column(String(2000))
    # A copy in an archive, for when the address stops answering.
    archive_address: Mapped[str | None] = mapped_column(String(2000))
    language: Mapped[str | None] = mapped_column(String(12))
    published: Mapped[DateBound] = date_bound("published")
    captured_on: Mapped[date | None]
    note: Mapped[ShortText] = mapped_column(default="")
    # The root that it counts as, and the source that it was said to repeat: the same unless that repeats too.
    repeats_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"), index=True)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    passes_on_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"))

    repeats: Mapped[Source | None] = relationship(
        lazy="raise", remote_side="Source.id", foreign_keys=[repeats_id]
    )
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the form that SQLAlchemy wants

    @property
    def known_from(self) -> date | None:
        """The day from which the source counts in a replay: surely published by then, else captured."""
        if self.published.is_known and self.published.latest is not None:
            return self.published.latest
        return self.captured_on

    @property
    def root_id(self) -> int:
        """The id of the source that this one counts as; chains are collapsed when they are saved."""
        return self.repeats_id or self.id

    def history_label(self) -> str:
        return self.title

    def history_subjects(self) -> list[tuple[str, int]]:
        return [("source", self.id)]
