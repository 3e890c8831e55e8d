"""What is there already, while somebody types; and adding one's source to it instead of a new entry."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from flask import current_app, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from tracker.accounts.models import User
from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.dates import describe_short
from tracker.places.privacy import public_name
from tracker.productions.models import Shoot
from tracker.productions.operations import CitationDraft
from tracker.sightings.citing import cite_or_offer
from tracker.sightings.operations import SightingDraft
from tracker.sightings.queries import Duplicate
from tracker.sources.models import SourceKind
from tracker.sources.operations import SourceDraft
from tracker.web.frame.access import allow
from tracker.web.frame.geocoding import cascade
from tracker.web.frame.limits import limiter
from tracker.web.sightings.form import SightingForm
from tracker.web.sightings.reading import duplicates_of, read_form

_ASKED = ("title", "place", "when", "address", "candidate", "offered_for", "lat", "lon", "accuracy", "area")


@allow(Permission.READ)
@limiter.limit("240 per minute")
def found() -> ResponseReturnValue:
    """Answer the likeliest shoot that is on record already, by what is typed so far; null without one."""
    form = SightingForm(
        MultiDict({name: request.args.get(name, "")[:2000] for name in _ASKED}), meta={"csrf": False}
    )
    form.validate()
    reading = read_form(db.session, form, cascade())
    likely = duplicates_of(db.session, reading, str(form.address.data))
    answer = jsonify(found=_record(likely[0]) if likely else None)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def add_to(shoot: Shoot, draft: SightingDraft, *, by: User) -> None:
    """Let the link of what was sent in speak for a shoot on record. Raises ConflictError if it does."""
    start = draft.period.start
    seen_on = start.earliest if draft.seen_by_sender and start.earliest == draft.period.end.latest else None
    source = SourceDraft(
        kind=SourceKind.EYEWITNESS_MEDIA if draft.seen_by_sender else SourceKind.TRADE_PRESS,
        title=draft.address.split("://", 1)[-1][:200],
        address=draft.address,
        outlet=urlsplit(draft.address).hostname or "",
        captured_on=today(),
    )
    says = CitationDraft(
        status=draft.status,
        period=draft.period,
        note=draft.note[:500],
        attested=(seen_on,) if seen_on else (),
    )
    cite_or_offer(db.session, shoot, source, says, by=by)


def is_recent(draft: SightingDraft) -> bool:
    """Say whether what is sent in may be happening now: its place is told no sooner than a sighting's."""
    last, hours = draft.period.end.latest, current_app.config["SETTINGS"].sighting_delay_hours
    return last is not None and last >= today() - timedelta(days=1 + hours // 24)


def _record(duplicate: Duplicate) -> dict[str, object]:
    shoot = duplicate.shoot
    return {
        "name": f"{public_name(shoot.place)}, {describe_short(shoot.period)}",
        "grade": shoot.grade.value,
        "why": duplicate.why,
        "near_only": duplicate.is_near_only,
    }
