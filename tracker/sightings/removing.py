"""Taking rows off the record: at once what one added oneself, with a second moderator what others did."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tracker.accounts.models import User
from tracker.foundation.errors import NotAllowedError
from tracker.history.queries import author_of_row
from tracker.history.recording import change
from tracker.productions.evidence import Citation, OrderCitation
from tracker.productions.partners import PartnerRole
from tracker.sightings.second_person import Asked, ask_for, remove_row

_KINDS = {Citation: Asked.CITATION, OrderCitation: Asked.ORDER, PartnerRole: Asked.PARTNER_ROLE}


def remove_or_ask(
    session: Session,
    row: Citation | OrderCitation | PartnerRole,
    *,
    label: str,
    reason: str,
    comment: str,
    by: User,
    alone: bool = False,
) -> bool:
    """Remove a citation, an order or a partner's help, or ask a second moderator; answer whether it is gone.

    `label` and `reason` are for the second moderator, `comment` for the history where none is asked.
    Raises NotAllowedError to a contributor who did not add it, InvalidValueError where a second moderator
    would have no reason to read.
    """
    kind = _KINDS[type(row)]
    is_own = author_of_row(session, kind.value, row.id) == by.id
    if not is_own and not by.is_moderator:
        raise NotAllowedError(
            "Moderators and whoever added it may remove it. "
            + ("Flag it instead." if isinstance(row, PartnerRole) else "Add a source against it instead.")
        )
    if not is_own and not alone:
        ask_for(session, kind, row.id, label=label, reason=reason, by=by)
        return False
    with change(session, by=by, comment=comment):
        remove_row(session, row)
    return True
