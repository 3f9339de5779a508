"""When a visit may be rated, and which ratings count."""

from __future__ import annotations

from datetime import datetime, timedelta

from linli.offerings.types.visit_ratings import RatedBy


def least_shown(small_cell: int) -> int:
    """Return from how many ratings on their grades are shown: fewer could be traced to those who gave them.

    Twice the smallest count of a table, so that the good and the bad of them may both be told (13.2).
    """
    return 2 * small_cell


def may_rate(ended_at: datetime | None, now: datetime, days: int) -> bool:
    """Say whether a visit may be rated: once it has ended, and not long after."""
    return ended_at is not None and ended_at <= now <= ended_at + timedelta(days=days)


def does_count(
    by: RatedBy, ended_at: datetime, now: datetime, hours: int, *, is_staff: bool
) -> bool:
    """Say whether a rating counts: given unseen by whoever served, and by nobody who works here.

    On one's own phone that is some hours later; the tablet is turned away from the window.
    """
    if is_staff:
        return False
    return by is RatedBy.TABLET or now >= ended_at + timedelta(hours=hours)
