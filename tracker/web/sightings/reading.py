"""Read a sighting's form: which film, which place, which days; and say at the field what cannot be.

Nothing is saved before its sender has seen how place and date were understood. With scripts that happens
while typing; without them the form comes back once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import Field

from tracker.foundation.clock import today
from tracker.foundation.dates import UNKNOWN, Hemisphere, InvalidDateError, Period, meaning, parse_period
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.geo import Point
from tracker.foundation.text import clean_line, fold
from tracker.geocoding.cascade import Cascade
from tracker.places.homes import is_kept_as_home
from tracker.places.operations import PlaceDraft
from tracker.places.privacy import public_name
from tracker.productions.models import Production, Status
from tracker.productions.queries import places_of, production_by_slug, production_titled
from tracker.sightings.models import Sighting
from tracker.sightings.operations import SightingDraft
from tracker.sightings.queries import Duplicate, likely_duplicates
from tracker.sources.addresses import check_address
from tracker.web.sightings.by_hand import ByHandError, chosen_by_hand, read_by_hand
from tracker.web.sightings.place_guesses import Known, Stops
from tracker.web.sightings.place_offer import (
    NO_PIN,
    OWN_AREA,
    OWN_PIN,
    Offer,
    draft_of,
    offer_places,
    with_bearer,
)
from tracker.web.sightings.recorded_places import recorded_places


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood. `place_decided` is false until the sender chose a candidate, a pin or neither."""

    production: Production | None
    offer: Offer
    chosen: str
    place: PlaceDraft | None
    place_decided: bool
    period: Period | None
    suggestions: tuple[str, ...]
    shown: bool

    @property
    def is_confirmed(self) -> bool:
        return self.place_decided and self.period is not None and self.shown

    @property
    def is_home(self) -> bool:
        """Say whether the place would be hidden as somebody's home."""
        place = self.place
        if place is None:
            return False
        return is_kept_as_home(place.name, place.kind, is_listed=place.gazetteer_id is not None)

    @property
    def meaning(self) -> str:
        return f"Means: {meaning(self.period)}" if self.period else ""


def read_form(session: Session, form: FlaskForm, places: Cascade, *, slug: str | None = None) -> Reading:
    """Read a form that was posted; what cannot be is added to its fields' errors."""
    production = find_production(session, form.title.data, slug)
    known = known_for(session, form.place.data, production)
    offer = offer_places(places, form.place.data, known, further=True)
    offer = with_bearer(places.gazetteer, offer, str(form.candidate.data), known)
    chosen = _chosen(form, offer)
    place = _place(form, offer, chosen, places)
    decided = chosen == NO_PIN or place is not None
    if form.place.data and not decided and offer.ambiguous:
        _refuse(form.place, offer.sentence)
    period, suggestions = _period(form, place, offer)
    return Reading(
        production=production,
        offer=offer,
        chosen=chosen or offer.preselected or ("" if offer.rows else NO_PIN),
        place=place,
        place_decided=decided,
        period=period,
        suggestions=suggestions,
        shown=clean_line(form.shown_when.data) == clean_line(form.when.data),
    )


def draft_from(form: FlaskForm, reading: Reading) -> SightingDraft:
    """Answer the draft that a confirmed reading stands for."""
    if reading.period is None:
        raise InvalidValueError("Say when it was.")
    return SightingDraft(
        production_title=form.title.data,
        production=reading.production,
        place_text=form.place.data,
        place=reading.place,
        period=reading.period,
        status=Status(form.status.data),
        address=clean_line(form.address.data),
        seen_by_sender=form.seen.data,
        note=form.note.data,
    )


def duplicates_of(session: Session, reading: Reading, address: str = "") -> list[Duplicate]:
    """Answer what is recorded already and may be the same, before anything is saved.

    `address` is the link as typed; one that is none says nothing.
    """
    place, period = reading.place, reading.period
    known = reading.production is not None and place is not None and period is not None
    if not (known or clean_line(address)):
        return []
    unsaved = Sighting(
        production_id=reading.production.id if reading.production else None,
        production_title="",
        place_lat=place.point.lat if place and place.point else None,
        place_lon=place.point.lon if place and place.point else None,
        place_uncertainty_m=place.uncertainty_m if place else None,
        place_gazetteer_id=place.gazetteer_id if place else None,
        start=period.start if period else UNKNOWN,
        end=period.end if period else UNKNOWN,
        address=_sound(address),
    )
    return likely_duplicates(session, unsaved) if known or unsaved.address else []


def _sound(address: str) -> str | None:
    try:
        return check_address(address) if clean_line(address) else None
    except InvalidValueError:
        return None


def find_production(session: Session, title: str, slug: str | None = None) -> Production | None:
    """Answer the production that a typed title names; the one at `slug` where the title is one of its own."""
    if slug and (linked := production_by_slug(session, slug)) is not None:
        names = {fold(name.text) for name in linked.titles} | {fold(linked.title)}
        if fold(title) in names:
            return linked
    return production_titled(session, title[:300])


def known_for(session: Session, text: str, production: Production | None) -> Known:
    """Answer what is known beside a typed place: the film's other stops, and places of the record."""
    return Known(stops=stops_of(session, production), recorded=recorded_places(session, text))


def stops_of(session: Session, production: Production | None) -> Stops:
    """Answer names and points of a production's located places, as the public may know them."""
    if production is None:
        return ()
    return tuple(
        (public_name(place), Point(place.public_lat, place.public_lon))
        for place in places_of(session, production.id)
        if place.public_lat is not None and place.public_lon is not None
    )


def read_period(text: str, lat: float | None) -> Period:
    """Read a typed date; seasons are those of the place's half of the earth. Raises InvalidValueError."""
    south = lat is not None and lat < 0
    return parse_period(text, hemisphere=Hemisphere.SOUTH if south else Hemisphere.NORTH, today=today())


def _chosen(form: FlaskForm, offer: Offer) -> str:
    """Answer the choice posted, unless it was made for other words or is not offered.

    Without one, what was typed or drawn by hand is the choice.
    """
    chosen = str(form.candidate.data)
    if not chosen and form.place.data:
        return chosen_by_hand(form)
    if clean_line(form.offered_for.data) != clean_line(form.place.data):
        return ""
    return chosen if chosen in (NO_PIN, OWN_PIN, OWN_AREA) or offer.row(chosen) else ""


def _place(form: FlaskForm, offer: Offer, chosen: str, places: Cascade) -> PlaceDraft | None:
    if chosen in (OWN_PIN, OWN_AREA):
        if not offer.query:
            return None
        try:
            return read_by_hand(form, offer.query, chosen, places)
        except ByHandError as error:
            _refuse(form[error.field], str(error))
            return None
    row = offer.row(chosen)
    return draft_of(row.candidate, offer.query) if row else None


def _period(form: FlaskForm, place: PlaceDraft | None, offer: Offer) -> tuple[Period | None, tuple[str, ...]]:
    if not form.when.data or form.when.errors:
        return None, ()
    likely = offer.row(offer.preselected)
    lat = place.point.lat if place and place.point else (likely.candidate.lat if likely else None)
    try:
        return read_period(form.when.data, lat), ()
    except InvalidDateError as error:
        _refuse(form.when, str(error))
        return None, error.suggestions
    except InvalidValueError as error:
        _refuse(form.when, str(error))
        return None, ()


def _refuse(field: Field, sentence: str) -> None:
    errors: Sequence[str] = field.errors
    field.errors = [*errors, sentence]
