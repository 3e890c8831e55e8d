"""Trust is earned by work that was accepted, and lost by a moderator's decision or a granted removal.

Whose sightings count at once is decided here alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, and_, or_, select
from sqlalchemy.orm import Mapped, Session, aliased, joinedload, mapped_column, relationship

from tracker.accounts.models import User
from tracker.accounts.permissions import Permission, may
from tracker.foundation.clock import now
from tracker.foundation.database import Base, Key, ShortText
from tracker.foundation.errors import ConflictError, InvalidValueError, NotAllowedError
from tracker.foundation.text import clean_line
from tracker.history.models import Action, Change, Revision
from tracker.sightings.models import Sighting, State
from tracker.sightings.removals import Removal, RemovalOf, RemovalState
from tracker.sightings.states import TAKEN

# Of the last WINDOW sightings that moderators decided, at least LEAST_DECIDED, and this share accepted.
WINDOW = 50
LEAST_DECIDED = 10
LEAST_ACCEPTED = 0.9


class TrustRevocation(Base):
    """A moderator's decision that somebody's sightings wait again, with its reason; lifted, it stays here."""

    __tablename__ = "trust_revocation"

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    revoked_by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    revoked_at: Mapped[datetime] = mapped_column(default=now)
    reason: Mapped[ShortText]
    lifted_at: Mapped[datetime | None]
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))

    revoked_by: Mapped[User] = relationship(lazy="raise", foreign_keys=[revoked_by_id])


@dataclass(frozen=True, slots=True)
class Trust:
    """Whether somebody's sightings count at once, and why, in words for a profile."""

    decided: int
    accepted: int
    revocation: TrustRevocation | None
    removal_upheld: bool
    is_suspended: bool

    @property
    def is_earned(self) -> bool:
        enough = self.decided >= LEAST_DECIDED and self.accepted >= LEAST_ACCEPTED * self.decided
        return enough and not self.removal_upheld

    @property
    def is_trusted(self) -> bool:
        return self.is_earned and self.revocation is None and not self.is_suspended

    @property
    def words(self) -> str:
        """Say it in a sentence."""
        tally = f"{self.accepted} of the last {self.decided} decided sightings were accepted"
        if self.revocation is not None:
            return f"Trust was taken back on {self.revocation.revoked_at:%-d %B %Y}: {self.revocation.reason}"
        if self.removal_upheld:
            return (
                "Sightings wait for a moderator, because a place among the last ones was removed on request."
            )
        if self.is_trusted:
            return f"Trusted: {tally}, so new ones count at once and are looked at afterwards."
        if not self.decided:
            return "Sightings wait for a moderator. None has been decided yet."
        return (
            f"Sightings wait for a moderator: {tally}. "
            f"Trust takes {LEAST_DECIDED} decided ones, {LEAST_ACCEPTED:.0%} of them accepted."
        )


def trust_of(session: Session, user: User) -> Trust:
    """Answer whether a user's sightings count at once, and why. What no moderator saw earns nothing."""
    rows = session.execute(
        select(Sighting.state, Sighting.decided_at)
        .where(
            Sighting.submitted_by_id == user.id,
            Sighting.state.in_((*TAKEN, State.REJECTED)),
            Sighting.unreviewed.is_(False),
            Sighting.decided_by_id != user.id,
        )
        .order_by(Sighting.decided_at.desc(), Sighting.id.desc())
        .limit(WINDOW)
    ).all()
    return Trust(
        decided=len(rows),
        accepted=sum(state in TAKEN for state, _ in rows),
        revocation=revocation_of(session, user.id),
        # Once as much was decided since, work counts again.
        removal_upheld=is_removal_upheld(
            session, user.id, since=rows[-1].decided_at if len(rows) == WINDOW else None
        ),
        is_suspended=user.suspended_at is not None,
    )


def is_removal_upheld(session: Session, user_id: int, *, since: datetime | None) -> bool:
    """Say whether a request for the removal of a place that a user entered was granted since a moment.

    Entered is what the user added to the record, or sent in as the sighting by whose decision it was added.
    """
    place_added, sighting_decided = aliased(Revision), aliased(Revision)
    through_sighting = (
        select(sighting_decided.id)
        .join(Sighting, Sighting.id == sighting_decided.row_id)
        .where(
            sighting_decided.table_name == "sighting",
            sighting_decided.change_id == place_added.change_id,
            Sighting.submitted_by_id == user_id,
        )
    )
    upheld = (
        select(Removal.id)
        .join(
            place_added,
            and_(place_added.table_name == "place", place_added.row_id == Removal.place_id),
        )
        .join(Change, Change.id == place_added.change_id)
        .where(
            Removal.state == RemovalState.GRANTED,
            Removal.about.in_((RemovalOf.PLACE, RemovalOf.SHOOT)),
            place_added.action == Action.ADDED,
            or_(Change.author_id == user_id, through_sighting.exists()),
        )
    )
    if since is not None:
        upheld = upheld.where(Removal.decided_at >= since)
    return session.scalar(upheld.limit(1)) is not None


def revocation_of(session: Session, user_id: int) -> TrustRevocation | None:
    """Answer the decision by which a user's trust is taken back now, with who made it; None without one."""
    return session.scalar(
        select(TrustRevocation)
        .where(TrustRevocation.user_id == user_id, TrustRevocation.lifted_at.is_(None))
        .options(joinedload(TrustRevocation.revoked_by))
        .order_by(TrustRevocation.id.desc())
        .limit(1)
    )


def revoke_trust(session: Session, user: User, *, by: User, reason: str) -> TrustRevocation:
    """Let a user's sightings wait again. Raises InvalidValueError without a reason."""
    _check(user, by)
    words = clean_line(reason)[:500]
    if not words:
        raise InvalidValueError(f"Say why {user.name} is not trusted any more; the profile shows it.")
    if revocation_of(session, user.id) is not None:
        raise ConflictError(f"Trust in {user.name} is taken back already.")
    revocation = TrustRevocation(user_id=user.id, revoked_by_id=by.id, reason=words)
    session.add(revocation)
    session.flush()
    return revocation


def restore_trust(session: Session, user: User, *, by: User) -> None:
    """Let a user's work count for trust again. Raises ConflictError if nothing was taken back."""
    _check(user, by)
    revocation = revocation_of(session, user.id)
    if revocation is None:
        raise ConflictError(f"Trust in {user.name} is not taken back, so there is nothing to give.")
    revocation.lifted_at, revocation.lifted_by_id = now(), by.id
    session.flush()


def _check(user: User, by: User) -> None:
    if not may(by, Permission.MODERATE):
        raise NotAllowedError("Only moderators take trust back and give it again.")
    if user.id == by.id:
        raise NotAllowedError("Somebody else decides about trust in you.")
