"""A bar for work that takes a while: how far it is, how fast, and how long it will still take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text


class _Rate(ProgressColumn):
    """How many are done in a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f}/s" if task.speed else "")


@contextmanager
def progress() -> Iterator[Callable[[str, int], AbstractContextManager[Callable[[int], None]]]]:
    """Show bars on a terminal, nothing elsewhere: `with bar("rows", total) as told: told(count)`."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate())
    console = Console(stderr=True)
    quiet = not console.is_terminal
    with Progress(*columns, TimeRemainingColumn(), console=console, disable=quiet) as shown:

        @contextmanager
        def bar(name: str, total: int) -> Iterator[Callable[[int], None]]:
            task = shown.add_task(name, total=max(total, 1))
            yield lambda count: shown.advance(task, count)
            shown.update(task, completed=max(total, 1))

        yield bar
