"""The page of a conflict: as both began, as it is live, as it was typed; and the ways out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template
from wtforms import Field

from tracker.extensions import db
from tracker.history.conflicts import Choice, Compared, Comparison, Verdict
from tracker.history.differences import Piece, word_differences
from tracker.history.queries import public_changes
from tracker.web.changes.page import ChangeWords, in_words
from tracker.web.editing.edited import Edited
from tracker.web.editing.form import CHOICE, EditForm, chosen

_CHANGES_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One field in three versions; `live` and `yours` are marked where they differ from the beginning.

    `keep_both` offers to keep both of a clash, "" where that makes no sense; `choice` is preselected.
    """

    name: str
    label: str
    began: str
    live: tuple[Piece, ...]
    yours: tuple[Piece, ...]
    verdict: Verdict
    keep_both: str
    choice: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """All that templates/editing/conflict.html shows. `typed` are the lines to copy away."""

    rows: tuple[Row, ...]
    hidden: tuple[tuple[str, str], ...]
    typed: tuple[tuple[str, str], ...]
    began_version: str
    who: str
    changes: tuple[ChangeWords, ...]

    @property
    def last(self) -> ChangeWords | None:
        return self.changes[0] if self.changes else None

    @property
    def clashes(self) -> int:
        return sum(row.verdict is Verdict.CLASH for row in self.rows)


def conflict_page(edited: Edited, form: EditForm, compared: Comparison) -> str:
    """Answer the page; all that was typed is on it, and saving goes on from here."""
    changes = in_words(
        db.session, public_changes(db.session, about=(edited.kind, edited.id), limit=_CHANGES_SHOWN)
    )
    fields = {field.name: field for field in form.fields()}
    typed = form.typed()
    conflict = Conflict(
        rows=tuple(_row(one, fields, edited) for one in compared.touched),
        hidden=tuple(typed.items()),
        typed=tuple((_label(name, fields), words_of(fields.get(name), text)) for name, text in typed.items()),
        began_version=form.version.data or "?",
        who=_who(form, edited, changes),
        changes=tuple(changes),
    )
    return render_template(
        "editing/conflict.html", edited=edited, form=form, conflict=conflict, CHOICE=CHOICE
    )


def words_of(field: Field | None, value: str) -> str:
    """Answer a value as the form shows it: the words of a choice instead of its value."""
    return next((c.label for c in getattr(field, "choices", None) or () if c.value == value), value)


def _row(one: Compared, fields: Mapping[str, Field], edited: Edited) -> Row:
    field = fields.get(one.name)
    began, live, yours = (words_of(field, value) for value in (one.began, one.live, one.yours))
    joining = edited.joins.get(one.name) if one.verdict is Verdict.CLASH else None
    preselected = Choice.BOTH.value if joining else ""
    return Row(
        name=one.name,
        label=_label(one.name, fields),
        began=began,
        live=_marked(began, live),
        yours=_marked(began, yours),
        verdict=one.verdict,
        keep_both=joining.words if joining else "",
        choice=str(chosen().get(one.name, preselected)),
    )


def _marked(before: str, after: str) -> tuple[Piece, ...]:
    """Answer the later text with the words that are new in it marked."""
    return tuple(piece for piece in word_differences(before, after) if piece.kind != "removed")


def _label(name: str, fields: Mapping[str, Field]) -> str:
    return str(fields[name].label.text) if name in fields else name


def _who(form: EditForm, edited: Edited, changes: list[ChangeWords]) -> str:
    """Say who saved in between: by name if it was one save, else in general."""
    is_one = form.version.data == str(edited.version - 1)
    return changes[0].author if is_one and changes else "somebody else"
