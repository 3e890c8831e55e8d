"""When a shoot was, asked in SQL: certainly or perhaps then, between two days or in a month of any year."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Integer, and_, cast, extract, not_, or_

from tracker.foundation.dates.edtf import QUALIFIERS
from tracker.productions.models import Shoot

_SHOOT = Shoot.__table__.c
_ENDS = ("start", "end")


def perhaps_between(first: date, last: date) -> ColumnElement[bool]:
    """Say in SQL what `dates.search.perhaps_within` says."""
    limits = (_SHOOT.start_earliest, _SHOOT.start_latest, _SHOOT.end_earliest, _SHOOT.end_latest)
    return and_(
        or_(*(limit.is_not(None) for limit in limits)),
        or_(_SHOOT.start_earliest.is_(None), _SHOOT.start_earliest <= last),
        or_(_SHOOT.end_latest.is_(None), _SHOOT.end_latest >= first),
    )


def certainly_between(first: date, last: date) -> ColumnElement[bool]:
    """Say in SQL what `dates.search.certainly_within` says; the least of days is by `last` when any is."""
    return and_(
        or_(*(and_(_is_sure(end), _SHOOT[f"{end}_latest"] <= last) for end in _ENDS)),
        or_(*(and_(_is_sure(end), _SHOOT[f"{end}_earliest"] >= first) for end in _ENDS)),
    )


def perhaps_in_month(month: int) -> ColumnElement[bool]:
    first, last = _SHOOT.start_earliest, _SHOOT.end_latest
    limits = (first, _SHOOT.start_latest, _SHOOT.end_earliest, last)
    return and_(
        or_(*(limit.is_not(None) for limit in limits)),
        or_(first.is_(None), last.is_(None), _spans(first, last, month)),
    )


def certainly_in_month(month: int) -> ColumnElement[bool]:
    """Say that some year has the month between the day by which it had begun and that to which it lasted."""
    pairs = [
        and_(
            _is_sure(begun),
            _is_sure(lasted),
            _spans(_SHOOT[f"{begun}_latest"], _SHOOT[f"{lasted}_earliest"], month),
        )
        for begun in _ENDS
        for lasted in _ENDS
    ]
    return or_(*pairs)


def _spans(first: ColumnElement[date], last: ColumnElement[date], month: int) -> ColumnElement[bool]:
    """Say that the calendar months from one day to another hold that month of some year."""
    years, begun = _part("year", last) - _part("year", first), _part("month", first)
    return (month - begun + 12) % 12 <= years * 12 + _part("month", last) - begun


def _part(field: str, day: ColumnElement[date]) -> ColumnElement[int]:
    # PostgreSQL answers a number with decimals, which has no remainder in every version.
    return cast(extract(field, day), Integer)


def _is_sure(end: str) -> ColumnElement[bool]:
    edtf = _SHOOT[f"{end}_edtf"]
    return and_(*(not_(edtf.contains(sign, autoescape=True)) for sign in QUALIFIERS))
