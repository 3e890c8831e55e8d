"""How pages speak of partners: their address, what they did, and who says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from tracker.places.privacy import tells_words
from tracker.productions.evidence import Manner
from tracker.productions.partners import Partner, PartnerRole
from tracker.web.productions.shoot_words import is_secret_in


@dataclass(frozen=True, slots=True)
class Helper:
    """A partner with what it did for a shoot or a film. `source` is "" where nobody is cited."""

    name: str
    url: str
    kind: str
    did: str
    source: str
    source_url: str
    implied: bool
    note: str


def partner_url(partner: Partner) -> str:
    """Answer the address of a partner's page."""
    return url_for("partners.show", partner_id=partner.id, slug=partner.slug)


def helper_of(role: PartnerRole) -> Helper:
    """Answer a role whose partner and source are loaded, in words."""
    source = role.source
    return Helper(
        name=role.partner.name,
        url=partner_url(role.partner),
        kind=role.partner.kind.word,
        did=role.words,
        source=source.title if source else "",
        source_url=url_for("sources.show", source_id=source.id) if source else "",
        implied=role.manner is Manner.IMPLIES,
        note=role.note if _may_tell(role) else "",
    )


def _may_tell(role: PartnerRole) -> bool:
    shoot = role.shoot
    return shoot is None or (tells_words(shoot.place) and not is_secret_in(role.production, shoot))


def helpers_of(roles: Iterable[PartnerRole]) -> tuple[Helper, ...]:
    """Answer roles in words, one entry for each partner and help however many shoots it was for."""
    found: dict[tuple[int, str], Helper] = {}
    for role in roles:
        found.setdefault((role.partner_id, role.help.value), helper_of(role))
    return tuple(found.values())
