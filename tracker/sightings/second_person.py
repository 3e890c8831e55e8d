"""What takes two moderators: deletions, and showing more of a place than before.

The first asks with a reason, a second one confirms or refuses. The rows are a log of their own: they are only
ever added and decided once.
"""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship
from sqlalchemy.orm.exc import StaleDataError

from tracker.accounts.models import User
from tracker.accounts.permissions import Permission, may
from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key, Name, ShortText, enum_column
from tracker.foundation.errors import ConflictError, InvalidValueError, NotAllowedError
from tracker.foundation.text import clean_line
from tracker.history.recording import change
from tracker.places.editing import lowers_privacy, set_whereabouts
from tracker.places.merging import hide_merged
from tracker.places.models import Place, Privacy
from tracker.productions.corrections import remove_citation, remove_order
from tracker.productions.evidence import Citation, OrderCitation
from tracker.productions.partnering import remove_role
from tracker.productions.partners import PartnerRole
from tracker.sightings.removal_desk import check_still_hidden


class Asked(enum.StrEnum):
    """What is asked for: less privacy of a place, or a row taken off the record."""

    PLACE_PRIVACY = "place_privacy"
    CITATION = "citation"
    ORDER = "order_citation"
    PARTNER_ROLE = "partner_role"


class RequestState(enum.StrEnum):
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class SecondPersonRequest(Base):
    """One moderator's wish. `row_id` is the place or the row to remove; `privacy` what a place is to be."""

    __tablename__ = "second_person_request"
    __table_args__ = (
        CheckConstraint("(state = 'waiting') = (decided_at is null)", name="decided_unless_waiting"),
        CheckConstraint("(kind = 'place_privacy') = (privacy is not null)", name="privacy_of_places"),
        Index(
            "uq_second_person_request_waiting",
            "kind",
            "row_id",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )

    id: Mapped[Key]
    kind: Mapped[Asked] = mapped_column(enum_column(Asked))
    row_id: Mapped[int]
    privacy: Mapped[Privacy | None] = mapped_column(enum_column(Privacy))
    # What the row is called to moderators, kept for when it is gone.
    label: Mapped[Name]
    reason: Mapped[ShortText]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    state: Mapped[RequestState] = mapped_column(enum_column(RequestState), default=RequestState.WAITING)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    asked_by: Mapped[User] = relationship(lazy="raise", foreign_keys=[asked_by_id])
    decided_by: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[decided_by_id])
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the form that SQLAlchemy wants

    @property
    def wish(self) -> str:
        """Say in words what is asked for."""
        if self.kind is Asked.PLACE_PRIVACY and self.privacy is not None:
            return f"Make {self.label} {self.privacy.value}"
        return f"Remove {self.label}"


def ask_for(
    session: Session,
    kind: Asked,
    row_id: int,
    *,
    label: str,
    reason: str,
    by: User,
    privacy: Privacy | None = None,
) -> SecondPersonRequest:
    """Ask a second moderator. Raises InvalidValueError without a reason, ConflictError if it waits."""
    _check_moderator(by)
    words = clean_line(reason)[:500]
    if not words:
        raise InvalidValueError("Say why: a second moderator reads it and decides.")
    waiting = select(SecondPersonRequest.id).where(
        SecondPersonRequest.kind == kind,
        SecondPersonRequest.row_id == row_id,
        SecondPersonRequest.state == RequestState.WAITING,
    )
    if session.scalar(waiting) is not None:
        raise ConflictError(f"That is asked for already. A second moderator decides about {label}.")
    request = SecondPersonRequest(
        kind=kind,
        row_id=row_id,
        privacy=privacy,
        label=clean_line(label)[:300],
        reason=words,
        asked_by_id=by.id,
    )
    session.add(request)
    session.flush()
    return request


def confirm_request(session: Session, request: SecondPersonRequest, *, by: User, alone: bool = False) -> None:
    """Do what was asked for, as the second person. The history names both.

    Raises NotAllowedError to whoever asked, ConflictError if it is decided or if the row is gone.
    """
    _decide(session, request, RequestState.CONFIRMED, by=by, alone=alone)
    asker = session.get_one(User, request.asked_by_id).name
    with change(session, by=by, comment=f"{request.wish}, as {asker} asked: {request.reason}"):
        _DO[request.kind](session, request)


def refuse_request(session: Session, request: SecondPersonRequest, *, by: User, alone: bool = False) -> None:
    """Leave everything as it is."""
    _decide(session, request, RequestState.REFUSED, by=by, alone=alone)


def waiting_requests(session: Session) -> list[SecondPersonRequest]:
    """Answer what waits for a second moderator, oldest first."""
    return list(
        session.scalars(
            select(SecondPersonRequest)
            .where(SecondPersonRequest.state == RequestState.WAITING)
            .options(joinedload(SecondPersonRequest.asked_by))
            .order_by(SecondPersonRequest.asked_at, SecondPersonRequest.id)
        )
    )


def _decide(
    session: Session, request: SecondPersonRequest, to: RequestState, *, by: User, alone: bool
) -> None:
    _check_moderator(by)
    if request.asked_by_id == by.id and not alone:
        raise NotAllowedError("You asked for this: a second moderator decides.")
    number = request.id
    if request.state is not RequestState.WAITING:
        raise ConflictError(f"Request {number} is {request.state.value} already; the first decision counts.")
    request.state, request.decided_by_id, request.decided_at = to, by.id, now()
    try:
        session.flush()
    except StaleDataError:
        raise ConflictError(
            f"Somebody decided request {number} a moment ago; the first decision counts."
        ) from None


def _check_moderator(user: User) -> None:
    if not may(user, Permission.OPEN_PLACE):
        raise NotAllowedError("Only moderators ask for this and decide about it.")


def _lower_privacy(session: Session, request: SecondPersonRequest) -> None:
    place = session.scalar(select(Place).where(Place.id == request.row_id).with_for_update())
    if place is None or request.privacy is None:
        raise _gone(request)
    if lowers_privacy(place, request.privacy):
        set_whereabouts(session, place, privacy=request.privacy)
        hide_merged(session, place, request.privacy)
        check_still_hidden(session)


def remove_row(session: Session, row: Citation | OrderCitation | PartnerRole) -> None:
    """Take a row off the record, inside an open change."""
    if isinstance(row, Citation):
        remove_citation(session, row)
    elif isinstance(row, OrderCitation):
        remove_order(session, row)
    else:
        remove_role(session, row)


def _remove(session: Session, request: SecondPersonRequest) -> None:
    row = session.get(_REMOVABLE[request.kind], request.row_id)
    if not isinstance(row, Citation | OrderCitation | PartnerRole):
        raise _gone(request)
    remove_row(session, row)


def _gone(request: SecondPersonRequest) -> ConflictError:
    return ConflictError(f"{request.label} is not there any more. Refuse the request to close it.")


_DO = {
    Asked.PLACE_PRIVACY: _lower_privacy,
    Asked.CITATION: _remove,
    Asked.ORDER: _remove,
    Asked.PARTNER_ROLE: _remove,
}
_REMOVABLE: dict[Asked, type[Citation] | type[OrderCitation] | type[PartnerRole]] = {
    Asked.CITATION: Citation,
    Asked.ORDER: OrderCitation,
    Asked.PARTNER_ROLE: PartnerRole,
}
