"""Every table that says something about a user, what of it he takes along, and what stays when he leaves.

A test compares this list with the schema: a new table that names a user has to be added here by hand.
"""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Table

from tracker.accounts.events import AccountEvent
from tracker.accounts.models import User
from tracker.accounts.tokens import ApiToken
from tracker.exchange.uploads.models import SavedMapping, Upload
from tracker.history.models import Change
from tracker.mail.outbox import OutgoingLetter
from tracker.productions.photos import Photo
from tracker.sightings.drafts import KeptDraft
from tracker.sightings.flags import Flag
from tracker.sightings.models import Sighting
from tracker.sightings.notes import Note
from tracker.sightings.offered import OfferedCitation
from tracker.sightings.presence import DeskPresence
from tracker.sightings.removals import Removal
from tracker.sightings.second_person import SecondPersonRequest
from tracker.sightings.thread import Remark
from tracker.sightings.trust import TrustRevocation
from tracker.watching.models import Telling, Watch


class OnLeaving(enum.StrEnum):
    """What becomes of the rows of somebody who deletes his account."""

    STAYS = "stays under the name of a former contributor"
    GOES = "is deleted"


@dataclass(frozen=True, slots=True)
class Holding:
    """The rows of a table whose `column` names the user, and the columns of them that he takes along.

    `columns` None are all of them; () is nothing, for what another holding has already.
    """

    name: str
    table: Table
    column: str
    on_leaving: OnLeaving
    columns: Sequence[str] | None = None
    # Never handed out, not even to whom they belong: who finds the file could act with them.
    secret: frozenset[str] = frozenset()


def _table(model: type) -> Table:
    found: Table = model.__table__  # type: ignore[attr-defined]
    return found


_STAYS, _GOES = OnLeaving.STAYS, OnLeaving.GOES
# What a moderator decided is about the work of others: he takes along that and when he did, not theirs.
_DECIDED = ("id", "state", "decided_at", "words")
_SECONDED = ("id", "state", "decided_at")

HOLDINGS: tuple[Holding, ...] = (
    Holding(
        "account", _table(User), "id", _STAYS, secret=frozenset({"password_hash", "session_key", "name_key"})
    ),
    Holding("sightings", _table(Sighting), "submitted_by_id", _STAYS),
    Holding("sightings_decided", _table(Sighting), "decided_by_id", _STAYS, _DECIDED),
    Holding("citations_offered", _table(OfferedCitation), "sent_by_id", _STAYS),
    Holding("citations_decided", _table(OfferedCitation), "decided_by_id", _STAYS, _DECIDED),
    Holding("photos", _table(Photo), "sent_by_id", _STAYS),
    Holding("photos_decided", _table(Photo), "decided_by_id", _STAYS, _SECONDED),
    Holding("notes_taken_up", _table(Note), "taken_by_id", _STAYS, ("id", "state")),
    Holding("flags_closed", _table(Flag), "closed_by_id", _STAYS, ("id",)),
    Holding("removals_decided", _table(Removal), "decided_by_id", _STAYS, ("id", "state", "decided_at")),
    Holding("removals_confirmed", _table(Removal), "confirmed_by_id", _STAYS, ("id", "state")),
    Holding("drafts", _table(KeptDraft), "user_id", _GOES),
    Holding(
        "imports", _table(Upload), "owner_id", _STAYS, ("id", "file_name", "size", "state", "created_at")
    ),
    Holding("saved_mappings", _table(SavedMapping), "owner_id", _STAYS),
    Holding("remarks", _table(Remark), "author_id", _STAYS),
    Holding("trust", _table(TrustRevocation), "user_id", _STAYS, ("revoked_at", "reason")),
    Holding("trust_revoked", _table(TrustRevocation), "revoked_by_id", _STAYS, ("revoked_at", "reason")),
    Holding("trust_given_back", _table(TrustRevocation), "lifted_by_id", _STAYS, ("lifted_at",)),
    Holding("desk_opened", _table(DeskPresence), "user_id", _GOES),
    Holding("asked_of_a_second_person", _table(SecondPersonRequest), "asked_by_id", _STAYS),
    Holding(
        "decided_as_second_person",
        _table(SecondPersonRequest),
        "decided_by_id",
        _STAYS,
        ("id", "state", "decided_at"),
    ),
    Holding("changes", _table(Change), "author_id", _STAYS),
    Holding("watched", _table(Watch), "user_id", _GOES),
    Holding("telling", _table(Telling), "user_id", _GOES, secret=frozenset({"feed_key", "mail_key"})),
    Holding("tokens", _table(ApiToken), "user_id", _GOES, secret=frozenset({"digest"})),
    Holding("letters_waiting", _table(OutgoingLetter), "user_id", _GOES, ("subject", "made_at")),
    Holding("account_events", _table(AccountEvent), "user_id", _STAYS, ("at", "deed", "words")),
    Holding("account_events_done", _table(AccountEvent), "by_id", _STAYS, ("at", "deed", "words", "user_id")),
)
