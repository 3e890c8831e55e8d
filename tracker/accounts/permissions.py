"""Every permission on one page: who may do what.

A door asks `may(user, Permission.X)`; `None` is somebody without an account.
"""

from __future__ import annotations

import enum

from tracker.accounts.models import Role, User


class Permission(enum.StrEnum):
    READ = "read the public record"
    SIGN_IN = "sign up and sign in"
    OWN_DATA = "see one's own account, take it along, delete it, sign out"
    OWN_ACCOUNT = "change one's own account and watch productions and places"
    TELL = "leave notes, flag pages and ask for removals, without an account as well"
    SUBMIT = "submit sightings"
    ANSWER = "take up notes, make sightings of them, or close them"
    EDIT = "edit the record; every edit is recorded and can be reverted"
    CITE = "add sources and say what they support or refute"
    MODERATE = "decide on sightings"
    OPEN_PLACE = "edit places that are hidden, and open them"
    REMOVE = "decide on requests for removal"
    MERGE = "merge productions, places, sources and shoots, and undo it"
    REVERT = "revert changes"
    IMPORT = "import files, and take imports back"
    REDACT = "blank what a change holds"
    MANAGE_ACCOUNTS = "list accounts, suspend and reinstate them, give them roles"


_EVERYONE = frozenset({Permission.READ, Permission.SIGN_IN, Permission.TELL})
_SUSPENDED = _EVERYONE | {Permission.OWN_DATA}
_CONTRIBUTOR = _SUSPENDED | {
    Permission.OWN_ACCOUNT,
    Permission.SUBMIT,
    Permission.ANSWER,
    Permission.EDIT,
    Permission.CITE,
}
_MODERATOR = _CONTRIBUTOR | {
    Permission.MODERATE,
    Permission.OPEN_PLACE,
    Permission.REMOVE,
    Permission.MERGE,
    Permission.REVERT,
    Permission.IMPORT,
}
_ADMIN = _MODERATOR | {Permission.REDACT, Permission.MANAGE_ACCOUNTS}
# What puts words before the public, or on the desk; where mail goes out, only a confirmed address does it.
PUBLISHING = frozenset({Permission.SUBMIT, Permission.EDIT, Permission.CITE})

_BY_ROLE: dict[Role, frozenset[Permission]] = {
    Role.CONTRIBUTOR: _CONTRIBUTOR,
    Role.MODERATOR: _MODERATOR,
    Role.ADMIN: _ADMIN,
}


def lacks_email(user: User, permission: Permission, *, mail_goes_out: bool) -> bool:
    """Say whether a user who may has to confirm an e-mail address first."""
    return mail_goes_out and permission in PUBLISHING and user.email is None


def may(user: User | None, permission: Permission) -> bool:
    """Say whether the user may; one who is suspended reads, takes his data along and leaves."""
    if user is None or user.is_deleted:
        return permission in _EVERYONE
    if user.is_suspended:
        return permission in _SUSPENDED
    return permission in _BY_ROLE[user.role]
