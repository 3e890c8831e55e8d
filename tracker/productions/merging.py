"""Merging productions, places, sources and shoots, with what follows for the evidence.

All run inside an open change, move rows by the session so that the history has each of them, and bring dates,
status and grade up to date. What both sides have is kept once: the second copy stays out of sight as merged.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from tracker.foundation.errors import InvalidValueError
from tracker.history.merging import WITH_MERGED, fill_gaps, mark_merged
from tracker.places.merging import merge_place_rows
from tracker.places.models import Place
from tracker.productions.evidence import AttestedDay, Citation, OrderCitation, Settlement
from tracker.productions.models import (
    Production,
    ProductionIdentifier,
    Shoot,
    Title,
    TitleKind,
)
from tracker.productions.operations import bring_up_to_date
from tracker.productions.partners import PartnerRole
from tracker.productions.photos import Photo
from tracker.productions.place_edits import shoots_that_speak_of
from tracker.productions.questions import Question
from tracker.sources.merging import merge_source_rows
from tracker.sources.models import Source

_SHOOT_GAPS = ("story_place", "scene", "interior_exterior", "day_night", "note", "source_order")
_BOTH_ARE_ONE = "Both shoots are one."


def merge_productions(session: Session, survivor: Production, loser: Production) -> None:
    """Move titles, ids and shoots to the production that stays; the titles become other names of it."""
    known = set(session.scalars(select(Title.key).where(Title.production_id == survivor.id)))
    for title in session.scalars(select(Title).where(Title.production_id == loser.id)):
        if title.key not in known:
            title.production_id = survivor.id
            title.kind = TitleKind.ALIAS if title.kind is TitleKind.OFFICIAL else title.kind
    numbers = select(ProductionIdentifier).where(ProductionIdentifier.production_id == loser.id)
    for number in session.scalars(numbers):
        number.production_id = survivor.id
    for settlement in session.scalars(select(Settlement).where(Settlement.production_id == loser.id)):
        settlement.production_id = survivor.id
    for role in session.scalars(select(PartnerRole).where(PartnerRole.production_id == loser.id)):
        _move_role(session, role, production_id=survivor.id, shoot_id=role.shoot_id)
    orders = select(OrderCitation).where(OrderCitation.production_id == loser.id)
    for order in session.scalars(orders.execution_options(**WITH_MERGED)):
        order.production_id = survivor.id
    fill_gaps(survivor, loser, ("year",))
    if not survivor.released.is_known and loser.released.is_known:
        survivor.released = loser.released
    _own_all(session, Shoot.production_id == loser.id, production_id=survivor.id)
    mark_merged(session, loser, survivor)
    bring_up_to_date(session, session.scalars(select(Shoot).where(Shoot.production_id == survivor.id)))


def merge_places(session: Session, survivor: Place, loser: Place) -> None:
    """Move shoots, and what sources name, to the place that stays."""
    touched = {shoot.id for shoot in shoots_that_speak_of(session, [survivor.id, loser.id])}
    merge_place_rows(session, survivor, loser)
    _own_all(session, Shoot.place_id == loser.id, place_id=survivor.id)
    named = select(Citation).where(Citation.speaks_of_id == loser.id)
    for citation in session.scalars(named.execution_options(**WITH_MERGED)):
        citation.speaks_of_id = survivor.id
    _move_settlements(session, Settlement.about.contains(f" p{loser.id} "), places={loser.id: survivor.id})
    for photo in session.scalars(select(Photo).where(Photo.place_id == loser.id)):
        photo.place_id = survivor.id
    session.flush()
    here = or_(Shoot.place_id == survivor.id, Shoot.id.in_(touched))
    bring_up_to_date(session, session.scalars(select(Shoot).where(here)))


def merge_sources(session: Session, survivor: Source, loser: Source) -> None:
    """Let the citations be of the source that stays; where both say the same of a shoot, once."""
    repeating = select(Source.id).where(
        or_(Source.id.in_((survivor.id, loser.id)), Source.repeats_id == loser.id)
    )
    speaking = set(session.scalars(repeating))
    merge_source_rows(session, survivor, loser)
    for citation in session.scalars(select(Citation).where(Citation.source_id == loser.id)):
        _move_citation(session, citation, shoot_id=citation.shoot_id, source_id=survivor.id)
    for order in session.scalars(select(OrderCitation).where(OrderCitation.source_id == loser.id)):
        _move_order(session, order, order.shoot_id, order.other_id, survivor.id)
    for role in session.scalars(select(PartnerRole).where(PartnerRole.source_id == loser.id)):
        role.source_id = survivor.id
    cited = select(Citation.shoot_id).where(Citation.source_id.in_(speaking))
    bring_up_to_date(session, session.scalars(select(Shoot).where(Shoot.id.in_(cited))))


def merge_shoots(session: Session, survivor: Shoot, loser: Shoot) -> None:
    """Let all that is said of two shoots of one production at one place be said of one.

    Raises InvalidValueError if production or place differ.
    """
    if (survivor.production_id, survivor.place_id) != (loser.production_id, loser.place_id):
        raise InvalidValueError("Only shoots of one production at one place can be one. Merge those first.")
    if not survivor.scene and loser.scene:
        survivor.scene_known_from = loser.scene_known_from
    fill_gaps(survivor, loser, _SHOOT_GAPS)
    survivor.spoiler = max(survivor.spoiler, loser.spoiler)
    for citation in session.scalars(select(Citation).where(Citation.shoot_id == loser.id)):
        _move_citation(session, citation, shoot_id=survivor.id, source_id=citation.source_id)
    for role in session.scalars(select(PartnerRole).where(PartnerRole.shoot_id == loser.id)):
        _move_role(session, role, production_id=role.production_id, shoot_id=survivor.id)
    _move_settlements(session, Settlement.about.contains(f" s{loser.id} "), shoots={loser.id: survivor.id})
    for photo in session.scalars(select(Photo).where(Photo.shoot_id == loser.id)):
        photo.shoot_id = survivor.id
    swap = {loser.id: survivor.id}
    speaking = or_(OrderCitation.shoot_id == loser.id, OrderCitation.other_id == loser.id)
    for order in session.scalars(select(OrderCitation).where(speaking)):
        a, b = swap.get(order.shoot_id, order.shoot_id), swap.get(order.other_id, order.other_id)
        _move_order(session, order, a, b, order.source_id)
    mark_merged(session, loser, survivor)
    bring_up_to_date(session, [survivor])


def _own_all(session: Session, of: ColumnElement[bool], **owner: int) -> None:
    """Give shoots another production or place, merged ones too."""
    for shoot in session.scalars(select(Shoot).where(of).execution_options(**WITH_MERGED)):
        for name, number in owner.items():
            setattr(shoot, name, number)
        # Rows at hand point to their old owner still.
        session.flush()
        session.expire(shoot, ["production", "place"])


def _move_citation(session: Session, citation: Citation, *, shoot_id: int, source_id: int) -> None:
    """Move a citation, unless one of the same shoot, source and stance is there: then it is part of that."""
    same = select(Citation).where(
        Citation.shoot_id == shoot_id,
        Citation.source_id == source_id,
        Citation.stance == citation.stance,
        Citation.id != citation.id,
    )
    there = session.scalar(same.execution_options(**WITH_MERGED))
    if there is None:
        citation.shoot_id, citation.source_id = shoot_id, source_id
        session.flush()
        session.expire(citation, ["shoot", "source"])
        return
    kept = session.get_one(Citation, there.merged_into_id) if there.merged_into_id else there
    if kept.status is None:
        kept.status = citation.status
    if kept.start.is_unknown and kept.end.is_unknown:
        kept.start, kept.end = citation.start, citation.end
    fill_gaps(kept, citation, ("story_place", "in_film", "quote", "locator", "note"))
    if kept.closed_reason is not None and citation.closed_reason is None:
        kept.closed_reason = None
    _move_days(session, citation, kept)
    mark_merged(session, citation, kept)


def _move_role(session: Session, role: PartnerRole, *, production_id: int, shoot_id: int | None) -> None:
    """Move what a partner did, unless the same is said there already: then it stays with what was merged."""
    same = select(PartnerRole.id).where(
        PartnerRole.partner_id == role.partner_id,
        PartnerRole.production_id == production_id,
        PartnerRole.shoot_id.is_not_distinct_from(shoot_id),
        PartnerRole.help == role.help,
    )
    if session.scalar(same) is None:
        role.production_id, role.shoot_id = production_id, shoot_id
        session.flush()


def _move_settlements(
    session: Session,
    of: ColumnElement[bool],
    *,
    shoots: dict[int, int] | None = None,
    places: dict[int, int] | None = None,
) -> None:
    """Let a moderator's word on a contradiction follow, so that the question is not open again.

    Where the same is settled of the row that stays, that word counts.
    """
    for row in session.scalars(select(Settlement).where(of).order_by(Settlement.id)):
        question = Question.read(row.about).after_merge(shoots=shoots or {}, places=places or {})
        same = select(Settlement.id).where(
            Settlement.production_id == row.production_id, Settlement.key == question.key
        )
        if session.scalar(same) is None:
            row.key, row.about = question.key, question.about
            session.flush()


def _move_days(session: Session, citation: Citation, kept: Citation) -> None:
    known = set(session.scalars(select(AttestedDay.day).where(AttestedDay.citation_id == kept.id)))
    for day in session.scalars(select(AttestedDay).where(AttestedDay.citation_id == citation.id)):
        if day.day not in known:
            day.citation_id = kept.id


def _move_order(session: Session, order: OrderCitation, shoot_id: int, other_id: int, source_id: int) -> None:
    if shoot_id == other_id:
        order.closed_reason = order.closed_reason or _BOTH_ARE_ONE
        return
    same = select(OrderCitation).where(
        OrderCitation.shoot_id == shoot_id,
        OrderCitation.other_id == other_id,
        OrderCitation.relation == order.relation,
        OrderCitation.source_id == source_id,
        OrderCitation.id != order.id,
    )
    there = session.scalar(same.execution_options(**WITH_MERGED))
    if there is None:
        order.shoot_id, order.other_id, order.source_id = shoot_id, other_id, source_id
        session.flush()
        session.expire(order, ["source"])
    else:
        kept = session.get_one(OrderCitation, there.merged_into_id) if there.merged_into_id else there
        mark_merged(session, order, kept)
