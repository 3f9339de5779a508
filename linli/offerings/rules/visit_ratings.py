"""When a visit may be rated, and which ratings count."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from linli.offerings.types.visit_ratings import RatedBy


class Before(Protocol):
    """A rating that was given before."""

    @property
    def counts(self) -> bool: ...
    @property
    def counts_from(self) -> datetime | None: ...
    @property
    def called_at(self) -> datetime | None: ...
    @property
    def review_asked_at(self) -> datetime | None: ...
    @property
    def case_id(self) -> int | None: ...


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

    On one's own phone that is some hours later, also for what was said before; the tablet is turned away.
    """
    if is_staff:
        return False
    return by is RatedBy.TABLET or now >= ended_at + timedelta(hours=hours)


def may_change(before: Before, by: RatedBy, now: datetime, *, is_staff: bool) -> bool:
    """Say whether a visitor may put another rating in the place of one that does not count yet.

    What she gave at the window, asked to or watched, she changes at home; what somebody who works here gave
    for her never counts, and is hers to give. What was called back, is under review or became a task stands.
    """
    is_with_office = before.called_at or before.review_asked_at or before.case_id
    is_soon = before.counts_from is None or now < before.counts_from
    return (
        not before.counts and not is_with_office and is_soon and by is RatedBy.OWN and not is_staff
    )
