"""Jobs of activities."""

from __future__ import annotations

from django.utils import timezone

from linli.activities.services import reminding
from linli.kernel.jobs import job, periodic
from linli.kernel.permits import system_actor

REMINDER = system_actor("activities.remind")


@periodic("20 8-20 * * *")
@job("activities.remind", queueing_lock="activities.remind")
def remind(timestamp: int) -> None:
    """Remind bookers of what begins within a day."""
    reminding.remind(actor=REMINDER, now=timezone.now())
