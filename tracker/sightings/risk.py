"""How much a sighting risks, worked out when it is sent in: the desk looks at the gravest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.sightings.doubts import OnLand
from tracker.sightings.findings import Finding, Gravity
from tracker.sightings.models import Risk, Sighting
from tracker.sightings.plausibility import plausibility
from tracker.sightings.queries import production_of
from tracker.sightings.states import TAKEN

__all__ = ["OnLand", "assess", "is_new_account"]


def assess(
    session: Session, sighting: Sighting, *, sender: User, today: date, on_land: OnLand | None = None
) -> list[Finding]:
    """Look at a sighting and write down what it risks, with the names of what speaks against it.

    To be called inside the change that sends it in or corrects it. Answers what was found.
    """
    production = production_of(session, sighting)
    findings = plausibility(session, sighting, production, today=today, on_land=on_land)
    sighting.flags = list(dict.fromkeys(found.name for found in findings if found.against))
    sighting.risk = _risk(findings, is_new=is_new_account(session, sender))
    session.flush()
    return findings


def is_new_account(session: Session, sender: User) -> bool:
    """Say whether nothing of the sender's was accepted yet, however old the account is."""
    accepted = select(func.count()).where(Sighting.submitted_by_id == sender.id, Sighting.state.in_(TAKEN))
    return not session.scalar(accepted)


def _risk(findings: Sequence[Finding], *, is_new: bool) -> Risk:
    gravest = max((found.gravity for found in findings), default=Gravity.NOTHING)
    if gravest is Gravity.PRIVATE:
        return Risk.PRIVACY
    if gravest is Gravity.CONTRADICTS:
        return Risk.CONTRADICTION
    return Risk.NEW_ACCOUNT if is_new else Risk.NONE
