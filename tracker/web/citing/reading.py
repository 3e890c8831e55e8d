"""Read the forms of citing: drafts out of what was typed, and at the field what cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import Field

from tracker.foundation.clock import today
from tracker.foundation.dates import (
    UNKNOWN,
    DateBound,
    Hemisphere,
    InvalidDateError,
    Period,
    meaning,
    parse_bound,
    parse_period,
)
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean, clean_line
from tracker.places.models import Place
from tracker.places.privacy import public_name
from tracker.places.queries import places_by_ids, surroundings
from tracker.productions.evidence import Citation, Manner, Shows, Stance
from tracker.productions.models import InFilm, Shoot, Status
from tracker.productions.operations import CitationDraft
from tracker.productions.queries import shoots_of
from tracker.sources.models import SourceKind
from tracker.sources.operations import SourceDraft, find_source

_NO_DATES = Period(UNKNOWN, UNKNOWN)


@dataclass(frozen=True, slots=True)
class Said:
    """What was understood of what a source says; `shown` once its sender has seen the date's meaning."""

    draft: CitationDraft
    period: Period | None
    suggestions: tuple[str, ...] = ()
    shown: bool = True

    @property
    def meaning(self) -> str:
        return f"Means: {meaning(self.period)}" if self.period else ""


def read_says(form: FlaskForm, shoot: Shoot) -> Said:
    """Read what a source says of a shoot; what cannot be is added to the fields' errors."""
    south = (shoot.place.lat or 0) < 0
    period, suggestions = _period(form.when, Hemisphere.SOUTH if south else Hemisphere.NORTH)
    draft = CitationDraft(
        stance=Stance(form.stance.data),
        manner=Manner(form.manner.data),
        shows=Shows(form.shows.data),
        status=Status(form.status.data) if form.status.data else None,
        period=period or _NO_DATES,
        story_place=clean_line(form.story_place.data),
        in_film=InFilm(form.in_film.data) if form.in_film.data else None,
        quote=clean_line(form.quote.data),
        locator=clean_line(form.locator.data),
        note=clean(form.note.data),
        attested=_days(form.days),
    )
    shown = clean_line(form.shown_when.data) == clean_line(form.when.data)
    return Said(draft, period, suggestions, shown)


def read_source(session: Session, form: FlaskForm) -> SourceDraft:
    """Read the source of a form; what cannot be is added to the fields' errors."""
    address, title = clean_line(form.address.data), clean_line(form.title.data)
    if clean_line(form.repeats.data) and not form.repeats.errors:
        _check_repeated(session, form.repeats)
    return SourceDraft(
        kind=SourceKind(form.kind.data) if form.kind.data else SourceKind.OWN_KNOWLEDGE,
        title=title or _title_of(address),
        address=address,
        author=form.author.data,
        outlet=clean_line(form.outlet.data),
        published=_published(form.published),
        captured_on=today() if address else None,
        language=clean_line(form.language.data) or None,
        by_cast=bool(form.by_cast.data),
    )


def fill(form: FlaskForm, citation: Citation, days: list[date]) -> None:
    """Put a citation into its form, as it was typed where that is known."""
    for name in ("stance", "manner", "shows"):
        form[name].data = getattr(citation, name).value
    form.status.data = citation.status.value if citation.status else ""
    form.in_film.data = citation.in_film.value if citation.in_film else ""
    form.when.data = form.shown_when.data = _typed(citation.start, citation.end)
    form.days.data = ", ".join(day.isoformat() for day in days)
    form.speaks_of.data = citation.speaks_of_id or 0
    for name in ("story_place", "quote", "locator", "note"):
        form[name].data = getattr(citation, name)


def kept_period(form: FlaskForm, citation: Citation, said: Said) -> Period:
    """Answer the period of a changed citation: the one that stands, unless another was typed."""
    untouched = clean_line(form.when.data) == clean_line(_typed(citation.start, citation.end))
    return Period(citation.start, citation.end) if untouched else said.draft.period


def places_to_name(session: Session, shoot: Shoot) -> dict[int, Place]:
    """Answer the places that a source on a shoot may name instead: around it, and the film's others."""
    around = surroundings(session, [shoot.place_id]).get(shoot.place_id, ())
    found = places_by_ids(session, list(around))
    for other in shoots_of(session, shoot.production_id):
        if other.place_id != shoot.place_id:
            found.setdefault(other.place_id, other.place)
    return found


def offer_places(form: FlaskForm, shoot: Shoot, places: dict[int, Place]) -> None:
    """Offer the shoot's own place first, then the others by name."""
    named = sorted(((public_name(place), number) for number, place in places.items()))
    form.speaks_of.choices = [
        (0, f"This one: {public_name(shoot.place)}"),
        *((number, name) for name, number in named),
    ]


def _typed(start: DateBound, end: DateBound) -> str:
    if start.text and start.text == end.text:
        return start.text
    if not start.edtf and not end.edtf:
        return ""
    return start.edtf if start.edtf == end.edtf else f"{start.edtf}/{end.edtf}"


def _period(field: Field, hemisphere: Hemisphere) -> tuple[Period | None, tuple[str, ...]]:
    if not clean_line(field.data) or field.errors:
        return None, ()
    try:
        return parse_period(field.data, hemisphere=hemisphere, today=today()), ()
    except InvalidDateError as error:
        refuse(field, str(error))
        return None, error.suggestions
    except InvalidValueError as error:
        refuse(field, str(error))
        return None, ()


def _days(field: Field) -> tuple[date, ...]:
    found: list[date] = []
    for text in field.data.replace(";", ",").split(","):
        if not clean_line(text):
            continue
        try:
            day = parse_period(text, today=today())
        except InvalidValueError as error:
            refuse(field, str(error))
            continue
        if day.start.earliest is None or day.start.earliest != day.end.latest or day.start.is_qualified:
            refuse(field, f"{clean_line(text)[:60]!r} is no single day. Write days, such as 5 Oct 2020.")
        else:
            found.append(day.start.earliest)
    return tuple(sorted(set(found)))


def _published(field: Field) -> DateBound:
    if field.errors:
        return UNKNOWN
    try:
        return parse_bound(field.data, today=today())
    except InvalidValueError as error:
        refuse(field, str(error))
        return UNKNOWN


def _check_repeated(session: Session, field: Field) -> None:
    if find_source(session, field.data) is None:
        refuse(field, "No source is recorded at that address. Add that one first, or leave this empty.")


def _title_of(address: str) -> str:
    parts = urlsplit(address if "://" in address else f"https://{address}")
    return f"{parts.hostname or ''}{parts.path}".removeprefix("www.").rstrip("/")[:200]


def refuse(field: Field, sentence: str) -> None:
    """Add a sentence to a field's errors."""
    field.errors = [*field.errors, sentence]
