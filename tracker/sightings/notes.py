"""Notes: what people without an account tell. None is public; contributors make sightings of them."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship
from sqlalchemy.orm.exc import StaleDataError

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key, LongText, Name, enum_column
from tracker.foundation.errors import ConflictError, InvalidValueError
from tracker.foundation.geo import Point
from tracker.foundation.text import clean, clean_line
from tracker.productions.models import Status
from tracker.sightings.models import Sighting
from tracker.sightings.secret_links import digest_of, make_secret
from tracker.sources.addresses import check_address


class NoteState(enum.StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    TURNED = "turned"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        return _STATE_WORDS[self]


_STATE_WORDS = {
    NoteState.OPEN: "Waits for a contributor",
    NoteState.TAKEN: "A contributor is looking into it",
    NoteState.TURNED: "Turned into a sighting",
    NoteState.CLOSED: "Closed",
}
# What a contributor can still do something about.
UNDONE = (NoteState.OPEN, NoteState.TAKEN)


class Note(Base):
    """A note as it was sent in. `page` is the path of the page it was left on, `network` tells no address."""

    __tablename__ = "visitor_note"
    __table_args__ = (
        CheckConstraint("(lat is null) = (lon is null)", name="lat_with_lon"),
        CheckConstraint("(state = 'turned') = (sighting_id is not null)", name="turned_has_sighting"),
        CheckConstraint("state <> 'closed' or length(reason) > 0", name="closed_has_reason"),
        Index("ix_visitor_note_queue", "state", "sent_at"),
    )

    id: Mapped[Key]
    sent_at: Mapped[datetime] = mapped_column(default=now)
    page: Mapped[Name] = mapped_column(default="")
    title: Mapped[Name] = mapped_column(default="")
    place: Mapped[Name] = mapped_column(default="")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    when: Mapped[Name] = mapped_column("observed", default="")
    status: Mapped[Status] = mapped_column(enum_column(Status), default=Status.CONFIRMED)
    address: Mapped[str | None] = mapped_column(String(2000))
    seen: Mapped[bool] = mapped_column(default=False)
    words: Mapped[LongText] = mapped_column(default="")
    state: Mapped[NoteState] = mapped_column(enum_column(NoteState), default=NoteState.OPEN)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))
    decided_at: Mapped[datetime | None]
    reason: Mapped[LongText] = mapped_column(default="")
    sighting_id: Mapped[int | None] = mapped_column(ForeignKey(Sighting.id))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    network: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column(default=1)

    taken_by: Mapped[User | None] = relationship(lazy="raise")
    sighting: Mapped[Sighting | None] = relationship(lazy="raise")
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - the form that SQLAlchemy wants

    @property
    def is_undone(self) -> bool:
        return self.state in UNDONE


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDraft:
    """A note before it is stored; something has to be said in it."""

    title: str = ""
    place: str = ""
    when: str = ""
    words: str = ""
    status: Status = Status.CONFIRMED
    address: str = ""
    seen: bool = False
    point: Point | None = None
    page: str = ""


def leave_note(session: Session, draft: NoteDraft, *, network: str) -> tuple[Note, str]:
    """Keep a note; answer it and the secret by which its sender follows it."""
    title, place, words = clean_line(draft.title)[:300], clean_line(draft.place)[:300], clean(draft.words)
    if not (words or (title and place)):
        raise InvalidValueError("Say what you saw, or at least which film it is and where it was.")
    secret, digest = make_secret()
    note = Note(
        page=draft.page[:300],
        title=title,
        place=place,
        lat=draft.point.lat if draft.point else None,
        lon=draft.point.lon if draft.point else None,
        when=clean_line(draft.when)[:300],
        status=draft.status,
        address=check_address(draft.address) if draft.address else None,
        seen=draft.seen,
        words=words[:5000],
        digest=digest,
        network=network,
    )
    session.add(note)
    session.flush()
    return note, secret


def note_by_secret(session: Session, secret: str) -> Note | None:
    """Answer the note that a secret link leads to."""
    return session.scalar(select(Note).where(Note.digest == digest_of(secret)))


def note_by_id(session: Session, note_id: int, *, hold: bool = False) -> Note | None:
    """Answer a note with who took it; `hold` keeps others from deciding until the transaction ends."""
    if hold:
        session.scalar(select(Note.id).where(Note.id == note_id).with_for_update())
    return session.scalar(select(Note).where(Note.id == note_id).options(joinedload(Note.taken_by)))


def notes_in(
    session: Session, states: tuple[NoteState, ...], *, words: str = "", after: int = 0, limit: int
) -> list[Note]:
    """Answer notes in those states, oldest first, behind the id `after`; all `words` stand in each."""
    found = select(Note).where(Note.state.in_(states), Note.id > after).options(joinedload(Note.taken_by))
    for word in clean_line(words).split()[:5]:
        fields = (Note.title, Note.place, Note.words)
        hits = [field.icontains(word, autoescape=True) for field in fields]
        found = found.where(hits[0] | hits[1] | hits[2])
    return list(session.scalars(found.order_by(Note.id).limit(limit)))


def take_note(session: Session, note: Note, *, by: User) -> None:
    """Say that a contributor looks into it. Raises ConflictError if somebody did already."""
    if note.state is not NoteState.OPEN:
        raise ConflictError(f"Note {note.id} is not open any more: {note.state.words.lower()}.")
    note.state, note.taken_by_id = NoteState.TAKEN, by.id
    _flush(session, note.id)


def close_note(session: Session, note: Note, *, by: User, reason: str) -> None:
    """Close a note without a sighting, in words for its sender."""
    told = clean(reason)[:2000]
    if not told:
        raise InvalidValueError("Say in a sentence why, so that its sender can follow it.")
    _check_undone(note)
    note.state, note.taken_by_id, note.reason, note.decided_at = NoteState.CLOSED, by.id, told, now()
    _flush(session, note.id)


def turn_into(session: Session, note: Note, sighting: Sighting, *, by: User) -> None:
    """Close a note because it became a sighting."""
    _check_undone(note)
    note.sighting_id, note.state = sighting.id, NoteState.TURNED
    note.taken_by_id, note.decided_at = by.id, now()
    _flush(session, note.id)


def _check_undone(note: Note) -> None:
    if not note.is_undone:
        raise ConflictError(f"Note {note.id} is done with already: {note.state.words.lower()}.")


def _flush(session: Session, number: int) -> None:
    try:
        session.flush()
    except StaleDataError:
        raise ConflictError(f"Somebody decided on note {number} a moment ago; the first counts.") from None
