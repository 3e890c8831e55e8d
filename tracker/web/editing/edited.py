"""What an edit page has to know of the row that it edits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tracker.history.conflicts import Join
from tracker.maps.shell import MapShell
from tracker.web.editing.form import EditForm


@dataclass(frozen=True, slots=True)
class Joining:
    """How both values of a field are kept when two people changed it, and how that is offered."""

    words: str
    join: Join


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A row, open for editing. Made anew for each attempt to save, from what is live then.

    `values` are its fields as the form would send them. `save(values, comment)` writes them inside a change
    and flushes; it raises InvalidValueError for what breaks a rule. `consequence` says in a sentence what
    saving does not touch; `about` is the slug of the film that it belongs to, if any.
    """

    kind: str
    id: int
    version: int
    name: str
    url: str
    template: str
    form: type[EditForm]
    values: Mapping[str, str]
    save: Callable[[Mapping[str, str], str], None]
    about: str = ""
    consequence: str = ""
    # The map of the form, if it has one.
    shell: MapShell | None = None
    joins: Mapping[str, Joining] = field(default_factory=dict)
    # Fields that sources tell at present: they are shown, not asked for.
    told: frozenset[str] = frozenset()
