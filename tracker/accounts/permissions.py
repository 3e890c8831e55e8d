"""Every permission on one page: who may do what.

A door asks `may(user, Permission.X)`; `None` is somebody without an account.
"""

from __future__ import annotations

import enum

from tracker.accounts.models import Role, User


class Permission(enum.StrEnum):
    READ = "read the public record"
    SIGN_IN = "sign up and sign in"
    OWN_ACCOUNT = "sign out and see one's own account"
    SUBMIT = "submit sightings"
    EDIT = "edit the record; every edit is recorded and can be reverted"
    CITE = "add sources and say what they support or refute"
    MODERATE = "decide on sightings"
    OPEN_PLACE = "edit places that are hidden, and open them"
    MERGE = "merge productions, places, sources and shoots, and undo it"
    REVERT = "revert changes"
    REDACT = "blank what a change holds"


_EVERYONE = frozenset({Permission.READ, Permission.SIGN_IN})
_CONTRIBUTOR = _EVERYONE | {
    Permission.OWN_ACCOUNT,
    Permission.SUBMIT,
    Permission.EDIT,
    Permission.CITE,
}
_MODERATOR = _CONTRIBUTOR | {
    Permission.MODERATE,
    Permission.OPEN_PLACE,
    Permission.MERGE,
    Permission.REVERT,
}
_ADMIN = _MODERATOR | {Permission.REDACT}

_BY_ROLE: dict[Role, frozenset[Permission]] = {
    Role.CONTRIBUTOR: _CONTRIBUTOR,
    Role.MODERATOR: _MODERATOR,
    Role.ADMIN: _ADMIN,
}


def may(user: User | None, permission: Permission) -> bool:
    """Say whether the user may; one who is suspended has the rights of somebody without an account."""
    if user is None or user.suspended_at is not None:
        return permission in _EVERYONE
    return permission in _BY_ROLE[user.role]
