"""Days as people here count them, as moments of the database."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q
from django.utils.timezone import make_aware


def bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the first moment of a day and the first after another, in UTC."""
    since, until = (
        make_aware(datetime.combine(day, time())).astimezone(UTC)
        for day in (first, last + timedelta(days=1))
    )
    return since, until


def within(column: str, since: date | None, until: date | None) -> Q:
    """Return the condition that a moment lies in these days, both of them in it; None is no bound."""
    found = Q()
    if since is not None:
        found &= Q(**{f"{column}__gte": bounds(since, since)[0]})
    if until is not None:
        found &= Q(**{f"{column}__lt": bounds(until, until)[1]})
    return found
