"""Pairs that look like one and are not: saying so, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.foundation.text import clean_line
from tracker.history.recording import change
from tracker.productions.distinct import DistinctPair, keep_apart, latest_distinct, let_be_one
from tracker.sightings.merging import MergeKind
from tracker.web.frame.access import allow
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.signed_in import current_user
from tracker.web.merging.rows import NOUNS, RowLine, lines_of


@dataclass(frozen=True, slots=True)
class ApartLine:
    """A pair that is said not to be one, as the list shows it; rows that were merged since are left out."""

    id: int
    noun: str
    first: RowLine
    second: RowLine
    reason: str


@allow(Permission.MERGE)
def keep(kind: str, first_id: int, second_id: int) -> ResponseReturnValue:
    """Say that two rows are not one: they are not offered again."""
    if kind not in list(MergeKind):
        raise NotFoundError(f"{kind[:40]!r} is nothing that can be one.")
    way = MergeKind(kind)
    begin_writing(db.session)
    known = [number for number in (first_id, second_id) if number <= LARGEST_ID]
    if len(lines_of(db.session, way, known)) < 2:
        raise NotFoundError(f"One of the {NOUNS[way]}s {first_id} and {second_id} is not there any more.")
    reason = clean_line(request.form.get("reason", ""))
    if len(reason) > 500:
        raise InvalidValueError(f"The reason has {len(reason)} characters; at most 500 are kept.")
    first, second = sorted((first_id, second_id))
    comment = f"Not one: {NOUNS[way]}s {first} and {second}"
    with change(db.session, by=current_user(), comment=comment):
        keep_apart(db.session, kind, first_id, second_id, reason=reason)
    db.session.commit()
    flash("Kept apart. This pair is not offered again; you can take that back below.")
    return redirect(url_for("merging.duplicates"), 303)


@allow(Permission.MERGE)
def take_back(pair_id: int) -> ResponseReturnValue:
    """Take it back that two rows are not one."""
    begin_writing(db.session)
    pair = db.session.get(DistinctPair, pair_id) if pair_id <= LARGEST_ID else None
    if pair is None:
        raise NotFoundError(f"No pair has the number {pair_id}: somebody may have taken it back already.")
    comment = f"Perhaps one after all: {pair.history_label()}"
    with change(db.session, by=current_user(), comment=comment):
        let_be_one(db.session, pair)
    db.session.commit()
    flash("Taken back. The pair is offered again while it looks like one.")
    return redirect(url_for("merging.duplicates"), 303)


def apart_lines(session: Session) -> list[ApartLine]:
    """Answer the pairs said last not to be one."""
    pairs = latest_distinct(session)
    lines = {kind: lines_of(session, kind, _ids(pairs, kind)) for kind in MergeKind if _ids(pairs, kind)}
    return [
        ApartLine(pair.id, NOUNS[MergeKind(pair.kind)], of[pair.first_id], of[pair.second_id], pair.reason)
        for pair in pairs
        if {pair.first_id, pair.second_id} <= (of := lines[MergeKind(pair.kind)]).keys()
    ]


def _ids(pairs: Iterable[DistinctPair], kind: MergeKind) -> list[int]:
    return [number for pair in pairs if pair.kind == kind for number in (pair.first_id, pair.second_id)]
