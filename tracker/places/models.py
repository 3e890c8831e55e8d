"""Places, and the cells that count them for the world map."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key, Name, enum_column
from tracker.foundation.geo import Point
from tracker.history.merging import Mergeable
from tracker.history.recording import Recorded


class PlaceKind(enum.StrEnum):
    POINT = "point"
    BUILDING = "building"
    STREET = "street"
    SQUARE = "square"
    BRIDGE = "bridge"
    RAILWAY = "railway"
    STATION = "station"
    AIRPORT = "airport"
    STUDIO = "studio"
    MUSEUM = "museum"
    QUARRY = "quarry"
    PARK = "park"
    WATER = "water"
    MOUNTAIN = "mountain"
    ISLAND = "island"
    TOWN = "town"
    MUNICIPALITY = "municipality"
    REGION = "region"
    COUNTRY = "country"
    AREA = "area"


class Privacy(enum.StrEnum):
    OPEN = "open"
    OBSCURED = "obscured"
    PRIVATE = "private"


class Place(Mergeable, Recorded, Base):
    """Somewhere real. Without `lat` and `lon` it is known by name only: not located yet.

    Every output reads `public_lat`, `public_lon` and `public_uncertainty_m`, which are written when the
    place is saved; `lat`, `lon` and `geometry` are for those who may see the exact place.
    """

    __tablename__ = "place"
    __table_args__ = (
        CheckConstraint("lat between -90 and 90", name="lat_on_earth"),
        CheckConstraint("lon between -180 and 180", name="lon_on_earth"),
        CheckConstraint("(lat is null) = (lon is null)", name="lat_with_lon"),
        CheckConstraint("(public_lat is null) = (public_lon is null)", name="public_lat_with_public_lon"),
        CheckConstraint("uncertainty_m >= 0", name="uncertainty_not_negative"),
        CheckConstraint("within_id is null or within_id <> id", name="not_within_itself"),
        Index("ix_place_name_key", "name_key"),
        Index("uq_place_gazetteer_id", "gazetteer_id", unique=True),
        Index("ix_place_cell", "cell"),
    )

    unrecorded = frozenset({"name_key", "cell", "version"})

    id: Mapped[Key]
    name: Mapped[Name]
    name_key: Mapped[Name]
    slug: Mapped[str] = mapped_column(String(100))
    kind: Mapped[PlaceKind] = mapped_column(enum_column(PlaceKind))
    country: Mapped[str | None] = mapped_column(String(2), index=True)
    region: Mapped[Name] = mapped_column(default="")
    municipality: Mapped[Name] = mapped_column(default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    uncertainty_m: Mapped[int | None]
    geometry: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    privacy: Mapped[Privacy] = mapped_column(enum_column(Privacy), default=Privacy.OPEN)
    public_lat: Mapped[float | None]
    public_lon: Mapped[float | None]
    public_uncertainty_m: Mapped[int | None]
    # The finest cell of the public point; coarser cells are its leading bits.
    cell: Mapped[int | None] = mapped_column(BigInteger)
    # Where the position came from, such as "gazetteer" or "contributor", and the row there.
    provider: Mapped[str] = mapped_column(String(40), default="")
    gazetteer_id: Mapped[str | None] = mapped_column(String(80))
    within_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=now)

    within: Mapped[Place | None] = relationship(
        lazy="raise", remote_side="Place.id", foreign_keys=[within_id]
    )
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the form that SQLAlchemy wants

    @property
    def point(self) -> Point | None:
        """The exact point, for those who may see it."""
        return Point(self.lat, self.lon) if self.lat is not None and self.lon is not None else None

    @property
    def is_located(self) -> bool:
        return self.public_lat is not None

    def history_label(self) -> str:
        return self.name

    def history_subjects(self) -> list[tuple[str, int]]:
        return [("place", self.id)]


class Cell(Base):
    """How many open places lie in one square of the web-mercator grid of 2^level by 2^level.

    `code` is the Morton (Z-order) number of the square, so the squares inside it one level finer are
    `4 * code` to `4 * code + 3`. `member_id` is one place of the cell, for cells that hold just one.
    """

    __tablename__ = "place_cell"
    __table_args__ = (CheckConstraint("n > 0", name="not_empty"),)

    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    code: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    n: Mapped[int]
    sum_lat: Mapped[float]
    sum_lon: Mapped[float]
    member_id: Mapped[int] = mapped_column(ForeignKey(Place.id))
