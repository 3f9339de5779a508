"""Jobs of activities."""

from __future__ import annotations

from django.utils import timezone

from linli.activities.services import accounts, lapsing, reminding
from linli.kernel.jobs import job, periodic
from linli.kernel.permits import system_actor

REMINDER, LAPSE = system_actor("activities.remind"), system_actor("activities.lapse")
FORGETTER = system_actor("activities.let_go")


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


@job("activities.forget_account", lock="activities.forget_account", retry=3)
def forget_account(account_id: int) -> None:
    """Forget whose account was erased in what she booked and where she takes part."""
    accounts.forget_account(account_id, actor=FORGETTER, now=timezone.now())
