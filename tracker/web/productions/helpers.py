"""Who made a film's shoots possible: each partner once, with the shoots that it helped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.places.privacy import public_name
from tracker.productions.partners import PartnerRole
from tracker.routes.film import FilmRoute, KnownShoot
from tracker.web.partners.words import Helper, helper_of


@dataclass(frozen=True, slots=True)
class HelpedShoots:
    """A partner with what it did; `shoots` are (name, anchor) pairs, none for the film as a whole."""

    helper: Helper
    shoots: tuple[tuple[str, str], ...]


def helped_shoots(film: FilmRoute, roles: Sequence[PartnerRole]) -> tuple[HelpedShoots, ...]:
    """Answer the partners of a film as known on the day shown.

    What a source said later was not known; what no source says has no date and is told today alone.
    """
    together: dict[tuple[int, str], list[PartnerRole]] = {}
    for role in roles:
        is_there = role.shoot_id is None or role.shoot_id in film.shoots
        if is_there and _is_known(film, role):
            together.setdefault((role.partner_id, role.help.value), []).append(role)
    return tuple(
        HelpedShoots(
            helper_of(same[0]),
            tuple(_named(film.shoots[r.shoot_id]) for r in same if r.shoot_id is not None),
        )
        for same in together.values()
    )


def _is_known(film: FilmRoute, role: PartnerRole) -> bool:
    if film.as_of is None:
        return True
    known_from = role.source.known_from if role.source else None
    return known_from is not None and known_from <= film.as_of


def _named(known: KnownShoot) -> tuple[str, str]:
    return public_name(known.place), f"#shoot-{known.shoot.id}"
