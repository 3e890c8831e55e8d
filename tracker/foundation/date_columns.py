"""How a `DateBound` is stored: as typed, as EDTF, and the days that it allows, in four columns."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Date, String
from sqlalchemy.orm import Composite, MappedColumn, composite, mapped_column

from tracker.foundation.dates import DateBound


def date_bound(name: str) -> Composite[DateBound]:
    """Answer the composite attribute whose columns are `name`_text, _edtf, _earliest and _latest."""
    text: MappedColumn[str] = mapped_column(f"{name}_text", String(300), default="", nullable=False)
    edtf: MappedColumn[str] = mapped_column(f"{name}_edtf", String(300), default="", nullable=False)
    earliest: MappedColumn[date | None] = mapped_column(f"{name}_earliest", Date, nullable=True)
    latest: MappedColumn[date | None] = mapped_column(f"{name}_latest", Date, nullable=True)
    return composite(text, edtf, earliest, latest)


def in_order(name: str) -> CheckConstraint:
    """Answer the constraint that the earliest day is not after the latest."""
    return CheckConstraint(
        f"{name}_earliest is null or {name}_latest is null or {name}_earliest <= {name}_latest",
        name=f"{name}_in_order",
    )
