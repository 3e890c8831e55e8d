"""A database that cannot be used is told by every command on one line, never as a traceback."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

import click
from flask.cli import ScriptInfo
from sqlalchemy.exc import SQLAlchemyError

from tracker.cli.importing import WrongUseError
from tracker.readiness import what_is_missing

_TELLS = "shot_here_tells"


def tell_what_is_missing(commands: Iterable[click.Command]) -> None:
    """Let commands, and those below them, end with 2 and the remedy if the database is not ready."""
    for command in commands:
        if isinstance(command, click.Group):
            tell_what_is_missing(command.commands.values())
        # The commands outlive the application that they are tied to.
        if command.callback is not None and not tells(command):
            command.callback = _telling(command.callback)


def tells(command: click.Command) -> bool:
    """Say whether a command ends with the remedy where the database is not ready."""
    return hasattr(command.callback, _TELLS)


def _telling(callback: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(callback)
    def told(*values: Any, **named: Any) -> Any:
        try:
            return callback(*values, **named)
        except SQLAlchemyError as error:
            app = click.get_current_context().ensure_object(ScriptInfo).load_app()
            with app.app_context():
                missing = what_is_missing()
            if missing:
                raise WrongUseError(missing) from error
            raise

    setattr(told, _TELLS, True)
    return told
