"""Photos of places: from the shoot then, or of the same place now. The files are in `photos`."""

from __future__ import annotations

import enum
from datetime import (
    date,  # noqa: F401 - SQLAlchemy looks the types of DateBound up here
    datetime,
)

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key, LongText, Name, enum_column
from tracker.foundation.date_columns import date_bound, in_order
from tracker.foundation.dates import DateBound
from tracker.foundation.geo import Point
from tracker.history.recording import Recorded
from tracker.photos.licences import Licence
from tracker.places.models import Place
from tracker.productions.models import Shoot


class PhotoState(enum.StrEnum):
    PENDING = "pending"
    PUBLISHED = "published"
    REJECTED = "rejected"
    REMOVED = "removed"
    # The file is gone, and every word about it.
    REDACTED = "redacted"


class PhotoRole(enum.StrEnum):
    THEN = "then"
    NOW = "now"

    @property
    def words(self) -> str:
        return "From the shoot" if self is PhotoRole.THEN else "The place, as it is"


class Photo(Recorded, Base):
    """A photo with its author and licence. One that came with a sighting has no place until that is accepted.

    `digest` names its files. `lat`, `lon`, `uncertainty_m` and `heading` (degrees clockwise from north) are
    where the camera stood and looked; they are for those who may see the exact place.
    """

    __tablename__ = "photo"
    __table_args__ = (
        CheckConstraint("lat between -90 and 90", name="lat_on_earth"),
        CheckConstraint("lon between -180 and 180", name="lon_on_earth"),
        CheckConstraint("(lat is null) = (lon is null)", name="lat_with_lon"),
        CheckConstraint("heading >= 0 and heading < 360", name="heading_on_compass"),
        CheckConstraint("uncertainty_m >= 0", name="uncertainty_not_negative"),
        CheckConstraint("spoiler between 0 and 2", name="spoiler_level"),
        CheckConstraint("(state = 'redacted') = (digest is null)", name="file_unless_redacted"),
        CheckConstraint("state <> 'published' or place_id is not null", name="published_has_place"),
        CheckConstraint("source_address is null or source_address like 'http%'", name="address_is_http"),
        CheckConstraint("then_id is null or then_id <> id", name="not_its_own_then"),
        in_order("taken"),
        Index("ix_photo_queue", "state", "sent_at"),
    )
    unrecorded = frozenset({"version"})

    id: Mapped[Key]
    digest: Mapped[str | None] = mapped_column(String(64), index=True)
    width: Mapped[int]
    height: Mapped[int]
    place_id: Mapped[int | None] = mapped_column(ForeignKey(Place.id), index=True)
    shoot_id: Mapped[int | None] = mapped_column(ForeignKey(Shoot.id), index=True)
    role: Mapped[PhotoRole] = mapped_column(enum_column(PhotoRole), default=PhotoRole.NOW)
    # Of a photo of now: the one of then that was taken from the same point.
    then_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"), index=True)
    author: Mapped[Name]
    licence: Mapped[Licence] = mapped_column(enum_column(Licence))
    source_address: Mapped[str | None] = mapped_column(String(2000))
    # What can be seen, in words; "" is shown as "No description yet".
    alt: Mapped[LongText] = mapped_column(default="")
    taken: Mapped[DateBound] = date_bound("taken")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    uncertainty_m: Mapped[int | None]
    heading: Mapped[float | None]
    spoiler: Mapped[int] = mapped_column(default=0)
    # Whether a moderator agreed to show it although its place is hidden.
    opened: Mapped[bool] = mapped_column(default=False)
    state: Mapped[PhotoState] = mapped_column(enum_column(PhotoState), default=PhotoState.PENDING)
    sent_by_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    sent_at: Mapped[datetime] = mapped_column(default=now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    decided_at: Mapped[datetime | None]
    # Why it was turned down or removed.
    words: Mapped[LongText] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    place: Mapped[Place | None] = relationship(lazy="raise")
    shoot: Mapped[Shoot | None] = relationship(lazy="raise")
    sent_by: Mapped[User] = relationship(lazy="raise", foreign_keys=[sent_by_id])
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the form that SQLAlchemy wants

    @property
    def point(self) -> Point | None:
        """Where the camera stood, for those who may see the exact place."""
        return Point(self.lat, self.lon) if self.lat is not None and self.lon is not None else None

    @property
    def is_published(self) -> bool:
        return self.state is PhotoState.PUBLISHED

    def history_label(self) -> str:
        return f"photo {self.id}"

    def history_subjects(self) -> list[tuple[str, int]]:
        """Answer also the place and shoot, but of what waits, or was turned down, only itself."""
        subjects = [("photo", self.id)]
        if self.state in (PhotoState.PENDING, PhotoState.REJECTED):
            return subjects
        if self.place_id is not None:
            subjects.append(("place", self.place_id))
        if self.shoot_id is not None:
            subjects.append(("shoot", self.shoot_id))
        return subjects
