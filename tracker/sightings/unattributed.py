"""Filming that somebody attests without saying of what: permits without a title, as a rule.

Each stands at its place and time, with its source. It is no shoot: a shoot is one of a production. It
becomes one, or evidence for one, when somebody says which production it was (`attribution`).
"""

from __future__ import annotations

from datetime import date  # noqa: F401 - SQLAlchemy looks the types of DateBound up here

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.foundation.database import Base, Key, LongText, Name, enum_column
from tracker.foundation.date_columns import date_bound, in_order
from tracker.foundation.dates import DateBound, Period
from tracker.history.recording import Recorded
from tracker.places.models import Place
from tracker.productions.models import Production, Status
from tracker.sources.models import Source


class UnattributedSighting(Recorded, Base):
    """One permit or report without a production. `number` is what its source calls it.

    `place_text` keeps the words of the source, which may be finer than the places: a postal code, a street.
    """

    __tablename__ = "unattributed_sighting"
    __table_args__ = (
        CheckConstraint(
            "status in ('rumoured', 'planned', 'permitted', 'confirmed')", name="status_asserted"
        ),
        in_order("start"),
        in_order("end"),
        Index("ix_unattributed_sighting_days", "start_earliest", "end_latest"),
        Index("ix_unattributed_sighting_number", "source_id", "number"),
    )
    unrecorded = frozenset({"version"})

    id: Mapped[Key]
    source_id: Mapped[int] = mapped_column(ForeignKey(Source.id))
    number: Mapped[str] = mapped_column(String(80), default="")
    place_text: Mapped[LongText] = mapped_column(default="")
    category: Mapped[Name] = mapped_column(default="")
    start: Mapped[DateBound] = date_bound("start")
    end: Mapped[DateBound] = date_bound("end")
    status: Mapped[Status] = mapped_column(enum_column(Status), default=Status.PERMITTED)
    note: Mapped[LongText] = mapped_column(default="")
    production_id: Mapped[int | None] = mapped_column(ForeignKey(Production.id), index=True)
    version: Mapped[int] = mapped_column(default=1)

    source: Mapped[Source] = relationship(lazy="raise")
    production: Mapped[Production | None] = relationship(lazy="raise")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the form that SQLAlchemy wants

    @property
    def period(self) -> Period:
        return Period(self.start, self.end)

    def history_label(self) -> str:
        return f"{self.category or 'filming'} {self.number}".strip()

    def history_subjects(self) -> list[tuple[str, int]]:
        subjects = [("source", self.source_id)]
        if self.production_id is not None:
            subjects.append(("production", self.production_id))
        return subjects


class UnattributedPlace(Base):
    """One of the places that an unattributed sighting names."""

    __tablename__ = "unattributed_place"
    __table_args__ = (
        UniqueConstraint("sighting_id", "place_id"),
        Index("ix_unattributed_place_place_id", "place_id"),
    )

    id: Mapped[Key]
    sighting_id: Mapped[int] = mapped_column(ForeignKey(UnattributedSighting.id, ondelete="CASCADE"))
    place_id: Mapped[int] = mapped_column(ForeignKey(Place.id))
