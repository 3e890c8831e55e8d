"""An edit of a citation that somebody else has changed since: both versions side by side, nothing lost."""

from __future__ import annotations

from dataclasses import dataclass

from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import Field, SelectField

from tracker.history.queries import revisions_of_row
from tracker.productions.evidence import Citation
from tracker.productions.queries import attested_days
from tracker.web.citing.form import SaysForm
from tracker.web.citing.reading import fill

_COMPARED = (
    *("stance", "when", "quote", "manner", "shows", "status", "days", "speaks_of"),
    *("story_place", "in_film", "locator", "note"),
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field as it stands now and as it was typed."""

    label: str
    now: str
    yours: str


def version_of(session: Session, citation: Citation) -> str:
    """Answer what changes with each saved edit of a citation: its latest revision, and its days."""
    latest = revisions_of_row(session, "citation", citation.id, limit=1)
    days = ",".join(day.isoformat() for day in attested_days(session, citation.id))
    return f"{latest[0].id if latest else 0} {days}".strip()


def differences(session: Session, form: SaysForm, citation: Citation) -> list[Difference]:
    """Answer where a typed form and the citation as it stands now are not the same."""
    live = SaysForm(formdata=None)
    live.speaks_of.choices = form.speaks_of.choices
    fill(live, citation, attested_days(session, citation.id))
    return [
        Difference(form[name].label.text, _words(live[name]), _words(form[name]))
        for name in _COMPARED
        if _words(live[name]) != _words(form[name])
    ]


def keep_version(form: FlaskForm, version: str) -> None:
    """Let the next save be one on top of this version."""
    form.began_with.data = version


def _words(field: Field) -> str:
    if isinstance(field, SelectField):
        told = {str(choice[0]): str(choice[1]) for choice in field.iter_choices()}
        return told.get(str(field.data), "")
    return " ".join(str(field.data or "").split())
