"""Editing a place: who may change what, and what follows for its public point and the cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.accounts.permissions import Permission, may
from tracker.foundation.errors import ConflictError, InvalidValueError, NotAllowedError
from tracker.foundation.geo import Point
from tracker.foundation.geometry import representative
from tracker.foundation.text import clean_line, fold, slugify
from tracker.places.cells import count_in, count_out
from tracker.places.models import Place, PlaceKind, Privacy
from tracker.places.privacy import publish, stricter, tells_name
from tracker.places.queries import surroundings

# Half the way around the earth.
_FARTHEST_M = 20_040_000


@dataclass(frozen=True, slots=True)
class Position:
    """Where a place is: its shape, or a point and how exact it is in metres, or nothing yet."""

    shape: dict[str, Any] | None = None
    point: Point | None = None
    uncertainty_m: int | None = None

    def __post_init__(self) -> None:
        if self.uncertainty_m is not None and not 0 <= self.uncertainty_m <= _FARTHEST_M:
            raise InvalidValueError(
                f"{self.uncertainty_m} m is not an uncertainty. Write metres from 0 to {_FARTHEST_M}."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceEdit:
    """A place as an editor wants it. `position` None leaves the position alone."""

    name: str
    kind: PlaceKind
    country: str | None
    region: str
    municipality: str
    within_id: int | None
    privacy: Privacy
    position: Position | None


def lock_place(session: Session, place_id: int) -> Place | None:
    """Answer the place, held until the end of the transaction so that edits come one after the other."""
    return session.scalar(select(Place).where(Place.id == place_id).with_for_update())


def may_edit(user: User | None, place: Place) -> bool:
    """Say whether the user may open the place for editing: one whose name is not public is for moderators."""
    return may(user, Permission.EDIT if tells_name(place) else Permission.OPEN_PLACE)


def may_see_position(user: User | None, place: Place) -> bool:
    """Say whether the user may see, and so change, where exactly the place is."""
    return place.privacy is Privacy.OPEN or may(user, Permission.OPEN_PLACE)


def edit_place(
    session: Session, place: Place, edit: PlaceEdit, *, by: User, began_with: int, alone: bool = False
) -> None:
    """Write an edit that began with a version of the place. The place is held (`lock_place`).

    Less privacy takes a second moderator (`sightings.second_person`), unless one does it all (`alone`).
    Raises ConflictError if somebody saved it since, NotAllowedError for what is not the user's to change.
    """
    if place.version != began_with:
        raise ConflictError("Somebody else saved this place since you opened it. Nothing of yours is lost.")
    _check_rights(place, edit, by, alone=alone)
    _check_within(session, place, edit.within_id)
    _write_words(place, edit)
    set_whereabouts(session, place, privacy=edit.privacy, position=edit.position)


def set_whereabouts(
    session: Session, place: Place, *, privacy: Privacy, position: Position | None = None
) -> None:
    """Write privacy and position, and bring the public point, the shape and the cells up to date."""
    _count_out(session, place)
    place.privacy = privacy
    if position is not None:
        _locate(place, position)
    publish(place)
    session.flush()
    count_in(session, [place])


def take_off_the_map(session: Session, place: Place) -> None:
    """Leave a place without a public point and out of the counts, its own position kept."""
    _count_out(session, place)
    place.cell = place.public_lat = place.public_lon = place.public_uncertainty_m = None
    session.flush()


def _count_out(session: Session, place: Place) -> None:
    if place.cell is not None and place.public_lat is not None and place.public_lon is not None:
        lat, lon = place.public_lat, place.public_lon
        count_out(session, cell=place.cell, lat=lat, lon=lon, place_id=place.id)


def lowers_privacy(place: Place, wanted: Privacy) -> bool:
    """Say whether a place would show more than it does."""
    return stricter(place.privacy, wanted) is not wanted


def _check_rights(place: Place, edit: PlaceEdit, by: User, *, alone: bool) -> None:
    if not may_edit(by, place):
        raise NotAllowedError("This place is kept private. Only moderators edit it.")
    if lowers_privacy(place, edit.privacy) and not (alone and may(by, Permission.OPEN_PLACE)):
        raise NotAllowedError(
            "Two moderators together make a place less private"
            f" ({place.privacy.value} to {edit.privacy.value}): one asks, the other confirms."
        )
    hides_position = not may_see_position(by, place)
    if hides_position and (edit.position is not None or edit.within_id != place.within_id):
        raise NotAllowedError("Where this place is, is hidden. Only moderators change it.")


def _check_within(session: Session, place: Place, within_id: int | None) -> None:
    if within_id is None:
        return
    around = (within_id, *surroundings(session, [within_id]).get(within_id, ()))
    if place.id in around:
        raise InvalidValueError(f"{place.name} cannot lie in itself, nor in a place that lies in it.")
    if session.scalar(select(Place.id).where(Place.id == within_id)) is None:
        raise InvalidValueError(f"There is no place with the number {within_id}.")


def _write_words(place: Place, edit: PlaceEdit) -> None:
    name = clean_line(edit.name)[:300]
    if not name:
        raise InvalidValueError("A place needs a name.")
    if name != place.name:
        place.name, place.name_key = name, fold(name)[:300]
        place.slug = slugify(name, fallback="place")
    place.kind, place.country = edit.kind, edit.country
    place.region = clean_line(edit.region)[:300]
    place.municipality = clean_line(edit.municipality)[:300]
    place.within_id = edit.within_id


def _locate(place: Place, position: Position) -> None:
    """Write the position; point and uncertainty of a shape follow from it."""
    before = (place.geometry, place.lat, place.lon, place.uncertainty_m)
    shape, point, reach = position.shape, position.point, position.uncertainty_m
    if shape is not None:
        found = representative(shape)
        point, reach = found.point, found.reach_m
    after = (shape, point.lat if point else None, point.lon if point else None, reach if point else None)
    if after != before:
        place.geometry, place.lat, place.lon, place.uncertainty_m = after
        place.provider = "contributor" if point else ""
