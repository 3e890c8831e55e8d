"""The list of partners, the page of one, and who helped a film: shown to all, written by contributors."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.models import User
from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.foundation.text import clean_line
from tracker.history.queries import rows_added_by
from tracker.history.recording import change
from tracker.places.privacy import public_name
from tracker.productions.models import Production, Shoot
from tracker.productions.partner_queries import (
    PAGE,
    all_partners,
    page_of_partners,
    partner_by_id,
    role_by_id,
    roles_of_partner,
    roles_of_production,
    sources_of_production,
)
from tracker.productions.partnering import add_role, find_or_add_partner
from tracker.productions.partners import Partner, PartnerKind, PartnerRole
from tracker.productions.queries import production_by_slug, shoots_of
from tracker.sightings.removing import remove_or_ask
from tracker.sources.queries import source_by_id
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.numbers import LARGEST_ID, number_in
from tracker.web.frame.signed_in import current_user
from tracker.web.moderation.rules import TAKES_TWO, alone
from tracker.web.partners.form import PartnerForm, partner_form
from tracker.web.partners.words import Helper, helper_of, partner_url
from tracker.web.places.page import Link
from tracker.web.places.public import place_url
from tracker.web.places.words import country_name
from tracker.web.productions.shoot_words import film_url, stop_url
from tracker.web.productions.stops import date_phrases

_NO_WORDS = "Asked on the film’s list of partners, without words."


@dataclass(frozen=True, slots=True)
class MadePossible:
    """A row of a partner's page: what it did, for which film, where and when."""

    film: Link
    place: Link | None
    when: tuple[str, ...]
    status: str
    helper: Helper


@dataclass(frozen=True, slots=True)
class Removable:
    """A role on the page where contributors edit them: `may` says whether the reader may remove it at all.

    `asks` says that a second moderator is asked first.
    """

    role: int
    for_what: str
    helper: Helper
    may: bool
    asks: bool


@allow(Permission.READ)
def index() -> ResponseReturnValue:
    """List partners by name, a page at a time; ?kind= keeps one kind."""
    kind = _kind_asked()
    after = request.args.get("after", "")
    found = page_of_partners(db.session, kind=kind, after=_after(after), limit=PAGE + 1)
    shown, more = found[:PAGE], len(found) > PAGE
    kept = kind.value if kind else None
    last = shown[-1][0] if shown else None
    return render_template(
        "partners/index.html",
        rows=[(partner, partner_url(partner), country_name(partner.country), n) for partner, n in shown],
        kind=kind,
        kinds=list(PartnerKind),
        first_url=url_for("partners.index", kind=kept) if after else "",
        next_url=url_for("partners.index", kind=kept, after=f"{last.id}-{last.name_key}")
        if more and last
        else "",
    )


@allow(Permission.READ)
def show(partner_id: int, slug: str) -> ResponseReturnValue:
    """Show a partner: what it made possible, where, when, and who says so."""
    partner = _find(partner_id)
    if slug != partner.slug:
        return redirect(partner_url(partner), 301)
    rows = [_made_possible(role) for role in roles_of_partner(db.session, partner.id)]
    return render_template(
        "partners/show.html", partner=partner, country=country_name(partner.country), rows=rows
    )


@allow(Permission.EDIT)
@limiter.limit("20 per minute", methods=["POST"])
def edit(slug: str) -> ResponseReturnValue:
    """Show who helped a film, with a form to add to it."""
    if request.method == "POST":
        begin_writing(db.session)
    production = production_by_slug(db.session, slug)
    if production is None:
        raise NotFoundError(f"No production is called {slug[:80]!r} here. Search for its title instead.")
    shoots = shoots_of(db.session, production.id)
    form = partner_form(shoots, sources_of_production(db.session, production.id))
    if form.validate_on_submit() and _add(production, shoots, form):
        return redirect(url_for("partners.edit", slug=production.slug), 303)
    page = render_template(
        "partners/edit.html",
        production=production,
        form=form,
        rows=_removable(production, shoots, current_user()),
        names=[partner.name for partner in all_partners(db.session)],
    )
    return page, 422 if form.errors else 200


@allow(Permission.EDIT)
@limiter.limit("20 per minute", methods=["POST"])
def remove(role_id: int) -> ResponseReturnValue:
    """Take back that a partner helped, or ask a second moderator; the history keeps it."""
    begin_writing(db.session)
    role = role_by_id(db.session, role_id) if role_id <= LARGEST_ID else None
    if role is None:
        raise NotFoundError(f"No help has the number {role_id}. Somebody may have removed it already.")
    name, slug = role.partner.name, role.production.slug
    is_removed = remove_or_ask(
        db.session,
        role,
        label=f"{name}: {role.words}",
        reason=clean_line(request.form.get("reason", "")) or _NO_WORDS,
        comment=f"Remove {name}: {role.words}",
        by=current_user(),
        alone=alone(),
    )
    db.session.commit()
    done = f"{name} is removed from this film. The history keeps it."
    flash(done if is_removed else f"Asked. {TAKES_TWO}")
    return redirect(url_for("partners.edit", slug=slug), 303)


def _add(production: Production, shoots: list[Shoot], form: PartnerForm) -> bool:
    draft = form.role()
    shoot = next((s for s in shoots if s.id == form.shoot.data), None)
    source = source_by_id(db.session, form.source.data) if form.source.data else None
    try:
        with change(db.session, by=current_user(), comment=f"Add a partner of {production.title}"):
            partner = find_or_add_partner(db.session, form.partner())
            role = add_role(db.session, partner, production, draft, shoot=shoot, source=source)
            words = f"{partner.name} {role.words}."
    except InvalidValueError as error:
        form.name.errors = [str(error)]
        db.session.rollback()
        return False
    db.session.commit()
    flash(f"Saved: {words}")
    return True


def _removable(production: Production, shoots: list[Shoot], user: User) -> list[Removable]:
    names = {shoot.id: public_name(shoot.place) for shoot in shoots}
    roles = roles_of_production(db.session, production.id)
    own = rows_added_by(db.session, user.id, "partner_role", [role.id for role in roles])
    return [
        Removable(
            role=role.id,
            for_what=names.get(role.shoot_id or 0, "the whole film"),
            helper=helper_of(role),
            may=role.id in own or user.is_moderator,
            asks=role.id not in own and not alone(),
        )
        for role in roles
    ]


def _made_possible(role: PartnerRole) -> MadePossible:
    shoot = role.shoot
    return MadePossible(
        film=Link(role.production.title, stop_url(shoot) if shoot else film_url(role.production)),
        place=Link(public_name(shoot.place), place_url(shoot.place)) if shoot else None,
        when=date_phrases(shoot.period) if shoot else (),
        status=shoot.status.value if shoot else "",
        helper=helper_of(role),
    )


def _find(partner_id: int) -> Partner:
    partner = partner_by_id(db.session, partner_id) if partner_id <= LARGEST_ID else None
    if partner is None:
        raise NotFoundError(f"No partner has the number {partner_id}. See the list of partners.")
    return partner


def _kind_asked() -> PartnerKind | None:
    text = request.args.get("kind", "")
    if not text:
        return None
    try:
        return PartnerKind(text)
    except ValueError:
        kinds = ", ".join(kind.value for kind in PartnerKind)
        raise InvalidValueError(f"kind {text[:40]!r} is none of these: {kinds}.") from None


def _after(text: str) -> tuple[str, int] | None:
    """Read where the page before this one ended: the number and the folded name of its last row."""
    if not text:
        return None
    number, _, key = text.partition("-")
    return key[:300], number_in(number, "after")
