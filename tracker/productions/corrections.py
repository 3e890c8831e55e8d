"""Corrections of the evidence: citations changed and removed, disputes closed and opened again.

All run inside an open change and leave dates, status and grade of the shoots up to date. What is removed
stays in the history; what is closed stays on the page, folded, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.foundation.dates import Period
from tracker.foundation.errors import ConflictError, InvalidValueError
from tracker.foundation.text import clean_line
from tracker.places.models import Place
from tracker.productions.evidence import AttestedDay, Citation, OrderCitation, Settlement, Stance
from tracker.productions.models import Production, Shoot
from tracker.productions.operations import CitationDraft, add_citation, add_shoot, bring_up_to_date
from tracker.productions.questions import Question
from tracker.productions.upkeep import bring_up_to_date_after
from tracker.sources.models import Source
from tracker.sources.operations import mark_repeat, undo_repeat


def change_citation(session: Session, citation: Citation, draft: CitationDraft) -> None:
    """Put what a source says of a shoot in other words, or give it another stance.

    Raises ConflictError if the source has spoken with that stance already.
    """
    if draft.stance is not citation.stance and _stands(session, citation, draft.stance):
        raise ConflictError(
            f"That source {draft.stance.value} this shoot already. Change that citation, or remove it first."
        )
    shoot = _shoot(session, citation.shoot_id)
    _forget_story_place(shoot, citation)
    for name in ("stance", "manner", "shows", "status", "story_place", "in_film", "quote", "locator", "note"):
        setattr(citation, name, getattr(draft, name))
    if citation.start != draft.period.start:
        citation.start = draft.period.start
    if citation.end != draft.period.end:
        citation.end = draft.period.end
    _attest(session, citation, draft.attested)
    session.flush()
    bring_up_to_date(session, [shoot])


def remove_citation(session: Session, citation: Citation) -> None:
    """Take a citation off the record; the history keeps it. For a mistake, not for what turned out wrong."""
    shoot = _shoot(session, citation.shoot_id)
    _forget_story_place(shoot, citation)
    for day in session.scalars(select(AttestedDay).where(AttestedDay.citation_id == citation.id)):
        session.delete(day)
    session.flush()
    session.delete(citation)
    session.flush()
    bring_up_to_date(session, [shoot])


def close_citations(session: Session, citations: Iterable[Citation], *, reason: str) -> None:
    """Let citations count no more: they were shown to be wrong. Raises InvalidValueError without a reason."""
    told = told_reason(reason)
    citations = list(citations)
    for citation in citations:
        citation.closed_reason = told
    session.flush()
    bring_up_to_date(session, [_shoot(session, number) for number in sorted({c.shoot_id for c in citations})])


def reopen_citation(session: Session, citation: Citation) -> None:
    """Let a citation count again."""
    citation.closed_reason = None
    session.flush()
    bring_up_to_date(session, [_shoot(session, citation.shoot_id)])


def close_dispute(session: Session, shoot: Shoot, *, right: Stance, reason: str) -> None:
    """Decide whether a shoot is as told (`right` supports) or never was (refutes), with the reason.

    The side that is wrong stays folded with that reason: the refuting citations, or the shoot itself.
    Raises ConflictError where nothing live refutes the shoot any more.
    """
    told = told_reason(reason)
    against = [c for c in _citations(session, shoot) if c.is_live and c.stance is Stance.REFUTES]
    if not against or shoot.refuted_reason is not None:
        raise ConflictError("No dispute is open here: somebody has closed it, or the refutation is gone.")
    if right is Stance.REFUTES:
        shoot.refuted_reason = told
    else:
        for citation in against:
            citation.closed_reason = told
    session.flush()
    bring_up_to_date(session, [shoot])


def reopen_dispute(session: Session, shoot: Shoot) -> None:
    """Open a closed dispute again: both sides count. Raises ConflictError where none was closed."""
    closed = [c for c in _citations(session, shoot) if not c.is_live and c.stance is Stance.REFUTES]
    if shoot.refuted_reason is None and not closed:
        raise ConflictError("No dispute was closed here, so none can be opened again.")
    if shoot.refuted_reason is not None:
        shoot.refuted_reason = None
    else:
        for citation in closed:
            citation.closed_reason = None
    session.flush()
    bring_up_to_date(session, [shoot])


def refute_shoot(session: Session, shoot: Shoot, *, reason: str) -> None:
    """Let a shoot count as refuted: it stays, folded, with the reason; `reopen_dispute` takes it back."""
    shoot.refuted_reason = told_reason(reason)
    session.flush()
    bring_up_to_date(session, [shoot])


def hold_elsewhere(
    session: Session, shoot: Shoot, citations: Sequence[Citation], place: Place, *, reason: str
) -> Shoot:
    """Decide that what is told of a shoot was at another place, which some of its citations name.

    The shoot counts as refuted, with the reason. What those citations say is said of the production's shoot
    at the other place, which is added if there is none; answers that one.
    """
    refute_shoot(session, shoot, reason=reason)
    other = session.scalar(
        select(Shoot)
        .where(
            Shoot.production_id == shoot.production_id,
            Shoot.place_id == place.id,
            Shoot.refuted_reason.is_(None),
        )
        .order_by(Shoot.unit != shoot.unit, Shoot.id)
        .limit(1)
    )
    if other is None:
        production = session.get_one(Production, shoot.production_id)
        other = add_shoot(session, production, place, unit=shoot.unit)
    for citation in citations:
        source = session.get_one(Source, citation.source_id)
        add_citation(session, other, source, _said_by(session, citation))
    bring_up_to_date(session, [other])
    return other


def remove_order(session: Session, order: OrderCitation) -> None:
    """Take what a source says of an order off the record; the history keeps it."""
    session.delete(order)
    session.flush()


def close_orders(session: Session, orders: Iterable[OrderCitation], *, reason: str) -> None:
    """Let what sources say of an order count no more. Raises InvalidValueError without a reason."""
    told = told_reason(reason)
    for order in orders:
        order.closed_reason = told
    session.flush()


def reopen_order(session: Session, order: OrderCitation) -> None:
    """Let what a source says of an order count again."""
    order.closed_reason = None
    session.flush()


def settle(session: Session, production: Production, question: Question, *, reason: str) -> None:
    """Record that all answers stand and are no contradiction; a later reason replaces the earlier one."""
    told = told_reason(reason)
    known = session.scalar(
        select(Settlement).where(Settlement.production_id == production.id, Settlement.key == question.key)
    )
    if known is not None:
        known.reason = told
    else:
        row = Settlement(production_id=production.id, key=question.key, about=question.about, reason=told)
        session.add(row)
    session.flush()


def unsettle(session: Session, production: Production, key: str) -> None:
    """Open a question again that was settled."""
    for known in session.scalars(
        select(Settlement).where(Settlement.production_id == production.id, Settlement.key == key)
    ):
        session.delete(known)
    session.flush()


def mark_as_repeat(session: Session, source: Source, *, of: Source) -> None:
    """Say that a source only passes another one on, and grade anew whatever rests on either."""
    bring_up_to_date_after(session, sources=mark_repeat(session, source, of=of))


def undo_as_repeat(session: Session, source: Source) -> None:
    """Let a source count for itself again, and grade anew whatever rests on it."""
    bring_up_to_date_after(session, sources=undo_repeat(session, source))


def told_reason(reason: str) -> str:
    """Answer the reason on one line. Raises InvalidValueError where there is none or too much of it."""
    told = clean_line(reason)
    if not told:
        raise InvalidValueError("Say in a sentence why, so that others can follow it.")
    if len(told) > 500:
        raise InvalidValueError(f"The reason has {len(told)} characters; at most 500 are kept.")
    return told


def _said_by(session: Session, citation: Citation) -> CitationDraft:
    """Answer what a citation says, to be said of another shoot."""
    days = select(AttestedDay.day).where(AttestedDay.citation_id == citation.id).order_by(AttestedDay.day)
    return CitationDraft(
        stance=citation.stance,
        manner=citation.manner,
        shows=citation.shows,
        status=citation.status,
        period=Period(citation.start, citation.end),
        quote=citation.quote,
        locator=citation.locator,
        note=citation.note,
        attested=tuple(session.scalars(days)),
        story_place=citation.story_place,
        in_film=citation.in_film,
    )


def _stands(session: Session, citation: Citation, stance: Stance) -> bool:
    return (
        session.scalar(
            select(Citation.id).where(
                Citation.shoot_id == citation.shoot_id,
                Citation.source_id == citation.source_id,
                Citation.stance == stance,
            )
        )
        is not None
    )


def _attest(session: Session, citation: Citation, days: Sequence[object]) -> None:
    known = {
        row.day: row
        for row in session.scalars(select(AttestedDay).where(AttestedDay.citation_id == citation.id))
    }
    for day, row in known.items():
        if day not in days:
            session.delete(row)
    session.add_all(AttestedDay(citation_id=citation.id, day=day) for day in days if day not in known)


def _citations(session: Session, shoot: Shoot) -> list[Citation]:
    return list(session.scalars(select(Citation).where(Citation.shoot_id == shoot.id).order_by(Citation.id)))


def _forget_story_place(shoot: Shoot, citation: Citation) -> None:
    """Let a shoot forget what it plays where only this citation may have said so; others say it anew."""
    if citation.story_place and shoot.story_place == citation.story_place:
        shoot.story_place = ""


def _shoot(session: Session, number: int) -> Shoot:
    return session.get_one(Shoot, number)
