"""One date in an edit form: a phrase or EDTF, shown as it was typed."""

from __future__ import annotations

from datetime import date

from wtforms import Field
from wtforms.validators import ValidationError

from tracker.foundation.dates import DateBound, InvalidDateError, parse_bound
from tracker.foundation.errors import InvalidValueError


def bound_text(bound: DateBound) -> str:
    """Answer a date as a form shows it: as it was typed, else as EDTF."""
    return bound.text or bound.edtf


def bound_from(text: str, current: DateBound) -> DateBound:
    """Read a typed date; one that was not touched stays exactly as it is, also its season's hemisphere."""
    return current if text == bound_text(current) else parse_bound(text)


def is_a_date(_: object, field: Field) -> None:
    """Refuse what is not a date, with the reason and what to write instead."""
    try:
        parse_bound(field.data or "")
    except InvalidDateError as error:
        hint = f" Write: {', '.join(error.suggestions)}." if error.suggestions else ""
        raise ValidationError(f"{error}{hint}") from None
    except InvalidValueError as error:
        raise ValidationError(str(error)) from None


def day_from(text: str) -> date | None:
    """Read a single day, None where nothing is typed. Raises InvalidValueError for anything else."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidValueError(f"{text[:40]!r} is not a day. Write it as 2020-10-05.") from None


def is_a_day(_: object, field: Field) -> None:
    """Refuse what is not a single day."""
    try:
        day_from((field.data or "").strip())
    except InvalidValueError as error:
        raise ValidationError(str(error)) from None
