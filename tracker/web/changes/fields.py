"""A row of the history in words: what it is about, and each field before and after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.foundation.clock import today
from tracker.foundation.dates import DateBound, Period, describe_short
from tracker.foundation.errors import InvalidValueError
from tracker.history.differences import Piece, word_differences
from tracker.history.models import Action, Change, Revision
from tracker.places.homes import is_home
from tracker.places.models import Place, Privacy
from tracker.places.privacy import public_name, tells_words
from tracker.productions.models import Shoot
from tracker.productions.photo_queries import gives_story_away, is_shown
from tracker.productions.release import is_released
from tracker.web.changes.labels import (
    DATES,
    ENUMS,
    LABELS,
    MOVED,
    NOUNS,
    OF_HIDDEN_PHOTO,
    OF_PRIVATE,
    TELLING,
    WHEREABOUTS,
)
from tracker.web.changes.references import References
from tracker.web.changes.subjects import subject_of
from tracker.web.places.words import country_name
from tracker.web.productions.shoot_words import is_secret

_DATE_PARTS = ("_text", "_edtf", "_earliest", "_latest")
# From this length on two texts are shown as one, with what went and what came marked.
_LONG = 60
Side = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a row; None for a side that the change does not have, "" for nothing.

    `pieces` are both sides of a longer text in one, word by word.
    """

    label: str
    before: str | None
    after: str | None
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class RowWords:
    """One written row: "Shoot", "changed", what it is, where that is shown, and its fields."""

    noun: str
    action: str
    name: str
    url: str
    fields: tuple[Field, ...]
    blanked: str = ""


def blanked_words(redaction: Change | None) -> str:
    """Say who blanked something of the history, when and why; "" where nobody did."""
    if redaction is None:
        return ""
    who = redaction.author.name if redaction.author else "the installation"
    because = f", because: {redaction.comment}" if redaction.comment else ""
    return f"Redacted by {who} on {redaction.made_at:%-d %b %Y}{because}"


def row_words(revision: Revision, references: References) -> RowWords:
    """Put a revision into words; what is not public of a place or spoils a film is left out."""
    if revision.redaction_id is not None:
        blanked = blanked_words(revision.redaction)
        return RowWords(NOUNS[revision.table_name], revision.action.value, "", "", (), blanked)
    name, url = subject_of(revision, references)
    hidden = _hidden(revision, references)
    before = _readable(revision, revision.before, hidden, references)
    after = _readable(revision, revision.after, hidden, references)
    return RowWords(
        noun=NOUNS[revision.table_name],
        action=revision.action.value,
        name=name,
        url=url,
        fields=tuple(_fields(revision, before, after)),
    )


def _fields(revision: Revision, before: Mapping[str, str], after: Mapping[str, str]) -> list[Field]:
    found: list[Field] = []
    for column, label in _labels(revision).items():
        old, new = before.get(column), after.get(column)
        if revision.action is Action.ADDED:
            if new:
                found.append(Field(label, None, new))
        elif revision.action is Action.REMOVED:
            if old:
                found.append(Field(label, old, None))
        elif old != new:
            found.append(_changed(label, old or "", new or ""))
    return found


def _changed(label: str, old: str, new: str) -> Field:
    is_text = old and new and max(len(old), len(new)) >= _LONG
    pieces = word_differences(old, new) if is_text else ()
    # Two texts without anything in common stand side by side.
    return Field(label, old, new, pieces if any(piece.kind == "same" for piece in pieces) else ())


def _readable(
    revision: Revision, side: Side | None, hidden: frozenset[str], references: References
) -> dict[str, str]:
    if side is None:
        return {}
    return {
        column: _value(revision, column, side, references)
        for column in _labels(revision)
        if column not in hidden and _is_there(column, side)
    }


def _labels(revision: Revision) -> Mapping[str, str]:
    """Answer the columns that are fields to a reader; what a row belongs to only where that changed."""
    table = revision.table_name
    moved = MOVED.get(table, {}) if revision.action is Action.CHANGED else {}
    return {**LABELS[table], **moved}


def _is_there(column: str, side: Side) -> bool:
    return column in side or (column in DATES and any(f"{column}{part}" in side for part in _DATE_PARTS))


def _value(revision: Revision, column: str, side: Side, references: References) -> str:
    if column in DATES:
        return _date_words(column, side)
    value = side.get(column)
    if value is None or value == "":
        return ""
    if column in _REFERENCES:
        return _REFERENCES[column](references, value)
    if column == "merged_into_id":
        return _MERGED_INTO[revision.table_name](references, value)
    if column in ENUMS:
        return str(value).replace("_", " ")
    return _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _place(references: References, number: int) -> str:
    place = references.places.get(number)
    return public_name(place) if place else "a place removed since"


def _film(references: References, number: int) -> str:
    film = references.productions.get(number)
    return film.title if film else "a film removed since"


def _source(references: References, number: int) -> str:
    source = references.sources.get(number)
    return source.title if source else "a source removed since"


def _partner(references: References, number: int) -> str:
    partner = references.partners.get(number)
    return partner.name if partner else "a partner removed since"


def _shoot(references: References, number: int) -> str:
    shoot = references.shoots.get(number)
    return f"{shoot.production.title} at {public_name(shoot.place)}" if shoot else "a stop removed since"


def _citation(references: References, number: int) -> str:
    shoot, source = references.cited.get(number, (0, 0))
    return f"{_source(references, source)}, for {_shoot(references, shoot)}"


def _order(references: References, number: int) -> str:
    order = references.orders.get(number)
    return _source(references, order.source_id) if order else "an order removed since"


def _country(_: References, code: str) -> str:
    return country_name(code)


_REFERENCES: dict[str, Callable[[References, Any], str]] = {
    "within_id": _place,
    "place_id": _place,
    "speaks_of_id": _place,
    "production_id": _film,
    "repeats_id": _source,
    "passes_on_id": _source,
    "source_id": _source,
    "partner_id": _partner,
    "country": _country,
    "shoot_id": _shoot,
    "other_id": _shoot,
    "citation_id": _citation,
}
_MERGED_INTO: dict[str, Callable[[References, Any], str]] = {
    "production": _film,
    "place": _place,
    "shoot": _shoot,
    "source": _source,
    "citation": _citation,
    "order_citation": _order,
}


def _date_words(column: str, side: Side) -> str:
    text = side.get(f"{column}_text") or ""
    edtf = side.get(f"{column}_edtf") or ""
    if not edtf:
        return str(text)
    try:
        bound = DateBound.from_edtf(str(edtf))
    except InvalidValueError:
        return str(text or edtf)
    if bound.is_open:
        return "open"
    words = describe_short(Period(bound, bound))
    return words if not text or text in (words, edtf) else f"{words} (“{text}”)"


def _hidden(revision: Revision, references: References) -> frozenset[str]:
    """Answer the columns of a revision that not everybody may read."""
    if revision.table_name == "place":
        return _hidden_of_place(revision, references.places.get(revision.row_id))
    if revision.table_name == "photo":
        return _hidden_of_photo(revision, references)
    if revision.table_name == "settlement" and _may_tell(revision, references):
        return TELLING
    if revision.table_name == "distinct_pair" and _said(revision, "kind") in ("place", "shoot"):
        return TELLING
    shoots = _shoots_of(revision, references)
    if any(not tells_words(shoot.place) for shoot in shoots):
        # People's words may say where a place is that does not.
        return TELLING | {"locator"}
    return TELLING if any(is_secret(shoot) for shoot in shoots) else frozenset()


def _hidden_of_place(revision: Revision, place: Place | None) -> frozenset[str]:
    privacy = place.privacy.value if place is not None else _last_privacy(revision)
    if privacy == Privacy.OPEN.value:
        return frozenset()
    if privacy == Privacy.OBSCURED.value:
        return WHEREABOUTS if _may_name(revision, place) else WHEREABOUTS | {"name"}
    return frozenset({*LABELS["place"], *MOVED["place"]}) - OF_PRIVATE


def _hidden_of_photo(revision: Revision, references: References) -> frozenset[str]:
    photo = references.photos.get(revision.row_id)
    if photo is None or not is_shown(photo):
        return frozenset(LABELS["photo"]) - OF_HIDDEN_PHOTO
    return TELLING | {"alt"} if gives_story_away(photo, today()) else frozenset()


def _may_name(revision: Revision, place: Place | None) -> bool:
    """Say whether no name of an obscured place, of today or in the revision, is that of a home."""
    sides = (revision.before or {}, revision.after or {})
    names = [str(side["name"]) for side in sides if side.get("name")]
    return not any(is_home(name) for name in (*names, place.name if place else ""))


def _last_privacy(revision: Revision) -> str:
    for side in (revision.after, revision.before):
        if side and "privacy" in side:
            return str(side["privacy"])
    return Privacy.PRIVATE.value


def _said(revision: Revision, column: str) -> object:
    """Answer what a row says in a column, also one that was removed."""
    return (revision.after or revision.before or {}).get(column)


def _may_tell(revision: Revision, references: References) -> bool:
    """Say whether a settlement may give away the story of a film that is not out; its key names no stop."""
    number = (revision.after or revision.before or {}).get("production_id", 0)
    film = references.productions.get(number)
    return film is None or not is_released(film, today())


def _shoots_of(revision: Revision, references: References) -> list[Shoot]:
    """Answer the shoots that a row tells of; one that was removed still says of which."""
    row = revision.before or revision.after or {}
    numbers: list[int | None] = []
    if revision.table_name == "shoot":
        numbers = [revision.row_id]
    elif revision.table_name == "citation":
        numbers = [references.cited.get(revision.row_id, (row.get("shoot_id", 0), 0))[0]]
    elif revision.table_name == "order_citation":
        order = references.orders.get(revision.row_id)
        numbers = [order.earlier_id, order.later_id] if order else [row.get("shoot_id"), row.get("other_id")]
    elif revision.table_name == "partner_role":
        role = references.roles.get(revision.row_id)
        numbers = [role.shoot_id if role else row.get("shoot_id")]
    return [references.shoots[number] for number in numbers if number and number in references.shoots]
