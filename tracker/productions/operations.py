"""Writes of productions, shoots and the evidence. All run inside an open change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.foundation.clock import today
from tracker.foundation.dates import UNKNOWN, DateBound, Period
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean_line, fold, slugify
from tracker.places.models import Place
from tracker.productions.evidence import (
    AttestedDay,
    Citation,
    Manner,
    OrderCitation,
    Relation,
    Shows,
    Stance,
)
from tracker.productions.knowledge import knowledge_of
from tracker.productions.models import (
    InFilm,
    Production,
    ProductionIdentifier,
    ProductionKind,
    Shoot,
    Status,
    Title,
    TitleKind,
    Unit,
)
from tracker.productions.queries import citations_of, claims_of
from tracker.sources.models import Source

_NO_DATES = Period(UNKNOWN, UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationDraft:
    """What a source says of a shoot."""

    stance: Stance = Stance.SUPPORTS
    manner: Manner = Manner.STATES
    shows: Shows = Shows.WORK
    status: Status | None = None
    period: Period = _NO_DATES
    quote: str = ""
    locator: str = ""
    note: str = ""
    attested: tuple[date, ...] = ()
    story_place: str = ""
    in_film: InFilm | None = None


def add_production(
    session: Session,
    *,
    title: str,
    year: int | None = None,
    kind: ProductionKind = ProductionKind.FILM,
    released: DateBound = UNKNOWN,
) -> Production:
    """Add a production under its official title. Raises InvalidValueError without a title."""
    text = clean_line(title)[:300]
    if not text:
        raise InvalidValueError("A production needs a title.")
    production = Production(
        slug=_free_slug(session, text, year), title=text, kind=kind, year=year, released=released
    )
    session.add(production)
    session.flush()
    add_title(session, production, text, kind=TitleKind.OFFICIAL)
    return production


def add_title(
    session: Session, production: Production, text: str, *, kind: TitleKind, language: str | None = None
) -> Title:
    """Add a name of a production, or answer the one that it has already."""
    text = clean_line(text)[:300]
    key = fold(text)[:300]
    found = session.scalar(select(Title).where(Title.production_id == production.id, Title.key == key))
    if found is not None:
        return found
    title = Title(
        production_id=production.id,
        text=text,
        key=key,
        slug=slugify(text, fallback="title"),
        kind=kind,
        language=language,
    )
    session.add(title)
    session.flush()
    return title


def add_identifier(session: Session, production: Production, *, scheme: str, value: str) -> None:
    """Say what another database calls the production; saying it again changes nothing."""
    known = session.scalar(
        select(ProductionIdentifier.id).where(
            ProductionIdentifier.scheme == scheme, ProductionIdentifier.value == value
        )
    )
    if known is None:
        session.add(ProductionIdentifier(production_id=production.id, scheme=scheme, value=value))
        session.flush()


def add_shoot(
    session: Session,
    production: Production,
    place: Place,
    *,
    unit: Unit = Unit.UNKNOWN,
    source_order: int | None = None,
    scene: str = "",
    scene_known_from: date | None = None,
    note: str = "",
) -> Shoot:
    """Add a shoot that nothing proves yet; `cite` gives it its dates, status and grade."""
    shoot = Shoot(
        production_id=production.id,
        place_id=place.id,
        unit=unit,
        start=UNKNOWN,
        end=UNKNOWN,
        source_order=source_order,
        scene=clean_line(scene)[:500],
        scene_known_from=scene_known_from,
        note=note,
    )
    session.add(shoot)
    session.flush()
    return shoot


def cite(
    session: Session,
    shoot: Shoot,
    source: Source,
    draft: CitationDraft,
    *,
    speaks_of: Place | None = None,
) -> Citation:
    """Let a source speak about a shoot, and bring the shoot's dates, status and grade up to date."""
    citation = add_citation(session, shoot, source, draft, speaks_of=speaks_of)
    bring_up_to_date(session, [shoot])
    return citation


def add_citation(
    session: Session,
    shoot: Shoot,
    source: Source,
    draft: CitationDraft,
    *,
    speaks_of: Place | None = None,
) -> Citation:
    """Add a citation alone, for many at once: whoever calls it brings the shoots up to date afterwards.

    The same source with the same stance is one citation: saying it again answers the one that stands.
    """
    known = session.scalar(
        select(Citation).where(
            Citation.shoot_id == shoot.id, Citation.source_id == source.id, Citation.stance == draft.stance
        )
    )
    if known is not None:
        return known
    if len(draft.quote) > 300:
        raise InvalidValueError(f"The quote has {len(draft.quote)} characters; at most 300 are kept.")
    citation = Citation(
        shoot_id=shoot.id,
        source_id=source.id,
        stance=draft.stance,
        manner=draft.manner,
        shows=draft.shows,
        status=draft.status,
        start=draft.period.start,
        end=draft.period.end,
        quote=draft.quote,
        locator=draft.locator,
        note=draft.note,
        story_place=clean_line(draft.story_place)[:300],
        in_film=draft.in_film,
        speaks_of_id=speaks_of.id if speaks_of else None,
    )
    session.add(citation)
    session.flush()
    session.add_all(AttestedDay(citation_id=citation.id, day=day) for day in draft.attested)
    session.flush()
    return citation


def cite_order(
    session: Session,
    shoot: Shoot,
    relation: Relation,
    other: Shoot,
    source: Source,
    *,
    words: str,
    manner: Manner = Manner.STATES,
    stance: Stance = Stance.SUPPORTS,
) -> OrderCitation:
    """Let a source say that a shoot came next after, after, or before another of the same production.

    One that refutes says that it was not so. A source says it once; saying it again answers what stands.
    """
    if shoot.production_id != other.production_id or shoot.id == other.id:
        raise InvalidValueError("An order is between two shoots of one production.")
    known = session.scalar(
        select(OrderCitation).where(
            OrderCitation.shoot_id == shoot.id,
            OrderCitation.other_id == other.id,
            OrderCitation.relation == relation,
            OrderCitation.source_id == source.id,
        )
    )
    if known is not None:
        return known
    order = OrderCitation(
        production_id=shoot.production_id,
        shoot_id=shoot.id,
        other_id=other.id,
        relation=relation,
        source_id=source.id,
        stance=stance,
        manner=manner,
        words=clean_line(words)[:500],
    )
    session.add(order)
    session.flush()
    return order


def bring_up_to_date(session: Session, shoots: Iterable[Shoot]) -> None:
    """Write today's dates, status and grade of shoots, as their citations give them."""
    shoots = list(shoots)
    claims = claims_of(session, shoots, citations_of(session, [shoot.id for shoot in shoots]))
    of = select(Production).where(Production.id.in_({shoot.production_id for shoot in shoots}))
    productions = {production.id: production for production in session.scalars(of)}
    for shoot in shoots:
        known = knowledge_of(
            claims[shoot.id],
            on=today(),
            as_known=False,
            released=productions[shoot.production_id].released,
            refuted_reason=shoot.refuted_reason,
        )
        if known is None:  # only a replay of the past can find nothing
            continue
        if shoot.start != known.period.start:
            shoot.start = known.period.start
        if shoot.end != known.period.end:
            shoot.end = known.period.end
        shoot.status = known.status
        shoot.grade = known.grade
        if known.plays:
            shoot.story_place = known.plays[0].value
        elif shoot.story_place in {claim.story_place for claim in claims[shoot.id]}:
            # Whoever said so counts no more.
            shoot.story_place = ""
        shoot.in_film = InFilm(known.in_film[0].value) if known.in_film else InFilm.UNKNOWN
    session.flush()


def _free_slug(session: Session, title: str, year: int | None) -> str:
    """Answer the title's slug, with the year, then a number, where another production has it."""
    base = slugify(title, fallback="production")
    taken = set(
        session.scalars(select(Production.slug).where(Production.slug.startswith(base, autoescape=True)))
    )
    if base not in taken:
        return base
    stem = f"{base}-{year}" if year else base
    candidates = [stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 3))]
    return next(slug for slug in candidates if slug not in taken)
