"""The pages of merging, for moderators."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from wtforms import StringField
from wtforms.validators import Length

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import ConflictError, NotFoundError
from tracker.places.duplicates import likely_one_place
from tracker.productions.distinct import Found, distinct_pairs, undecided
from tracker.productions.duplicates import likely_one_production, likely_one_shoot
from tracker.productions.queries import production_by_slug, slug_of_title
from tracker.sightings.merging import MergeKind, merge_rows, unmerge
from tracker.sightings.removal_desk import check_still_hidden
from tracker.sources.duplicates import likely_one_source
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.signed_in import current_user
from tracker.web.merging.apart import apart_lines
from tracker.web.merging.preview import preview_of
from tracker.web.merging.rows import NOUNS, RowLine, latest_merges, lines_of, number_of

_MOST_PAIRS = 40
_HEADINGS = {
    MergeKind.PRODUCTION: "Films",
    MergeKind.PLACE: "Places",
    MergeKind.SOURCE: "Sources",
    MergeKind.SHOOT: "Shoots",
}


_LIKELY: dict[MergeKind, Callable[[Session, int], list[Found]]] = {
    MergeKind.PRODUCTION: lambda session, limit: likely_one_production(session, limit=limit),
    MergeKind.PLACE: lambda session, limit: [
        (pair.first, pair.second, pair.why) for pair in likely_one_place(session, limit=limit)
    ],
    MergeKind.SHOOT: lambda session, limit: likely_one_shoot(session, limit=limit),
    MergeKind.SOURCE: lambda session, limit: likely_one_source(session, limit=limit),
}


class MergeForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """Why two rows are one."""

    comment = StringField(
        "How do you know that they are one?",
        [Length(max=400, message="Too long: at most 400 characters are kept.")],
        default="",
    )


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two rows that are likely one, and why."""

    first: RowLine
    second: RowLine
    why: str
    url: str
    apart_url: str


@allow(Permission.MERGE)
def duplicates() -> ResponseReturnValue:
    """List the pairs of the record that are likely one, what is not one, and the latest merges."""
    session = db.session
    groups: list[tuple[str, list[LikelyPair]]] = []
    for kind, find in _LIKELY.items():
        apart = distinct_pairs(session, kind)
        # As many more are looked for as are known not to be one.
        found = find(session, _MOST_PAIRS + len(apart))
        groups.append((_HEADINGS[kind], _pairs(kind, undecided(found, apart, limit=_MOST_PAIRS))))
    return render_template(
        "merging/duplicates.html",
        groups=[(heading, pairs) for heading, pairs in groups if pairs],
        made=latest_merges(session),
        apart=apart_lines(session),
    )


@allow(Permission.MERGE)
def choose(kind: str, loser_id: int) -> ResponseReturnValue:
    """Ask what a row is to be merged into: by number, address, or the slug of a film."""
    way = _kind(kind)
    loser = _line(way, loser_id)
    typed = request.args.get("into", "").strip()
    problem = ""
    if typed:
        number = _number(way, typed)
        if number is not None and number in lines_of(db.session, way, [number]):
            address = url_for("merging.preview", kind=kind, loser_id=loser_id, survivor_id=number)
            return redirect(address, 303)
        problem = f"{typed[:80]!r} is no {NOUNS[way]} here. Write the number in its address."
    page = render_template(
        "merging/choose.html", kind=way, noun=NOUNS[way], loser=loser, typed=typed, problem=problem
    )
    return page, 422 if problem else 200


@allow(Permission.MERGE)
@limiter.limit("60 per minute")
def preview(kind: str, loser_id: int, survivor_id: int) -> ResponseReturnValue:
    """Show what a merge would change, and merge when it is sent."""
    way = _kind(kind)
    form = MergeForm()
    if form.validate_on_submit():
        return _merge(way, loser_id, survivor_id, form)
    return _page(way, loser_id, survivor_id, form, 422 if form.is_submitted() else 200)


@allow(Permission.MERGE)
def undo(change_id: int) -> ResponseReturnValue:
    """Take a merge back."""
    begin_writing(db.session)
    try:
        taken = unmerge(db.session, change_id, by=current_user())
        check_still_hidden(db.session)
        made_id, left = taken.change.id, taken.left
        db.session.commit()
    except (IntegrityError, StaleDataError):
        db.session.rollback()
        raise ConflictError("Somebody changed what was merged just now. Try it again.") from None
    rest = f" {left} values were changed since and stay." if left else ""
    flash(f"Taken back: everything is where it was.{rest}")
    return redirect(url_for("changes.show", change_id=made_id), 303)


def _merge(kind: MergeKind, loser_id: int, survivor_id: int, form: MergeForm) -> ResponseReturnValue:
    begin_writing(db.session)
    comment = form.comment.data or ""
    try:
        merge_rows(
            db.session, kind, survivor_id=survivor_id, loser_id=loser_id, by=current_user(), comment=comment
        )
        db.session.commit()
    except (IntegrityError, StaleDataError):
        db.session.rollback()
        raise ConflictError("Somebody saved one of the two just now. Look at them again.") from None
    flash("Merged. The old address leads on, and the merge can be taken back.")
    return redirect(_line(kind, survivor_id).url, 303)


def _page(
    kind: MergeKind, loser_id: int, survivor_id: int, form: MergeForm, status: int
) -> ResponseReturnValue:
    found = preview_of(db.session, kind, survivor_id=survivor_id, loser_id=loser_id, by=current_user())
    page = render_template(
        "merging/preview.html",
        form=form,
        noun=NOUNS[kind],
        survivor=_line(kind, survivor_id),
        loser=_line(kind, loser_id),
        preview=found,
        apart_url=url_for("merging.keep_apart", kind=kind.value, first_id=survivor_id, second_id=loser_id),
        other_way=url_for("merging.preview", kind=kind.value, loser_id=survivor_id, survivor_id=loser_id),
    )
    return page, status


def _pairs(kind: MergeKind, pairs: list[tuple[int, int, str]]) -> list[LikelyPair]:
    lines = lines_of(db.session, kind, {number for first, second, _ in pairs for number in (first, second)})
    return [
        LikelyPair(
            lines[first],
            lines[second],
            why,
            url_for("merging.preview", kind=kind.value, loser_id=second, survivor_id=first),
            url_for("merging.keep_apart", kind=kind.value, first_id=first, second_id=second),
        )
        for first, second, why in pairs
        if first in lines and second in lines
    ]


def _kind(text: str) -> MergeKind:
    try:
        return MergeKind(text)
    except ValueError:
        raise NotFoundError(f"{text[:40]!r} is nothing that can be merged.") from None


def _line(kind: MergeKind, number: int) -> RowLine:
    found = lines_of(db.session, kind, [number]).get(number) if number <= LARGEST_ID else None
    if found is None:
        raise NotFoundError(f"There is no {NOUNS[kind]} with the number {number}, or it was merged.")
    return found


def _number(kind: MergeKind, typed: str) -> int | None:
    if kind is MergeKind.PRODUCTION:
        # A film may be called by a year: its address is looked at before a number.
        slug = typed.rstrip("/").rpartition("/")[2]
        film = production_by_slug(db.session, slug) or production_by_slug(
            db.session, slug_of_title(db.session, slug) or ""
        )
        if film is not None:
            return film.id
    return number_of(typed)
