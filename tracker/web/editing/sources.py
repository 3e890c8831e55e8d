"""Editing a source: what it is, who made it, where it is, when it was published."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.validators import DataRequired, ValidationError

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.foundation.languages import check_language
from tracker.history.conflicts import one_after_the_other
from tracker.history.recording import change
from tracker.productions.upkeep import refresh_after
from tracker.sources.addresses import check_address
from tracker.sources.models import Source, SourceKind
from tracker.sources.operations import SourceDraft, edit_source
from tracker.sources.queries import source_by_id
from tracker.web.editing.dates import bound_from, bound_text, day_from, is_a_date, is_a_day
from tracker.web.editing.edited import Edited, Joining
from tracker.web.editing.form import EditForm, at_most
from tracker.web.editing.page import edit_page
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.signed_in import current_user

_KINDS = [SelectChoice(kind.value, kind.word.capitalize()) for kind in SourceKind]
_YES_NO = [SelectChoice("no", "No"), SelectChoice("yes", "Yes, a cast member’s own post")]


def _accepted_by(check: Callable[[str], object]) -> Callable[[object, Field], None]:
    """Answer the validator that asks a rule of the room."""

    def validate(_: object, field: Field) -> None:
        if not (field.data or "").strip():
            return
        try:
            check(field.data)
        except InvalidValueError as error:
            raise ValidationError(str(error)) from None

    return validate


class SourceForm(EditForm):
    """The fields of a source that people fill in."""

    title = StringField(
        "Title", [DataRequired("Write what it is, in a few words."), at_most(300)], default=""
    )
    kind = SelectField("Kind", choices=_KINDS)
    by_cast = RadioField("Is it by the cast?", choices=_YES_NO, default="no")
    author = StringField("Author or handle", [at_most(300)], default="")
    outlet = StringField("Outlet", [at_most(300)], default="")
    address = StringField("Address", [at_most(2000), _accepted_by(check_address)], default="")
    archive_address = StringField("Archived copy", [at_most(2000), _accepted_by(check_address)], default="")
    published = StringField("Published", [at_most(200), is_a_date], default="")
    captured_on = StringField("Read on", [at_most(40), is_a_day], default="")
    language = StringField("Language", [at_most(12), _accepted_by(check_language)], default="")
    note = TextAreaField("Note", [at_most(500)], default="")


@allow(Permission.EDIT)
@limiter.limit("30 per minute", methods=["POST"])
def edit(source_id: int) -> ResponseReturnValue:
    """Show the edit page of a source and save what is sent from it."""
    return edit_page(lambda: edited_source(db.session, source_id))


def edited_source(session: Session, source_id: int) -> Edited:
    """Open a source for editing. Raises NotFoundError if there is none of that number."""
    source = source_by_id(session, source_id) if source_id <= LARGEST_ID else None
    if source is None:
        raise NotFoundError(f"No source has the number {source_id}.")

    def save(values: Mapping[str, str], comment: str) -> None:
        with change(session, by=current_user(), comment=comment):
            edit_source(session, source, _draft(values, source))
            refresh_after(session, [("source", source.id)])

    return Edited(
        kind="source",
        id=source.id,
        version=source.version,
        name=source.title,
        url=url_for("sources.show", source_id=source.id),
        template="editing/source.html",
        form=SourceForm,
        values=_values(source),
        save=save,
        consequence="Grades, dates and status of the shoots that it is cited for are worked out anew.",
        joins={"note": Joining("Keep both, one after the other.", one_after_the_other)},
    )


def _values(source: Source) -> dict[str, str]:
    return {
        "title": source.title,
        "kind": source.kind.value,
        "by_cast": "yes" if source.by_cast else "no",
        "author": source.author,
        "outlet": source.outlet,
        "address": source.address or "",
        "archive_address": source.archive_address or "",
        "published": bound_text(source.published),
        "captured_on": source.captured_on.isoformat() if source.captured_on else "",
        "language": source.language or "",
        "note": source.note,
    }


def _draft(values: Mapping[str, str], source: Source) -> SourceDraft:
    return SourceDraft(
        title=values["title"],
        kind=SourceKind(values["kind"]),
        by_cast=values["by_cast"] == "yes",
        author=values["author"],
        outlet=values["outlet"],
        address=values["address"],
        archive_address=values["archive_address"],
        published=bound_from(values["published"], source.published),
        captured_on=day_from(values["captured_on"]),
        language=check_language(values["language"]),
        note=values["note"],
    )
