"""Whether anybody still works with a storm: the last day on which something was entered for it."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from linli.grid.models.storms import Storm


def touch(storm: Storm, now: datetime) -> None:
    """Note that somebody works with a storm today; one write a day, whatever is entered."""
    today = localdate(now)
    if storm.touched_on == today:
        return
    found = Storm.objects.filter(pk=storm.pk, ended_on__isnull=True)
    found.exclude(touched_on=today).update(touched_on=today)
