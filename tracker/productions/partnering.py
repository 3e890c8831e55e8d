"""Writes of partners. All run inside an open change."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean_line, fold, slugify
from tracker.productions.evidence import Manner
from tracker.productions.models import Production, Shoot
from tracker.productions.partners import Help, Partner, PartnerKind, PartnerRole
from tracker.sources.addresses import check_address
from tracker.sources.models import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerDraft:
    """A partner as somebody describes it. `country` is an ISO code, "" where it belongs to none."""

    name: str
    kind: PartnerKind
    country: str = ""
    address: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleDraft:
    """What a partner did, and how surely it is known."""

    help: Help
    manner: Manner = Manner.STATES
    note: str = ""


def find_or_add_partner(session: Session, draft: PartnerDraft) -> Partner:
    """Answer the partner of that name in that country; add it if there is none.

    Raises InvalidValueError without a name, or with a site that is no web address.
    """
    name = clean_line(draft.name)[:300]
    key = fold(name)
    if not key:
        raise InvalidValueError("Write who it was: a municipality, a railway, a film commission.")
    found = session.scalar(select(Partner).where(Partner.name_key == key, Partner.country == draft.country))
    if found is not None:
        return found
    site = check_address(draft.site) if draft.site else ""
    if len(site) > 500:
        raise InvalidValueError(f"The site's address has {len(site)} characters; at most 500 are kept.")
    partner = Partner(
        name=name,
        name_key=key,
        slug=slugify(name, fallback="partner"),
        kind=draft.kind,
        country=draft.country,
        address=clean_line(draft.address)[:500],
        site=site,
    )
    session.add(partner)
    session.flush()
    return partner


def add_role(
    session: Session,
    partner: Partner,
    production: Production,
    draft: RoleDraft,
    *,
    shoot: Shoot | None = None,
    source: Source | None = None,
) -> PartnerRole:
    """Say what a partner did for a shoot, or for the whole production; saying it again changes nothing.

    Raises InvalidValueError for a shoot of another production.
    """
    if shoot is not None and shoot.production_id != production.id:
        raise InvalidValueError("That shoot belongs to another film. Choose one of this film.")
    shoot_id = shoot.id if shoot else None
    known = session.scalar(
        select(PartnerRole).where(
            PartnerRole.partner_id == partner.id,
            PartnerRole.production_id == production.id,
            PartnerRole.shoot_id.is_not_distinct_from(shoot_id),
            PartnerRole.help == draft.help,
        )
    )
    if known is not None:
        return known
    role = PartnerRole(
        partner_id=partner.id,
        production_id=production.id,
        shoot_id=shoot_id,
        help=draft.help,
        manner=draft.manner,
        source_id=source.id if source else None,
        note=clean_line(draft.note)[:500],
    )
    session.add(role)
    session.flush()
    return role


def remove_role(session: Session, role: PartnerRole) -> None:
    """Take a role back. The history keeps what it said; the partner itself stays."""
    session.delete(role)
    session.flush()
