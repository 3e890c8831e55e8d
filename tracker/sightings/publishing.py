"""Publishing at once what a trusted contributor sends in, marked as unreviewed until a moderator looked."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.accounts.models import User
from tracker.history.recording import change
from tracker.productions.models import Shoot
from tracker.sightings.delay import HeldBack
from tracker.sightings.findings import Finding
from tracker.sightings.models import Sighting, State
from tracker.sightings.moderation import add_its_shoot, cite_it
from tracker.sightings.outlook import likely_kind
from tracker.sightings.queries import likely_duplicates
from tracker.sightings.states import publish, review
from tracker.sightings.trust import trust_of

MARK = "published unreviewed by a trusted contributor"


def publish_if_trusted(
    session: Session,
    sighting: Sighting,
    *,
    by: User,
    findings: Sequence[Finding],
    held: HeldBack | None = None,
) -> bool:
    """Publish a trusted contributor's sighting at once; answer whether that was done.

    One that is `held` back stands at the wider area until its delay is over; it waits if none is known.
    It waits like anybody's where something speaks against it, and where a person has to see whether it is
    one of the shoots that are there already.
    """
    if any(found.against for found in findings) or not trust_of(session, by).is_trusted:
        return False
    likely = likely_duplicates(session, sighting)
    same = [
        one.shoot
        for one in likely
        if one.shoot.production_id == sighting.production_id and _is_its_place(sighting, one.shoot)
    ]
    if likely and (len(likely) > 1 or not same):
        return False
    if held is not None and (same or held.area is None):
        return False
    with change(session, by=by, comment=f"Sighting {sighting.id}: {MARK}"):
        if same:
            sighting.shoot_id, sighting.production_id = same[0].id, same[0].production_id
        shoot = same[0] if same else add_its_shoot(session, sighting, held=held)
        publish(session, sighting, State.MERGED if same else State.ACCEPTED)
        cite_it(session, sighting, shoot, likely_kind(sighting), held=held)
    return True


def confirm(session: Session, sighting: Sighting, *, by: User, alone: bool = False) -> None:
    """Let what was published unreviewed stand, as reviewed by a moderator."""
    with change(session, by=by, comment=f"Reviewed sighting {sighting.id}: it stands"):
        review(session, sighting, by=by, alone=alone)


def published_unreviewed(session: Session, *, limit: int = 100) -> list[Sighting]:
    """Answer what trusted contributors published and no moderator has looked at, oldest first."""
    return list(
        session.scalars(
            select(Sighting)
            .where(Sighting.unreviewed)
            .options(
                joinedload(Sighting.submitted_by),
                joinedload(Sighting.production),
                joinedload(Sighting.shoot).joinedload(Shoot.production),
            )
            .order_by(Sighting.decided_at, Sighting.id)
            .limit(limit)
        )
    )


def _is_its_place(sighting: Sighting, shoot: Shoot) -> bool:
    known = shoot.place.gazetteer_id
    return known is not None and known == sighting.place_gazetteer_id
