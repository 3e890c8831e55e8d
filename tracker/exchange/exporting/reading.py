"""Rows of any size from the record: read by key in batches, so that memory does not grow with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.exchange.exporting.cited import each_once, public_source, public_sources
from tracker.exchange.exporting.rows import (
    PublicSource,
    Row,
    public_partners,
    public_place,
    public_production,
    told_of,
)
from tracker.foundation.geo import Box
from tracker.foundation.text import fold
from tracker.history.models import Change, ChangeSubject
from tracker.places.models import Place, Privacy
from tracker.productions.evidence import Citation
from tracker.productions.knowledge import knowledge_of
from tracker.productions.models import Grade, Production, ProductionIdentifier, Shoot, Title
from tracker.productions.partner_queries import roles_for
from tracker.productions.partners import PartnerRole
from tracker.productions.place_search import PlaceFilter, fits
from tracker.productions.queries import citations_of, claims_of
from tracker.sources.models import Source

BATCH = 500
_PUBLISHED: Any = Source.__table__.c.published_edtf
FEED_LENGTH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which shoots are meant: all that every given part lets through.

    `words` begin a word of a title, `asked` is a scout's question, `box` holds open places alone. `found` are
    ids of productions and of places, of which a shoot has one at least.
    """

    words: str = ""
    asked: PlaceFilter | None = None
    box: Box | None = None
    production_id: int | None = None
    place_id: int | None = None
    found: tuple[tuple[int, ...], tuple[int, ...]] | None = None

    def conditions(self) -> list[ColumnElement[bool]]:
        """Answer the conditions on shoots; what is refuted is never meant."""
        conditions: list[ColumnElement[bool]] = [Shoot.grade != Grade.Z]
        if self.words:
            conditions.append(Shoot.production_id.in_(_titled(self.words)))
        if self.asked is not None:
            conditions.append(fits(self.asked))
        if self.box is not None:
            conditions.append(Shoot.place_id.in_(select(Place.id).where(*in_box(self.box))))
        if self.production_id is not None:
            conditions.append(Shoot.production_id == self.production_id)
        if self.place_id is not None:
            conditions.append(Shoot.place_id == self.place_id)
        if self.found is not None:
            productions, at = self.found
            conditions.append(or_(Shoot.production_id.in_(productions), Shoot.place_id.in_(at)))
        return conditions


def in_box(box: Box) -> list[ColumnElement[bool]]:
    """Answer the conditions that an open place lies in a box."""
    sides = [Place.public_lon.between(west, east) for west, east in box.spans()]
    return [Place.cell.is_not(None), Place.public_lat.between(box.south, box.north), or_(*sides)]


def rows_of(session: Session, selection: Selection, *, today: date) -> Iterator[Row]:
    """Yield the shoots by production, reading a batch at a time and forgetting it before the next.

    The session should be of its own: what it holds is thrown out.
    """
    production_id, shoot_id = 0, 0
    while True:
        behind = or_(
            Shoot.production_id > production_id,
            and_(Shoot.production_id == production_id, Shoot.id > shoot_id),
        )
        batch = session.scalars(
            select(Shoot)
            .where(*selection.conditions(), Shoot.production_id >= production_id, behind)
            .options(joinedload(Shoot.production), joinedload(Shoot.place))
            .order_by(Shoot.production_id, Shoot.id)
            .limit(BATCH)
        ).all()
        yield from _rows(session, batch, today, {})
        if len(batch) < BATCH:
            return
        production_id, shoot_id = batch[-1].production_id, batch[-1].id
        session.expunge_all()


def latest_rows(
    session: Session, selection: Selection, *, today: date, limit: int = FEED_LENGTH
) -> list[Row]:
    """Answer the shoots that changed last, newest first, each with the moment of its last change."""
    last = func.max(ChangeSubject.change_id).label("last")
    changed = (
        select(ChangeSubject.subject_id.label("shoot_id"), last)
        .join(Shoot, Shoot.id == ChangeSubject.subject_id)
        .where(ChangeSubject.kind == "shoot", *selection.conditions())
        .group_by(ChangeSubject.subject_id)
        .order_by(last.desc(), ChangeSubject.subject_id.desc())
        .limit(limit)
        .subquery()
    )
    rows = session.execute(
        select(changed.c.shoot_id, Change.made_at)
        .join(Change, Change.id == changed.c.last)
        .order_by(changed.c.last.desc(), changed.c.shoot_id.desc())
    )
    moments: dict[int, datetime] = {row.shoot_id: row.made_at for row in rows}
    shoots = session.scalars(
        select(Shoot)
        .where(Shoot.id.in_(moments))
        .options(joinedload(Shoot.production), joinedload(Shoot.place))
    ).all()
    by_id = {shoot.id: shoot for shoot in shoots}
    return list(_rows(session, [by_id[i] for i in moments if i in by_id], today, moments))


def last_change(session: Session) -> tuple[int, datetime | None]:
    """Answer number and moment of the record's last change, (0, None) while there is none."""
    found = session.execute(select(Change.id, Change.made_at).order_by(Change.id.desc()).limit(1)).first()
    return (found.id, found.made_at) if found else (0, None)


def _titled(words: str) -> ColumnElement[int]:
    key = fold(words)
    named = or_(Title.key.startswith(key, autoescape=True), Title.key.contains(f" {key}", autoescape=True))
    return select(Title.production_id).where(named).scalar_subquery()


def _rows(
    session: Session, shoots: Sequence[Shoot], today: date, moments: dict[int, datetime]
) -> Iterator[Row]:
    if not shoots:
        return
    sources = _sources(session, shoots)
    identifiers = _identifiers(session, {shoot.production_id for shoot in shoots})
    roles = roles_for(session, shoots)
    for shoot in shoots:
        yield _row(
            shoot,
            each_once(sources[shoot.id]),
            identifiers.get(shoot.production_id, []),
            roles.get(shoot.id, []),
            today=today,
            updated=moments.get(shoot.id),
        )


def _sources(session: Session, shoots: Sequence[Shoot]) -> dict[int, list[PublicSource]]:
    """Answer the live sources by shoot, as columns alone: as objects they cost five times that."""
    private = {shoot.id for shoot in shoots if shoot.place.privacy is Privacy.PRIVATE}
    rows = session.execute(
        select(Citation.shoot_id, Source.id, Citation.stance, Source.title, Source.kind, Source.address)
        .add_columns(_PUBLISHED)
        .join(Source, Source.id == Citation.source_id)
        .where(Citation.shoot_id.in_([shoot.id for shoot in shoots]), Citation.closed_reason.is_(None))
        .order_by(Citation.id)
    )
    found: dict[int, list[PublicSource]] = defaultdict(list)
    for shoot_id, *known in rows:
        found[shoot_id].append(public_source(*known, private=shoot_id in private))
    return found


def row_of(
    shoot: Shoot,
    citations: list[Citation],
    identifiers: list[tuple[str, str]],
    roles: Sequence[PartnerRole] = (),
    *,
    today: date,
    updated: datetime | None = None,
) -> Row:
    """Answer a shoot, loaded with production and place, as today's record has it."""
    sources = public_sources(citations, private=shoot.place.privacy is Privacy.PRIVATE)
    return _row(shoot, sources, identifiers, roles, today=today, updated=updated)


def _row(
    shoot: Shoot,
    sources: tuple[PublicSource, ...],
    identifiers: list[tuple[str, str]],
    roles: Sequence[PartnerRole],
    *,
    today: date,
    updated: datetime | None,
) -> Row:
    production: Production = shoot.production
    return Row(
        shoot=shoot.id,
        production=public_production(production, identifiers),
        place=public_place(shoot.place),
        unit=shoot.unit.value,
        status=shoot.status,
        grade=shoot.grade,
        period=shoot.period,
        sources=sources,
        updated=updated,
        told=told_of(shoot, production, today),
        partners=public_partners(shoot, production, roles, today),
    )


def rows_then(session: Session, selection: Selection, *, as_of: date, today: date) -> Iterator[Row]:
    """Yield the shoots of a selection that were known on a day, as they were known then."""
    shoots = session.scalars(
        select(Shoot)
        .where(*selection.conditions())
        .options(joinedload(Shoot.production), joinedload(Shoot.place))
        .order_by(Shoot.production_id, Shoot.id)
    ).all()
    for at in range(0, len(shoots), BATCH):
        yield from _replayed(session, shoots[at : at + BATCH], as_of, today)


def _replayed(session: Session, shoots: Sequence[Shoot], as_of: date, today: date) -> Iterator[Row]:
    citations = citations_of(session, [shoot.id for shoot in shoots])
    claims = claims_of(session, shoots, citations)
    identifiers = _identifiers(session, {shoot.production_id for shoot in shoots})
    roles = roles_for(session, shoots)
    for shoot in shoots:
        known = knowledge_of(
            claims[shoot.id],
            on=as_of,
            as_known=True,
            released=shoot.production.released,
            refuted_reason=shoot.refuted_reason,
        )
        if known is None or known.assessment.grade is Grade.Z:
            continue
        speaking = {claim.source_id for claim in known.claims}
        own = citations.get(shoot.id, [])
        row = row_of(
            shoot,
            [one for one in own if one.source_id in speaking],
            identifiers.get(shoot.production_id, []),
            today=today,
        )
        plays = known.plays[0].value if known.plays else "" if known.is_play_cited else shoot.story_place
        in_film = known.in_film[0].value if known.in_film else ""
        yield replace(
            row,
            status=known.status,
            grade=known.grade,
            period=known.period,
            # A note has no date of its own: a view of the past goes without it.
            told=told_of(
                shoot, shoot.production, today, plays=plays, in_film=in_film, note=False, as_of=as_of
            ),
            partners=public_partners(shoot, shoot.production, roles.get(shoot.id, []), today, as_of),
        )


def _identifiers(session: Session, production_ids: set[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for one in session.scalars(
        select(ProductionIdentifier)
        .where(ProductionIdentifier.production_id.in_(production_ids))
        .order_by(ProductionIdentifier.scheme, ProductionIdentifier.value)
    ):
        found[one.production_id].append((one.scheme, one.value))
    return found
