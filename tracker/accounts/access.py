"""Who may use which view, whatever the door: every view says so, and what does not say so is no view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from tracker.accounts.permissions import Permission

View = TypeVar("View", bound=Callable[..., Any])
_MARK = "shot_here_permission"


class UndeclaredAccessError(RuntimeError):
    """When a view is registered that does not say who may use it."""


def allow(permission: Permission) -> Callable[[View], View]:
    """Say which permission a view asks for."""

    def mark(view: View) -> View:
        setattr(view, _MARK, permission)
        return view

    return mark


def permission_of(view: Callable[..., object]) -> Permission:
    """Answer the permission that a view asks for. Raises UndeclaredAccessError if it does not say."""
    permission = getattr(view, _MARK, None)
    if not isinstance(permission, Permission):
        raise UndeclaredAccessError(
            f"{view.__module__}.{view.__name__} does not say who may use it: add @allow(...)"
        )
    return permission
