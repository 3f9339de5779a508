"""In which storm something is entered, and the last day on which something was."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from linli.grid.models.storms import Storm
from linli.kernel.paths import chain_of_path


def touch(storm: Storm, now: datetime) -> None:
    """Note that somebody works with a storm today; one write a day, whatever is entered."""
    today = localdate(now)
    if storm.touched_on == today:
        return
    found = Storm.objects.filter(pk=storm.pk, ended_on__isnull=True)
    found.exclude(touched_on=today).update(touched_on=today)


def current(storm: Storm) -> Storm:
    """Return the storm of a wider place in which one goes on that ended into it, else the storm itself."""
    if storm.ended_on is None:
        return storm
    # numbers of typhoons come again every year: one that began later is another
    wider = Storm.objects.filter(
        path__in=chain_of_path(storm.path), kind=storm.kind, title__iexact=storm.title,
        ended_on__isnull=True, began_on__lte=storm.ended_on,
    )  # fmt: skip
    return wider.order_by("pk").first() or storm


def hold_current(storm: Storm) -> Storm:
    """Hold the storm in which one goes on: it may end into one of a wider place right now."""
    held = Storm.objects.select_for_update().get(pk=storm.pk)
    into = current(held)
    return held if into == held else Storm.objects.select_for_update().get(pk=into.pk)
