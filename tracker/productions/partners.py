"""Partners: those who made a shoot possible, and what each of them did for it."""

from __future__ import annotations

import enum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.foundation.database import Base, Key, Name, ShortText, enum_column
from tracker.history.recording import Recorded
from tracker.productions.evidence import Manner
from tracker.productions.models import Production, Shoot
from tracker.sources.models import Source


class PartnerKind(enum.StrEnum):
    """What a partner is."""

    MUNICIPALITY = "municipality"
    AUTHORITY = "authority"
    FILM_COMMISSION = "film_commission"
    INCENTIVE = "incentive"
    RAILWAY = "railway"
    MUSEUM = "museum"
    OWNER = "owner"
    OTHER = "other"

    @property
    def word(self) -> str:
        return _KIND_WORDS[self]


class Help(enum.StrEnum):
    """What a partner did for a shoot."""

    PERMISSION = "permission"
    COMMISSION = "commission"
    INCENTIVE = "incentive"
    RAILWAY = "railway"
    MUSEUM = "museum"
    OTHER = "other"

    @property
    def word(self) -> str:
        return _HELP_WORDS[self]


_KIND_WORDS = {
    PartnerKind.MUNICIPALITY: "municipality",
    PartnerKind.AUTHORITY: "authority",
    PartnerKind.FILM_COMMISSION: "film commission",
    PartnerKind.INCENTIVE: "incentive scheme",
    PartnerKind.RAILWAY: "railway",
    PartnerKind.MUSEUM: "museum",
    PartnerKind.OWNER: "owner of the place",
    PartnerKind.OTHER: "other",
}
_HELP_WORDS = {
    Help.PERMISSION: "gave permission",
    Help.COMMISSION: "helped as film commission",
    Help.INCENTIVE: "paid an incentive",
    Help.RAILWAY: "helped as railway",
    Help.MUSEUM: "helped as museum",
    Help.OTHER: "helped",
}


class Partner(Recorded, Base):
    """A body that helps film crews. `site` is an http(s) address, `address` the postal one."""

    __tablename__ = "partner"
    __table_args__ = (Index("uq_partner_name_key", "name_key", "country", unique=True),)
    unrecorded = frozenset({"name_key", "slug", "version"})

    id: Mapped[Key]
    name: Mapped[Name]
    name_key: Mapped[Name]
    slug: Mapped[str] = mapped_column(String(100))
    kind: Mapped[PartnerKind] = mapped_column(enum_column(PartnerKind))
    # "" where it belongs to no country: two such partners of one name are the same as well.
    country: Mapped[str] = mapped_column(String(2), default="")
    address: Mapped[ShortText] = mapped_column(default="")
    site: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the form that SQLAlchemy wants

    def history_label(self) -> str:
        return self.name

    def history_subjects(self) -> list[tuple[str, int]]:
        return [("partner", self.id)]


class PartnerRole(Recorded, Base):
    """What a partner did for one shoot, or for a production as a whole where `shoot_id` is None.

    A source that only thanks the partner *implies* the help; without a source nobody else can check it.
    """

    __tablename__ = "partner_role"
    __table_args__ = (
        UniqueConstraint("partner_id", "production_id", "shoot_id", "help"),
        CheckConstraint("length(note) <= 500", name="note_length"),
    )

    id: Mapped[Key]
    partner_id: Mapped[int] = mapped_column(ForeignKey(Partner.id), index=True)
    production_id: Mapped[int] = mapped_column(ForeignKey(Production.id), index=True)
    shoot_id: Mapped[int | None] = mapped_column(ForeignKey(Shoot.id), index=True)
    help: Mapped[Help] = mapped_column(enum_column(Help))
    manner: Mapped[Manner] = mapped_column(enum_column(Manner), default=Manner.STATES)
    source_id: Mapped[int | None] = mapped_column(ForeignKey(Source.id), index=True)
    note: Mapped[ShortText] = mapped_column(default="")

    partner: Mapped[Partner] = relationship(lazy="raise")
    production: Mapped[Production] = relationship(lazy="raise")
    shoot: Mapped[Shoot | None] = relationship(lazy="raise")
    source: Mapped[Source | None] = relationship(lazy="raise")

    @property
    def words(self) -> str:
        """What was done, as surely as it is known: "probably gave permission"."""
        return f"probably {self.help.word}" if self.manner is Manner.IMPLIES else self.help.word

    def history_label(self) -> str:
        return f"{self.help.value} of partner {self.partner_id}"

    def history_subjects(self) -> list[tuple[str, int]]:
        of_shoot = [("shoot", self.shoot_id)] if self.shoot_id is not None else []
        return [("partner", self.partner_id), ("production", self.production_id), *of_shoot]
