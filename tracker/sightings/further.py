"""Further sources of a sighting, which its sender adds while it waits: they raise its grade."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key, ShortText, enum_column
from tracker.foundation.errors import ConflictError, InvalidValueError, NotAllowedError
from tracker.foundation.text import clean_line
from tracker.history.recording import change
from tracker.sightings.models import Sighting
from tracker.sources.addresses import address_key, check_address
from tracker.sources.models import SourceKind
from tracker.sources.operations import SourceDraft

MOST_FURTHER = 12


class FurtherSource(Base):
    """One more source that says what a sighting says; `kind` is the sender's word until somebody decides."""

    __tablename__ = "sighting_source"
    __table_args__ = (
        UniqueConstraint("sighting_id", "address"),
        CheckConstraint("address like 'http%'", name="address_is_http"),
    )

    id: Mapped[Key]
    sighting_id: Mapped[int] = mapped_column(ForeignKey(Sighting.id), index=True)
    kind: Mapped[SourceKind] = mapped_column(enum_column(SourceKind))
    address: Mapped[str] = mapped_column(String(2000))
    quote: Mapped[ShortText] = mapped_column(default="")
    added_at: Mapped[datetime] = mapped_column(default=now)

    def draft(self) -> SourceDraft:
        """Answer it as a source that can be found or added."""
        return SourceDraft(
            kind=self.kind,
            title=self.address.split("://", 1)[-1][:200],
            address=self.address,
            captured_on=self.added_at.date(),
        )


def further_sources(session: Session, sighting: Sighting) -> list[FurtherSource]:
    """Answer the further sources of a sighting in the order in which they were added."""
    return list(
        session.scalars(
            select(FurtherSource).where(FurtherSource.sighting_id == sighting.id).order_by(FurtherSource.id)
        )
    )


def add_source_to(
    session: Session, sighting: Sighting, *, kind: SourceKind, address: str, quote: str = "", by: User
) -> FurtherSource:
    """Add a source to one's own sighting while it waits.

    Raises InvalidValueError for what is no address or one too many, ConflictError for one it has already.
    """
    if sighting.submitted_by_id != by.id:
        raise NotAllowedError("Only its sender adds sources to a sighting that waits.")
    if not sighting.is_pending:
        raise ConflictError("It has been decided meanwhile. Add the source to the stop on the film’s page.")
    checked = check_address(address)
    there = further_sources(session, sighting)
    known = {address_key(each.address) for each in there}
    if sighting.address:
        known.add(address_key(sighting.address))
    if address_key(checked) in known:
        raise ConflictError(f"This sighting has {checked[:120]!r} already. Add another link.")
    if len(there) >= MOST_FURTHER:
        raise InvalidValueError(f"A sighting holds at most {MOST_FURTHER} further sources.")
    further = FurtherSource(
        sighting_id=sighting.id, kind=kind, address=checked, quote=clean_line(quote)[:300]
    )
    with change(session, by=by, comment=f"Added a source to sighting {sighting.id}"):
        session.add(further)
        session.flush()
    return further
