"""Sightings: what somebody reports, and what became of it."""

from __future__ import annotations

import enum
from datetime import (
    date,  # noqa: F401 - SQLAlchemy looks the types of DateBound up here
    datetime,
)
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key, LongText, Name, enum_column
from tracker.foundation.date_columns import date_bound
from tracker.foundation.dates import DateBound, Period
from tracker.history.recording import Recorded
from tracker.places.models import Place, PlaceKind
from tracker.productions.models import Production, Shoot, Status


class State(enum.StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    MERGED = "merged"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Reason(enum.StrEnum):
    """Why a sighting is turned down."""

    WRONG_NAMESAKE = "wrong_namesake"
    REPEATS = "repeats_what_we_have"
    NO_SOURCE = "no_source"
    CANNOT_BE = "cannot_be"
    SOMEONES_HOME = "someones_home"
    NOT_FILMING = "not_about_filming"

    @property
    def words(self) -> str:
        return _REASON_WORDS[self]


_REASON_WORDS = {
    Reason.WRONG_NAMESAKE: "Wrong namesake",
    Reason.REPEATS: "Repeats what we have",
    Reason.NO_SOURCE: "No source",
    Reason.CANNOT_BE: "Cannot be: date or distance",
    Reason.SOMEONES_HOME: "Someone’s home",
    Reason.NOT_FILMING: "Not about filming",
}


class Risk(enum.StrEnum):
    """What a sighting was found to risk when it was sent in; the desk looks at the gravest first."""

    PRIVACY = "privacy"
    CONTRADICTION = "contradiction"
    NEW_ACCOUNT = "new_account"
    NONE = "none"


class Sighting(Recorded, Base):
    """A report as it was sent in, never changed by the decision; `shoot_id` is what it became part of.

    An `unreviewed` one of a trusted contributor was published at once: no moderator has seen it yet.

    The place is kept as the words typed and, where the sender chose one, the gazetteer's candidate.
    """

    __tablename__ = "sighting"
    __table_args__ = (
        CheckConstraint("(state = 'pending') = (decided_at is null)", name="decided_unless_pending"),
        CheckConstraint(
            "state not in ('accepted', 'merged') or shoot_id is not null", name="accepted_has_shoot"
        ),
        CheckConstraint("state <> 'rejected' or reason is not null", name="rejected_has_reason"),
        CheckConstraint("(place_lat is null) = (place_lon is null)", name="place_lat_with_lon"),
        CheckConstraint("address is null or address like 'http%'", name="address_is_http"),
        CheckConstraint("status in ('rumoured', 'planned', 'confirmed')", name="status_reportable"),
        CheckConstraint(
            "not unreviewed or (state in ('accepted', 'merged') and decided_by_id is null)",
            name="unreviewed_is_published",
        ),
        Index("ix_sighting_queue", "state", "submitted_at"),
    )
    # Risk and flags are worked out from the rest.
    unrecorded = frozenset({"version", "risk", "flags"})

    id: Mapped[Key]
    submitted_by_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    submitted_at: Mapped[datetime] = mapped_column(default=now)
    production_title: Mapped[Name]
    production_id: Mapped[int | None] = mapped_column(ForeignKey(Production.id), index=True)
    place_text: Mapped[Name]
    place_name: Mapped[Name] = mapped_column(default="")
    place_kind: Mapped[PlaceKind | None] = mapped_column(enum_column(PlaceKind))
    place_country: Mapped[str | None] = mapped_column(String(2))
    place_region: Mapped[Name] = mapped_column(default="")
    place_municipality: Mapped[Name] = mapped_column(default="")
    place_lat: Mapped[float | None]
    place_lon: Mapped[float | None]
    place_uncertainty_m: Mapped[int | None]
    place_gazetteer_id: Mapped[str | None] = mapped_column(String(80))
    # An area that its sender drew, as GeoJSON; the point above lies on it.
    place_geometry: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    start: Mapped[DateBound] = date_bound("start")
    end: Mapped[DateBound] = date_bound("end")
    address: Mapped[str | None] = mapped_column(String(2000))
    # Whether the sender saw it; otherwise the address is where it was read.
    seen_by_sender: Mapped[bool] = mapped_column(default=False)
    # Whether work was done there or is only meant to be.
    status: Mapped[Status] = mapped_column(enum_column(Status), default=Status.CONFIRMED)
    # The source does not say so outright: thanks to a municipality, a glimpse of a train.
    implied: Mapped[bool] = mapped_column(default=False, server_default=false())
    note: Mapped[LongText] = mapped_column(default="")
    state: Mapped[State] = mapped_column(enum_column(State), default=State.PENDING)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    decided_at: Mapped[datetime | None]
    reason: Mapped[Reason | None] = mapped_column(enum_column(Reason))
    words: Mapped[LongText] = mapped_column(default="")
    shoot_id: Mapped[int | None] = mapped_column(ForeignKey(Shoot.id), index=True)
    unreviewed: Mapped[bool] = mapped_column(default=False, server_default=false())
    risk: Mapped[Risk] = mapped_column(enum_column(Risk), default=Risk.NONE, server_default=Risk.NONE.value)
    # The names of what spoke against it when it was sent in.
    flags: Mapped[list[str]] = mapped_column(JSON, default=list)
    # While it is happening now: when its exact place may be told, and the wider place that stands for it.
    exact_from: Mapped[datetime | None] = mapped_column(index=True)
    stand_in_id: Mapped[int | None] = mapped_column(ForeignKey(Place.id))
    version: Mapped[int] = mapped_column(default=1)

    submitted_by: Mapped[User] = relationship(lazy="raise", foreign_keys=[submitted_by_id])
    decided_by: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[decided_by_id])
    production: Mapped[Production | None] = relationship(lazy="raise")
    shoot: Mapped[Shoot | None] = relationship(lazy="raise")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the form that SQLAlchemy wants

    @property
    def period(self) -> Period:
        return Period(self.start, self.end)

    @property
    def is_pending(self) -> bool:
        return self.state is State.PENDING

    def history_label(self) -> str:
        return f"sighting {self.id}"

    def history_subjects(self) -> list[tuple[str, int]]:
        subjects = [("sighting", self.id)]
        if self.shoot_id is not None:
            subjects.append(("shoot", self.shoot_id))
        return subjects
