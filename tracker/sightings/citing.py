"""Who may cite at once, whose citations wait, and what becomes of those that do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.exc import StaleDataError

from tracker.accounts.models import User
from tracker.foundation.clock import now
from tracker.foundation.errors import ConflictError, InvalidValueError, NotAllowedError
from tracker.foundation.text import clean
from tracker.history.models import Action, Revision
from tracker.history.queries import author_of_row
from tracker.history.recording import change
from tracker.places.models import Place
from tracker.productions.evidence import Citation, Manner, OrderCitation, Relation, Stance
from tracker.productions.models import Shoot
from tracker.productions.operations import CitationDraft, cite, cite_order
from tracker.productions.queries import citations_of
from tracker.sightings.models import Sighting, State
from tracker.sightings.offered import (
    OfferedCitation,
    Plain,
    citation_draft,
    plain_citation,
    plain_source,
    source_draft,
)
from tracker.sightings.trust import revocation_of
from tracker.sources.models import Source
from tracker.sources.operations import SourceDraft, find_or_add_source, find_source

_TAKEN = (State.ACCEPTED, State.MERGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDraft:
    """What a source says of the order of two shoots of one production."""

    relation: Relation
    other: Shoot
    words: str
    manner: Manner = Manner.STATES
    stance: Stance = Stance.SUPPORTS


def is_trusted(session: Session, user: User) -> bool:
    """Say whether what a user cites counts at once: a moderator's, and whose word was accepted before."""
    if user.is_moderator:
        return True
    if revocation_of(session, user.id) is not None:
        return False
    sighting = select(Sighting.id).where(Sighting.submitted_by_id == user.id, Sighting.state.in_(_TAKEN))
    offered = select(OfferedCitation.id).where(
        OfferedCitation.sent_by_id == user.id, OfferedCitation.state == State.ACCEPTED
    )
    return session.scalar(select(or_(sighting.exists(), offered.exists()))) is True


def cite_or_offer(
    session: Session,
    shoot: Shoot,
    source: SourceDraft,
    says: CitationDraft,
    *,
    by: User,
    repeats: str = "",
    speaks_of: int | None = None,
) -> OfferedCitation | Citation:
    """Let a source speak of a shoot: at once, or, from a newcomer, after a moderator agreed.

    Answers what waits, or what counts. `repeats` is the address of the source that a new one passes on,
    `speaks_of` the number of the place that it names, where that is not the shoot's own.
    Raises ConflictError if the source has spoken with that stance already.
    """
    _check_new(session, shoot, source, says)
    if not is_trusted(session, by):
        plain = plain_citation(says) | {"repeats": repeats, "speaks_of": speaks_of}
        return _offer(session, shoot, source, plain, by=by)
    with change(session, by=by, comment=f"Cited {source.title or source.address}"):
        place = session.get_one(Place, speaks_of) if speaks_of else None
        return cite(session, shoot, _source(session, source, repeats), says, speaks_of=place)


def order_or_offer(
    session: Session, shoot: Shoot, source: SourceDraft, order: OrderDraft, *, by: User
) -> OfferedCitation | OrderCitation:
    """Let a source speak of the order of two shoots: at once, or after a moderator agreed.

    Answers what waits, or what counts; where the source has spoken of that order already, what stands.
    """
    if shoot.production_id != order.other.production_id or shoot.id == order.other.id:
        raise InvalidValueError("An order is between two shoots of one production. Choose another stop.")
    if not is_trusted(session, by):
        says = {"words": order.words, "manner": order.manner.value, "stance": order.stance.value}
        return _offer(session, shoot, source, says, by=by, relation=order.relation, other=order.other)
    with change(session, by=by, comment=f"Cited {source.title or source.address} for an order"):
        return cite_order(
            session,
            shoot,
            order.relation,
            order.other,
            _source(session, source, ""),
            words=order.words,
            manner=order.manner,
            stance=order.stance,
        )


def check_may_change(session: Session, citation: Citation, *, by: User) -> None:
    """Raise NotAllowedError unless a moderator, or whoever cited it, changes or removes a citation."""
    if not by.is_moderator and author_of_row(session, "citation", citation.id) != by.id:
        raise NotAllowedError(
            "Moderators and whoever cited it may change it. Add a source of your own instead."
        )


def waiting_citations(session: Session, *, limit: int = 100) -> list[OfferedCitation]:
    """Answer the citations that wait, oldest first, with senders, shoots and places."""
    shoot, other = joinedload(OfferedCitation.shoot), joinedload(OfferedCitation.other)
    return list(
        session.scalars(
            select(OfferedCitation)
            .where(OfferedCitation.state == State.PENDING)
            .options(
                joinedload(OfferedCitation.sent_by),
                shoot.joinedload(Shoot.place),
                shoot.joinedload(Shoot.production),
                other.joinedload(Shoot.place),
            )
            .order_by(OfferedCitation.sent_at, OfferedCitation.id)
            .limit(limit)
        )
    )


def count_waiting_citations(session: Session) -> int:
    """Answer how many citations wait."""
    return session.scalar(select(func.count()).where(OfferedCitation.state == State.PENDING)) or 0


def accept_citation(session: Session, offered: OfferedCitation, *, by: User) -> None:
    """Let a waiting citation count. The history names the moderator; its sender is trusted from now on."""
    draft = source_draft(offered.source)
    with change(session, by=by, comment=f"Accepted offered citation {offered.id}"):
        _decide(session, offered, State.ACCEPTED, by=by)
        shoot = session.get_one(Shoot, offered.shoot_id)
        if offered.relation is None:
            source = _source(session, draft, offered.says["repeats"])
            named = offered.says["speaks_of"]
            place = session.get_one(Place, named) if named else None
            cite(session, shoot, source, citation_draft(offered.says), speaks_of=place)
        else:
            cite_order(
                session,
                shoot,
                offered.relation,
                session.get_one(Shoot, offered.other_id),
                _source(session, draft, ""),
                words=offered.says["words"],
                manner=Manner(offered.says["manner"]),
                stance=Stance(offered.says["stance"]),
            )


def reject_citation(session: Session, offered: OfferedCitation, *, by: User, words: str) -> None:
    """Turn a waiting citation down, in words for its sender."""
    told = clean(words)[:2000]
    if not told:
        raise InvalidValueError("Say in a sentence why, so that the sender can answer.")
    with change(session, by=by, comment=f"Turned down offered citation {offered.id}"):
        offered.words = told
        _decide(session, offered, State.REJECTED, by=by)


def withdraw_citation(session: Session, offered: OfferedCitation, *, by: User) -> None:
    """Take back what one has sent in and nobody has decided yet.

    Raises NotAllowedError for another's, ConflictError if it is decided already.
    """
    if offered.sent_by_id != by.id:
        raise NotAllowedError("Only its sender can withdraw it.")
    with change(session, by=by, comment=f"Withdrew offered citation {offered.id}"):
        _move(session, offered, State.WITHDRAWN, by=by)


def offers_of(session: Session, user_id: int, *, limit: int = 100) -> list[OfferedCitation]:
    """Answer what a user has sent in, newest first, with shoots, places and productions."""
    shoot = joinedload(OfferedCitation.shoot)
    return list(
        session.scalars(
            select(OfferedCitation)
            .where(OfferedCitation.sent_by_id == user_id)
            .options(shoot.joinedload(Shoot.place), shoot.joinedload(Shoot.production))
            .order_by(OfferedCitation.id.desc())
            .limit(limit)
        )
    )


def senders_of(session: Session, change_ids: Sequence[int]) -> dict[int, str]:
    """Answer by change who had sent in what it let count: the author of the words, beside the moderator."""
    rows = session.execute(
        select(Revision.change_id, User.name)
        .join(OfferedCitation, OfferedCitation.id == Revision.row_id)
        .join(User, User.id == OfferedCitation.sent_by_id)
        .where(
            Revision.change_id.in_(change_ids),
            Revision.table_name == OfferedCitation.__tablename__,
            Revision.action == Action.CHANGED,
            OfferedCitation.state == State.ACCEPTED,
        )
    )
    return {row.change_id: row.name for row in rows}


def _check_new(session: Session, shoot: Shoot, source: SourceDraft, says: CitationDraft) -> None:
    known = find_source(session, source.address) if source.address else None
    if known is not None and any(
        c.source_id == known.id and c.stance is says.stance
        for c in citations_of(session, [shoot.id])[shoot.id]
    ):
        raise ConflictError(
            f"{known.title!r} {says.stance.value} this stop already. Change what it says there instead."
        )


def _decide(session: Session, offered: OfferedCitation, to: State, *, by: User) -> None:
    if offered.sent_by_id == by.id:
        raise NotAllowedError("This citation is yours: somebody else decides.")
    _move(session, offered, to, by=by)


def _move(session: Session, offered: OfferedCitation, to: State, *, by: User) -> None:
    if offered.state is not State.PENDING:
        raise ConflictError(
            f"Citation {offered.id} is {offered.state.value} already; the first decision counts."
        )
    number = offered.id
    offered.state, offered.decided_by_id, offered.decided_at = to, by.id, now()
    try:
        session.flush()
    except StaleDataError:
        raise ConflictError(
            f"Somebody decided citation {number} a moment ago; the first decision counts."
        ) from None


def _offer(
    session: Session,
    shoot: Shoot,
    source: SourceDraft,
    says: Plain,
    *,
    by: User,
    relation: Relation | None = None,
    other: Shoot | None = None,
) -> OfferedCitation:
    offered = OfferedCitation(
        shoot_id=shoot.id,
        other_id=other.id if other else None,
        relation=relation,
        sent_by_id=by.id,
        source=plain_source(source),
        says=says,
    )
    with change(session, by=by, comment="Sent in a source"):
        session.add(offered)
        session.flush()
    return offered


def _source(session: Session, draft: SourceDraft, repeats: str) -> Source:
    """Answer the source of a draft. Only a new one is said to repeat another."""
    if draft.address and (known := find_source(session, draft.address)) is not None:
        return known
    root = find_source(session, repeats) if repeats else None
    if repeats and root is None:
        raise InvalidValueError(
            f"No source is recorded at {repeats[:120]!r}. Add that one first, or leave the field empty."
        )
    return find_or_add_source(session, draft, repeats=root)
