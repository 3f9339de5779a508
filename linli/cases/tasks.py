"""Jobs of cases."""

from __future__ import annotations

from django.utils import timezone

from linli.cases.services import moving, sweeping
from linli.kernel.jobs import job, periodic
from linli.kernel.permits import system_actor


@periodic("* * * * *")
@job("cases.sweep", queueing_lock="cases.sweep", lock="cases.sweep")
def sweep(timestamp: int) -> None:
    """Ring the clocks that came due."""
    sweeping.sweep(actor=system_actor("cases.sweep"), now=timezone.now())


@job("cases.follow_places")
def follow_places(path: str) -> None:
    """Let heads follow a place that was moved or went into another."""
    moving.follow_places(path, actor=system_actor("cases.follow_places"))
