"""Deciding on sightings: a new shoot, a citation on one that is there, or no, with a reason."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.foundation.dates import Period
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.geo import Point
from tracker.foundation.text import clean
from tracker.geocoding.candidates import provider_of
from tracker.history.recording import change
from tracker.places.models import PlaceKind
from tracker.places.operations import PlaceDraft, find_or_add_place
from tracker.productions.evidence import Manner
from tracker.productions.models import Production, Shoot
from tracker.productions.operations import CitationDraft, add_production, add_shoot, cite
from tracker.productions.queries import production_titled
from tracker.sightings.delay import HeldBack, area_of
from tracker.sightings.further import FurtherSource, further_sources
from tracker.sightings.models import Reason, Sighting, State
from tracker.sightings.orders import settle_orders
from tracker.sightings.photos import drop_with, publish_with
from tracker.sightings.states import decide
from tracker.sources.models import Source, SourceKind
from tracker.sources.operations import SourceDraft, find_or_add_source


def accept(
    session: Session,
    sighting: Sighting,
    *,
    by: User,
    kind: SourceKind,
    comment: str = "",
    alone: bool = False,
    held: HeldBack | None = None,
) -> Shoot:
    """Make a sighting a shoot of its own, proven by its source. Answers the shoot.

    With `held` the shoot is told at the wider area, without link, note and photos, until the delay is over
    (`holding.release_due`).
    """
    with change(session, by=by, comment=comment or f"Accepted sighting {sighting.id} as a new shoot"):
        shoot = add_its_shoot(session, sighting, held=held)
        decide(session, sighting, State.ACCEPTED, by=by, alone=alone)
        cite_it(session, sighting, shoot, kind, held=held)
        if held is None:
            publish_with(session, sighting, shoot, by=by)
    return shoot


def add_its_shoot(session: Session, sighting: Sighting, *, held: HeldBack | None = None) -> Shoot:
    """Add the shoot that a sighting becomes, at the wider area while it is held back.

    The shoot is set before the state: the database asks for it once the state says accepted.
    """
    production = _production(session, sighting)
    place = find_or_add_place(session, area_of(held) if held else place_of(sighting))
    shoot = add_shoot(session, production, place)
    sighting.shoot_id, sighting.production_id = shoot.id, production.id
    if held is not None:
        sighting.exact_from, sighting.stand_in_id = held.until, place.id
    return shoot


def cite_it(
    session: Session, sighting: Sighting, shoot: Shoot, kind: SourceKind, *, held: HeldBack | None = None
) -> None:
    """Let a sighting's source speak of its shoot; while it is held back, without note and link."""
    said = citation_of(sighting)
    source = source_of(session, sighting, kind, unnamed=held is not None)
    cite(session, shoot, source, replace(said, note="") if held else said)
    if held is None:
        cite_further(session, sighting, shoot, source)


def cite_further(session: Session, sighting: Sighting, shoot: Shoot, source: Source) -> None:
    """Cite the further sources of a sighting for its shoot, and what all of them say of the order."""
    spoken = {source.id}
    for further in further_sources(session, sighting):
        other = find_or_add_source(session, further.draft())
        if other.id not in spoken:
            spoken.add(other.id)
            cite(session, shoot, other, further_citation(sighting, further))
    settle_orders(session, sighting, source)


def merge(
    session: Session,
    sighting: Sighting,
    into: Shoot,
    *,
    by: User,
    kind: SourceKind,
    comment: str = "",
    alone: bool = False,
    held: HeldBack | None = None,
) -> None:
    """Add a sighting's source to a shoot that is there already; with `held` once the delay is over.

    Until then it would tell that work is being done at that very place now.
    """
    if sighting.production_id is not None and into.production_id != sighting.production_id:
        raise InvalidValueError(f"Shoot {into.id} belongs to another production. Choose one of the same.")
    with change(session, by=by, comment=comment or f"Added sighting {sighting.id} to shoot {into.id}"):
        sighting.shoot_id, sighting.production_id = into.id, into.production_id
        decide(session, sighting, State.MERGED, by=by, alone=alone)
        if held is not None:
            sighting.exact_from = held.until
            return
        cite_it(session, sighting, into, kind)
        publish_with(session, sighting, into, by=by)


def reject(
    session: Session, sighting: Sighting, *, by: User, reason: Reason, words: str, alone: bool = False
) -> None:
    """Turn a sighting down with a reason and words for its sender. Raises InvalidValueError without words."""
    text = clean(words)[:2000]
    if not text:
        raise InvalidValueError("Say in a sentence why, so that the sender can answer.")
    with change(session, by=by, comment=f"Turned down sighting {sighting.id}: {reason.words}"):
        sighting.reason, sighting.words = reason, text
        decide(session, sighting, State.REJECTED, by=by, alone=alone)
        drop_with(session, sighting, by=by)


def place_of(sighting: Sighting) -> PlaceDraft:
    """Answer the place that a sighting describes; one without a chosen candidate has a name only."""
    located = sighting.place_lat is not None and sighting.place_lon is not None
    return PlaceDraft(
        name=sighting.place_name or sighting.place_text,
        kind=sighting.place_kind or PlaceKind.AREA,
        country=sighting.place_country,
        region=sighting.place_region,
        municipality=sighting.place_municipality,
        point=Point(sighting.place_lat or 0.0, sighting.place_lon or 0.0) if located else None,
        uncertainty_m=sighting.place_uncertainty_m,
        gazetteer_id=sighting.place_gazetteer_id,
        geometry=sighting.place_geometry,
        provider=provider_of(sighting.place_gazetteer_id) if sighting.place_gazetteer_id else "contributor",
    )


def citation_of(sighting: Sighting) -> CitationDraft:
    """Answer what a sighting's source says of its shoot. Its own eyes on a single day attest that day."""
    start, end = sighting.start, sighting.end
    single = start.earliest is not None and start.earliest == start.latest == end.latest
    return CitationDraft(
        status=sighting.status,
        period=Period(start, end),
        manner=Manner.IMPLIES if sighting.implied else Manner.STATES,
        note=sighting.note[:500],
        attested=(start.earliest,) if single and sighting.seen_by_sender and start.earliest else (),
    )


def unnamed_title(sighting: Sighting) -> str:
    """Answer what the source of a sighting is called that has no link, or whose link is held back."""
    return f"Sighting {sighting.id}"


def further_citation(sighting: Sighting, further: FurtherSource) -> CitationDraft:
    """Answer what a further source says: the same, but nobody's own eyes."""
    return replace(citation_of(sighting), quote=further.quote, note="", attested=())


def _production(session: Session, sighting: Sighting) -> Production:
    if sighting.production_id is not None:
        production = session.get(Production, sighting.production_id)
        if production is not None:
            return production
    known = production_titled(session, sighting.production_title)
    return known or add_production(session, title=sighting.production_title)


def source_of(session: Session, sighting: Sighting, kind: SourceKind, *, unnamed: bool = False) -> Source:
    """Answer the source behind a sighting; `unnamed` without its link, which may name the place."""
    if sighting.address and not unnamed:
        return find_or_add_source(
            session,
            SourceDraft(
                kind=kind,
                title=sighting.address.split("://", 1)[-1][:200],
                address=sighting.address,
                captured_on=sighting.submitted_at.date(),
            ),
        )
    # Nothing that others can open: what a person says to know, whoever that is.
    return find_or_add_source(
        session,
        SourceDraft(
            kind=kind if sighting.address else SourceKind.OWN_KNOWLEDGE,
            title=unnamed_title(sighting),
            captured_on=sighting.submitted_at.date(),
        ),
    )
