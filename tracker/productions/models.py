"""Productions, their titles and ids, and their shoots."""

from __future__ import annotations

import enum
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.foundation.database import Base, Key, LongText, Name, ShortText, enum_column
from tracker.foundation.date_columns import date_bound, in_order
from tracker.foundation.dates import DateBound, Period
from tracker.history.merging import Mergeable
from tracker.history.recording import Recorded
from tracker.places.models import Place


class ProductionKind(enum.StrEnum):
    FILM = "film"
    SERIES = "series"
    SEASON = "season"
    EPISODE = "episode"
    SHORT = "short"
    COMMERCIAL = "commercial"
    MUSIC_VIDEO = "music_video"


class TitleKind(enum.StrEnum):
    OFFICIAL = "official"
    WORKING = "working"
    ALIAS = "alias"


class Unit(enum.StrEnum):
    MAIN = "main"
    SECOND = "second"
    AERIAL = "aerial"
    PICKUP = "pickup"
    RESHOOT = "reshoot"
    UNKNOWN = "unknown"


class Status(enum.StrEnum):
    """How far a shoot is. CONFIRMED is only ever asserted: work was done, wrapped or not by the day asked."""

    RUMOURED = "rumoured"
    PLANNED = "planned"
    PERMITTED = "permitted"
    UNDER_WAY = "under_way"
    WRAPPED = "wrapped"
    POSTPONED = "postponed"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"
    CONFIRMED = "confirmed"

    @property
    def word(self) -> str:
        return self.value.replace("_", " ")


class InFilm(enum.StrEnum):
    """Whether what was shot can be seen in the released film."""

    IN_THE_FILM = "in_the_film"
    CUT = "cut"
    UNKNOWN = "unknown"

    @property
    def word(self) -> str:
        return self.value.replace("_", " ")


class Grade(enum.StrEnum):
    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    X = "X"
    Z = "Z"

    @property
    def word(self) -> str:
        return _GRADE_WORDS[self]


_GRADE_WORDS = {
    Grade.A: "official",
    Grade.B: "corroborated",
    Grade.C: "first-hand",
    Grade.D: "reported",
    Grade.E: "rumour",
    Grade.X: "disputed",
    Grade.Z: "refuted",
}


class Production(Mergeable, Recorded, Base):
    """A film, series, season, episode, short, commercial or music video."""

    __tablename__ = "production"
    __table_args__ = (
        CheckConstraint("year between 1870 and 2200", name="year_of_film"),
        in_order("released"),
    )
    unrecorded = frozenset({"version"})

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    title: Mapped[Name]
    kind: Mapped[ProductionKind] = mapped_column(enum_column(ProductionKind), default=ProductionKind.FILM)
    year: Mapped[int | None] = mapped_column(index=True)
    released: Mapped[DateBound] = date_bound("released")
    version: Mapped[int] = mapped_column(default=1)

    titles: Mapped[list[Title]] = relationship(
        lazy="raise", order_by="Title.id", back_populates="production", cascade="all, delete-orphan"
    )
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the form that SQLAlchemy wants

    def history_label(self) -> str:
        return self.title

    def history_subjects(self) -> list[tuple[str, int]]:
        return [("production", self.id)]


class Title(Recorded, Base):
    """A name of a production. Its slug finds the production and redirects to the official one's."""

    __tablename__ = "title"
    __table_args__ = (UniqueConstraint("production_id", "key"), Index("ix_title_key", "key"))
    unrecorded = frozenset({"key"})

    id: Mapped[Key]
    production_id: Mapped[int] = mapped_column(ForeignKey(Production.id))
    text: Mapped[Name]
    key: Mapped[Name]
    slug: Mapped[str] = mapped_column(String(100), index=True)
    kind: Mapped[TitleKind] = mapped_column(enum_column(TitleKind))
    language: Mapped[str | None] = mapped_column(String(12))

    production: Mapped[Production] = relationship(lazy="raise", back_populates="titles")

    def history_label(self) -> str:
        return self.text

    def history_subjects(self) -> list[tuple[str, int]]:
        return [("production", self.production_id)]


class ProductionIdentifier(Recorded, Base):
    """What another database calls the production."""

    __tablename__ = "production_identifier"
    __table_args__ = (
        UniqueConstraint("scheme", "value"),
        CheckConstraint("scheme in ('wikidata', 'imdb', 'tmdb')", name="scheme_known"),
    )

    id: Mapped[Key]
    production_id: Mapped[int] = mapped_column(ForeignKey(Production.id), index=True)
    scheme: Mapped[str] = mapped_column(String(20))
    value: Mapped[str] = mapped_column(String(60))

    def history_label(self) -> str:
        return f"{self.scheme} {self.value}"

    def history_subjects(self) -> list[tuple[str, int]]:
        return [("production", self.production_id)]


class Shoot(Mergeable, Recorded, Base):
    """One production at one place over one period by one unit: a stop of the route.

    Dates, status and grade follow from the citations (`tracker.productions.knowledge`); the columns hold
    today's answer so that lists and filters need not work it out again.
    """

    __tablename__ = "shoot"
    __table_args__ = (
        CheckConstraint("spoiler between 0 and 2", name="spoiler_level"),
        CheckConstraint("status <> 'confirmed'", name="status_resolved"),
        CheckConstraint("interior_exterior in ('', 'INT', 'EXT', 'INT/EXT')", name="interior_exterior_known"),
        CheckConstraint("day_night in ('', 'DAY', 'NIGHT', 'DAY/NIGHT')", name="day_night_known"),
        in_order("start"),
        in_order("end"),
    )
    unrecorded = frozenset({"version"})

    id: Mapped[Key]
    production_id: Mapped[int] = mapped_column(ForeignKey(Production.id), index=True)
    place_id: Mapped[int] = mapped_column(ForeignKey(Place.id), index=True)
    unit: Mapped[Unit] = mapped_column(enum_column(Unit), default=Unit.UNKNOWN)
    start: Mapped[DateBound] = date_bound("start")
    end: Mapped[DateBound] = date_bound("end")
    status: Mapped[Status] = mapped_column(enum_column(Status), default=Status.RUMOURED)
    grade: Mapped[Grade] = mapped_column(enum_column(Grade), default=Grade.E)
    story_place: Mapped[Name] = mapped_column(default="")
    scene: Mapped[ShortText] = mapped_column(default="")
    # Since when the words on the scene are known; without it they are told in today's view alone.
    scene_known_from: Mapped[date | None]
    interior_exterior: Mapped[str] = mapped_column(String(8), default="")
    day_night: Mapped[str] = mapped_column(String(10), default="")
    spoiler: Mapped[int] = mapped_column(default=0)
    # Speaks of the released film; before release it stays unknown.
    in_film: Mapped[InFilm] = mapped_column(
        enum_column(InFilm), default=InFilm.UNKNOWN, server_default=InFilm.UNKNOWN.value
    )
    note: Mapped[LongText] = mapped_column(default="")
    # The order in which a source listed it; the route is never made from it.
    source_order: Mapped[int | None]
    # Set when a refutation has been accepted as final; the shoot is kept and folded.
    refuted_reason: Mapped[str | None] = mapped_column(String(500))
    version: Mapped[int] = mapped_column(default=1)

    production: Mapped[Production] = relationship(lazy="raise")
    place: Mapped[Place] = relationship(lazy="raise")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the form that SQLAlchemy wants

    @property
    def period(self) -> Period:
        return Period(self.start, self.end)

    def is_scene_known(self, on: date | None) -> bool:
        """Say whether the words on the scene were known on a day; None is today."""
        return on is None or (self.scene_known_from is not None and self.scene_known_from <= on)

    def history_label(self) -> str:
        return f"shoot {self.id}"

    def history_subjects(self) -> list[tuple[str, int]]:
        return [("shoot", self.id), ("production", self.production_id), ("place", self.place_id)]
