"""Jobs of the trail."""

from __future__ import annotations

from django.utils import timezone

from linli.kernel.jobs import job, periodic
from linli.kernel.permits import system_actor
from linli.trail import services


@periodic("* * * * * */2")
@job("trail.seal", queue="trail", queueing_lock="trail.seal")
def seal(timestamp: int) -> None:
    """Seal what was recorded and committed."""
    services.seal_once(actor=system_actor("trail.seal"), now=timezone.now())
