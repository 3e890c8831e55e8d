"""Reading a pasted text, saving its entries, and the page that lists what was saved."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, abort, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import ConflictError, InvalidValueError, TrackerError
from tracker.foundation.text import fold
from tracker.maps.shell import MapKind, map_shell
from tracker.places.privacy import public_name
from tracker.productions.queries import shoot_by_id
from tracker.sightings.citing import is_trusted
from tracker.sightings.drafts import drop_draft
from tracker.sightings.queries import sighting_by_id
from tracker.sources.links import read_link
from tracker.web.frame.access import allow
from tracker.web.frame.gazetteer import gazetteer
from tracker.web.frame.geocoding import cascade
from tracker.web.frame.limits import limiter
from tracker.web.frame.signed_in import current_user
from tracker.web.pasting.entries import MOST_ENTRIES, OWN, Entry, blank_entry, entries_of
from tracker.web.pasting.form import PastedForm
from tracker.web.pasting.marks import paragraphs
from tracker.web.pasting.next_up import NextUp, orders_between
from tracker.web.pasting.posts import LinkedPost, linked_posts
from tracker.web.pasting.reading import Kind, TextRead, read_text
from tracker.web.pasting.saving import save_entries
from tracker.web.sightings.place_offer import NO_PIN, OWN_PIN
from tracker.web.sightings.standing import standing_of

_NO_GAZETTEER = "Places cannot be looked up just now, so the text is not read. Fill in the fields below."
_NONE_TAKEN = "No entry is taken yet. Take a place in the text, or write another one."


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text that was read, its entries, and what the sender said of each fact."""

    read: TextRead
    entries: list[Entry]
    posts: list[LinkedPost]
    states: dict[str, str]
    orders: dict[str, NextUp]

    @property
    def names(self) -> dict[str, str]:
        """The names of the entries, by their numbers."""
        return {entry.number: entry.name for entry in self.entries}

    @property
    def taken(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.is_taken]

    @property
    def repeated(self) -> list[LinkedPost]:
        """The posts that the text repeats and that were not left out."""
        return [each for each in self.posts if self.states.get(each.number) != "left"]

    def count(self, state: str) -> int:
        return sum(self.states.get(fact.number, "taken") == state for fact in self.read.facts)


@allow(Permission.READ)
@limiter.limit("20 per minute")
def reading() -> ResponseReturnValue:
    """Read the text that was posted and show it with its facts marked; nothing is saved."""
    form = PastedForm()
    pasted = _read(form)
    for field in (form.title, form.place, form.when):
        field.errors = ()
    if pasted is not None:
        for entry in pasted.entries:
            for field in entry.form:
                field.errors = ()
    return _page(form, pasted, 422 if form.errors else 200)


@allow(Permission.SUBMIT)
@limiter.limit("20 per minute")
def save() -> ResponseReturnValue:
    """Save the entries that were taken, all or none; what cannot be saved comes back with everything kept."""
    form = PastedForm()
    pasted = _read(form)
    if pasted is not None:
        form.form_errors += [f"{each.words}: {each.wrong}" for each in pasted.repeated if each.wrong]
    if pasted is None or form.errors or any(entry.field_errors for entry in pasted.taken):
        return _page(form, pasted, 422)
    if not pasted.taken:
        form.text.errors = [_NONE_TAKEN]
        return _page(form, pasted, 422)
    if not all(entry.reading.is_confirmed for entry in pasted.taken):
        return _page(form, pasted, to_check=True)
    begin_writing(db.session)
    try:
        done = save_entries(
            db.session,
            pasted.taken,
            pasted.read,
            pasted.repeated,
            orders=[order for order in pasted.orders.values() if order.taken],
            published=form.day,
            by=current_user(),
        )
        drop_draft(db.session, current_user())
        db.session.commit()
    except ConflictError as error:
        db.session.rollback()
        form.address.errors = [str(error)]
        return _page(form, _read(form), 409)
    if len(done.sightings) == 1 and not done.shoots:
        return redirect(url_for("sightings.show", sighting_id=done.sightings[0].id), 303)
    ids = ",".join(str(each.id) for each in done.sightings) or None
    shoots = ",".join(str(each.id) for each in done.shoots) or None
    return redirect(url_for("pasting.saved", ids=ids, shoots=shoots), 303)


@allow(Permission.SUBMIT)
def saved() -> ResponseReturnValue:
    """List what was saved together: sightings with what each would become, stops with a new source."""
    sightings = []
    for number in _numbers("ids"):
        sighting = sighting_by_id(db.session, number)
        if sighting is None or sighting.submitted_by_id != current_user().id:
            abort(404)
        sightings.append((sighting, standing_of(sighting)))
    shoots = [shoot_by_id(db.session, number) for number in _numbers("shoots")]
    if None in shoots or not (sightings or shoots):
        abort(404)
    return render_template(
        "pasting/saved.html",
        sightings=sightings,
        shoots=shoots,
        public_name=public_name,
        counts=is_trusted(db.session, current_user()),
    )


def _numbers(name: str) -> list[int]:
    """Answer the numbers listed in the address; one that cannot be is an unknown page."""
    parts = [part for part in request.args.get(name, "").split(",") if part][: MOST_ENTRIES + 1]
    if not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        abort(404)
    return [int(part) for part in parts]


@allow(Permission.READ)
@limiter.limit("240 per minute")
def link() -> ResponseReturnValue:
    """Say what an address tells of itself, while it is typed. Nothing is fetched."""
    address = request.args.get("address", "")[:2100]
    try:
        found = read_link(address, today=today()) if address.strip() else None
    except InvalidValueError as error:
        return jsonify(means="", problem=str(error), when="")
    if found is None:
        return jsonify(means="", problem="", when="")
    when = f"by {found.day.day} {found.day:%B %Y}" if found.day else ""
    return jsonify(means=f"{found.sentence}.", problem="", when=when)


def _read(form: PastedForm) -> Pasted | None:
    """Read text and entries; None where there is nothing to read, with the reason at a field."""
    form.validate()
    places = gazetteer()
    if form.text.errors:
        return None
    if places is None:
        form.text.errors = [_NO_GAZETTEER]
        return None
    try:
        read = read_text(db.session, form.text.data or "", form.day, places)
    except (InvalidValueError, TrackerError) as error:
        form.text.errors = [str(error)]
        return None
    if not form.title.data and read.film:
        form.title.data, form.title.errors = read.film, ()
    if not form.published.data and read.article.published:
        form.published.data = read.article.published.isoformat()
    entries = entries_of(db.session, read, form, request.form, cascade())
    posts, states = linked_posts(read, request.form), _states(form, read, entries)
    orders = orders_between(read, {entry.number for entry in entries}, request.form)
    return Pasted(read, entries, posts, states, orders)


def _states(form: PastedForm, read: TextRead, entries: list[Entry]) -> dict[str, str]:
    left = set(request.form.getlist("left"))
    if any(name.startswith("link-who-") for name in request.form):
        # The posts were shown with their ticks: without scripts an empty one says that it is left out.
        left |= {f"who-{post.start}" for post in read.posts} - set(request.form.getlist("post"))
    states = {entry.number: entry.state for entry in entries}
    for fact in read.facts:
        if fact.number in states:
            continue
        if fact.number in left:
            states[fact.number] = "left"
        elif fact.kind is Kind.WHAT and fact.decidable:
            states[fact.number] = "taken" if fold(fact.value) == fold(form.title.data or "") else "asks"
        else:
            states[fact.number] = "asks" if fact.asks else "taken"
    return states


def _page(form: PastedForm, pasted: Pasted | None, status: int = 200, *, to_check: bool = False) -> Response:
    own = [entry for entry in pasted.entries if entry.number == OWN] if pasted else []
    page = render_template(
        "pasting/read.html",
        form=form,
        pasted=pasted,
        paragraphs=paragraphs(pasted.read.article.text, pasted.read.facts, pasted.states) if pasted else [],
        to_check=to_check,
        own_entry=next(iter(own), None) or blank_entry(form),
        shell=map_shell(MapKind.PICK),
        NO_PIN=NO_PIN,
        OWN_PIN=OWN_PIN,
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
