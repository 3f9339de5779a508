"""Jobs of the portal."""

from __future__ import annotations

from django.utils import timezone

from linli.kernel.jobs import job
from linli.kernel.permits import system_actor
from linli.portal import services

COUNTER = system_actor("portal.recount_due")


@job("portal.recount_due", lock="portal.recount_due", retry=3)
def recount_due() -> None:
    """Count provisional due days of feedback anew."""
    services.recount_due(actor=COUNTER, now=timezone.now())
