"""Partners and what they did: to read, to add and to take back."""

from __future__ import annotations

from typing import Annotated

from flask import current_app
from pydantic import BaseModel, ConfigDict, Field

from tracker.accounts.access import allow
from tracker.accounts.permissions import Permission
from tracker.api import shapes
from tracker.api.answering import next_address, site
from tracker.api.asking import LARGEST_ID, After, GivenId, Limit, Query
from tracker.api.given import Text, line, recorded_shoot, recorded_source
from tracker.api.guard import api_user
from tracker.api.record_shapes import Partner, PartnerWithRoles, RemovedOrAsked, Role, SentRole
from tracker.api.shaping import partner_of, partner_with_roles, role_of, sent_role
from tracker.api.views.productions import find
from tracker.config import Settings
from tracker.extensions import db
from tracker.foundation.clock import today
from tracker.foundation.database import begin_writing
from tracker.foundation.errors import InvalidValueError, NotFoundError
from tracker.foundation.text import clean_line
from tracker.history.recording import change
from tracker.productions.corrections import told_reason
from tracker.productions.evidence import Manner
from tracker.productions.pages import page_of_partners
from tracker.productions.partner_queries import (
    partner_by_id,
    roles_in_full,
    roles_of_partner,
    roles_of_production,
)
from tracker.productions.partnering import (
    PartnerDraft,
    RoleDraft,
    add_role,
    find_or_add_partner,
)
from tracker.productions.partners import Help, PartnerKind, PartnerRole
from tracker.productions.partners import Partner as PartnerRow
from tracker.sightings.removing import remove_or_ask


class NewPartner(BaseModel):
    """A partner by name; the one of that name in that country is taken, where it is recorded."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[Text, Field(min_length=1)]
    kind: PartnerKind
    country: Annotated[str, Field(pattern=r"^([A-Z]{2})?$", description="ISO 3166-1, two letters.")] = ""
    site: Annotated[str, Field(max_length=500, description="Its web address.")] = ""


class NewRole(BaseModel):
    """What a partner did for a shoot, or, without one, for the whole production."""

    model_config = ConfigDict(extra="forbid")

    production: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,100}$", description="Its slug.")]
    partner: Annotated[
        GivenId | NewPartner, Field(description="The id of one that is recorded, or a new one.")
    ]
    help: Help
    manner: Manner = Manner.STATES
    shoot: GivenId | None = None
    source: Annotated[GivenId | None, Field(description="The id of the source that says so.")] = None
    note: Annotated[str, Field(max_length=500)] = ""


class PartnersQuery(Query):
    kind: PartnerKind | None = None
    after: After = 0
    limit: Limit = 50


class RolesQuery(Query):
    after: After = 0
    limit: Limit = 50


class RemovalQuery(Query):
    reason: Annotated[str, Field(min_length=1, max_length=400, description="Why; the history keeps it.")]


@allow(Permission.READ)
def partners(query: PartnersQuery) -> shapes.Page[Partner]:
    """List partners by id."""
    found = page_of_partners(db.session, kind=query.kind, after=query.after, limit=query.limit + 1)
    items = [partner_of(one, site()) for one in found[: query.limit]]
    more = next_address(after=items[-1].id) if len(found) > query.limit else None
    return shapes.Page[Partner](items=items, next=more)


@allow(Permission.READ)
def partner(partner_id: int) -> PartnerWithRoles:
    """One partner with all that it did."""
    found = partner_by_id(db.session, partner_id) if partner_id <= LARGEST_ID else None
    if found is None:
        raise NotFoundError(f"No partner has the number {partner_id}. /api/v1/partners lists them.")
    return partner_with_roles(found, roles_of_partner(db.session, found.id), today(), site())


@allow(Permission.READ)
def roles(slug: str, query: RolesQuery) -> shapes.Page[Role]:
    """List who made a production's shoots possible, by id."""
    known = sorted(roles_of_production(db.session, find(slug).id), key=lambda one: one.id)
    found = [one for one in known if one.id > query.after][: query.limit + 1]
    items = [role_of(one, today(), site()) for one in found[: query.limit]]
    more = next_address(after=items[-1].id) if len(found) > query.limit else None
    return shapes.Page[Role](items=items, next=more)


@allow(Permission.READ)
def role(role_id: int) -> Role:
    """What one partner did for one shoot or production."""
    return role_of(_role(role_id), today(), site())


@allow(Permission.EDIT)
def add(body: NewRole) -> SentRole:
    """Say what a partner did; saying it again answers what stands."""
    begin_writing(db.session)
    production = find(body.production)
    shoot = recorded_shoot(body.shoot) if body.shoot is not None else None
    source = recorded_source(body.source) if body.source is not None else None
    draft = RoleDraft(help=body.help, manner=body.manner, note=clean_line(body.note))
    with change(db.session, by=api_user(), comment=f"Add a partner of {production.title}"):
        helper = _partner(body.partner)
        number = add_role(db.session, helper, production, draft, shoot=shoot, source=source).id
    db.session.commit()
    return sent_role(_role(number), today(), site())


@allow(Permission.EDIT)
def remove(role_id: int, query: RemovalQuery) -> RemovedOrAsked:
    """Take back that a partner helped: at once for whoever said so, otherwise by two moderators."""
    begin_writing(db.session)
    found, reason = _role(role_id), told_reason(query.reason)
    settings: Settings = current_app.config["SETTINGS"]
    is_removed = remove_or_ask(
        db.session,
        found,
        label=f"{found.partner.name}: {found.words}",
        reason=reason,
        comment=f"Remove {found.partner.name}: {found.words}. {reason}",
        by=api_user(),
        alone=settings.own_decisions,
    )
    db.session.commit()
    return RemovedOrAsked(id=role_id, reason=reason, state="removed" if is_removed else "asked")


def _partner(given: int | NewPartner) -> PartnerRow:
    if isinstance(given, NewPartner):
        name = line(given.name, "name")
        draft = PartnerDraft(name=name, kind=given.kind, country=given.country, site=clean_line(given.site))
        return find_or_add_partner(db.session, draft)
    known = partner_by_id(db.session, given)
    if known is None:
        raise InvalidValueError(f"No partner has the number {given}. /api/v1/partners lists them.")
    return known


def _role(role_id: int) -> PartnerRole:
    found = roles_in_full(db.session, [role_id]) if role_id <= LARGEST_ID else []
    if not found:
        raise NotFoundError(f"No help has the number {role_id}: it may have been removed.")
    return found[0]
