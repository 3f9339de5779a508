"""After a restore: what waits to go out may have gone already, so a person says whether it goes."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.kernel.each import each
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import Actor, open_to_all, require
from linli.notify import permits
from linli.notify.models import Delivery
from linli.notify.queries.messages import RESTORED, stopped
from linli.notify.services.dead_letters import drop_delivery, revive_delivery
from linli.notify.states import DELIVERY, DeliveryState
from linli.trail.services import record

JOB = "notify.stopped"


@open_to_all("called by restore alone, before anything is sent")
@transaction.atomic
def stop_waiting(epoch: int, *, actor: Actor, now: datetime) -> int:
    """Give up what waits, with its text, until a person sends it or lets it go; return how many."""
    waiting = (DeliveryState.QUEUED, DeliveryState.HELD, DeliveryState.SENDING)
    end = {DELIVERY.after(state, "stop") for state in waiting}.pop()
    # what was being sent and was erased meanwhile has no text to send
    found = Delivery.objects.filter(state__in=waiting, text__isnull=False)
    count = found.update(state=end, reason=RESTORED, ended_at=now)
    record("notify.stopped", on=("trail.epoch", epoch), actor=actor, now=now, count=count)
    return count


def send_stopped(*, actor: Actor, now: datetime) -> tuple[int, int]:
    """Send what a restore stopped; return how many, and how many stay given up.

    What was urgent then is not sent: a code or a warning of yesterday helps nobody. Refuses with NotAllowed.
    """
    require(actor, permits.OVERSEE, at=CITY_PATH)
    rows = list(stopped())
    going = [one for one in rows if not one.is_urgent]
    broken = each(JOB, going, lambda one: revive_delivery(one, actor=actor, now=now))
    return len(going) - len(broken), len(rows) - len(going) + len(broken)


def drop_stopped(why: str, *, actor: Actor, now: datetime) -> tuple[int, int]:
    """Let go what a restore stopped; return how many, and how many could not be. Refuses with NotAllowed."""
    require(actor, permits.OVERSEE, at=CITY_PATH)
    rows = list(stopped())
    broken = each(JOB, rows, lambda one: drop_delivery(one, reason=why, actor=actor, now=now))
    return len(rows) - len(broken), len(broken)
