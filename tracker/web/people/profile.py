"""What somebody contributed, for everybody to read."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Gone

from tracker.accounts.models import FORMER
from tracker.accounts.permissions import Permission, may
from tracker.extensions import db
from tracker.foundation.text import fold
from tracker.history.queries import Wanted, public_changes
from tracker.people.contributions import contributions_of
from tracker.places.privacy import public_name
from tracker.productions.models import Shoot
from tracker.sightings.trust import trust_of
from tracker.web.changes.asked import user_named
from tracker.web.changes.page import in_words
from tracker.web.frame.access import allow
from tracker.web.frame.sessions import signed_in_user
from tracker.web.places.public import place_url
from tracker.web.productions.shoot_words import film_url, stop_url

_LATEST = 5


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop that came of a sighting, as everybody may read it."""

    film: str
    film_url: str
    place: str
    place_url: str
    url: str


@allow(Permission.READ)
def show(name: str) -> ResponseReturnValue:
    """Show the numbers of one contributor, the latest stops and changes."""
    if fold(name) == fold(FORMER):
        raise Gone("This account is deleted. What it added to the record stays, under no name.")
    user = user_named(db.session, name)
    asking = signed_in_user()
    found = contributions_of(db.session, user)
    latest = public_changes(db.session, wanted=Wanted(author_id=user.id), limit=_LATEST)
    return render_template(
        "people/profile.html",
        user=user,
        found=found,
        stops=[_stop(shoot) for shoot in found.stops],
        changes=in_words(db.session, latest),
        is_own=asking is not None and asking.id == user.id,
        may_revert=may(asking, Permission.REVERT),
        may_moderate=may(asking, Permission.MODERATE),
        trust=trust_of(db.session, user),
        may_manage=may(asking, Permission.MANAGE_ACCOUNTS),
    )


def _stop(shoot: Shoot) -> Stop:
    return Stop(
        shoot.production.title,
        film_url(shoot.production),
        public_name(shoot.place),
        place_url(shoot.place),
        stop_url(shoot),
    )
