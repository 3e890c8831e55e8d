"""Rows that were merged into another of their table: kept, out of sight, and brought back by an un-merge.

A merged row stays as it was, so that its number is never given to another, its old addresses lead on, and
whoever imports it again finds the row that it became. No query of the ORM sees it unless it says so:

    session.scalars(select(Place).where(...).execution_options(**WITH_MERGED))
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import ForeignKey, Index, event, or_, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    ORMExecuteState,
    Session,
    declared_attr,
    mapped_column,
    with_loader_criteria,
)

from tracker.foundation.errors import ConflictError, InvalidValueError, NotFoundError
from tracker.history.models import Revision

WITH_MERGED: dict[str, Any] = {"with_merged": True}


class Mergeable:
    """Mixed into tables whose rows can be merged. `merged_into_id` is never the id of a merged row."""

    @declared_attr
    def merged_into_id(cls) -> Mapped[int | None]:  # noqa: N805 - declared attributes are asked of the class
        """The row that this one is part of since."""
        # SQLAlchemy also asks the mixin itself, which has no table, when it reads the criterion below.
        table: str = getattr(cls, "__tablename__", "")
        return mapped_column(ForeignKey(f"{table}.id"))

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        # Every query asks for rows that are not merged. Without figures on the tables SQLite would go by an
        # index that holds these as well, and so read all rows, and sort them, where it needs a few.
        merged = cls.__table__.c.merged_into_id  # type: ignore[attr-defined]  # given to whoever is mapped
        where = merged.is_not(None)
        name = f"ix_{merged.table.name}_merged_into_id"
        Index(name, merged, sqlite_where=where, postgresql_where=where)


Row = TypeVar("Row", bound=DeclarativeBase)


@event.listens_for(Session, "do_orm_execute")
def _leave_out_merged(state: ORMExecuteState) -> None:
    """Hide merged rows from every query, also those in joins and of relationships."""
    if not state.is_select or state.is_column_load or state.is_relationship_load:
        return
    if state.execution_options.get("with_merged"):
        return
    state.statement = state.statement.options(
        with_loader_criteria(Mergeable, lambda cls: cls.merged_into_id.is_(None), include_aliases=True)
    )


def survivor_of(session: Session, model: type[Row], row_id: int) -> Row | None:
    """Answer the row that a merged one became part of; None if it is not merged, or never was there."""
    found = session.scalar(
        select(model.merged_into_id).where(model.id == row_id).execution_options(**WITH_MERGED)  # type: ignore[attr-defined]
    )
    return session.get(model, found) if found is not None else None


def lock_pair(session: Session, model: type[Row], survivor_id: int, loser_id: int) -> tuple[Row, Row]:
    """Answer the row that stays and the one to be merged, held until the transaction ends.

    Raises InvalidValueError if they are one row, ConflictError if either was merged meanwhile, and
    NotFoundError if one was never there.
    """
    if survivor_id == loser_id:
        raise InvalidValueError("This would merge a row into itself. Choose another to merge it into.")
    rows = session.scalars(
        select(model)
        .where(model.id.in_((survivor_id, loser_id)))  # type: ignore[attr-defined]
        .order_by(model.id)  # type: ignore[attr-defined]
        .with_for_update()
    )
    held = {row.id: row for row in rows}  # type: ignore[attr-defined]
    for number in (survivor_id, loser_id):
        if number not in held:
            if survivor_of(session, model, number) is not None:
                raise ConflictError("Somebody merged one of the two just now. Look at the list again.")
            raise NotFoundError(f"There is no {model.__tablename__} with the number {number}.")
    return held[survivor_id], held[loser_id]


def mark_merged(session: Session, loser: Row, survivor: Row) -> None:
    """Merge a row into another; rows merged into the first one before lead to the other now."""
    model: Any = type(loser)
    earlier = select(model).where(model.merged_into_id == loser.id)  # type: ignore[attr-defined]
    for row in session.scalars(earlier.execution_options(**WITH_MERGED)):
        row.merged_into_id = survivor.id  # type: ignore[attr-defined]
    loser.merged_into_id = survivor.id  # type: ignore[attr-defined]
    session.flush()


def merging_changes(session: Session, change_ids: Sequence[int]) -> set[int]:
    """Answer those of the changes that merged rows, or took a merge back."""
    sides = (Revision.before, Revision.after)
    names_one = or_(*(side["merged_into_id"].as_integer().is_not(None) for side in sides))
    found = select(Revision.change_id).where(Revision.change_id.in_(change_ids), names_one)
    return set(session.scalars(found.distinct()))


def fill_gaps(survivor: object, loser: object, names: tuple[str, ...]) -> None:
    """Take over what the row that stays does not say."""
    for name in names:
        if not getattr(survivor, name) and getattr(loser, name):
            setattr(survivor, name, getattr(loser, name))
