"""The entries that a text makes: one for each place, each read like the form of a sighting."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms import Field

from tracker.articles.model import FoundPlace
from tracker.articles.model import Status as Told
from tracker.foundation.geo import Point, distance_m
from tracker.geocoding.cascade import Cascade
from tracker.productions.models import Production, Status
from tracker.sightings.queries import Duplicate
from tracker.web.pasting.form import PastedForm
from tracker.web.pasting.reading import TextRead, is_sure, number_of, phrase_of
from tracker.web.sightings.form import SightingForm
from tracker.web.sightings.place_offer import Offer, offer_places
from tracker.web.sightings.reading import (
    Reading,
    duplicates_of,
    find_production,
    known_for,
    read_form,
)

OWN = "own"
MOST_ENTRIES = 12
_OF_ENTRY = (
    "film",
    "place",
    "when",
    "status",
    "candidate",
    "offered_for",
    "shown_when",
    "lat",
    "lon",
    "accuracy",
    "area",
)
_SHARED = ("title", "address", "note")
_SAME_M = 5_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the text with its form and what was understood; `number` is that of its fact.

    `state` is taken, asks or left. `another` is set where the sender says that it is not the shoot on record.
    """

    number: str
    form: SightingForm
    reading: Reading
    state: str
    duplicate: Duplicate | None = None
    another: bool = False
    implied: bool = False
    # The film, where the text speaks of several; otherwise all entries share one.
    film: str = ""

    @property
    def is_taken(self) -> bool:
        return self.state == "taken"

    @property
    def name(self) -> str:
        return self.reading.place.name if self.reading.place else str(self.form.place.data)

    @property
    def where(self) -> str:
        row = self.reading.offer.row(self.reading.chosen)
        return row.where if row else "Not located"

    @property
    def field_errors(self) -> list[tuple[Field, str]]:
        wrong = [self.form.place, self.form.when, self.form.accuracy]
        return [(field, " ".join(map(str, field.errors))) for field in wrong if field.errors]

    def named(self, field: str) -> str:
        """Answer what the form calls a field of this entry."""
        return field if self.number == OWN else f"{field}-{self.number}"


def entries_of(
    session: Session, read: TextRead, shared: PastedForm, posted: MultiDict[str, str], places: Cascade
) -> list[Entry]:
    """Answer the entries as they were posted, or, the first time, as the text suggests them."""
    production = find_production(session, shared.title.data) if shared.title.data else None
    entries = []
    for place in read.places[:MOST_ENTRIES]:
        number = number_of(place)
        if f"place-{number}" in posted:
            fields = {name: posted.get(f"{name}-{number}", "") for name in _OF_ENTRY}
            state = _state(posted, number)
        else:
            fields = _suggested(session, place, read, production, places)
            state = "taken" if is_sure(place) and fields["candidate"] else "asks"
        entry = _entry(session, number, fields, shared, state, places)
        entries.append(replace(entry, implied=place.status is Told.IMPLIED))
    if shared.place.data:
        fields = {name: posted.get(name, "") for name in _OF_ENTRY}
        entries.append(_entry(session, OWN, fields, shared, "taken", places))
    return [replace(each, another=posted.get(f"as-{each.number}") == "another") for each in entries]


def blank_entry(shared: PastedForm) -> Entry:
    """Answer the entry for one more place, before anybody typed one."""
    form = SightingForm(MultiDict({"status": shared.status.data or ""}), meta={"csrf": False})
    nothing = Reading(None, Offer(""), "", None, False, None, (), False)
    return Entry(OWN, form, nothing, "asks")


def _state(posted: MultiDict[str, str], number: str) -> str:
    if number in posted.getlist("take"):
        return "taken"
    return "left" if number in posted.getlist("left") else "asks"


def _entry(
    session: Session, number: str, fields: dict[str, str], shared: PastedForm, state: str, places: Cascade
) -> Entry:
    values = MultiDict(fields | {name: shared[name].data or "" for name in _SHARED})
    if fields["film"]:
        values["title"] = fields["film"]
    form = SightingForm(values, meta={"csrf": False})
    form.validate()
    reading = read_form(session, form, places)
    if state != "taken":
        for field in form:
            field.errors = ()
    found = duplicates_of(session, reading, str(form.address.data))
    return Entry(number, form, reading, state, found[0] if found else None, film=fields["film"])


def _suggested(
    session: Session, place: FoundPlace, read: TextRead, production: Production | None, places: Cascade
) -> dict[str, str]:
    when = phrase_of(place, read) or _month_of_move(place, read) or "not sure"
    film = place.production if place.production and len(read.found.productions) > 1 else ""
    production = find_production(session, film) if film else production
    status = Status.PLANNED if place.status is Told.PLANNED else Status.CONFIRMED
    return {
        "film": film,
        "place": place.name,
        "when": when,
        "status": status.value,
        "candidate": _candidate(session, place, production, places),
        "offered_for": place.name,
        "shown_when": when,
        **dict.fromkeys(("lat", "lon", "accuracy", "area"), ""),
    }


def _month_of_move(place: FoundPlace, read: TextRead) -> str:
    """Answer the text's month, approximately, for a place that it moves on to without saying when."""
    is_next = any(order.place == place.start for order in read.found.orders)
    published = read.article.published
    return f"{published:%Y-%m}~" if published and is_next and place.status is Told.PLANNED else ""


def _candidate(session: Session, place: FoundPlace, production: Production | None, places: Cascade) -> str:
    """Answer the id of the place that the text means among those offered for its name, "" if none is it."""
    if place.lat is None or place.lon is None:
        return ""
    known = replace(known_for(session, place.name, production), country=place.country)
    meant = Point(place.lat, place.lon)
    rows = offer_places(places, place.name, known, further=True).rows
    near = [
        (
            distance_m(meant, Point(row.candidate.lat, row.candidate.lon)),
            row.candidate.kind != place.kind,
            row,
        )
        for row in rows
    ]
    fitting = sorted((found for found in near if found[0] <= _SAME_M), key=lambda found: found[1::-1])
    return fitting[0][2].candidate.id if fitting else ""
