"""The windows of a centre end with it: nothing is booked behind its last day, and who booked is told."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from linli.kernel.permits import Actor, open_to_all
from linli.offerings.models import ServiceWindow
from linli.offerings.queries.closed_centres import held_windows
from linli.offerings.queries.rounds_due import beyond
from linli.offerings.queries.slots import moment_of
from linli.offerings.services.closing import cancel_in
from linli.offerings.services.draws_off import call_off_each
from linli.offerings.types.visits import CENTRE_CLOSES
from linli.trail.services import record

FAR = timedelta(days=36500)


@open_to_all("run by its job alone, which acts for the system; the closing asked for its permit")
@transaction.atomic
def follow_centre(centre_id: int, *, is_again: bool = False, actor: Actor, now: datetime) -> int:
    """Cancel what is booked from the day on which a centre is closed, and end its windows on that day.

    Draws of days behind it are called off. What was read of the windows before is recognised as old: where
    the day is one that was followed before (`is_again`) only if something was done. Returns how many visits
    were cancelled. Safe to run twice.
    """
    windows, on = held_windows(centre_id)
    found = ServiceWindow.objects.filter(pk__in=windows)
    gone = off = 0
    if on is not None:
        behind = (moment_of(on, 0), now + FAR)
        gone = cancel_in(windows, behind, why=CENTRE_CLOSES, note="", actor=actor, now=now)
        off = call_off_each(beyond(centre_id, on), actor=actor, now=now)
    is_last = on is not None and on <= localdate(now)
    if is_last:
        for window in found.order_by("pk"):
            record("offerings.window_ended", on=window, actor=actor, now=now, place=window.path)
    if gone or off or is_last or not is_again:
        found.update(edition=F("edition") + 1)
    if is_last:
        found.update(closed_on=on)
    return gone
