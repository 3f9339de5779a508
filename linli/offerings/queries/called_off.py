"""What a closing does to visits: which it would cancel, and what is told to whoever lost hers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localdate

from linli.kernel.moments import day_of
from linli.kernel.permits import Actor, require
from linli.offerings import permits
from linli.offerings.models import Appointment, DayOff, ServiceWindow
from linli.offerings.queries.slots import moment_of
from linli.offerings.queries.windows import windows_of
from linli.offerings.states import VISIT, VisitState
from linli.offerings.types.visits import MOST_CLOSED, ClosingFacts


@dataclass(frozen=True, slots=True)
class CalledOff:
    """What the office says of the time of a visit that it cancelled; `is_over`: it took the closing back."""

    note: str = ""
    is_over: bool = False


def called_off(visit: Appointment) -> CalledOff:
    """Return what stands about the time of a visit, by the closings of its centre or window on that day.

    Nothing for a visit that the office did not cancel.
    """
    if visit.state != VisitState.CLOSED:
        return CalledOff()
    on = day_of(visit.starts_at)
    here = Q(window__isnull=True) | Q(window_id=visit.window_id)
    of_day = DayOff.objects.filter(
        here, centre_id=visit.window.centre_id, on=on, is_open=False
    ).order_by("-pk")
    rows = [
        one
        for one in of_day
        if moment_of(on, one.opens) < visit.ends_at and visit.starts_at < moment_of(on, one.closes)
    ]
    standing = [one for one in rows if one.ended_at is None]
    if standing:
        return CalledOff(next((one.note for one in standing if one.note), ""))
    # a closing and the visits that it cancels bear one moment
    return CalledOff(is_over=any(one.made_at == visit.ended_at for one in rows))


def would_cancel(
    centre_id: int, path: str, facts: ClosingFacts, window: ServiceWindow | None, *, actor: Actor,
    now: datetime,
) -> list[Appointment]:  # fmt: skip
    """Return the visits that a closing would cancel, soonest first; none for one that is refused anyhow.

    Refuses with NotAllowed.
    """
    require(actor, permits.WINDOWS, at=path)
    length = facts.last - facts.first
    if facts.is_open or facts.first < localdate(now) or not _is_length(length):
        return []
    ids = [window.pk] if window else [one.pk for one in windows_of(centre_id)]
    found = Appointment.objects.filter(
        window_id__in=ids, state__in=VISIT.moves["close"].source, starts_at__gte=now,
        starts_at__lt=moment_of(facts.last, facts.closes), ends_at__gt=moment_of(facts.first, facts.opens),
    ).order_by("starts_at", "pk")  # fmt: skip
    return [one for one in found if _lies_in(one, facts)]


def _is_length(length: timedelta) -> bool:
    return timedelta(0) <= length < timedelta(days=MOST_CLOSED)


def _lies_in(visit: Appointment, facts: ClosingFacts) -> bool:
    on = day_of(visit.starts_at)
    return visit.starts_at < moment_of(on, facts.closes) and visit.ends_at > moment_of(
        on, facts.opens
    )
