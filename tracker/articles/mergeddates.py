"""Dates of one article put together: a beginning with its end, and one fact that is said twice."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tracker.articles.model import FoundDate

ALL = ("all",)


@dataclass(frozen=True, slots=True)
class Draft:
    """A date before it is known what it is merged with; `hours` tells two shoots of one day apart."""

    date: FoundDate
    hours: str = ""
    floats: bool = False
    # No date is written, only that it was over by the day of the report.
    by_report: bool = False

    @property
    def unresolved(self) -> str:
        return self.date.unresolved


def merged(drafts: list[Draft], inside: dict[str, str | None]) -> list[Draft]:
    """Join a beginning with an end of the same, one fact said twice, and drop what a stated day outdoes."""
    kept: list[Draft] = []
    for draft in drafts:
        partner = next(
            (n for n, other in enumerate(kept) if _completes(draft.date, other.date, inside)), None
        )
        if partner is not None:
            kept[partner] = replace(kept[partner], date=_completed(kept[partner].date, draft.date))
            continue
        repeated = next((n for n, other in enumerate(kept) if _is_same(draft, other)), None)
        if repeated is None:
            kept.append(draft)
        else:
            names = dict.fromkeys([*kept[repeated].date.applies_to, *draft.date.applies_to])
            kept[repeated] = replace(
                kept[repeated], date=replace(kept[repeated].date, applies_to=tuple(names))
            )
    stated = [draft.date for draft in kept if not draft.floats and draft.date.start]
    kept = [
        draft
        for draft in kept
        if not (draft.floats and any(_outdoes(each, draft.date) for each in stated))
        and not any(_is_vaguer(draft.date, each) for each in stated)
        and not (draft.by_report and any(_tells_end(each, draft.date) for each in stated))
    ]
    whole = {draft.date.start for draft in kept if draft.date.end}
    return [draft for draft in kept if draft.date.end or draft.unresolved or draft.date.start not in whole]


def _is_same(one: Draft, other: Draft) -> bool:
    bounds = (one.date.start, one.date.end, one.date.status, one.hours)
    return bool(one.date.start or one.date.end) and bounds == (
        other.date.start,
        other.date.end,
        other.date.status,
        other.hours,
    )


def _completes(end: FoundDate, start: FoundDate, inside: dict[str, str | None]) -> bool:
    if start.start is None or start.end is not None or end.start is not None or end.end in {None, ".."}:
        return False
    wider = {inside.get(name) for name in end.applies_to} | set(end.applies_to)
    alike = ALL in (start.applies_to, end.applies_to) or bool(set(start.applies_to) & wider)
    return alike and start.start.rstrip("~")[:7] <= (end.end or "").rstrip("~")[:7]


def _completed(start: FoundDate, end: FoundDate) -> FoundDate:
    names = tuple(dict.fromkeys([*start.applies_to, *end.applies_to]))
    names = tuple(name for name in names if name != "all") or ALL
    return replace(start, end=end.end, text=f"{start.text} … {end.text}", applies_to=names)


def _is_vaguer(vague: FoundDate, stated: FoundDate) -> bool:
    """Tell whether only the month is said of a beginning whose day is stated elsewhere."""
    month, day = (vague.start or "").rstrip("~"), (stated.start or "").rstrip("~")
    alike = ALL in (stated.applies_to, vague.applies_to) or bool(
        set(stated.applies_to) & set(vague.applies_to)
    )
    opens = vague.end in (None, "..") and vague.status == stated.status
    return (
        alike and opens and len(month) == len("2022-07") and len(day) > len(month) and day.startswith(month)
    )


def _tells_end(stated: FoundDate, vague: FoundDate) -> bool:
    """Tell whether a stated period ends before the report that says no more than that it is over."""
    last = (stated.end or "").rstrip("~")
    return bool(last) and last != ".." and last <= (vague.end or "")[: len(last)]


def _outdoes(stated: FoundDate, vague: FoundDate) -> bool:
    alike = ALL in (stated.applies_to, vague.applies_to) or bool(
        set(stated.applies_to) & set(vague.applies_to)
    )
    month = (vague.start or "").rstrip("~")
    return (
        alike and vague.status == stated.status and bool(month) and (stated.start or "").startswith(month[:7])
    )
