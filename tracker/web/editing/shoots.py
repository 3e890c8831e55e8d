"""Editing a shoot: what a person may say of it. Dates and status are never typed; sources give them."""

from __future__ import annotations

from collections.abc import Mapping

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2

from tracker.accounts.models import User
from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.history.conflicts import one_after_the_other
from tracker.history.recording import change
from tracker.places.editing import may_see_position
from tracker.places.privacy import public_name
from tracker.productions.editing import SETTINGS, TIMES_OF_DAY, ShootDraft, edit_shoot
from tracker.productions.models import Shoot, Unit
from tracker.productions.queries import has_told_story_place, shoot_by_id
from tracker.web.editing.dates import day_from, is_a_day
from tracker.web.editing.edited import Edited, Joining
from tracker.web.editing.form import EditForm, at_most
from tracker.web.editing.page import edit_page
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.numbers import LARGEST_ID
from tracker.web.frame.signed_in import current_user
from tracker.web.productions.shoot_words import stop_url
from tracker.web.productions.stops import unit_name

_SPOILERS = [
    SelectChoice("0", "Tells nothing of the story"),
    SelectChoice("1", "Tells a little of it"),
    SelectChoice("2", "Gives it away"),
]
_TOLD = frozenset({"story_place"})
_BOTH = Joining("Keep both, one after the other.", one_after_the_other)


class HiddenShootForm(EditForm):
    """The fields of a shoot at a place that is hidden from whoever edits it: its note may say where it is."""

    unit = SelectField("Unit", choices=[SelectChoice(unit.value, unit_name(unit.value)) for unit in Unit])
    story_place = StringField("What the place plays", [at_most(300)], default="")
    scene = StringField("What was shot, in a few words", [at_most(500)], default="")
    interior_exterior = SelectField(
        "Inside or outside", choices=[SelectChoice(value, value or "Not known") for value in SETTINGS]
    )
    day_night = SelectField(
        "Day or night", choices=[SelectChoice(value, value or "Not known") for value in TIMES_OF_DAY]
    )
    scene_known_from = StringField("Known since", [at_most(40), is_a_day], default="")
    spoiler = RadioField("Does this tell the story?", choices=_SPOILERS, default="0")


class ShootForm(HiddenShootForm):
    """The fields of a shoot that people fill in."""

    note = TextAreaField("Note", [at_most(5000)], default="")


@allow(Permission.EDIT)
@limiter.limit("30 per minute", methods=["POST"])
def edit(shoot_id: int) -> ResponseReturnValue:
    """Show the edit page of a shoot and save what is sent from it."""
    return edit_page(lambda: edited_shoot(db.session, shoot_id, current_user()))


def edited_shoot(session: Session, shoot_id: int, user: User) -> Edited:
    """Open a shoot for editing. Raises NotFoundError if there is none of that number."""
    shoot = shoot_by_id(session, shoot_id) if shoot_id <= LARGEST_ID else None
    if shoot is None:
        raise NotFoundError(f"No shoot has the number {shoot_id}.")

    tells_note = may_see_position(user, shoot.place)
    told = _TOLD if has_told_story_place(session, shoot) else frozenset[str]()

    def save(values: Mapping[str, str], comment: str) -> None:
        if told and values["story_place"] != shoot.story_place:
            raise InvalidValueError(
                f"Sources say what the place plays: {shoot.story_place!r}. Add a source that says otherwise."
            )
        with change(session, by=current_user(), comment=comment):
            edit_shoot(session, shoot, _draft(values, note=shoot.note))

    return Edited(
        kind="shoot",
        id=shoot.id,
        version=shoot.version,
        name=f"{public_name(shoot.place)}, {shoot.production.title}",
        url=stop_url(shoot),
        template="editing/shoot.html",
        form=ShootForm if tells_note else HiddenShootForm,
        about=shoot.production.slug,
        values=_values(shoot, tells_note=tells_note),
        save=save,
        consequence="Dates, status and grade stay as the sources give them; the route does not change.",
        joins={"note": _BOTH} if tells_note else {},
        told=told,
    )


def _values(shoot: Shoot, *, tells_note: bool) -> dict[str, str]:
    values = {
        "unit": shoot.unit.value,
        "story_place": shoot.story_place,
        "scene": shoot.scene,
        "interior_exterior": shoot.interior_exterior,
        "day_night": shoot.day_night,
        "scene_known_from": shoot.scene_known_from.isoformat() if shoot.scene_known_from else "",
        "spoiler": str(shoot.spoiler),
    }
    return values | {"note": shoot.note} if tells_note else values


def _draft(values: Mapping[str, str], *, note: str) -> ShootDraft:
    """Answer the draft of what was sent; `note` stays where it is none of the form's fields."""
    return ShootDraft(
        unit=Unit(values["unit"]),
        story_place=values["story_place"],
        scene=values["scene"],
        interior_exterior=values["interior_exterior"],
        day_night=values["day_night"],
        scene_known_from=day_from(values["scene_known_from"]),
        spoiler=int(values["spoiler"]),
        note=values.get("note", note),
    )
