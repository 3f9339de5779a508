"""Jobs of activities."""

from __future__ import annotations

from django.utils import timezone

from linli.activities.services import lapsing, reminding
from linli.kernel.jobs import job, periodic
from linli.kernel.permits import system_actor

REMINDER, LAPSE = system_actor("activities.remind"), system_actor("activities.lapse")


@periodic("20 8-20 * * *")
@job("activities.remind", queueing_lock="activities.remind")
def remind(timestamp: int) -> None:
    """Remind bookers of what begins within a day."""
    reminding.remind(actor=REMINDER, now=timezone.now())


@periodic("*/15 * * * *")
@job("activities.lapse", queueing_lock="activities.lapse")
def lapse(timestamp: int) -> None:
    """Refuse what begins in a moment and nobody decided."""
    lapsing.refuse_unanswered(actor=LAPSE, now=timezone.now())
