"""Search by date: certainly then, or perhaps then."""

from __future__ import annotations

from datetime import date

from tracker.foundation.dates.model import Period


def perhaps_within(period: Period, first: date, last: date) -> bool:
    """Say whether work may have been going on between two days, both included.

    A period without a single known limit answers no: an undated shoot is listed as undated, not as a maybe
    of every search.
    """
    start, end = period.start, period.end
    limits = (start.earliest, start.latest, end.earliest, end.latest)
    if all(limit is None for limit in limits):
        return False
    may_start_in_time = start.earliest is None or start.earliest <= last
    may_still_run = end.latest is None or end.latest >= first
    return may_start_in_time and may_still_run


def certainly_within(period: Period, first: date, last: date) -> bool:
    """Say whether work was surely going on at some moment between two days, both included.

    It surely began by the earlier of both ends' latest days, and surely ran to the later of their earliest
    days. An end that is approximate or uncertain proves neither.
    """
    sure = [bound for bound in (period.start, period.end) if not bound.is_qualified]
    begun_by = [bound.latest for bound in sure if bound.latest is not None]
    lasted_to = [bound.earliest for bound in sure if bound.earliest is not None]
    return bool(begun_by and lasted_to) and min(begun_by) <= last and max(lasted_to) >= first
