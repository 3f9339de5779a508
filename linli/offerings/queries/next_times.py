"""The free times that come next for a visit which the office had to cancel. Public, by the code of the visit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from linli.kernel.free_times import nearest
from linli.kernel.moments import day_of
from linli.offerings.models import Appointment
from linli.offerings.queries.slots import free_days, terms_at
from linli.offerings.queries.windows import groups_of, windows_of
from linli.offerings.rules.window_groups import group_of
from linli.offerings.types.visits import FreeTime, Purpose, Way, Wish

# instead of a time that is gone: on its day, or within a week of it
DAYS = 7


def next_times(visit: Appointment, now: datetime) -> list[FreeTime]:
    """Return free times at windows of its centre that do what a visit is for, soonest first: of some days a few.

    Those of a day are the ones nearest to the hour that she had chosen; her own time comes first where it is free again.
    """
    purpose = _purpose_of(visit)
    if purpose is None:
        return []
    today, path = day_of(now), visit.path
    days = free_days(
        visit.window.centre_id, path, today, terms_at(path, today).horizon + 1, purpose=purpose,
        way=Way(visit.way), now=now,
    )  # fmt: skip
    return nearest((day.times for day in days), visit.starts_at, lambda one: one.starts_at)


def other_times(centre: Any, wish: Wish, way: Way, now: datetime) -> list[FreeTime]:
    """Return free times at a centre that do as well as one which is gone, nearest to its hour first."""
    windows = groups_of(list(windows_of(centre.pk)))
    group = None if wish.item else group_of(windows, wish.window_id)
    first = max(day_of(wish.starts_at), day_of(now))
    days = free_days(
        centre.pk, centre.path, first, DAYS, purpose=Purpose(wish.item, group.windows if group else ()),
        way=way, now=now,
    )  # fmt: skip
    return nearest((day.times for day in days), wish.starts_at, lambda one: one.starts_at)


def _purpose_of(visit: Appointment) -> Purpose | None:
    """Return what a visit is for: its item, else what its window does or did; None where nothing else does it."""
    if visit.item:
        return Purpose(visit.item)
    windows = list(windows_of(visit.window.centre_id))
    if group := group_of(groups_of(windows), visit.window_id):
        return Purpose(windows=group.windows)
    # its window is not in use any more
    alike = [one.pk for one in windows if not one.items or one.items == visit.window.items]
    return Purpose(windows=tuple(alike)) if alike else None
