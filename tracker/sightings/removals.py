"""Requests for removal: from anybody, hiding the place at once; it takes two moderators to refuse one."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key, LongText, Name, enum_column
from tracker.foundation.errors import ConflictError, InvalidValueError
from tracker.foundation.text import clean, clean_line
from tracker.history.merging import survivor_of
from tracker.history.recording import change
from tracker.places.editing import set_whereabouts
from tracker.places.merging import hide_merged
from tracker.places.models import Place, PlaceKind, Privacy
from tracker.places.privacy import stricter
from tracker.productions.models import Shoot
from tracker.sightings.secret_links import digest_of, make_secret

# A town is no spot, a hamlet is.
_TOWN_M = 3_000
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)


class RemovalOf(enum.StrEnum):
    PLACE = "place"
    SHOOT = "shoot"
    PHOTO = "photo"
    TEXT = "text"


class Asker(enum.StrEnum):
    RESIDENT = "resident"
    OWNER = "owner"
    SHOWN = "shown"
    OTHER = "other"

    @property
    def words(self) -> str:
        return _ASKER_WORDS[self]


_ASKER_WORDS = {
    Asker.RESIDENT: "I live there",
    Asker.OWNER: "I own it",
    Asker.SHOWN: "I am shown or named",
    Asker.OTHER: "Somebody else",
}


class RemovalState(enum.StrEnum):
    PENDING = "pending"
    # Refused by one moderator; the place stays hidden until a second one agrees.
    REFUSED = "refused"
    KEPT = "kept"
    GRANTED = "granted"


# While a request is in one of these states its place is not shown exactly.
HIDING = (RemovalState.PENDING, RemovalState.REFUSED, RemovalState.GRANTED)
UNDECIDED = (RemovalState.PENDING, RemovalState.REFUSED)


class Removal(Base):
    """One request. `hidden_at` is when its place was obscured, None while a moderator has to do that."""

    __tablename__ = "removal"
    __table_args__ = (
        CheckConstraint("(state = 'pending') = (decided_at is null)", name="decided_unless_pending"),
        CheckConstraint("(state = 'kept') = (confirmed_at is not null)", name="kept_is_confirmed"),
        CheckConstraint(
            "confirmed_by_id is null or confirmed_by_id <> decided_by_id", name="confirmed_by_another"
        ),
        Index("ix_removal_queue", "state", "asked_at"),
    )

    id: Mapped[Key]
    asked_at: Mapped[datetime] = mapped_column(default=now)
    deadline: Mapped[datetime]
    about: Mapped[RemovalOf] = mapped_column(enum_column(RemovalOf))
    place_id: Mapped[int | None] = mapped_column(ForeignKey(Place.id), index=True)
    shoot_id: Mapped[int | None] = mapped_column(ForeignKey(Shoot.id))
    page: Mapped[Name] = mapped_column(default="")
    asker: Mapped[Asker] = mapped_column(enum_column(Asker))
    words: Mapped[LongText]
    state: Mapped[RemovalState] = mapped_column(enum_column(RemovalState), default=RemovalState.PENDING)
    # What the place was before, to be restored if the request is refused.
    privacy_before: Mapped[Privacy | None] = mapped_column(enum_column(Privacy))
    hidden_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    decided_at: Mapped[datetime | None]
    decision: Mapped[LongText] = mapped_column(default="")
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    confirmed_at: Mapped[datetime | None]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    network: Mapped[str] = mapped_column(String(64), default="", index=True)
    version: Mapped[int] = mapped_column(default=1)

    place: Mapped[Place | None] = relationship(lazy="raise")
    decided_by: Mapped[User | None] = relationship(lazy="raise", foreign_keys=[decided_by_id])
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the form that SQLAlchemy wants

    @property
    def is_overdue(self) -> bool:
        return self.state in UNDECIDED and self.deadline <= now()


class RemovalContact(Base):
    """Where whoever asked can be written to: kept apart, never public, deleted after the decision."""

    __tablename__ = "removal_contact"

    removal_id: Mapped[int] = mapped_column(ForeignKey(Removal.id), primary_key=True)
    address: Mapped[str] = mapped_column(String(254))
    delete_after: Mapped[datetime | None] = mapped_column(index=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalDraft:
    """A request before it is stored; the place is that of the shoot where one is meant."""

    about: RemovalOf
    asker: Asker
    words: str
    place: Place | None = None
    shoot: Shoot | None = None
    page: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class RemovalRules:
    """How long a decision may take, and how many places are hidden within an hour without a moderator."""

    deadline_days: int = 7
    hidden_per_hour: int = 20


def ask_removal(
    session: Session, draft: RemovalDraft, *, network: str, rules: RemovalRules
) -> tuple[Removal, str]:
    """Keep a request and obscure its place at once; answer it and the secret by which it is followed.

    Beyond so many an hour a place waits for a moderator, so that nobody hides the whole map by machine; so
    does a town or anything wider.
    Raises ConflictError for a second request for one place from one network within a day.
    """
    told = clean(draft.words)[:5000]
    if not told:
        raise InvalidValueError("Say in a sentence what should go, and why.")
    contact = _checked_contact(draft.contact)
    place, moment = draft.place, now()
    if place is not None:
        _check_not_asked(session, place, network, moment)
    secret, digest = make_secret()
    removal = Removal(
        asked_at=moment,
        deadline=moment + timedelta(days=rules.deadline_days),
        about=draft.about,
        place_id=place.id if place else None,
        shoot_id=draft.shoot.id if draft.shoot else None,
        page=draft.page[:300],
        asker=draft.asker,
        words=told,
        privacy_before=_privacy_before(session, place) if place else None,
        digest=digest,
        network=network,
    )
    session.add(removal)
    session.flush()
    if contact:
        session.add(RemovalContact(removal_id=removal.id, address=contact))
    is_one_spot = place is not None and not _is_wide(place)
    if is_one_spot and hidden_lately(session, moment) < rules.hidden_per_hour:
        hide(session, removal, by=None)
    session.flush()
    return removal, secret


def hide(session: Session, removal: Removal, *, by: User | None) -> None:
    """Obscure the place of a request, in a change that says why; what is stricter stays."""
    place = place_of_removal(session, removal)
    if place is None or removal.hidden_at is not None:
        return
    with change(session, by=by, comment="Obscured: somebody asked for its removal"):
        privacy = stricter(place.privacy, Privacy.OBSCURED)
        set_whereabouts(session, place, privacy=privacy)
        hide_merged(session, place, privacy)
    removal.hidden_at = now()
    session.flush()


def hidden_lately(session: Session, moment: datetime) -> int:
    """Answer how many places requests have hidden within the hour before a moment."""
    return session.scalar(select(func.count()).where(Removal.hidden_at > moment - _HOUR)) or 0


def place_of_removal(session: Session, removal: Removal) -> Place | None:
    """Answer the place that a request is about, or what that was merged into."""
    if removal.place_id is None:
        return None
    return survivor_of(session, Place, removal.place_id) or session.get(Place, removal.place_id)


def removal_by_secret(session: Session, secret: str) -> Removal | None:
    """Answer the request that a secret link leads to."""
    return session.scalar(select(Removal).where(Removal.digest == digest_of(secret)))


def removal_by_id(session: Session, removal_id: int, *, hold: bool = False) -> Removal | None:
    """Answer a request; `hold` keeps others from deciding until the transaction ends."""
    if hold:
        session.scalar(select(Removal.id).where(Removal.id == removal_id).with_for_update())
    return session.scalar(
        select(Removal).where(Removal.id == removal_id).options(joinedload(Removal.decided_by))
    )


def removals_in(session: Session, states: tuple[RemovalState, ...], *, limit: int = 100) -> list[Removal]:
    """Answer requests in those states: what is not hidden yet first, then by deadline."""
    return list(
        session.scalars(
            select(Removal)
            .where(Removal.state.in_(states))
            .options(joinedload(Removal.decided_by))
            .order_by(Removal.hidden_at.is_not(None), Removal.deadline, Removal.id)
            .limit(limit)
        )
    )


def contacts_of(session: Session, removal_ids: list[int]) -> dict[int, str]:
    """Answer where those who asked can be written to, by request."""
    found = select(RemovalContact).where(RemovalContact.removal_id.in_(removal_ids))
    return {one.removal_id: one.address for one in session.scalars(found)}


def _is_wide(place: Place) -> bool:
    """Say whether a place is too wide to tell where anybody lives."""
    if place.kind is PlaceKind.TOWN:
        return (place.uncertainty_m or 0) >= _TOWN_M
    return place.kind in (PlaceKind.MUNICIPALITY, PlaceKind.REGION, PlaceKind.COUNTRY)


def _checked_contact(text: str) -> str:
    contact = clean_line(text)
    name, _, host = contact.rpartition("@")
    if contact and not (name and "." in host and " " not in contact and len(contact) <= 254):
        raise InvalidValueError(f"{contact[:60]!r} is no e-mail address. Correct it, or leave it out.")
    return contact


def _check_not_asked(session: Session, place: Place, network: str, moment: datetime) -> None:
    same = select(Removal.id).where(
        Removal.place_id == place.id,
        Removal.network == network,
        Removal.state.in_(UNDECIDED),
        Removal.asked_at > moment - _DAY,
    )
    if session.scalar(same) is not None:
        raise ConflictError(
            "Somebody from your network asked for this already, and it is being looked at. The link that was "
            "shown then leads to it."
        )


def _privacy_before(session: Session, place: Place) -> Privacy:
    """Answer what the place was before anybody asked: another request may have hidden it already."""
    earlier = session.scalar(
        select(Removal.privacy_before)
        .where(Removal.place_id == place.id, Removal.state.in_(UNDECIDED), Removal.hidden_at.is_not(None))
        .order_by(Removal.id)
        .limit(1)
    )
    return earlier or place.privacy
